// answer_rules.cpp - the rules by which answers are classified, as records: a draft that is being written,
// the version in use, and those before it. Only the draft can be changed.
#include "crm/triage/answer_rules.hpp"
#include "crm/entities.hpp"
#include "crm/moment.hpp"

#include "core/answer/rules.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* model_name = "raadspost.answer.rules";
const Choices states = {{"draft", "Draft"}, {"in_use", "In Use"}, {"former", "Former"}};

// "line 12: ..." as people count; the words of the reader are English, the line says where to look.
std::string problem_in(const std::string& text) {
    const auto parsed = answer::Rules::parse(text);
    if (parsed) return {};
    return translated("msg_rules_problem", {{"place", parsed.problem().place},
                                            {"found", parsed.problem().found},
                                            {"why", parsed.problem().text}});
}

std::string version_of(const std::string& text) {
    const auto parsed = answer::Rules::parse(text);
    return parsed ? parsed->version() : std::string{};
}

Values problems(const Ids& rules) {
    Values found;
    for (const auto& [id, text] :
         Rows<Id, std::string>{"select id, text from raadspost_answer_rules where id in {}", rules})
        found[id] = problem_in(text);
    return found;
}

void tell_problem(Record& rules) {
    rules.set("problem", problem_in(rules.text("text")));
    rules.set("version", version_of(rules.text("text")));
}

void only_drafts_change(const Ids& rules, Dict& values) {
    const auto text = values.find("text");
    if (text == values.end()) return;
    for (const auto& [id, state] :
         Rows<Id, std::string>{"select id, state from raadspost_answer_rules where id in {}", rules})
        if (state != "draft") throw UserError{"msg_rules_not_draft"};
    values["version"] = version_of(text->second.as<std::string>());
    values["checked_at"] = Value{};
    values["difference_summary"] = Value{};
}

// The window with these records, their form in front.
Value opened(const Ids& rules) {
    const Id window = xml_id("raadspost", "act_answer_rules");
    Dict action = call("ir.action", "get_action_values", {"ir.action.act_window", List{window}})
                      .as<List>()
                      .front()
                      .as<Dict>();
    List views = action.at("views").as<List>();
    std::ranges::reverse(views);
    action["views"] = views;
    action["res_id"] = rules;
    return action;
}

Value new_draft(const Ids& rules) {
    const auto scope = Scope::without_access_checks();
    const Rows<Id> draft{"select id from raadspost_answer_rules where state = 'draft' limit 1"};
    if (!draft.empty()) throw UserError{"msg_rules_draft_there"};
    if (rules.size() != 1) throw UserError{"msg_rules_choose_one"};
    const std::string text = Record{model_name, rules.front()}.text("text");
    return opened(create(model_name, {{{"text", text}}}));
}

Value use(const Ids& rules) {
    const auto scope = Scope::without_access_checks();
    for (const Record& each : browse(model_name, rules)) {
        const std::string problem = problem_in(each.text("text"));
        if (!problem.empty()) throw UserError{"msg_rules_cannot_be_used", {{"problem", problem}}};
        if (each.text("state") == "draft" && each.get("checked_at").is_null())
            throw UserError{"msg_rules_check_first"};
        const Id user = current_user();
        write(model_name, search(model_name, {where("state", "=", "in_use")}), {{"state", "former"}});
        write(model_name, {each.id()},
              {{"state", "in_use"},
               {"version", version_of(each.text("text"))},
               {"used_since", now()},
               {"used_by", user > 0 ? Value{user} : Value{}}});
    }
    return "reload";
}

Value check(const Ids& rules) {
    const auto scope = Scope::without_access_checks();
    for (const Id id : rules) check_rules(id);
    return "reload";
}

// What comes along with the program: in use at once, unless an administrator's own are.
void keep_shipped() {
    const std::string text{answer::default_rules()};
    const auto scope = Scope::without_access_checks();
    const std::string version = version_of(text);
    if (count(model_name, {where("version", "=", version), where("shipped", "=", true)}) > 0) return;
    const Ids present = search(model_name, {where("state", "=", "in_use")});
    // Asked of the database: within an update a flag of SQLite's is still a number.
    const bool own =
        !present.empty() && count(model_name, {where("id", "in", List(present.begin(), present.end())),
                                               where("shipped", "=", true)}) == 0;
    if (!own && !present.empty()) write(model_name, present, {{"state", "former"}});
    Dict row{{"text", text}, {"version", version}, {"shipped", true}, {"state", own ? "former" : "in_use"}};
    if (!own) row["used_since"] = now();
    create(model_name, {row});
}

}  // namespace

std::string rules_in_use() {
    for (auto& [text] : Rows<std::string>{
             "select text from raadspost_answer_rules where state = 'in_use' order by id desc limit 1"})
        return text;
    return std::string{answer::default_rules()};
}

Model answer_rules() {
    const Pyson draft = eval("state") == "draft";
    return Model{model_name, "Rules for Answers"}
        .stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("version")
        .field(Char{"version", "Version"}.readonly())
        .field(Selection{"state", "State", states}.required().readonly().starts_as("draft"))
        .field(Boolean{"shipped", "Came with the Program"}.readonly())
        .field(Text{"text", "Rules"}.required().readonly(!draft).depends({"state"}).on_change({"text"},
                                                                                              tell_problem))
        .field(Function{Text{"problem", "What Is Wrong"}, problems}.invisible(eval("problem").is_empty()))
        .field(DateTimeField{"used_since", "In Use Since"}.readonly())
        .field(Many2One{"used_by", "res.user", "Put in Use By"}.on_delete("RESTRICT").readonly())
        .field(DateTimeField{"checked_at", "Checked At"}.readonly())
        .field(Text{"difference_summary", "What Would Change"}.readonly())
        .field(One2Many{"differences", "raadspost.answer.rules.difference", "rules",
                        "Messages That Would Be Called Otherwise"}
                   .readonly())
        .before_write(only_drafts_change)
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) row["version"] = version_of(row.at("text").as<std::string>());
        })
        .before_delete([](const Ids& rules) {
            if (count(model_name, {where("id", "in", rules), where("state", "!=", "draft")}) > 0)
                throw UserError{"msg_rules_not_draft"};
        })
        .after_upgrade(keep_shipped)
        .button("new_draft", new_draft, {.invisible = draft})
        .button("check", check, {.invisible = !draft})
        .button("use", use, {.invisible = eval("state") == "in_use"});
}

Model answer_rules_difference() {
    return Model{"raadspost.answer.rules.difference", "Message That Would Be Called Otherwise"}
        .stored()
        .shown()
        .ordered_by("id")
        .named_by("line")
        .field(Many2One{"rules", model_name, "Rules"}.required().on_delete("CASCADE").indexed().readonly())
        .field(Many2One{"message", "raadspost.message", "Message"}.required().on_delete("CASCADE").readonly())
        .field(Char{"kinds_now", "Now"}.readonly())
        .field(Char{"kinds_then", "Then"}.readonly())
        .field(Char{"kinds_of_person", "Says a Person"}.readonly())
        .field(Char{"line", "Deciding Line"}.readonly());
}

}  // namespace raadspost::crm
