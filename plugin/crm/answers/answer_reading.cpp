#include "crm/answers/answer_reading.hpp"

#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/link/key_ring.hpp"
#include "crm/answers/applying.hpp"
#include "crm/register/import.hpp"
#include "crm/triage/answer_rules.hpp"
#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <filesystem>
#include <mutex>
#include <set>

namespace raadspost::crm {

using namespace tryton;
using MaybeText = std::optional<std::string>;

namespace {

// Compiled once for each text that they ever had.
std::shared_ptr<const answer::Rules> present_rules() {
    static std::mutex mutex;
    static std::string text;
    static std::shared_ptr<const answer::Rules> rules;
    std::string present = rules_in_use();
    const std::scoped_lock lock{mutex};
    if (rules && text == present) return rules;
    auto parsed = answer::Rules::parse(present);
    if (!parsed) throw std::runtime_error{parsed.problem().text};
    rules = std::make_shared<const answer::Rules>(std::move(*parsed));
    text = std::move(present);
    return rules;
}

std::optional<link::KeyRing> key_ring() {
    const auto file = configured("raadspost", "keys");
    if (!file || !std::filesystem::exists(*file)) return std::nullopt;
    auto keys = link::KeyRing::load(*file);
    if (!keys) throw std::runtime_error{keys.problem().text};
    return std::move(*keys);
}

// Of the server that took the message in. Where it came by two that call themselves differently, neither is
// believed: each takes out only its own name from what a stranger writes.
std::string authserv_id_of(Id message) {
    std::set<std::string> names;
    for (const auto& [name] : Rows<MaybeText>{
             "select distinct s.authserv_id from raadspost_message_origin o join raadspost_mail_source s "
             "on s.id = o.source where o.message = {}",
             message})
        names.insert(name.value_or(""));
    return names.size() == 1 ? *names.begin() : std::string{};
}

}  // namespace

answer::OwnAddresses own_addresses() {
    std::set<std::string> mailboxes;
    for (const auto& [address] :
         Rows<MaybeText>{"select sender_email from raadspost_association union select login from "
                         "raadspost_mail_source"})
        if (address && address->find('@') != std::string::npos) mailboxes.insert(folded_mailbox(*address));
    const auto domain = setting("raadspost.configuration", "reply_domain").as<MaybeText>();
    return {{mailboxes.begin(), mailboxes.end()}, domain.value_or("")};
}

struct AnswerReader::Known {
    std::shared_ptr<const answer::Rules> rules = present_rules();
    CouncilIndex country = council_index(ImportKind::griffie_addresses);
    std::vector<CouncilAddress> addresses = council_addresses();
    answer::OwnAddresses own = own_addresses();
    std::optional<link::KeyRing> keys = key_ring();
};

AnswerReader::AnswerReader() : known_{std::make_unique<Known>()} {}
AnswerReader::~AnswerReader() = default;

const std::string& AnswerReader::rule_version() const {
    return known_->rules->version();
}

AnswerFound AnswerReader::read(Id message, std::string_view bytes) const {
    AnswerFound found;
    const Known& known = *known_;
    const std::string authserv_id = with_gil([&] { return authserv_id_of(message); });
    const answer::Reader reader{*known.rules, known.country, known.own, known.keys ? &*known.keys : nullptr,
                                authserv_id};
    const auto text = [&] { return answer::new_text(answer::read_mail(bytes).text).written; };
    found.reading =
        answer::read(bytes, reader, [&](const answer::Clues& clues) -> std::span<const answer::SentMail> {
            found.candidates =
                with_gil([&] { return find_candidates(clues, known.country, known.addresses, text); });
            return found.candidates.sent;
        });
    return found;
}

ReadMessage read_answers() {
    const Rows<Id> waiting{
        "select id from raadspost_message where state = 'unread' and trouble is null limit 1"};
    if (waiting.empty()) return {};
    return [reader = std::make_shared<const AnswerReader>()](Id message,
                                                             std::string_view bytes) -> WriteFindings {
        try {
            const auto found = std::make_shared<const AnswerFound>(reader->read(message, bytes));
            return [found](Id to) { apply(to, *found); };
        } catch (const std::exception& error) {
            return [why = std::string{error.what()}](Id) { throw std::runtime_error{why}; };
        }
    };
}

}  // namespace raadspost::crm
