// Copies and loans: a workflow with access, a cron job, a query as a model, settings, an extended model of
// the host's.
#include "library.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace library {

using namespace tryton;

Model copy() {
    const Pyson lent = eval("state") == "lent";
    return Model{"library.copy", "Copy"}
        .stored()
        .shown()
        .named_by("label")
        .workflow("state", {{"shelved", "lent"}, {"lent", "shelved"}, {"lent", "lost"}})
        .field(Char{"label", "Label"}.required())
        .field(Many2One{"book", "library.book", "Book"}.required().on_delete("CASCADE").unchecked())
        .field(Selection{"state", "State", {{"shelved", "Shelved"}, {"lent", "Lent"}, {"lost", "Lost"}}}
                   .required()
                   .readonly()
                   .starts_as("shelved"))
        .field(Integer{"claimed_by", "Claimed by"}.readonly())
        .transition("lend", "lent",
                    [](const Ids& copies) {
                        List loans;
                        for (const Id copy : copies)
                            create("library.loan", {{{"item", copy}, {"reader", "Anna"}}});
                        return Value{};
                    },
                    {.invisible = lent})
        .transition("give_back", "shelved", [](const Ids&) { return Value{"reload"}; }, {.readonly = !lent})
        .transition("lose", "lost", [](const Ids&) { return Value{}; });
}

Model loan() {
    return Model{"library.loan", "Loan"}
        .stored()
        .shown()
        .named_by("reader")
        .field(Many2One{"item", "library.copy", "Copy"}.required().on_delete("CASCADE"))
        .field(Char{"reader", "Reader"}.required())
        .field(DateField{"lent_on", "Lent on"}.starts_as([] {
            return Value{Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())}};
        }))
        .field(Integer{"reminders", "Reminders"}.starts_as(0))
        .after_save([](const Ids& loans) {
            for (const Record& loan : browse("library.loan", loans))
                if (loan.text("reader") == "Nobody") throw UserError{"msg_reader_unknown"};
        })
        .method("remind", [](const List&) {
            execute("update library_loan set reminders = reminders + 1 where lent_on < {}",
                    Date{std::chrono::year{2020} / 1 / 1});
            return Value{};
        });
}

Model popularity() {
    return Model{"library.popularity", "Popularity"}
        .stored()
        .shown()
        .named_by("title")
        .field(Char{"title", "Title"})
        .field(Integer{"loans", "Loans"})
        .field(DateField{"published_on", "Published on"})
        .from_query([] {
            return std::string{
                "select b.id as id, b.create_uid, b.create_date, b.write_uid, b.write_date, b.title as "
                "title, b.published_on as published_on, (select count(*) from library_loan l join "
                "library_copy c on c.id = l.item where c.book = b.id) as loans from library_book b "
                "where b.title not like '100%'"};
        });
}

Model configuration() {
    return Model{"library.configuration", "Configuration"}.stored().shown().singleton().field(
        Integer{"days", "Days of a Loan"}.starts_as(21));
}

Model user() {
    return Model::extending("res.user")
        .field(Char{"library_card", "Library Card"})
        .unique({"library_card"}, "msg_card_unique");
}

}  // namespace library
