// The wizard, the report and the pages.
#include "library.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace library {

using namespace tryton;

Model acquire_start() {
    return Model{"library.acquire.start", "Acquire Books"}
        .shown()
        .field(Text{"titles", "Titles"}.required().help("One in each line."))
        .field(Many2One{"author", "library.author", "Author"});
}

Model acquire_result() {
    return Model{"library.acquire.result", "Acquired Books"}
        .shown()
        .field(Integer{"number", "Number"}.readonly())
        .field(Many2Many{"books", "library.book", "", "", "Books"}
                   .option("origin", Value{})
                   .option("target", Value{}));
}

Wizard acquire() {
    return Wizard{"library.acquire"}
        .start("start")
        .form("start", "library.acquire.start", "library.acquire_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Acquire", "add", "tryton-ok", true}},
              [](Session& session) {
                  Dict values;
                  const Ids authors =
                      session.active_model() == "library.author" ? session.active_ids() : Ids{};
                  if (!authors.empty()) values["author"] = authors.front();
                  return values;
              })
        .step("add",
              [](Session& session) {
                  const Record form = session.form("start");
                  std::vector<Dict> rows;
                  std::string titles = form.text("titles") + '\n';
                  for (std::size_t at = 0, end = 0; (end = titles.find('\n', at)) != std::string::npos;
                       at = end + 1)
                      if (end > at)
                          rows.push_back(
                              {{"title", titles.substr(at, end - at)}, {"author", form.get("author")}});
                  if (rows.empty()) throw UserError{"msg_no_titles"};
                  const Ids made = create("library.book", rows);
                  session.form("result").set("number", made.size());
                  session.form("result").set("books", made);
                  return std::string{"result"};
              })
        .form("result", "library.acquire.result", "library.acquire_result_view_form",
              {{"Close", "end", "tryton-close"}, {"Show", "show", "tryton-open", true}},
              [](Session& session) {
                  return Dict{{"number", session.form("result").get("number")}};
              })
        .action("show", "library.act_book", [](Session& session, Dict& action) {
            action["pyson_domain"] = Value{"[[\"id\", \">\", 0]]"};
            return Dict{{"res_id", session.form("result").get("books")}};
        });
}

Report label() {
    return {"library.label",
            [](const Ids& books, const Dict&) {
                std::string text;
                for (const Record& book : browse("library.book", books)) text += book.text("title") + '\n';
                return Document{"txt", text, "labels"};
            },
            "library.book"};
}

std::vector<Route> card_pages() {
    const auto show = [](const Request& request) {
        const std::string token = request.arguments.at("token");
        if (token == "broken") throw std::runtime_error{"secret shelf"};
        if (token == "host") {
            xml_id("library", "nothing");  // no transaction is open: the host raises
        }
        if (token == "split") return Response{200, "", "text/plain", {{"X-Library", "1\r\nX-Evil: 1"}}};
        if (token == "bare") return Response{204, "", "text/plain; charset=utf-8"};
        if (token == "from") return Response{200, request.remote_address, "text/plain; charset=utf-8"};
        if (token.size() != 4) return Response{404, "no such card", "text/plain; charset=utf-8"};
        std::string said = "card " + token;
        for (const auto& [name, value] : request.form) said += " " + name + "=" + value;
        if (!request.body.empty()) said += " body=" + std::to_string(request.body.size());
        return Response{200,
                        said,
                        "text/plain; charset=utf-8",
                        {{"X-Library", request.headers.contains("host") ? "1" : "0"}}};
    };
    return {{"/library/card/<token>", {"GET", "POST"}, show, 64},
            {"/library/strict/<token>",
             {"GET", "POST", "OPTIONS"},
             show,
             64,
             true,
             {{"X-Library", "2"}, {"X-Always", "1"}}}};
}

}  // namespace library
