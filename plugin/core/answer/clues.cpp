#include "core/answer/clues.hpp"

#include "core/answer/extract/new_address.hpp"
#include "core/answer/rules/folded_text.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/link/token.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;

void add(std::vector<std::string>& to, std::string value) {
    if (value.empty() || to.size() >= max_clues_of_a_kind) return;
    if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(std::move(value));
}

void add_references(std::vector<std::string>& to, std::string_view text) {
    static const re2::RE2 reference{R"((?i)\b(R\d{1,10}-GM\d{4})\b)"};
    if (text.find("-GM") == std::string_view::npos && text.find("-gm") == std::string_view::npos) return;
    Piece rest{text.data(), text.size()};
    std::string found;
    while (to.size() < max_clues_of_a_kind && re2::RE2::FindAndConsume(&rest, reference, &found)) {
        std::transform(found.begin(), found.end(), found.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        add(to, found);
    }
}

// "id:" or "id=", in any case.
bool names_an_id(std::string_view text) {
    for (const char mark : {':', '='})
        for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1))
            if (at >= 2 && (text[at - 1] | 0x20) == 'd' && (text[at - 2] | 0x20) == 'i') return true;
    return false;
}

// Message-IDs in a plain text: free-form reports return our headers as text.
void add_message_ids(std::vector<std::string>& to, std::string_view text) {
    // How long it is is counted behind: RE2 would need an automaton of as many states.
    constexpr std::size_t most_octets = 554;
    static const re2::RE2 field{
        R"((?im)^[> ]*(?:message-id|bericht-id|message id|internet message id)[:=] *<?([^<>\s]{3}[^<>\s]*@[^<>\s]+)>?)"};
    if (!names_an_id(text)) return;
    Piece rest{text.data(), text.size()}, found;
    while (to.size() < max_clues_of_a_kind && re2::RE2::FindAndConsume(&rest, field, &found))
        if (found.size() <= most_octets) add(to, std::string{found});
}

void add_tokens(Clues& clues, const link::KeyRing& keys, std::string_view address, std::string_view domain) {
    for (const link::Kind kind : {link::Kind::bounce, link::Kind::reply}) {
        const Result<std::int64_t> row = link::row_of_address(keys, kind, address, domain);
        if (!row || clues.token_rows.size() >= max_clues_of_a_kind) continue;
        if (std::find(clues.token_rows.begin(), clues.token_rows.end(), *row) == clues.token_rows.end())
            clues.token_rows.push_back(*row);
        clues.to_bounce_address = clues.to_bounce_address || kind == link::Kind::bounce;
    }
}

}  // namespace

std::string bare_subject(std::string_view subject) {
    static const re2::RE2 prefix{
        R"(^ ?(?:\[[^\]]{1,40}\] ?)?(?:re|aw|antw|antwoord|fw|fwd|doorst|tr|rv|vs|sv|betr|betreft|onderwerp|automatisch antwoord|automatische beantwoording|automatic reply|auto|autoreply|out of office|afwezig|afwezigheidsbericht|niet aanwezig|onbestelbaar|undeliverable|bezorging vertraagd|delivery delayed|gelezen|read|niet gelezen|not read|intrekken|recall|ontvangstbevestiging|ontvangen)(?:\[\d+\])? ?: ?)"};
    std::string text = folded_text(subject).text;
    Piece rest{text};
    for (int i = 0; i < 8 && rest.find(':') != Piece::npos && re2::RE2::Consume(&rest, prefix); ++i) {
    }
    return folded({rest.data(), rest.size()});
}

Clues clues(const Received& received, const DeliveryReport* report, const OwnAddresses& own,
            const link::KeyRing* keys) {
    Clues out;
    const bool signs = keys != nullptr && !own.signed_domain.empty();
    if (signs) {
        for (const Address& each : received.recipients)
            if (each.address.find('+') != std::string::npos)
                add_tokens(out, *keys, each.address, own.signed_domain);
    }
    for (const std::string& id : received.answers_to) add(out.message_ids, id);
    if (report != nullptr)
        for (const std::string& id : report->message_ids) add(out.message_ids, id);
    for (const Returned& each : received.returned) {
        add(out.message_ids, each.message_id);
        if (const std::string* subject = find(each.headers, "subject"))
            add_references(out.references, *subject);
        add_references(out.references, each.text);
    }
    add_message_ids(out.message_ids, received.text);
    add_references(out.references, received.subject);
    add_references(out.references, received.text);
    if (report != nullptr)
        for (const ReportedRecipient& each : report->recipients) {
            add(out.failed_recipients, folded_mailbox(each.alternative));
            add(out.failed_recipients, folded_mailbox(each.address));
        }
    for (std::string& each : addresses_in(received.text)) {
        if (signs && each.find('+') != std::string::npos) add_tokens(out, *keys, each, own.signed_domain);
        add(out.named_addresses, std::move(each));
    }
    if (received.from.size() == 1) {
        out.sender = folded_mailbox(received.from.front().address);
        out.sender_name = received.from.front().name;
        out.sender_domain = domain_of(out.sender);
    }
    out.subject = bare_subject(received.subject);
    return out;
}

}  // namespace raadspost::answer
