#include "crm/followup/fact_names.hpp"

#include <map>

namespace raadspost::crm {

using namespace followup;

Anchor anchor_of(const std::string& key) {
    static const std::map<std::string, Anchor> anchors = {{"start", Anchor::start},
                                                          {"date", Anchor::date},
                                                          {"voting_day", Anchor::voting_day},
                                                          {"installation", Anchor::installation},
                                                          {"previous_step", Anchor::previous_step}};
    return anchors.at(key);
}

Condition condition_of(const std::string& key) {
    static const std::map<std::string, Condition> conditions = {{"always", Condition::always},
                                                                {"no_answer", Condition::no_answer},
                                                                {"receipt_only", Condition::receipt_only},
                                                                {"not_passed_on", Condition::not_passed_on},
                                                                {"not_listed", Condition::not_listed},
                                                                {"passed_on", Condition::passed_on}};
    return conditions.at(key);
}

LooksAt looks_at_of(const std::string& key) {
    if (key == "previous") return LooksAt::previous_term;
    return key == "both" ? LooksAt::both : LooksAt::this_term;
}

std::uint16_t outcome_of(const std::string& kind) {
    static const std::map<std::string, int> bits = {
        {"receipt", receipt},           {"answered", answered},   {"question", answered},
        {"declined", answered},         {"passed_on", passed_on}, {"listed", listed},
        {"to_college", further},        {"agenda", further},      {"meeting", further},
        {"no_more", no_more | answered}};
    const auto found = bits.find(kind);
    return found == bits.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(found->second);
}

AddressStatus status_of(const std::string& key) {
    if (key == "confirmed") return AddressStatus::confirmed;
    if (key == "failing") return AddressStatus::failing;
    return key == "opted_out" ? AddressStatus::opted_out : AddressStatus::unconfirmed;
}

PostState post_state_of(const std::string& state) {
    if (state == "planned" || state == "held") return PostState::waiting;
    if (state == "cancelled") return PostState::cancelled;
    if (state == "sent" || state == "delivered") return PostState::sent;
    return state == "refused" || state == "bounced" || state == "uncertain" ? PostState::failed
                                                                            : PostState::under_way;
}

}  // namespace raadspost::crm
