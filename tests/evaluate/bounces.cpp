// Set "bounces": who is named as the failed recipient, and whether his address is bad, beside what
// flufl.bounce (Mailman's reader) finds in the same files. Scored as the set's README says: recipients on the
// rows that record one and agree on it, the class on hard, soft and none; a warning or a message that is no
// bounce may never become a failure.
#include "core/answer/delivery_report.hpp"
#include "core/answer/delivery_report/address.hpp"
#include "core/answer/read_mail.hpp"
#include "evaluate/flufl.hpp"
#include "evaluate/gmime.hpp"
#include "evaluate/sets.hpp"
#include "evaluate/table.hpp"

#include <algorithm>
#include <array>

namespace raadspost::evaluate {
namespace {

using answer::DeliveryReport;
using answer::Failure;
using answer::ReportedRecipient;

constexpr std::array<std::string_view, 11> columns = {
    "file",        "recipient", "recipient_alt",      "class", "reason",
    "status",      "smtp_code", "dsn_action_literal", "final", "recipient_agreement",
    "label_source"};
constexpr std::array<std::string_view, 5> classes = {"hard", "soft", "none", "hard*", "bounce"};
constexpr std::array<std::string_view, 3> finals = {"failed", "pending", "n/a"};
constexpr std::array<std::string_view, 4> agreements = {"", "both", "sisimai", "differ"};

constexpr double recipient_goal = 0.97;
constexpr double class_goal = 0.90;
constexpr double speed_goal = 2600;  // messages per second

bool is_recipient(const Row& row, std::string_view address) {
    using answer::report::same_address;
    return !address.empty() &&
           ((!row["recipient"].empty() && same_address(row["recipient"], address)) ||
            (!row["recipient_alt"].empty() && same_address(row["recipient_alt"], address)));
}

bool counts_for_recipient(const Row& row) {
    return row["class"] != "none" && !row["recipient"].empty() && row["recipient_agreement"] != "differ";
}

const ReportedRecipient* recipient_of(const std::optional<DeliveryReport>& report, const Row& row) {
    if (!report) return nullptr;
    for (const ReportedRecipient& each : report->recipients)
        if (is_recipient(row, each.address) || is_recipient(row, each.alternative)) return &each;
    return nullptr;
}

// What the row's recipient was said to be; where nobody of that name was found, what the report says as a
// whole, and of a report that names nobody nothing.
Failure failure_of(const std::optional<DeliveryReport>& report, const ReportedRecipient* recipient) {
    if (recipient) return recipient->failure;
    return report && !report->recipients.empty() ? failure(*report) : Failure::none;
}

std::string addresses(const std::optional<DeliveryReport>& report) {
    if (!report) return "no report";
    std::string all;
    for (const ReportedRecipient& each : report->recipients) all += (all.empty() ? "" : " ") + each.address;
    return all.empty() ? "nobody" : all;
}

bool named(const FoundByFlufl::ByFile& found, const Row& row) {
    const auto [begin, end] = found.equal_range(row["file"]);
    return std::any_of(begin, end, [&](const auto& each) { return is_recipient(row, each.second); });
}

bool is_here(const std::filesystem::path& folder) {
    return has_column(folder / "labels.tsv", "recipient_agreement");
}

// How often something was right, of how many.
struct Tally {
    std::size_t right = 0;
    std::size_t of = 0;
    bool count(bool is_right) {
        right += is_right;
        ++of;
        return is_right;
    }
    double share() const { return evaluate::share(right, of); }
};

Result<Report> evaluate(const std::filesystem::path& folder) {
    const auto table = read_table(folder / "labels.tsv", columns);
    if (!table) return table.problem();
    for (const auto& [column, allowed] :
         {std::pair<std::string_view, std::span<const std::string_view>>{"class", classes},
          {"final", finals},
          {"recipient_agreement", agreements}})
        if (const auto checked = check_labels(*table, column, allowed); !checked) return checked.problem();

    std::map<std::string, std::string, std::less<>> mails;
    std::map<std::string, std::optional<DeliveryReport>, std::less<>> reports;
    for (const Row& row : table->rows) {
        if (mails.contains(row["file"])) continue;
        auto bytes = read_bytes(folder / row["file"]);
        if (!bytes) return bytes.problem();
        reports[row["file"]] = delivery_report(answer::read_mail(*bytes));
        mails[row["file"]] = std::move(*bytes);
    }
    const auto flufl = found_by_flufl(folder);
    if (!flufl) return flufl.problem();

    Report report{"bounces", mails.size(), {}, {}, {}};
    Tally recipients, classified, failed, flufl_recipients;
    std::size_t pending_failed = 0, none_failed = 0, flufl_pending_failed = 0, flufl_none_failed = 0;
    for (const Row& row : table->rows) {
        const std::string& file = row["file"];
        const auto& found = reports[file];
        const ReportedRecipient* recipient = recipient_of(found, row);
        const Failure failure = failure_of(found, recipient);
        const bool is_failure = failure == Failure::hard || failure == Failure::soft;
        if (counts_for_recipient(row)) {
            if (!recipients.count(recipient != nullptr))
                report.miss(file, "recipient", row["recipient"], addresses(found));
            flufl_recipients.count(named(flufl->temporary, row) || named(flufl->permanent, row));
        }
        if (row["final"] == "pending") {
            if (is_failure)
                ++pending_failed, report.miss(file, "warning", "pending", std::string(name(failure)));
            flufl_pending_failed += named(flufl->permanent, row);
        }
        if (row["class"] == "none") {
            if (is_failure) ++none_failed, report.miss(file, "no bounce", "none", addresses(found));
            flufl_none_failed += flufl->permanent.contains(row["file"]);
        }
        if (row["class"] == "hard*" || row["class"] == "bounce") {
            if (row["final"] != "pending" && !failed.count(is_failure))
                report.miss(file, "failure", "any", std::string(name(failure)));
        } else {
            // What is late is soft: the address stays usable.
            const std::string as = failure == Failure::pending ? "soft" : std::string(name(failure));
            report.scores.count({row["class"]}, {as});
            if (!classified.count(as == row["class"]))
                report.miss(
                    file, "class of " + row["recipient"], row["class"] + " (" + row["reason"] + ")",
                    as + (recipient ? " (" + std::string(name(recipient->reason)) + ") " + recipient->line
                                    : ""));
        }
    }
    report.at_least("recipient", recipients.share(), recipient_goal);
    report.at_least("hard, soft or none", classified.share(), class_goal);
    report.figure("failure of unnamed reason", failed.share());
    report.at_most("warnings taken for failures", static_cast<double>(pending_failed), 0);
    report.at_most("other mail taken for failures", static_cast<double>(none_failed), 0);
    report.figure("flufl.bounce: recipient", flufl_recipients.share());
    report.figure("flufl.bounce: warnings as failures", static_cast<double>(flufl_pending_failed));
    report.figure("flufl.bounce: other as failures", static_cast<double>(flufl_none_failed));
    report.at_least("recipient, beyond flufl.bounce", recipients.share() - flufl_recipients.share(), 0);
    const auto speed_beside = speed_of_flufl(folder);
    if (!speed_beside) return speed_beside.problem();
    enum Way : std::size_t { ours, only_read, gmime, theirs };
    const Speeds speeds{{passes(mails.size(),
                                [&] {
                                    for (const auto& [file, bytes] : mails)
                                        static_cast<void>(delivery_report(answer::read_mail(bytes)));
                                }),
                         passes(mails.size(),
                                [&] {
                                    for (const auto& [file, bytes] : mails) answer::read_mail(bytes);
                                }),
                         passes(mails.size(),
                                [&] {
                                    for (const auto& [file, bytes] : mails) parse_by_gmime(bytes);
                                }),
                         *speed_beside}};
    report.at_least("messages per second", speeds.of(ours), speed_goal);
    report.figure("messages per second, only read", speeds.of(only_read));
    report.figure("GMime merely parsing: messages per second", speeds.of(gmime));
    report.figure("time, as a multiple of GMime parsing", speeds.ratio(gmime, ours));
    report.figure("flufl.bounce and email: messages per second", speeds.of(theirs));
    report.at_least("times as fast as flufl.bounce", speeds.ratio(ours, theirs), 1);
    return report;
}

}  // namespace

const Set bounces{is_here, evaluate};

}  // namespace raadspost::evaluate
