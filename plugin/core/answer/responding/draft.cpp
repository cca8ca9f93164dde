#include "core/answer/responding/draft.hpp"

#include "core/ascii.hpp"
#include "core/post/wire/mailbox.hpp"
#include "core/shortened.hpp"

#include <algorithm>
#include <cctype>

namespace raadspost::answer {

namespace {

std::string_view domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

bool is_ours(std::string_view address, const OwnAddresses& own) {
    const std::string folded_address = lowered(address);
    return std::ranges::find(own.mailboxes, folded_address) != own.mailboxes.end() ||
           (!own.signed_domain.empty() && domain_of(folded_address) == lowered(own.signed_domain));
}

// A receipt may be a person's, who then wrote no header for machines.
bool says_automatic(const Received& received) {
    const std::string* const submitted = find(received.headers, "auto-submitted");
    return submitted && !lowered(*submitted).starts_with("no");
}

bool is_automatic(const Received& received, std::span<const Kind> kinds) {
    for (const Kind kind : kinds)
        if (kind == Kind::bounce_hard || kind == Kind::bounce_soft || kind == Kind::auto_reply ||
            (kind == Kind::receipt && says_automatic(received)))
            return true;
    return kinds.empty() &&
           (says_automatic(received) || (received.return_path && received.return_path->empty()));
}

// Header values are without control characters already where they were decoded well; what was not, is a
// blank.
std::string one_line(std::string_view text, std::size_t most) {
    std::string line{text};
    for (char& letter : line)
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) letter = ' ';
    return std::string{shortened(line, most)};
}

std::string answered_subject(std::string_view subject) {
    const std::string line = one_line(subject, subject_bytes);
    for (const char* already : {"re:", "re :", "antw:"})
        if (lowered(line).starts_with(already)) return line;
    return line.empty() ? "Re:" : "Re: " + line;
}

// What may stand between angle brackets: no blanks, no brackets, ASCII.
bool is_message_id(std::string_view id) {
    return !id.empty() && id.size() <= message_id_bytes && id.find('@') != std::string_view::npos &&
           std::ranges::all_of(id, [](unsigned char letter) {
               return letter > 0x20 && letter < 0x7f && letter != '<' && letter != '>';
           });
}

void thread(const Received& received, std::string_view sent, Draft& draft) {
    std::vector<std::string> ids;
    const auto add = [&](std::string_view id) {
        if (!is_message_id(id)) return;
        // The latest place counts: In-Reply-To stands in References as well.
        std::erase(ids, id);
        ids.emplace_back(id);
    };
    add(sent);
    for (auto id = received.answers_to.rbegin(); id != received.answers_to.rend(); ++id) add(*id);
    add(received.message_id);
    if (ids.size() > thread_length)
        ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(thread_length - 1));
    if (is_message_id(received.message_id)) draft.in_reply_to = received.message_id;
    draft.references = std::move(ids);
}

}  // namespace

Result<Draft> draft_answer(const Received& received, std::span<const Kind> kinds, const OwnAddresses& own,
                           std::string_view sent) {
    if (is_automatic(received, kinds))
        return Problem{
            "reply_to_automatic", {}, {}, "A machine sent this message; nobody would read an answer."};
    const auto& senders = received.reply_to.empty() ? received.from : received.reply_to;
    if (senders.size() != 1 || senders.front().address.empty())
        return Problem{"reply_to_nobody", {}, {}, "The message does not say who sent it."};
    Draft draft;
    draft.to = {one_line(senders.front().name, subject_bytes), senders.front().address};
    if (const auto valid = post::check_mailbox("To", draft.to.address); !valid) return valid.problem();
    if (is_ours(draft.to.address, own))
        return Problem{"reply_to_ourselves",
                       {},
                       draft.to.address,
                       "The answer would go to " + draft.to.address + ", which is our own address."};
    draft.elsewhere =
        !received.reply_to.empty() && !received.from.empty() &&
        lowered(domain_of(received.from.front().address)) != lowered(domain_of(draft.to.address));
    draft.subject = answered_subject(received.subject);
    thread(received, sent, draft);
    return draft;
}

std::string quotation(std::string_view written, const Address& writer, std::string_view day) {
    std::string text = "Op " + std::string{day} + " schreef " +
                       one_line(writer.name.empty() ? writer.address : writer.name, subject_bytes) + ":\n";
    const std::string_view kept = shortened(written, quoted_bytes);
    std::size_t lines = 0;
    for (std::size_t at = 0; at < kept.size() && lines < quoted_lines; ++lines) {
        const auto end = std::min(kept.find('\n', at), kept.size());
        const std::string_view line = kept.substr(at, end - at);
        text += line.empty() || line.front() == '>' ? ">" : "> ";
        text.append(line).append("\n");
        at = end + 1;
    }
    if (kept.size() < written.size() || lines == quoted_lines) text += "> [...]\n";
    return text;
}

}  // namespace raadspost::answer
