// Authors and genres: names, order, folded search, a link counted in one query.
#include "library.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace library {

using namespace tryton;

namespace {

std::string folded(const std::string& text) {
    std::string out;
    for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

Values count_books(const Ids& authors) {
    Values counts;
    for (const Id author : authors) counts[author] = 0;
    for (const auto& [author, count] : Rows<Id, std::int64_t>{
             "select author, count(*) from library_book where author in {} group by author", authors})
        counts[author] = count;
    return counts;
}

List with_so_many_books(const std::string& op, const Value& operand) {
    if (op != "=") return {};
    Ids found;
    for (const auto& [author] : Rows<Id>{"select a.id from library_author a where (select count(*) from "
                                         "library_book b where b.author = a.id) = {}",
                                         operand.as<std::int64_t>()})
        found.push_back(author);
    return {where("id", "in", found)};
}

void rename(const Ids& authors, const Value& value) {
    for (const Id author : authors) write("library.author", {author}, {{"name", value.as<std::string>()}});
}

}  // namespace

Model author() {
    return Model{"library.author", "Author"}
        .stored()
        .shown()
        .deactivable()
        .ordered_by("name")
        .searched_by({"name_folded"})
        .folding(folded)
        .field(Char{"name", "Name"}.required())
        .field(Char{"name_folded", "Folded Name"}.readonly())
        .field(Many2One{"mentor", "library.author", "Mentor"}.on_delete("SET NULL"))
        .field(One2Many{"books", "library.book", "author", "Books"})
        .field(
            Function{Integer{"book_count", "Number of Books"}, count_books}.searched_by(with_so_many_books))
        .field(Function{
            Char{"pen_name", "Pen Name"},
            [](const Ids& ids) {
                Values names;
                for (const Record& author : browse("library.author", ids))
                    names[author.id()] = "~" + author.text("name");
                return names;
            }}.set_by(rename))
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows)
                if (const auto name = row.find("name"); name != row.end() && name->second.truth())
                    row["name_folded"] = folded(name->second.as<std::string>());
        })
        .before_write([](const Ids&, Dict& values) {
            if (const auto name = values.find("name"); name != values.end() && name->second.truth())
                values["name_folded"] = folded(name->second.as<std::string>());
        })
        .before_delete([](const Ids& authors) {
            if (count("library.book", {where("author", "in", authors)}) > 0)
                throw UserError{"msg_author_has_books"};
        });
}

Model genre() {
    return Model{"library.genre", "Genre"}
        .stored()
        .shown()
        .field(Char{"name", "Name"}.required().translated())
        .unique({"name"}, "msg_genre_unique");
}

}  // namespace library
