#include "core/answer/delivery_report/recipients.hpp"

#include "core/answer/delivery_report/address.hpp"
#include "core/answer/delivery_report/lines.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <re2/re2.h>

namespace raadspost::answer::report {
namespace {

constexpr std::size_t most_lines_each = 40;
constexpr std::size_t longest_name = 60;  // of a person, before his address in brackets

bool matches(std::string_view text, const RE2& pattern) {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

NamedRecipient* known(std::vector<NamedRecipient>& recipients, std::string_view address) {
    for (NamedRecipient& each : recipients)
        if (same_address(each.address, address)) return &each;
    return nullptr;
}

// False where there are too many, or it is one of the report's own helpers.
NamedRecipient* add(std::vector<NamedRecipient>& recipients, const std::string& address) {
    if (NamedRecipient* there = known(recipients, address)) return there;
    if (recipients.size() >= most_recipients) return nullptr;
    recipients.push_back({address, {}, {}});
    return &recipients.back();
}

void say(NamedRecipient& recipient, std::string_view line) {
    recipient.said += trimmed(line);
    recipient.said += '\n';
}

// The address with which a line begins, behind nothing but signs, a number or the recipient's name.
FoundAddress leading_address(std::string_view line) {
    const FoundAddress found = find_address(line);
    if (found.address.empty()) return {};
    std::string_view before = trimmed(line.substr(0, found.begin));
    if (before.find_first_not_of("<\"'*>-|[(.:=\t ") == std::string_view::npos) return found;
    static const RE2 label(
        R"((?i)^((intended |failed |final |original )?recipient|addressee|addressed to|address)"
        R"(|e-?mail( address)?|recipient address|error-for|ontvanger|geadresseerde|empfänger)"
        R"(|[0-9]+[.)]?|user|mailbox)\s*[:.]?\s*([<("'\[]|smtp:)*$)");
    if (matches(before, label)) return found;
    static const RE2 name(R"(^["'*>\s-]*[^\s0-9=:;!?@][^=:;!?@]*[<(\[]$)");
    if (before.size() <= longest_name && matches(before, name)) return found;
    static const RE2 x400(R"((?i)smtp[=:]$)");  // "c=NL;a= ;p=Town;o=Mail;dda:SMTP=user@example.nl; on ..."
    return matches(before, x400) ? found : FoundAddress{};
}

void note_alternative(NamedRecipient& recipient, std::string_view line) {
    static const RE2 expanded(
        R"((?i)(expanded\s+from|generated\s+(by|from)|original\s+(address|recipient)|ursprünglich)"
        R"(|oorspronkelijk\S*|forwarded\s+(from|by)|ultimately\s+generated\s+from|orig_to=))");
    if (!recipient.alternative.empty()) return;
    for (const FoundAddress& found : find_addresses(line)) {
        if (same_address(found.address, recipient.address)) continue;
        if (matches(line, expanded)) recipient.alternative = found.address;
        return;
    }
}

// Lists: a sentence that announces them, then lines that begin with an address, each with what is said about
// it.
// "<address>:" at a line's beginning (Postfix, qmail) needs no announcement.
std::vector<NamedRecipient> listed(const std::vector<Line>& lines) {
    static const RE2 own_paragraph(R"(^\s*<[^<>\s]+@[^<>\s]+>\s*(\(.*\))?\s*:)");
    static const RE2 points_elsewhere(
        R"((?i)(contact|\bto|\ban|\baan|\bmet|with|at|by|from|sender|mail)\s*:?\s*$)");
    std::vector<NamedRecipient> found;
    bool listening = false;
    bool in_transcript = false;
    std::string current;
    std::size_t said = 0;
    Line before;
    const auto announced = [&](const Line& line, const FoundAddress& leading) {
        // Only what stands before the address says whose it is; behind it may be any server's words and
        // links.
        return listening && !line.says_before(leading.begin, Line::speaks_of_others) &&
               !(before.says(Line::speaks_of_others) && matches(before.text, points_elsewhere));
    };
    for (const Line& each_line : lines) {
        const std::string_view line = each_line.text;
        if (trimmed(line).empty()) {
            before = {};
            continue;
        }
        if (!in_transcript && each_line.says(Line::transcript_begins)) in_transcript = true;
        const FoundAddress leading = in_transcript ? FoundAddress{} : leading_address(line);
        if (!leading.address.empty() && (announced(each_line, leading) || matches(line, own_paragraph))) {
            // A diagnosis may repeat an address of the list at the beginning of its own line.
            if (NamedRecipient* recipient = add(found, leading.address)) {
                if (!same_address(current, leading.address)) said = 0;
                current = leading.address;
                note_alternative(*recipient, line);
                say(*recipient, line);
            }
        } else if (!current.empty()) {
            // In a transcript of several recipients, only the lines that name one are about him.
            NamedRecipient* about = known(found, current);
            if (in_transcript && found.size() > 1) {
                about = nullptr;
                for (const FoundAddress& each : find_addresses(line))
                    if ((about = known(found, each.address))) break;
            }
            if (about && said++ < most_lines_each) {
                note_alternative(*about, line);
                say(*about, line);
            }
        }
        if (!listening)
            listening = each_line.says(Line::list_begins) && !each_line.says(Line::speaks_of_others);
        before = each_line;
    }
    return found;
}

// Sentences that name the recipient themselves. The group is the text from which the address is taken.
constexpr const char* naming_sentences[] = {
    R"((?i)(?:deliver(?:ing|y|ed)?|undeliverable|sent|send|mail|message|forwarded)"
    R"(|relayed)(?:\s+(?:of|your|the|this|e-?mail|mail|message|has|been)"
    R"(|was))*\s+to(?:\s+(?:the\s+)?(?:following\s+)?(?:e-?mail\s+)?(?:address|recipients?|user)"
    R"(|mailbox)\b\S*)?\s*:?[\s<"'(\[]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)(?:unknown\s+user|unknown\s+host|delivery\s+userid|invalid\s+\w+|failed\s+\d+\s+attempts)"
    R"(|undeliverable\s+address|mailbox\s+is\s+full|following\s+recipients?|over\s+quota)"
    R"(|exceeds\s+[\w ]+|no\s+such\s+user|recipient(?:\s+address)?(?:\s+was)?|permanent\s+errors)"
    R"(|temporary\s+errors|failed\s+address)"
    R"(|onbestelbaar)\s*:[\s<"'(\[]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)addressed\s+to(?:\s+e-?mail\s+address)?\s*:?[\s<"'(\[-]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)(?:bericht|e-?mail|mail|bezorging|bezorgd|afgeleverd|verzonden)\s+(?:van\s+(?:je|uw)"
    R"(|het)\s+bericht\s+)?(?:aan|naar|bij)[\s<"'(\[:]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)(?:nachricht|e-?mail|zustellung)"
    R"(|mail)\s+(?:\S+\s+){0,4}an[\s<"'(\[:]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)(?:message|courriel|e-?mail)\s+(?:\S+\s+){0,4}à[\s<"'(\[:]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)\bfrom[\s<"']*[^\s<>"'()]+@[^\s<>"'()]+[>"']*\s+to[\s<"']*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    R"((?i)bouncedRecipients\W+emailAddress\W+([^\s<>"'()\\]+@[^\s<>"'(),;\\]+))",
    R"((?i)[\s<"'(\[]([^\s<>"'()]+@[^\s<>"'(),;]+)[>"')\]]*\s+(?:could\s+not|couldn't|cannot)"
    R"(|was\s+not|wasn't|failed|is\s+not|isn't|does\s+not|doesn't|was\s+undeliverable|kan\s+niet)"
    R"(|kon\s+niet|bestaat\s+niet|is\s+(door|geweigerd|geblokkeerd|tegengehouden)|wordt\s+niet|konnte\s+nicht|wurde\s+nicht|invalid))",
};

constexpr const char* dialogue_sentences[] = {
    R"((?i)rcpt\s+to\s*:[\s<]*([^\s<>"'()]+@[^\s<>"'(),;]+))",
    // In brackets, or clang takes the two for elements that miss their comma.
    (R"((?im)^[\s>]*(?:<<<\s*)?[245]\d\d[ -](?:\d\.\d+\.\d+\s+)?[<"']*([^\s<>"'()]+@[^\s<>"')"
     R"((),;]+)[>"']*\s*(?:\.\.\.|:))"),
    R"((?im)^[\s>]*<([^\s<>"'()]+@[^\s<>"'(),;]+)>\s*\.\.\.)",
    R"((?im)^[\s>]*(?:<<<\s*)?[45]\d\d[ -][^\n<]*<([^\s<>"'()]+@[^\s<>"'(),;]+)>)",
};

template <std::size_t count>
std::vector<std::unique_ptr<RE2>> compiled(const char* const (&patterns)[count]) {
    std::vector<std::unique_ptr<RE2>> result;
    for (const char* each : patterns) result.push_back(std::make_unique<RE2>(each, RE2::Quiet));
    return result;
}

// Text whose lines speak of others blanked out, so that no sentence takes its address from them.
std::string without_others(const std::vector<Line>& lines) {
    std::string result;
    for (const Line& line : lines) {
        if (!line.says(Line::speaks_of_others) || line.says(Line::list_begins)) result += line.text;
        result += '\n';
    }
    return result;
}

// The sender of the dialogue may be refused himself, and is named then as a recipient would be.
std::vector<std::string> senders_in(const std::string& text) {
    static const RE2 pattern(R"((?i)mail\s+from\s*:\s*<([^<>\s]+)>)");
    std::vector<std::string> senders;
    re2::StringPiece rest(text);
    std::string sender;
    while (senders.size() < most_recipients && RE2::FindAndConsume(&rest, pattern, &sender))
        senders.push_back(sender);
    return senders;
}

std::vector<NamedRecipient> in_sentences(const std::string& text,
                                         const std::vector<std::unique_ptr<RE2>>& rules, bool all_rules,
                                         const std::vector<std::string>& senders = {}) {
    std::vector<NamedRecipient> found;
    for (const auto& rule : rules) {
        re2::StringPiece rest(text);
        std::string piece;
        while (RE2::FindAndConsume(&rest, *rule, &piece)) {
            const FoundAddress address = find_address(piece);
            const bool sender = std::any_of(senders.begin(), senders.end(), [&](const std::string& each) {
                return same_address(each, address.address);
            });
            if (!address.address.empty() && !sender) add(found, address.address);
        }
        if (!found.empty() && !all_rules) break;
    }
    return found;
}

// What was said of those who were found in sentences: all of it for one, the lines that name him for several.
void say_lines(std::vector<NamedRecipient>& recipients, const std::vector<Line>& lines) {
    for (const auto& [line, may_say] : lines) {
        if (trimmed(line).empty()) continue;
        if (recipients.size() == 1) {
            note_alternative(recipients.front(), line);
            say(recipients.front(), line);
            continue;
        }
        for (const FoundAddress& each : find_addresses(line))
            if (NamedRecipient* recipient = known(recipients, each.address)) {
                say(*recipient, line);
                break;
            }
    }
}

// No announcement and no sentence, but lines that are nothing but an address.
std::vector<NamedRecipient> alone_on_lines(const std::vector<Line>& lines) {
    std::vector<NamedRecipient> found;
    for (const Line& each : lines) {
        const std::string_view line = each.text;
        const FoundAddress address = find_address(line);
        if (address.address.empty() || each.says(Line::speaks_of_others)) continue;
        const std::string_view before = line.substr(0, address.begin);
        const std::string_view after = line.substr(address.end);
        constexpr std::string_view signs = " \t\r<>\"'*-:;,.()[]";
        if (before.find_first_not_of(signs) == std::string_view::npos &&
            after.find_first_not_of(signs) == std::string_view::npos)
            add(found, address.address);
    }
    return found;
}

// The one with that name among those whom the returned message was for; empty if there is none.
std::string addressed(const Received& received, std::string_view name) {
    for (const Returned& each : received.returned)
        for (const std::string_view field : {"to", "cc"})
            if (const std::string* value = find(each.headers, field))
                for (const FoundAddress& found : find_addresses(*value))
                    if (same_address(std::string_view(found.address).substr(0, found.address.rfind('@')),
                                     name))
                        return found.address;
    return {};
}

// Some name their own readers without the domain, one word a line below the announcement, at times with the
// reason behind it: "griffie (user not found)".
std::vector<NamedRecipient> own_readers(const Received& received, const std::vector<Line>& lines) {
    static const RE2 word(R"(^[ \t]+([a-zA-Z0-9][a-zA-Z0-9._-]{2,40})[ \t]*(?:\([^()]{3,80}\)[ \t]*)?$)");
    std::vector<NamedRecipient> found;
    if (received.from.empty()) return found;
    const std::string& sender = received.from.front().address;
    const std::size_t at = sender.rfind('@');
    if (at == std::string::npos) return found;
    bool announced = false;
    for (const Line& each : lines) {
        const std::string_view line = each.text;
        std::string name;
        if (announced && RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), word, &name)) {
            const std::string written = addressed(received, name);
            add(found, written.empty() ? name + sender.substr(at) : written);
        } else if (!trimmed(line).empty())
            announced = trimmed(line).back() == ':' && each.says(Line::list_begins);
    }
    return found;
}

std::vector<NamedRecipient> failed_recipients_header(const Received& received) {
    std::vector<NamedRecipient> found;
    for (const Header& header : received.headers)
        if (header.name == "x-failed-recipients" || header.name == "x-failed-recipient")
            for (const FoundAddress& each : find_addresses(header.value)) add(found, each.address);
    return found;
}

// A sentence of nobody's form: the one address in it that is neither the report's own nor ours.
std::vector<NamedRecipient> only_address(const Received& received, const std::string& text) {
    std::vector<NamedRecipient> found;
    const auto is_of_message = [&](const std::string& address) {
        const auto is = [&](const Address& each) { return same_address(each.address, address); };
        return std::any_of(received.from.begin(), received.from.end(), is) ||
               std::any_of(received.recipients.begin(), received.recipients.end(), is);
    };
    for (const FoundAddress& each : find_addresses(text))
        if (!is_of_message(each.address)) add(found, each.address);
    if (found.size() != 1) found.clear();
    return found;
}

// Last: whom the returned message itself was for, if that is one address, and not that of a mailing list,
// which was written to for others.
std::vector<NamedRecipient> of_original(const Received& received, std::string_view said,
                                        std::string_view original) {
    static const RE2 to(R"((?im)^(?:to|aan|an)\s*:[ \t]*([^\n]+))");
    std::vector<NamedRecipient> found;
    const auto take = [&](std::string_view value) {
        for (const FoundAddress& each : find_addresses(value)) add(found, each.address);
    };
    for (const Returned& each : received.returned)
        if (const std::string* value = find(each.headers, "to"); value && !find(each.headers, "list-id"))
            take(*value);
    std::string value;
    for (const std::string_view text : {original, said})
        if (found.empty() && received.returned.empty() &&
            RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), to, &value))
            take(value);
    if (found.size() != 1) found.clear();
    return found;
}

}  // namespace

std::vector<NamedRecipient> named_recipients(const Received& received, std::string_view said,
                                             std::string_view original) {
    static const std::vector<std::unique_ptr<RE2>> naming = compiled(naming_sentences);
    static const std::vector<std::unique_ptr<RE2>> dialogue = compiled(dialogue_sentences);
    const std::vector<Line> lines = lines_of(said);

    std::vector<NamedRecipient> in_list = listed(lines);
    std::vector<NamedRecipient> found = failed_recipients_header(received);
    if (!found.empty()) {
        bool told = false;
        for (NamedRecipient& each : found)
            if (const NamedRecipient* same = known(in_list, each.address)) {
                each = *same;
                told = true;
            }
        if (!told) say_lines(found, lines);
        return found;
    }
    if (!in_list.empty()) return in_list;

    const std::string own = without_others(lines);
    found = in_sentences(own, naming, false);
    if (found.empty()) found = in_sentences(own, dialogue, true, senders_in(std::string(said)));
    if (found.empty()) {
        const FoundAddress in_subject = find_address(received.subject);
        if (!in_subject.address.empty()) add(found, in_subject.address);
    }
    if (found.empty()) found = alone_on_lines(lines);
    if (found.empty()) found = own_readers(received, lines);
    if (found.empty()) found = of_original(received, said, original);
    if (found.empty()) found = only_address(received, own);
    say_lines(found, lines);
    return found;
}

}  // namespace raadspost::answer::report
