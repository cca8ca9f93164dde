#include "core/answer/delivery_report.hpp"

#include "core/answer/delivery_report/address.hpp"
#include "core/answer/delivery_report/cause.hpp"
#include "core/answer/delivery_report/dialects.hpp"
#include "core/answer/delivery_report/groups.hpp"
#include "core/answer/delivery_report/recipients.hpp"

#include <algorithm>
#include <span>

#include <re2/re2.h>

namespace raadspost::answer {
namespace {

using report::Group;
using report::NamedRecipient;

constexpr std::size_t longest_text = 200'000;      // of a report that is searched for its words
constexpr std::size_t longest_diagnostic = 2'000;  // kept
constexpr std::size_t most_message_ids = 10;

std::string one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (blank && (result.empty() || result.back() == ' ')) continue;
        if (result.size() >= longest_diagnostic && (static_cast<unsigned char>(c) & 0xC0) != 0x80) break;
        result += blank ? ' ' : c;
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

// False where what was said does not really tell why.
bool settle(ReportedRecipient& recipient, std::string_view status, std::string_view said, bool only_late,
            std::string_view session = {}) {
    report::Cause cause = report::cause(status, said, session);
    recipient.status = std::move(cause.status);
    recipient.reply_code = cause.reply_code;
    recipient.reason = cause.reason;
    recipient.line = std::move(cause.line);
    // RFC 3464 2.3.3. The word of the report goes before all that the text seems to say.
    if (recipient.action == "delayed") {
        recipient.failure = Failure::pending;
    } else if (recipient.action == "delivered" || recipient.action == "relayed" ||
               recipient.action == "expanded" ||
               (recipient.action != "failed" && recipient.status.starts_with('2'))) {
        recipient.failure = Failure::none;
        recipient.reason = FailureReason::unknown;
    } else {
        recipient.failure = recipient.action != "failed" && only_late ? Failure::pending : cause.failure;
    }
    return cause.sure;
}

const NamedRecipient* in_text(std::span<const NamedRecipient> named, const ReportedRecipient& recipient) {
    for (const NamedRecipient& each : named)
        for (const std::string* mine : {&recipient.address, &recipient.alternative})
            if (!mine->empty() &&
                (report::same_address(each.address, *mine) || report::same_address(each.alternative, *mine)))
                return &each;
    return named.size() == 1 ? &named.front() : nullptr;
}

// A group, with what the text for people adds: the reason where the group gives none, and the other address.
ReportedRecipient of_group(const Group& group, std::span<const NamedRecipient> named, std::string_view said,
                           bool only_group, bool only_late) {
    ReportedRecipient result;
    result.address = group.final_recipient.empty() ? group.original_recipient : group.final_recipient;
    if (!report::same_address(group.original_recipient, result.address))
        result.alternative = group.original_recipient;
    result.action = group.action;
    const NamedRecipient* told = in_text(named, result);
    if (told && only_group) {
        if (result.address.empty()) result.address = told->address;
        for (const std::string* other : {&told->address, &told->alternative})
            if (result.alternative.empty() && !other->empty() &&
                !report::same_address(*other, result.address))
                result.alternative = *other;
    }
    std::string reason = group.diagnostic;
    const std::string_view session = only_group ? said : std::string_view();
    if (!settle(result, group.status, reason, only_late, session) && result.failure != Failure::none) {
        reason += '\n';
        reason += told ? std::string_view(told->said) : only_group ? said : std::string_view();
        settle(result, group.status, reason, only_late, session);
    }
    result.diagnostic = one_line(reason);
    return result;
}

ReportedRecipient of_text(const NamedRecipient& named, std::string_view said, bool only_one, bool only_late) {
    ReportedRecipient result;
    result.address = named.address;
    result.alternative = named.alternative;
    if (!settle(result, {}, named.said, only_late) && only_one) settle(result, {}, said, only_late);
    result.diagnostic = one_line(named.said);
    return result;
}

std::vector<std::string> message_ids(const Received& received, std::string_view original) {
    std::vector<std::string> ids;
    const auto add = [&](const std::string& id) {
        if (!id.empty() && ids.size() < most_message_ids &&
            std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(id);
    };
    for (const Returned& each : received.returned) add(each.message_id);
    // How long it is is counted behind: RE2 would need an automaton of as many states.
    constexpr std::size_t most_octets = 500;
    static const RE2 pattern(R"((?i)\bmessage-id[ \t]*:\s*<([^<>\s]+)>)");
    re2::StringPiece rest(original.data(), original.size()), id;
    while (ids.size() < most_message_ids && RE2::FindAndConsume(&rest, pattern, &id))
        if (id.size() <= most_octets) add(std::string{id});
    return ids;
}

}  // namespace

std::string_view name(Failure failure) {
    switch (failure) {
        case Failure::none:
            return "none";
        case Failure::pending:
            return "pending";
        case Failure::soft:
            return "soft";
        case Failure::hard:
            return "hard";
    }
    return "none";
}

Failure failure(const DeliveryReport& report) {
    if (report.recipients.empty()) return report.only_late ? Failure::pending : Failure::soft;
    Failure worst = Failure::none;
    for (const ReportedRecipient& each : report.recipients) worst = std::max(worst, each.failure);
    return worst;
}

std::optional<DeliveryReport> delivery_report(const Received& received) {
    if (received.report_type == "feedback-report") return {};
    const bool system = report::from_a_mail_system(received);
    const bool daemon = report::from_a_mailer_daemon(received);
    const bool subject = report::subject_of_report(received.subject);
    const bool named_in_header = find(received.headers, "x-failed-recipients") != nullptr;
    const bool from_machine = system || report::from_no_reply(received);
    // Whatever its text says; most mail ends here, before all those sentences are looked for in it.
    if (received.delivery_status.empty() && !from_machine && !daemon && !subject && !named_in_header)
        return {};
    const std::string_view text = std::string_view(received.text).substr(0, longest_text);
    const report::ReportText words{text};
    const std::string_view said = words.said(), original = words.original();
    if (received.report_type == "disposition-notification" && !words.says_rejected()) return {};
    if (words.asks_to_confirm()) return {};

    std::vector<Group> groups = report::groups(received.delivery_status);
    if (groups.empty() && (system || subject)) groups = report::groups_in_text(said);

    DeliveryReport result;
    if (!groups.empty())
        result.dialect = "rfc3464";
    else if (system || subject || named_in_header || from_machine)
        result.dialect = words.dialect();
    const bool spoken = !result.dialect.empty();
    if (groups.empty() && !named_in_header && !(spoken && (system || subject || from_machine)) &&
        !(system && subject) && !daemon)
        return {};

    result.only_late = words.says_only_late(received.subject);
    const std::vector<NamedRecipient> named = report::named_recipients(received, said, original);
    for (const Group& group : groups) {
        if (result.recipients.size() >= report::most_recipients) break;
        ReportedRecipient each = of_group(group, named, said, groups.size() == 1, result.only_late);
        if (!each.address.empty()) result.recipients.push_back(std::move(each));
    }
    if (result.recipients.empty())
        for (const NamedRecipient& each : named)
            result.recipients.push_back(of_text(each, said, named.size() == 1, result.only_late));
    // Nobody is named, and not both sender and subject are a report's: a sentence alone proves nothing.
    if (result.recipients.empty() && !(spoken && system) && !(spoken && subject)) return {};
    if (result.dialect.empty()) result.dialect = "other";
    result.message_ids = message_ids(received, original);
    return result;
}

}  // namespace raadspost::answer
