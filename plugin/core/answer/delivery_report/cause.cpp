#include "core/answer/delivery_report/cause.hpp"

#include "core/answer/delivery_report/address.hpp"
#include "core/answer/delivery_report/cause_words.hpp"
#include "core/answer/patterns/pattern_set.hpp"

#include <array>
#include <optional>
#include <vector>

#include <re2/re2.h>

namespace raadspost::answer::report {
namespace {

constexpr std::size_t most_characters = 4000;  // of a diagnosis; servers say why at its beginning
constexpr std::size_t most_shown = 240;        // of the deciding line

// The words of a table, each for its reason.
class Rules {
public:
    explicit Rules(std::span<const CauseWords> words)
        : words_{words}, patterns_{options(), patterns(words)} {}
    // The first whose words stand in the text, by its number.
    std::optional<std::size_t> first_in(std::string_view text) const { return patterns_.first_in(text); }
    FailureReason reason(std::size_t rule) const { return words_[rule].reason; }
    const RE2& pattern(std::size_t rule) const { return patterns_.pattern(rule); }

private:
    static RE2::Options options() {
        RE2::Options made;
        made.set_case_sensitive(false);
        made.set_never_capture(true);
        return made;
    }
    static std::vector<std::string> patterns(std::span<const CauseWords> words) {
        std::vector<std::string> all;
        for (const CauseWords& each : words) all.emplace_back(each.pattern);
        return all;
    }
    std::span<const CauseWords> words_;
    PatternSet patterns_;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
    return is_digit(c) || is_alpha(c) || c == '-' || c == '_' || c == '.';
}

// "mx1.example.nl": its last label is of small letters. "RESOLVER.ADR.RecipientNotFound" and "5.1.1" are
// none.
bool is_host_name(std::string_view token) {
    const std::size_t dot = token.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || token.size() - dot < 3) return false;
    for (const char c : token.substr(dot + 1))
        if (c < 'a' || c > 'z') return false;
    return true;
}

// A text in which the names of mailboxes and hosts say nothing ("spam@", "full.example") and white space,
// line ends and the repeated codes of a reply in several lines ("550-5.1.1 ") stand in no one's way.
std::string masked(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    std::size_t from = 0;
    const auto take = [&](std::string_view piece) {
        for (std::size_t i = 0; i < piece.size();) {
            const char c = piece[i];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                if (!result.empty() && result.back() != ' ') result += ' ';
                ++i;
            } else if (is_word(c)) {
                std::size_t end = i;
                while (end < piece.size() && is_word(piece[end])) ++end;
                std::string_view token = piece.substr(i, end - i);
                while (token.size() > 1 && token.back() == '.') token.remove_suffix(1);
                const bool in_link = i > 0 && (piece[i - 1] == '/' || piece[i - 1] == ':');
                result += !in_link && is_host_name(token) ? std::string_view("HOST") : token;
                i += token.size();
            } else {
                result += c;
                ++i;
            }
        }
    };
    text = text.substr(0, most_characters);
    for (FoundAddress found = find_address(text); !found.address.empty();
         found = find_address(text, found.end)) {
        take(text.substr(from, found.begin - from));
        result += "ADDR";
        from = found.end;
    }
    take(text.substr(from));
    static const RE2 continued(R"(\b([245][0-9][0-9])-( ?#?[245]\.[0-9]{1,3}\.[0-9]{1,3})? ?)");
    RE2::GlobalReplace(&result, continued, "");
    return result;
}

struct Codes {
    std::string status;
    int reply = 0;
};

// The server's own: "550 5.1.1 ...", "550-'5.2.2 <...>", "550 #5.1.0 ...", "(#5.1.1)"; a code beside a reply
// code before one that stands alone, since some put their own general one in front.
Codes codes_in(std::string_view text) {
    static const RE2 both(
        R"((?:^|[^0-9.])([245][0-9][0-9])[- :]{1,2}['"#(\[]?([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.])"
        R"(|\.?$))");
    static const RE2 reply(R"((?:^|[\s:;"'(<\[=-])([45][0-9][0-9])(?:[\s,:;."'-]|$))");
    static const RE2 status(R"((?:^|[^0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|\.?\s|\.?$))");
    Codes codes;
    const re2::StringPiece piece(text.data(), std::min(text.size(), most_characters));
    if (RE2::PartialMatch(piece, both, &codes.reply, &codes.status)) return codes;
    RE2::PartialMatch(piece, reply, &codes.reply);
    RE2::PartialMatch(piece, status, &codes.status);
    return codes;
}

struct StatusMeaning {
    std::string_view detail;  // what follows the class
    FailureReason reason;
};

// RFC 3463, RFC 7372, RFC 7505 and what Exchange adds. 1.0 and the x.0 of other subjects mean nothing more.
constexpr std::array<StatusMeaning, 42> status_meanings = {{
    {"1.1", FailureReason::user_unknown},
    {"1.2", FailureReason::host_unknown},
    {"1.3", FailureReason::user_unknown},
    {"1.6", FailureReason::moved},
    {"1.7", FailureReason::sender_refused},
    {"1.8", FailureReason::sender_refused},
    {"1.9", FailureReason::sender_refused},
    {"1.10", FailureReason::user_unknown},
    {"2.1", FailureReason::suspended},
    {"2.2", FailureReason::mailbox_full},
    {"2.3", FailureReason::too_large},
    {"2.121", FailureReason::too_many},
    {"2.122", FailureReason::too_many},
    {"3.1", FailureReason::mailbox_full},
    {"3.2", FailureReason::receiver_trouble},
    {"3.4", FailureReason::too_large},
    {"3.5", FailureReason::receiver_trouble},
    {"4.1", FailureReason::network},
    {"4.2", FailureReason::network},
    {"4.3", FailureReason::network},
    {"4.4", FailureReason::host_unknown},
    {"4.5", FailureReason::too_many},
    {"4.6", FailureReason::loop},
    {"4.7", FailureReason::expired},
    {"4.14", FailureReason::loop},
    {"4.300", FailureReason::expired},
    {"4.310", FailureReason::host_unknown},
    {"4.312", FailureReason::network},
    {"4.316", FailureReason::expired},
    {"6.0", FailureReason::policy},
    {"6.1", FailureReason::policy},
    {"7.0", FailureReason::policy},
    {"7.1", FailureReason::policy},
    {"7.8", FailureReason::not_authentic},
    {"7.20", FailureReason::not_authentic},
    {"7.23", FailureReason::not_authentic},
    {"7.25", FailureReason::blocked},
    {"7.26", FailureReason::not_authentic},
    {"7.27", FailureReason::sender_refused},
    {"7.64", FailureReason::relay_refused},
    {"7.509", FailureReason::not_authentic},
    {"7.606", FailureReason::blocked},
}};

FailureReason meaning_of(std::string_view status) {
    if (status.size() < 5) return FailureReason::unknown;
    const std::string_view detail = status.substr(2);
    for (const StatusMeaning& each : status_meanings)
        if (each.detail == detail) return each.reason;
    return detail.substr(0, 2) == "7." ? FailureReason::policy : FailureReason::unknown;
}

std::string shown(std::string_view line) {
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
        line.remove_suffix(1);
    std::size_t size = std::min(line.size(), most_shown);
    while (size < line.size() && size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0) == 0x80) --size;
    return std::string(line.substr(0, size));
}

// The line of the text in which the pattern matches by itself; else the first that is not empty.
std::string deciding_line(std::string_view text, const RE2& pattern) {
    std::string_view first;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        if (first.empty()) first = line;
        if (RE2::PartialMatch(masked(line), pattern)) return shown(line);
    }
    return shown(first);
}

bool means_bad_address(FailureReason reason) {
    return reason == FailureReason::user_unknown || reason == FailureReason::host_unknown ||
           reason == FailureReason::moved;
}

// "User unknown" to the letter itself, after the address was taken: how some gateways refuse what their
// readers do not want. It does not condemn the address unless the status does.
bool said_after_data(std::string_view text) {
    static const RE2 pattern(R"((?i)in reply to (the )?(end of )?data|after (the )?(end of )?data)"
                             R"(|failed after i sent the message|>>> DATA\s+<<< 5|smtp command[: -]*DATA)");
    // With pipelining DATA is on its way when the address is refused; the server says then that it has none.
    // "delivery error: dd": Yahoo looks for the mailbox only when it has the letter.
    static const RE2 none_left(R"((?i)need rcpt|(no|valid) recipients|rcpt (to )?first|need recipient)"
                               R"(|delivery error: dd)");
    const re2::StringPiece piece(text.data(), text.size());
    return RE2::PartialMatch(piece, pattern) && !RE2::PartialMatch(piece, none_left);
}

}  // namespace

Cause cause(std::string_view status, std::string_view text, std::string_view session) {
    static const Rules telling{telling_words()};
    static const Rules vague{vague_words()};

    Cause result;
    const Codes said = codes_in(text);
    const Codes given = codes_in(status);
    result.reply_code = said.reply;
    result.status = said.status.empty() || (said.status.ends_with(".0.0") && !given.status.empty())
                        ? given.status
                        : said.status;
    std::string explained(text);
    // "5.1.0 - Unknown address error 550-'5.7.1 ... Access denied'": AsyncOS heads all with the same words.
    static const RE2 quoted(R"((?s)address error ([245][0-9][0-9]-'.*))");
    if (std::string inner; RE2::PartialMatch(explained, quoted, &inner)) explained = std::move(inner);
    if (explained.find_first_not_of(" \n") == std::string::npos) explained = std::string(status);
    const std::string words = masked(explained);

    const RE2* rule = nullptr;  // that decided
    if (const auto which = telling.first_in(words)) {
        rule = &telling.pattern(*which);
        result.reason = telling.reason(*which);
        result.sure = true;
    } else if (const FailureReason by_status = meaning_of(result.status);
               by_status != FailureReason::unknown) {
        result.reason = by_status;
        result.sure = true;
        result.line = shown(status.empty() ? std::string_view(result.status) : status);
    } else if (const auto guess = vague.first_in(words)) {
        rule = &vague.pattern(*guess);
        result.reason = vague.reason(*guess);
    }
    // "Recipient address rejected: Access denied" at 5.4.1: Exchange Online's way to say that it is not
    // there.
    if (result.status == "5.4.1" && words.find("ecipient address rejected") != std::string::npos)
        result.reason = FailureReason::user_unknown;
    // 5.2.2 and 4.2.2 are given for nothing else.
    if (result.status.ends_with(".2.2") && (!rule || means_bad_address(result.reason)))
        result.reason = FailureReason::mailbox_full;
    if (result.line.empty() && rule) result.line = deciding_line(explained, *rule);
    if (result.line.empty()) result.line = deciding_line(explained, telling.pattern(0));

    // What is temporary condemns no address: not by the server's code, and not by the report's.
    const bool temporary = result.reply_code >= 400 && result.reply_code < 500;
    const bool temporary_status = result.status.starts_with('4');
    const bool after_data = result.reason == FailureReason::user_unknown &&
                            (said_after_data(words) || said_after_data(session)) &&
                            meaning_of(result.status) != FailureReason::user_unknown;
    result.failure = means_bad_address(result.reason) && !temporary && !temporary_status && !after_data
                         ? Failure::hard
                         : Failure::soft;
    return result;
}

}  // namespace raadspost::answer::report
