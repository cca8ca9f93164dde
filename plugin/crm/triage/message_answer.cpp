// message_answer.cpp - what a received message means, as columns of its record: the machine's reading, the
// word of a person, and what stands because of it.
#include "crm/triage/message_answer.hpp"

#include "crm/triage/triage.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

Values kinds_shown(const Ids& messages) {
    Values shown;
    for (const auto& [id, kinds] : Rows<Id, std::optional<std::string>>{
             "select id, kinds from raadspost_message where id in {}", messages})
        shown[id] = in_words(kinds_of(kinds.value_or("")));
    return shown;
}

std::string text_at(const Dict& values, const char* key) {
    const auto found = values.find(key);
    return found == values.end() || found->second.is_null() ? std::string{} : found->second.as<std::string>();
}

std::optional<Date> date_at(const Dict& values, const char* key) {
    const auto found = values.find(key);
    return found == values.end() ? std::nullopt : found->second.as<std::optional<Date>>();
}

Ids ids_in(const Value& given) {
    return given.as<Ids>();
}

// correct([message], {"case": id, "kinds": "listed,to_college", "list_number": ...})
Value correct_by_dict(const List& arguments) {
    const Dict values = arguments.at(1).as<Dict>();
    Correction correction;
    if (const auto found = values.find("case"); found != values.end())
        correction.case_id = found->second.as<std::optional<Id>>().value_or(0);
    correction.kinds = kinds_of(text_at(values, "kinds"));
    correction.list_number = text_at(values, "list_number");
    correction.disposal = text_at(values, "disposal");
    correction.case_number = text_at(values, "case_number");
    correction.redirect_to = text_at(values, "redirect_to");
    correction.list_date = date_at(values, "list_date");
    correction.meeting_date = date_at(values, "meeting_date");
    correction.absent_until = date_at(values, "absent_until");
    for (const Id message : ids_in(arguments.at(0))) correct(message, correction);
    return {};
}

std::function<Value(const List&)> on_each(void (*work)(Id)) {
    return [work](const List& arguments) {
        for (const Id message : ids_in(arguments.at(0))) work(message);
        return Value{};
    };
}

}  // namespace

void add_answer(Model& model) {
    model.field(Char{"disposal", "Disposal"}.readonly().invisible(eval("disposal").is_empty()))
        .field(Selection{"failure",
                         "Report of Delivery",
                         {{"", ""},
                          {"none", "Delivered"},
                          {"pending", "Still Trying"},
                          {"soft", "Came Back, May Pass"},
                          {"hard", "Address Does Not Work"}}}
                   .readonly())
        .field(Char{"failure_reason", "Why It Came Back"}.readonly())
        .field(Char{"failed_address", "Failed at Another Address"}.readonly())
        .field(Char{"machine_kinds", "Kinds, Says the Machine"}.readonly())
        .field(Many2One{"machine_case", "raadspost.case", "Case, Says the Machine"}
                   .on_delete("SET NULL")
                   .readonly())
        .field(Char{"rules", "By These Rules"}.readonly())
        .field(Many2One{"decided_by", "res.user", "Decided By"}
                   .on_delete("RESTRICT")
                   .readonly()
                   .invisible(eval("decided_at").is_empty())
                   .help("Empty: the machine itself."))
        .field(DateTimeField{"decided_at", "Decided At"}.readonly().invisible(eval("decided_at").is_empty()))
        .field(One2Many{"effects", "raadspost.message.effect", "message", "What It Changed"}.readonly())
        .field(Function{Char{"kinds_shown", "What It Says"}, kinds_shown})
        .method("accept", on_each(accept))
        .method("correct", correct_by_dict)
        .method("set_aside", on_each(set_aside))
        .method("take_back", on_each(take_back));
}

}  // namespace raadspost::crm
