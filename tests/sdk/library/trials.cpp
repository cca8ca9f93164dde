// Functions for the tests to call: bulk rows, claims, scopes.
#include "library.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

namespace library {

using namespace tryton;

namespace {

using Shelved = std::tuple<std::string, std::optional<std::string>, std::optional<Id>, std::optional<Date>,
                           std::optional<DateTime>, bool, double, Bytes>;

Value insert_books(const List& arguments) {
    std::vector<Shelved> rows;
    for (const Value& row : arguments.at(0).as<List>()) {
        const List cells = row.as<List>();
        rows.emplace_back(cells[0].as<std::string>(), cells[1].as<std::optional<std::string>>(),
                          cells[2].as<std::optional<Id>>(), cells[3].as<std::optional<Date>>(),
                          cells[4].as<std::optional<DateTime>>(), cells[5].as<bool>(), cells[6].as<double>(),
                          cells[7].as<Bytes>());
    }
    return insert_rows<std::string, std::optional<std::string>, std::optional<Id>, std::optional<Date>,
                       std::optional<DateTime>, bool, double, Bytes>(
        "library.book",
        {"title", "isbn", "author", "published_on", "catalogued_at", "withdrawn", "weight", "cover"}, rows);
}

Value update_books(const List& arguments) {
    std::vector<std::tuple<Id, std::string, std::optional<std::int64_t>>> rows;
    for (const Value& row : arguments.at(0).as<List>()) {
        const List cells = row.as<List>();
        rows.emplace_back(cells[0].as<Id>(), cells[1].as<std::string>(),
                          cells[2].as<std::optional<std::int64_t>>());
    }
    return update_rows<std::string, std::optional<std::int64_t>>("library.book", {"title", "pages"}, rows);
}

// Every kind of cell there and back.
Value read_book(const List& arguments) {
    List out;
    for (const auto& [title, pages, barcode, weight, published, catalogued, scanned, withdrawn, cover] :
         Rows<std::string, std::optional<int>, std::optional<std::int64_t>, std::optional<double>,
              std::optional<Date>, std::optional<DateTime>, std::optional<DateTime>, std::optional<bool>,
              std::optional<Bytes>>{"select title, pages, barcode, weight, published_on, catalogued_at, "
                                    "scanned_at, withdrawn, cover from "
                                    "library_book where id = {}",
                                    arguments.at(0)})
        out = {title, pages, barcode, weight, published, catalogued, scanned, withdrawn, cover};
    return out;
}

// Takes at most `limit` free copies for `claimer`, as several processes do at once; gives how many it got.
Value claim_copies(const List& arguments) {
    Transaction own = Transaction::inner({.autocommit = true});
    const auto claimer = arguments.at(0).as<Id>();
    const auto limit = arguments.at(1).as<Id>();
    const std::int64_t taken =
        engine() == Engine::postgresql
            ? execute(
                  "update library_copy set claimed_by = {} where id in (select id from library_copy where "
                  "claimed_by is null order by id limit {} for update skip locked)",
                  claimer, limit)
            : execute(
                  "update library_copy set claimed_by = {} where id in (select id from library_copy where "
                  "claimed_by is null order by id limit {})",
                  claimer, limit);
    own.commit();
    return taken;
}

// The same in two statements, as a claim that looks before it writes does.
Value claim_copies_in_steps(const List& arguments) {
    std::int64_t taken = 0;
    in_short_transaction([&] {
        Ids free;
        const std::string lock = engine() == Engine::postgresql ? " for update skip locked" : "";
        for (const auto& [copy] :
             Rows<Id>{"select id from library_copy where claimed_by is null order by id limit {}" + lock,
                      arguments.at(1)})
            free.push_back(copy);
        taken = execute("update library_copy set claimed_by = {} where id in {}", arguments.at(0), free);
    });
    return taken;
}

Value in_inner_transaction(const List& arguments) {
    {
        Transaction lost = Transaction::inner();
        create("library.author", {{{"name", "Rolled Back"}}});
    }
    {
        Transaction kept = Transaction::inner();
        create("library.author", {{{"name", arguments.at(0)}}});
        kept.commit();
    }
    return count("library.author", {});
}

Value scoped(const List&) {
    List seen{context().contains("library_key"), current_user()};
    {
        const Scope keys = Scope::with({{"library_key", 7}});
        const Scope user = Scope::as_user(0);
        seen.push_back(context().at("library_key"));
        seen.push_back(current_user());
    }
    seen.push_back(context().contains("library_key"));
    seen.push_back(current_user());
    return seen;
}

Value raise_unique(const List&) {
    create("library.genre", {{{"name", "Twice"}}, {{"name", "Twice"}}});
    return {};
}

}  // namespace

std::vector<Entry> trials() {
    return {{"insert_books", insert_books},
            {"update_books", update_books},
            {"read_book", read_book},
            {"claim_copies", claim_copies},
            {"claim_copies_in_steps", claim_copies_in_steps},
            {"in_inner_transaction", in_inner_transaction},
            {"scoped", scoped},
            {"raise_unique", raise_unique},
            {"echo", [](const List& arguments) { return arguments.at(0); }},
            {"setting",
             [](const List& arguments) {
                 return setting("library.configuration", arguments.at(0).as<std::string>());
             }},
            {"count_in",
             [](const List& arguments) {
                 return Value{
                     Rows<std::int64_t>{"select count(*) from library_book where title in {} and '5%' = {}",
                                        arguments.at(0), arguments.at(1)}
                         .size()};
             }},
            {"count_like",
             [](const List&) {
                 return std::get<0>(
                     Rows<std::int64_t>{"select count(*) from library_book where title like '100%'"}.front());
             }},
            {"reference",
             [](const List& arguments) {
                 return Record{"library.book", arguments.at(0).as<Id>()}.get("origin");
             }},
            {"stocktake",
             [](const List& arguments) {
                 enqueue("library.book", "stocktake", arguments.at(0).as<Ids>());
                 return Value{};
             }},
            {"without_gil", [](const List&) { return Value{without_gil([] { return 42; })}; }},
            {"conditions",
             [](const List&) {
                 const Pyson state = eval("state");
                 return Value{List{state.in({"lent", "lost"}), eval("pages", 0) > 3, state.is_empty(),
                                   state.is_set(), state == "lost" || !eval("withdrawn", false),
                                   state != "lost" && state.is_set()}};
             }},
            {"sums",
             [](const List& arguments) {
                 const auto [sum, average] =
                     Rows<std::int64_t, double>{
                         "select sum(barcode), avg(pages) from library_book where title = {}",
                         arguments.at(0)}
                         .front();
                 return Value{List{sum, average}};
             }},
            {"filestore", [](const List& arguments) {
                 const Filestore store = Filestore::of_current_database("library");
                 return Value{List{store.path(arguments.at(0).as<std::string>()),
                                   store.id_of(arguments.at(1).as<Bytes>().data)}};
             }}};
}

}  // namespace library
