// Books: every kind of field, history, unique indexes, a group of computed fields, buttons, on-change.
#include "library.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <stdexcept>

namespace library {

using namespace tryton;

namespace {

// Two figures of one query.
std::map<std::string, Values> lending_figures(const Ids& books, const std::vector<std::string>&) {
    std::map<std::string, Values> figures;
    for (const Id book : books) figures["loan_count"][book] = 0;
    for (const auto& [book, count, last] : Rows<Id, std::int64_t, std::optional<Date>>{
             "select c.book, count(l.id), max(l.lent_on) from library_copy c "
             "join library_loan l on l.item = c.id where c.book in {} group by "
             "c.book",
             books}) {
        figures["loan_count"][book] = count;
        figures["last_lent_on"][book] = last;
    }
    return figures;
}

Values readers_of(const Ids& books) {
    std::map<Id, List> readers;
    for (const auto& [book, loan] :
         Rows<Id, Id>{"select c.book, l.id from library_copy c join library_loan l on "
                      "l.item = c.id where c.book in {} order by l.id",
                      books})
        readers[book].push_back(loan);
    return {readers.begin(), readers.end()};
}

// A check digit that is wrong is a typing error.
void check_isbn(const Ids& books) {
    for (const Record& book : browse("library.book", books)) {
        const std::string isbn = book.text("isbn");
        if (isbn.empty()) continue;
        int sum = 0;
        for (std::size_t i = 0; i < isbn.size(); ++i) sum += (isbn[i] - '0') * (i % 2 == 0 ? 1 : 3);
        if (isbn.size() != 13 || sum % 10 != 0)
            throw UserError{"msg_isbn_wrong", {{"isbn", isbn}, {"title", book.text("title")}}};
    }
}

void tidy_title(Record& book) {
    const std::string title = book.text("title");
    book.set("title_length", static_cast<std::int64_t>(title.size()));
    if (title.starts_with(' ')) book.set("title", title.substr(title.find_first_not_of(' ')));
}

Value break_down(const Ids&) {
    throw std::out_of_range{"shelf 12 of 10"};
}

Value withdraw(const Ids& books) {
    for (const Record& book : browse("library.book", books))
        warn("withdraw_" + std::to_string(book.id()), "msg_withdraw", {{"title", book.text("title")}});
    write("library.book", books, {{"withdrawn", true}});
    return "reload";
}

}  // namespace

Model book() {
    const Pyson withdrawn = eval("withdrawn", false);
    return Model{"library.book", "Book"}
        .stored()
        .shown()
        .with_history()
        .ordered_by("title")
        .ordered_by("id", "DESC")
        .named_by(
            [](const Ids& ids) {
                Values names;
                for (const Record& book : browse("library.book", ids))
                    names[book.id()] = book.text("title") + " (" + std::to_string(book.id()) + ")";
                return names;
            },
            {"title", "isbn"})
        .field(Char{"title", "Title"}.required().on_change({"title"}, tidy_title))
        .field(Integer{"title_length", "Length of Title"}.readonly())
        .field(Char{"isbn", "ISBN"}.size(13).indexed().readonly(withdrawn))
        .field(Char{"shelf", "Shelf"}.required(!withdrawn).starts_as("new").help("Where the book stands."))
        .field(Integer{"place", "Place"})
        .field(Text{"summary", "Summary"}.invisible(withdrawn && eval("pages", 0) > 10))
        .field(Integer{"pages", "Pages"}.starts_as(1))
        .field(BigInteger{"barcode", "Barcode"})
        .field(Float{"weight", "Weight"}.digits(16, 3))
        .field(Field{"Numeric", "price", "Price"}.digits(16, 2))
        .field(DateField{"published_on", "Published on"})
        .field(DateTimeField{"catalogued_at", "Catalogued at"})
        .field(TimestampField{"scanned_at", "Scanned at"})
        .field(TimeField{"opens_at", "Reading Room opens at"})
        .field(Boolean{"withdrawn", "Withdrawn"})
        .field(Binary{"cover", "Cover"}.named_by("cover_name"))
        .field(Char{"cover_name", "Cover Name"})
        .field(Binary{"scan", "Scan"}.in_filestore("scan_id", "library"))
        .field(Char{"scan_id", "Scan File"})
        .field(Selection{"binding", "Binding", {{"", ""}, {"paper", "Paperback"}, {"cloth", "Cloth"}}})
        .field(MultiSelection{"languages", "Languages", {{"nl", "Dutch"}, {"fy", "Frisian"}}})
        .field(Many2One{"author", "library.author", "Author"}
                   .on_delete("RESTRICT")
                   .domain({where("active", "=", true)}))
        .field(Many2Many{"genres", "library.book-library.genre", "book", "genre", "Genres"})
        .field(
            Reference{"origin", "Origin", {{"", ""}, {"library.author", "Author"}, {"library.book", "Book"}}})
        .field(One2Many{"copies", "library.copy", "book", "Copies"})
        .fields({Integer{"loan_count", "Number of Loans"}, DateField{"last_lent_on", "Last lent on"}},
                lending_figures)
        .field(Function{One2Many{"loans", "library.loan", "", "Loans"}.option("field", Value{}), readers_of})
        .unique({"isbn"}, "msg_isbn_unique", "isbn is not null")
        .unique({"shelf", "place"}, "msg_place_taken")
        .index({"published_on", "pages"})
        .validates(check_isbn)
        .before_copy([](Dict& overrides) {
            overrides.emplace("isbn", Value{});
            overrides.emplace("place", Value{});
        })
        .button("withdraw", withdraw, {.invisible = withdrawn})
        .button("break_down", break_down)
        .task("stocktake",
              [](const Ids& books) {
                  write("library.book", books, {{"summary", "counted"}});
              })
        .remote("shelves", [](const List& arguments) {
            List names;
            for (const auto& [name] :
                 Rows<std::string>{"select distinct shelf from library_book where shelf like {} "
                                   "order by shelf",
                                   arguments.at(0)})
                names.push_back(name);
            return Value{names};
        });
}

Model book_genre() {
    return Model{"library.book-library.genre", "Book - Genre"}
        .stored()
        .field(Many2One{"book", "library.book", "Book"}.required().on_delete("CASCADE"))
        .field(Many2One{"genre", "library.genre", "Genre"}.required().on_delete("CASCADE"));
}

}  // namespace library
