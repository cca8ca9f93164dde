#include "crm/forgetting/mentions.hpp"

#include "tryton/rows.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace raadspost::crm {
namespace {

using namespace tryton;

struct Texts {
    std::string_view table;
    std::vector<std::string_view> columns;
    bool has_history = false;
};

const std::vector<Texts>& texts() {
    static const std::vector<Texts> all = {
        {"raadspost_association",
         {"chair", "sender_name", "sender_email", "reply_to", "footer", "signature"}},
        {"raadspost_contact", {"with_whom", "place", "note"}},
        {"raadspost_council", {"imported", "search_name"}, true},
        {"raadspost_council_member", {"name", "sort_name"}},
        {"raadspost_council_term", {"imported"}},
        {"raadspost_dispatch", {"subject", "reply_text"}},
        {"raadspost_event", {"text", "evidence"}},
        {"raadspost_griffie",
         {"name", "email", "mailbox", "griffier", "greeting", "phone", "note", "sort_name", "search_name"},
         true},
        {"raadspost_griffie-raadspost_council", {"imported"}},
        {"raadspost_import", {"name"}},
        {"raadspost_import_line", {"key", "label", "details", "kept", "reason", "source_values"}},
        {"raadspost_meeting_place",
         {"operated_by", "organised_by", "activities", "email", "telephone", "search_name", "imported"},
         true},
        {"raadspost_message", {"from_name", "subject", "text", "deciding_line", "redirect_to", "trouble"}},
        {"raadspost_message_candidate", {"why"}},
        {"raadspost_message_effect", {"key", "target", "was", "became"}},
        {"raadspost_outcome", {"evidence", "note"}},
        {"raadspost_page_answer", {"new_address", "remark"}},
        {"raadspost_past_mailing", {"email", "mailbox", "subject", "note", "import_key", "imported"}},
        {"raadspost_plan_decision", {"reason"}},
        {"raadspost_plan_line", {"mailbox", "was"}},
        {"raadspost_reply", {"mailbox", "subject", "text"}},
        {"raadspost_signatory", {"name", "function"}},
        {"raadspost_suppression", {"note"}, true},
    };
    return all;
}

// Where two mentions must not become the same text, as a unique index is on them.
bool is_key(std::string_view column) {
    return column == "import_key";
}

std::int64_t take_out(const Forgotten& forgotten, const std::string& table, std::string_view key,
                      std::string_view column) {
    const std::string name{column};
    std::string sql = "select " + std::string{key} + ", " + name + " from \"" + table + "\" where ";
    List patterns;
    for (const std::string& pattern : forgotten.patterns()) {
        sql += (patterns.empty() ? "" : " or ") + ("lower(" + name + ") like {}");
        patterns.emplace_back(pattern);
    }
    std::vector<std::tuple<Id, std::string>> changed;
    Rows<Id, std::string>::each(sql, patterns, [&](Id id, std::string&& text) {
        const std::string mark{forgotten_mark};
        std::string rest = forgotten.without(text, is_key(column) ? mark + std::to_string(id) : mark);
        if (rest != text) changed.emplace_back(id, std::move(rest));
    });
    const std::string update =
        "update \"" + table + "\" set " + name + " = {} where " + std::string{key} + " = {}";
    for (const auto& [id, rest] : changed) execute(update, rest, id);
    return static_cast<std::int64_t>(changed.size());
}

}  // namespace

std::int64_t take_out_mentions(const Forgotten& forgotten) {
    if (forgotten.nobody()) return 0;
    std::int64_t changed = 0;
    for (const auto& [table, columns, has_history] : texts())
        for (const std::string_view column : columns) {
            changed += take_out(forgotten, std::string{table}, "id", column);
            if (has_history) changed += take_out(forgotten, std::string{table} + "__history", "__id", column);
        }
    return changed;
}

}  // namespace raadspost::crm
