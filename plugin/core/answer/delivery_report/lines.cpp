#include "core/answer/delivery_report/lines.hpp"

#include <re2/re2.h>

namespace raadspost::answer::report {
namespace {

// Begins a list of failed addresses. The list may begin on the same line, after the colon.
constexpr const char* list_sentences =
    R"((?i)((following|these|intended|this)\s+(e-?mail\s+|final\s+|message\s+)?(address|recipient)"
    R"(|user|mailbox|destination|list|groups?)|(address|recipient)\S*\s+(had|failed|follow|could))"
    R"(|recipients?\s+(or\s+groups|of\s+recipients)|delivery\s+errors|fatal\s+errors)"
    R"(|failure\s+reasons|one\s+or\s+more\s+(of\s+its\s+|of\s+the\s+)?(recipients|destinations))"
    R"(|all\s+of\s+its|(could|can|was|were|has|have)\s*(not|n't)\s+(yet\s+)?(be|been)?\s*(delivered)"
    R"(|reached|sent)|did\s+not\s+(reach|receive)|(unable|failed)\s+to\s+(be\s+)?deliver)"
    R"(|failed:?\s*$|geadresseerde|ontvanger|volgende\s+adres|niet\s+(worden\s+)?(bezorgd|bereikt)"
    R"(|afgeleverd)|empfänger|adresse|nicht\s+(zugestellt|erreicht)|destinataire|получателям)"
    R"(|送信に失敗)"
    R"(|error\w*\s+message\s+below|failed\s+recipients|list\s+of\s+(failed\s+)?recipients|affected)"
    R"(|intended\s+recipient|not\s+receive\s+a\s+copy|undeliverable\s+(mail|message|to))"
    R"(|delivery\s+problems|is\s+a\s+delivery|advisory|error\s+description|was\s+rejected)"
    R"(|user\(s\)\s+account|your\s+message\s+to:|no\s+such\s+user|addressed\s+to|not\s+yet\s+been))";

// A line that speaks of whom to ask, or of the sender.
constexpr const char* sentences_of_others =
    R"((?i)(contact|assistance|\bhelp|questions?\b|reply\s+to|mail\s+from|sender|envelope-from)"
    R"(|message-id|^\s*(from|cc|reply-to|sender|van|von|de|subject|onderwerp|betreff)\s*:)"
    R"(|postmaster\s*:|send\s+(an?\s+)?(e-?mail|mail|message)\s+to|please\s+(e-?mail|write|send)"
    R"(|forward)|clarify|neem\s+contact|wenden\s+sie|hulp|support|report\s+(this|it)|https?://\S*@)"
    R"(|via\s+|on\s+behalf|created\s+by|abuse@|helpdesk@))";

constexpr const char* transcript_sentence = R"((?i)transcript\s+of\s+session)";

// In the order of Line::Told.
const PatternSet& told() {
    static const PatternSet set{RE2::Options{}, {list_sentences, sentences_of_others, transcript_sentence}};
    return set;
}

}  // namespace

bool Line::says_before(std::size_t end, Told what) const {
    return may_say.test(what) && told().matches(what, text.substr(0, end));
}

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        lines.push_back({line, told().possible_in(line)});
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace raadspost::answer::report
