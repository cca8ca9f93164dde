// rules_check.cpp - what other rules would make of the received messages, and of the examples that staff
// labelled.
#include "core/answer/review/rules_compared.hpp"
#include "core/on_all_cores.hpp"
#include "crm/triage/answer_rules.hpp"
#include "crm/triage/kinds.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <map>

namespace raadspost::crm {

using namespace tryton;

namespace {

// Somebody waits at the screen: 4,000 a second and core are read.
constexpr std::int64_t most_messages = 20000;
constexpr std::size_t most_shown = 500;

struct Message {
    Id id = 0;
    std::string text, person;  // person: the kinds that staff gave it, empty for none
    answer::Said now, then;
};

std::vector<Message> archive() {
    std::map<Id, std::string> labelled;
    for (auto& [id, kinds] : Rows<Id, std::string>{
             "select message, kinds from raadspost_example order by id desc limit {}", most_messages})
        labelled[id] = kinds;
    std::vector<Message> messages;
    Rows<Id, std::string>::each(
        "select id, text from raadspost_message where text is not null and state <> 'unread' and (kinds is "
        "null or "
        "(kinds not like 'bounce%' and kinds not like 'auto_reply%')) order by id desc limit {}",
        {most_messages}, [&](Id id, std::string text) {
            const auto label = labelled.find(id);
            messages.push_back({id, std::move(text), label == labelled.end() ? "" : label->second, {}, {}});
        });
    return messages;
}

struct Counts {
    std::size_t messages = 0, otherwise = 0, examples = 0, right_now = 0, right_then = 0;
};

Counts counted(const std::vector<Message>& messages) {
    Counts counts;
    counts.messages = messages.size();
    for (const Message& each : messages) {
        counts.otherwise += answer::same_kinds(each.now.kinds, each.then.kinds) ? 0 : 1;
        if (each.person.empty()) continue;
        ++counts.examples;
        counts.right_now += answer::same_kinds(each.now.kinds, each.person) ? 1 : 0;
        counts.right_then += answer::same_kinds(each.then.kinds, each.person) ? 1 : 0;
    }
    return counts;
}

void keep(Id rules, const std::vector<Message>& messages) {
    execute("delete from raadspost_answer_rules_difference where rules = {}", rules);
    const KindWords words;
    std::vector<std::tuple<Id, Id, std::string, std::string, std::string, std::string>> rows;
    for (const Message& each : messages) {
        if (answer::same_kinds(each.now.kinds, each.then.kinds)) continue;
        rows.emplace_back(rules, each.id, words.of(each.now.kinds), words.of(each.then.kinds),
                          words.of(each.person), each.then.line.empty() ? each.now.line : each.then.line);
        if (rows.size() == most_shown) break;
    }
    insert_rows("raadspost.answer.rules.difference",
                std::to_array<std::string_view>(
                    {"rules", "message", "kinds_now", "kinds_then", "kinds_of_person", "line"}),
                rows);
}

}  // namespace

void check_rules(Id rules) {
    const std::string text = Record{"raadspost.answer.rules", rules}.text("text");
    auto then = answer::Rules::parse(text);
    if (!then)
        throw UserError{"msg_rules_cannot_be_used",
                        {{"problem", then.problem().place + ": " + then.problem().text}}};
    auto now = answer::Rules::parse(rules_in_use());
    if (!now) throw UserError{"msg_rules_cannot_be_used", {{"problem", now.problem().text}}};
    std::vector<Message> messages = archive();
    without_gil([&] {
        on_all_cores(messages.size(), [&](std::size_t i) {
            messages[i].now = answer::said_by(*now, messages[i].text);
            messages[i].then = answer::said_by(*then, messages[i].text);
        });
    });
    keep(rules, messages);
    const Counts counts = counted(messages);
    std::string summary =
        translated("msg_rules_otherwise", {{"messages", counts.messages}, {"otherwise", counts.otherwise}});
    if (counts.examples > 0)
        summary += "\n" + translated("msg_rules_examples", {{"examples", counts.examples},
                                                            {"now", counts.right_now},
                                                            {"then", counts.right_then}});
    write("raadspost.answer.rules", {rules},
          {{"difference_summary", summary},
           {"checked_at",
            DateTime{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())}}});
}

}  // namespace raadspost::crm
