// Mail that may be a report or an automatic answer, as a whole and as the text of a report from a mail
// system: what is said of it stays within bounds and fits together.
#include "core/answer/auto_reply.hpp"
#include "core/answer/delivery_report.hpp"
#include "core/answer/delivery_report/recipients.hpp"
#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace raadspost::answer;

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

void read(std::string_view bytes) {
    const Received received = read_mail(bytes);
    if (const auto report = delivery_report(received)) {
        check(!report->dialect.empty());
        check(report->recipients.size() <= report::most_recipients);
        for (const ReportedRecipient& each : report->recipients) {
            check(each.address.find('@') != std::string::npos);
            check(each.address.find_first_of(" \n") == std::string::npos || each.address.front() == '"');
            check(each.diagnostic.find('\n') == std::string::npos);
            check(each.line.find('\n') == std::string::npos);
            check(each.action != "delayed" || each.failure == Failure::pending);
            check(each.reply_code == 0 || (each.reply_code >= 200 && each.reply_code < 600));
            // Only a bad address is a hard failure, and nothing temporary is.
            check(each.failure != Failure::hard || each.reason == FailureReason::user_unknown ||
                  each.reason == FailureReason::host_unknown || each.reason == FailureReason::moved);
            check(each.failure != Failure::hard || !each.status.starts_with('4'));
        }
        for (const std::string& id : report->message_ids) check(!id.empty());
    }
    const AutoReply reply = auto_reply(received, new_text(received.text).written);
    check(reply.kind != AutoReply::Kind::none || (reply.instead.empty() && !reply.absent_until));
    if (reply.absent_until) check(reply.absent_until->ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    read(text);
    std::string as_report =
        "From: Mail Delivery System <MAILER-DAEMON@relay.example>\r\nSubject: failure notice\r\n\r\n";
    as_report += text;
    read(as_report);
    return 0;
}
