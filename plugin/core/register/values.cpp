#include "core/register/values.hpp"

#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/register/mapping.hpp"
#include "core/register/roo_fields.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace raadspost::registers {
namespace {

using Choices =
    std::span<const std::pair<std::string_view, std::string_view>>;  // what is written, what is stored

constexpr std::pair<std::string_view, std::string_view> yes_or_no[] = {
    {"ja", "1"}, {"j", "1"},   {"yes", "1"}, {"y", "1"},  {"true", "1"},  {"waar", "1"}, {"1", "1"},
    {"x", "1"},  {"nee", "0"}, {"n", "0"},   {"no", "0"}, {"false", "0"}, {"0", "0"},    {"onwaar", "0"}};
constexpr std::pair<std::string_view, std::string_view> wheelchair[] = {{"ja", "yes"},
                                                                        {"yes", "yes"},
                                                                        {"1", "yes"},
                                                                        {"true", "yes"},
                                                                        {"toegankelijk", "yes"},
                                                                        {"limited", "limited"},
                                                                        {"beperkt", "limited"},
                                                                        {"deels", "limited"},
                                                                        {"gedeeltelijk", "limited"},
                                                                        {"nee", "no"},
                                                                        {"no", "no"},
                                                                        {"0", "no"},
                                                                        {"false", "no"}};
constexpr std::pair<std::string_view, std::string_view> place_status[] = {
    {"existing", "existing"},     {"bestaand", "existing"},   {"open", "existing"},   {"actief", "existing"},
    {"threatened", "threatened"}, {"bedreigd", "threatened"}, {"planned", "planned"}, {"gepland", "planned"},
    {"in oprichting", "planned"}, {"nieuw", "planned"}};
// Of a newsletter tool or a person's list; the words that stand first win ("niet afgeleverd" before
// "afgeleverd"), an opt-out before all. What never left ("") is no status of a message.
constexpr std::pair<std::string_view, std::string_view> mail_status[] = {{"niet afgemeld", ""},
                                                                         {"niet uitgeschreven", ""},
                                                                         {"not unsubscribed", ""},
                                                                         {"unsubscrib", "opted_out"},
                                                                         {"uitgeschreven", "opted_out"},
                                                                         {"uitschrijving", "opted_out"},
                                                                         {"afgemeld", "opted_out"},
                                                                         {"afmelding", "opted_out"},
                                                                         {"opt out", "opted_out"},
                                                                         {"opted out", "opted_out"},
                                                                         {"optout", "opted_out"},
                                                                         {"geen mail", "opted_out"},
                                                                         {"geen e mail", "opted_out"},
                                                                         {"geen post", "opted_out"},
                                                                         {"complain", "opted_out"},
                                                                         {"klacht", "opted_out"},
                                                                         {"spam", "opted_out"},
                                                                         {"niet verzonden", ""},
                                                                         {"niet verstuurd", ""},
                                                                         {"not sent", ""},
                                                                         {"niet geopend", "sent"},
                                                                         {"ongeopend", "sent"},
                                                                         {"not opened", "sent"},
                                                                         {"unopened", "sent"},
                                                                         {"not delivered", "bounced"},
                                                                         {"niet bezorgd", "bounced"},
                                                                         {"niet afgeleverd", "bounced"},
                                                                         {"bounce", "bounced"},
                                                                         {"undeliver", "bounced"},
                                                                         {"onbestelbaar", "bounced"},
                                                                         {"mislukt", "bounced"},
                                                                         {"failed", "bounced"},
                                                                         {"refused", "refused"},
                                                                         {"geweigerd", "refused"},
                                                                         {"afgeleverd", "delivered"},
                                                                         {"bezorgd", "delivered"},
                                                                         {"delivered", "delivered"},
                                                                         {"open", "delivered"},
                                                                         {"click", "delivered"},
                                                                         {"gelezen", "delivered"},
                                                                         {"geopend", "delivered"},
                                                                         {"geklikt", "delivered"},
                                                                         {"beantwoord", "delivered"},
                                                                         {"verzonden", "sent"},
                                                                         {"verstuurd", "sent"},
                                                                         {"sent", "sent"},
                                                                         {"send", "sent"}};
constexpr std::pair<std::string_view, std::string_view> outcome[] = {{"afgemeld", "opt_out"},
                                                                     {"uitgeschreven", "opt_out"},
                                                                     {"geen mail", "opt_out"},
                                                                     {"opt out", "opt_out"},
                                                                     {"afgewezen", "declined"},
                                                                     {"niet verspreid", "declined"},
                                                                     {"niet doorgestuurd", "declined"},
                                                                     {"declined", "declined"},
                                                                     {"ingekomen stukken", "listed"},
                                                                     {"lis", "listed"},
                                                                     {"lijst", "listed"},
                                                                     {"listed", "listed"},
                                                                     {"college", "to_college"},
                                                                     {"agenda", "agenda"},
                                                                     {"gesprek", "meeting"},
                                                                     {"afspraak", "meeting"},
                                                                     {"meeting", "meeting"},
                                                                     {"vraag", "question"},
                                                                     {"question", "question"},
                                                                     {"doorgestuurd", "distributed"},
                                                                     {"doorgestuurd aan", "distributed"},
                                                                     {"verspreid", "distributed"},
                                                                     {"raadsleden", "distributed"},
                                                                     {"distributed", "distributed"},
                                                                     {"ontvangen", "receipt"},
                                                                     {"ontvangst", "receipt"},
                                                                     {"receipt", "receipt"},
                                                                     {"automatisch", "auto_reply"},
                                                                     {"auto reply", "auto_reply"}};

std::optional<std::string> exactly(Choices choices, std::string_view text) {
    const std::string sought = folded(text);
    for (const auto& [written, stored] : choices)
        if (sought == written) return std::string{stored};
    return std::nullopt;
}

std::optional<std::string> containing(Choices choices, std::string_view text) {
    const std::string padded = ' ' + folded(text);
    for (const auto& [written, stored] : choices)
        if (padded.find(' ' + std::string{written}) != std::string::npos)
            return stored.empty() ? std::nullopt : std::optional{std::string{stored}};
    return std::nullopt;
}

// Outside the Netherlands the two columns have been taken for each other, or are in another system.
std::optional<std::string> degrees(std::string_view text, double from, double to) {
    const auto value = degrees_of(text);
    if (!value || *value < from || *value > to) return std::nullopt;
    std::string number = trimmed(text);
    std::ranges::replace(number, ',', '.');
    return number;
}

}  // namespace

std::optional<std::string> mailbox_in(std::string_view text) {
    // From each "@" outwards to what cannot belong to a mailbox. An apostrophe can, but not around it.
    constexpr std::string_view around = " \t\r\n<>()[]\",;:";
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto before = text.find_last_of(around, at);
        const auto from = before == std::string_view::npos ? 0 : before + 1;
        std::string mailbox =
            folded_mailbox(text.substr(from, std::min(text.find_first_of(around, at), text.size()) - from));
        while (mailbox.ends_with('.') || mailbox.ends_with('\'')) mailbox.pop_back();
        while (mailbox.starts_with('\'')) mailbox.erase(0, 1);
        // "*@": somebody means a whole domain, which is no mailbox.
        if (is_mailbox(mailbox) && !mailbox.starts_with("*@")) return mailbox;
    }
    return std::nullopt;
}

std::optional<std::string> value_of(std::string_view field, std::string_view text) {
    if (field == "date") return date_of(text);
    if (field == "postcode") {
        std::string postcode = postcode_of(text);
        return postcode.empty() ? std::nullopt : std::optional{std::move(postcode)};
    }
    if (field == "latitude") return degrees(text, 50.5, 53.8);
    if (field == "longitude") return degrees(text, 3.2, 7.4);
    if (field == "wheelchair") return exactly(wheelchair, text);
    if (field == "emergency_point") return exactly(yes_or_no, text);
    if (field == "place_status") return exactly(place_status, text);
    if (field == "status") return containing(mail_status, text);
    if (field == "outcome") return containing(outcome, text);
    return std::string{text};
}

StreetAndNumber street_and_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    // The last word that begins with a digit, but not the first word: "1e Dwarsstraat 5 B".
    for (std::size_t at = text.size(); at-- > 1;)
        if (is_digit(text[at]) && text[at - 1] == ' ' && at > 1)
            return {trimmed(text.substr(0, at)), trimmed(text.substr(at))};
    return {trimmed(text), {}};
}

}  // namespace raadspost::registers
