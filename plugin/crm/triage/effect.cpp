#include "crm/triage/effect.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/triage/effect_doing.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <map>

namespace raadspost::crm {

using namespace tryton;

namespace {

std::optional<Id> maybe(Id id) {
    return id > 0 ? std::optional{id} : std::nullopt;
}

std::map<std::string, Standing> standing_of(Id message) {
    std::map<std::string, Standing> standing;
    for (auto& [id, kind, key, target, case_id, council, step, dispatch, griffie, appeal, record, was,
                became] :
         Rows<Id, std::string, std::string, std::string, std::optional<Id>, std::optional<Id>,
              std::optional<Id>, std::optional<Id>, std::optional<Id>, std::optional<Id>, std::optional<Id>,
              std::optional<std::string>, std::optional<std::string>>{
             "select id, kind, key, target, \"case\", council, step, dispatch, griffie, appeal, record, was, "
             "became "
             "from raadspost_message_effect where message = {} and standing order by id",
             message}) {
        Standing each;
        each.row = id;
        each.message = message;
        each.kind = answer::effect_kind_of(kind).value_or(Effect::Kind::outcome);
        each.target = std::move(target);
        each.case_id = case_id.value_or(0);
        each.council = council.value_or(0);
        each.step = step.value_or(0);
        each.dispatch = dispatch.value_or(0);
        each.griffie = griffie.value_or(0);
        each.appeal = appeal.value_or(0);
        each.changed = {record.value_or(0), was.value_or(""), became.value_or("")};
        standing.emplace(std::move(key), std::move(each));
    }
    return standing;
}

// Another message says the same: what this one changed is that one's now, and stays.
bool handed_over(const Standing& standing) {
    if (!standing.changed.anything()) return true;
    const Rows<Id> others{
        "select id from raadspost_message_effect where target = {} and kind = {} and became = {} and "
        "standing "
        "and message <> {} order by id limit 1",
        standing.target, answer::name(standing.kind), standing.changed.became, standing.message};
    if (others.empty()) return false;
    execute("update raadspost_message_effect set record = {}, was = {} where id = {}",
            maybe(standing.changed.record), standing.changed.was, std::get<0>(others.front()));
    return true;
}

void note(Id message, Id event, const Effect& effect, const Changed& changed) {
    insert_rows<Id, std::optional<Id>, std::string, std::string, std::string, std::optional<Id>,
                std::optional<Id>, std::optional<Id>, std::optional<Id>, std::optional<Id>, std::optional<Id>,
                std::optional<Id>, std::string, std::string, bool>(
        "raadspost.message.effect",
        {"message", "event", "kind", "key", "target", "case", "council", "step", "dispatch", "griffie",
         "appeal", "record", "was", "became", "standing"},
        {{message, maybe(event), std::string{answer::name(effect.kind)}, effect.key(), effect.target(),
          maybe(effect.case_id), maybe(effect.council), maybe(effect.step), maybe(effect.dispatch),
          maybe(effect.griffie), maybe(effect.appeal), maybe(changed.record), changed.was, changed.became,
          true}});
}

// "bounced bounced_hard" -> "Came back: the address does not work".
std::string state_in_words(const std::string& model, const std::string& stored) {
    if (stored.empty()) return {};
    const auto blank = std::min(stored.find(' '), stored.size());
    const std::string state = stored.substr(0, blank);
    return state == "bounced" && blank < stored.size()
               ? label_of_choice(model, "reason", stored.substr(blank + 1))
               : label_of_choice(model, "state", state);
}

// What was made may be gone since.
std::string name_of(const std::string& model, Id record) {
    const Ids there = search(model, {where("id", "=", record)});
    return there.empty() ? std::string{} : Record{model, record}.text("rec_name");
}

std::string in_words(Effect::Kind kind, Id record, const std::string& stored) {
    switch (kind) {
        case Effect::Kind::delivered:
        case Effect::Kind::bounced:
            return state_in_words("raadspost.dispatch", stored);
        case Effect::Kind::reply_bounced:
            return state_in_words("raadspost.reply", stored);
        case Effect::Kind::failing:
            return stored.empty() ? "" : label_of_choice("raadspost.griffie", "status", stored);
        case Effect::Kind::new_address:  // "unconfirmed griffie@kerndorp.example"
            return stored.substr(std::min(stored.find(' ') + 1, stored.size()));
        case Effect::Kind::outcome:
            return stored.empty() ? "" : name_of("raadspost.outcome", record);
        case Effect::Kind::postpone:
        case Effect::Kind::retry:
            return stored.empty() ? "" : name_of("raadspost.plan.decision", record);
        case Effect::Kind::suppression:
            return stored.empty() ? "" : name_of("raadspost.suppression", record);
    }
    return stored;
}

std::map<std::string, Values> before_and_after(const Ids& effects, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    using Maybe = std::optional<std::string>;
    for (const auto& [id, stored_kind, record, was, became] :
         Rows<Id, std::string, std::optional<Id>, Maybe, Maybe>{
             "select id, kind, record, was, became from raadspost_message_effect where id in {}", effects}) {
        const auto kind = answer::effect_kind_of(stored_kind);
        if (!kind) continue;
        found["before"][id] = in_words(*kind, record.value_or(0), was.value_or(""));
        found["after"][id] = in_words(*kind, record.value_or(0), became.value_or(""));
    }
    return found;
}

}  // namespace

bool would_change(Id message, const std::vector<Effect>& wanted) {
    const auto standing = standing_of(message);
    std::set<std::string> keys;
    for (const Effect& each : wanted) keys.insert(each.key());
    return keys.size() != standing.size() ||
           std::ranges::any_of(keys, [&](const std::string& key) { return !standing.contains(key); });
}

Reconciled reconcile(Id message, const std::vector<Effect>& wanted, Id event) {
    Reconciled done;
    auto standing = standing_of(message);
    std::vector<const Effect*> missing;
    std::set<std::string> keys;
    for (const Effect& each : wanted) {
        if (!keys.insert(each.key()).second) continue;
        if (standing.erase(each.key()) == 0) missing.push_back(&each);
    }
    // The last one done is the first to be taken back.
    std::vector<const Standing*> superfluous;
    for (const auto& [key, each] : standing) superfluous.push_back(&each);
    std::ranges::sort(superfluous, [](const Standing* a, const Standing* b) { return a->row > b->row; });
    for (const Standing* each : superfluous) {
        execute("update raadspost_message_effect set standing = {}, undone_by = {} where id = {}", false,
                maybe(event), each->row);
        if (!handed_over(*each)) take_back(*each, done.councils);
        ++done.undone;
    }
    for (const Effect* each : missing) {
        note(message, event, *each, do_effect(message, *each, done.councils));
        ++done.done;
    }
    return done;
}

void forget_failures(const Ids& griffies) {
    execute(
        "update raadspost_message_effect set standing = {} where griffie in {} and kind = 'failing' and "
        "standing",
        false, griffies);
}

std::vector<std::pair<std::string, std::string>> bounce_reasons() {
    return {{std::string{answer::bounced_hard}, "Came back: the address does not work"},
            {std::string{answer::bounced_full}, "Came back: the mailbox is full"},
            {std::string{answer::bounced_soft}, "Came back for a reason that may pass"}};
}

Model message_effect() {
    Choices kinds = {
        {"outcome", "Outcome"},       {"delivered", "Delivered"},      {"bounced", "Came Back"},
        {"failing", "Address Fails"}, {"suppression", "Gets No More"}, {"postpone", "Wait until a Day"},
        {"retry", "Try Again"},       {"new_address", "New Address"},  {"reply_bounced", "Answer Came Back"}};
    return Model{"raadspost.message.effect", "What a Message Changed"}
        .stored()
        .shown()
        .ordered_by("id")
        .named_by("target")
        .field(Many2One{"message", "raadspost.message", "Message"}.required().on_delete("CASCADE").readonly())
        .field(Many2One{"event", "raadspost.event", "Event"}.on_delete("SET NULL").indexed().readonly())
        .field(Selection{"kind", "What", kinds}.required().readonly())
        .field(Char{"key", "Key"}.required().readonly())
        .field(Char{"target", "About"}.required().readonly().indexed())
        .field(Many2One{"case", "raadspost.case", "Case"}.on_delete("CASCADE").readonly())
        .field(Many2One{"council", "raadspost.council", "Council"}.on_delete("CASCADE").readonly())
        .field(Many2One{"step", "raadspost.step", "Step"}.on_delete("CASCADE").readonly())
        .field(Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}.on_delete("CASCADE").readonly())
        .field(Many2One{"griffie", "raadspost.griffie", "Griffie"}.on_delete("CASCADE").readonly())
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.on_delete("CASCADE").readonly())
        .field(Integer{"record", "Record"}.readonly().help("What was made: its number."))
        .field(Char{"was", "Before (Key)"}.readonly())
        .field(Char{"became", "After (Key)"}.readonly())
        .fields({Char{"before", "Before"}, Char{"after", "After"}}, before_and_after)
        .field(Boolean{"standing", "Stands"}.readonly())
        .field(Many2One{"undone_by", "raadspost.event", "Undone by"}.on_delete("SET NULL").readonly())
        // The same thing stands once for a message, whoever settles it at the same moment.
        .unique({"message", "key"}, "msg_answer_settled_twice", "standing");
}

}  // namespace raadspost::crm
