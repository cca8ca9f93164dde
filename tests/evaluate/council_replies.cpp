// Set "council replies": what councils answered to messages of ours, with their kinds, the council that each
// belongs to, and what it states (shared/corpora/council-replies/FORMAT.md). The whole of reading is judged.
#include "core/answer/acting/self_settling.hpp"
#include "core/answer/read.hpp"
#include "core/answer/read_mail.hpp"
#include "core/answer/rules.hpp"
#include "core/council/table.hpp"
#include "core/fold.hpp"
#include "evaluate/flufl.hpp"
#include "evaluate/gmime.hpp"
#include "evaluate/sets.hpp"
#include "evaluate/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

namespace raadspost::evaluate {
namespace {

using namespace answer;

constexpr std::array<std::string_view, 6> sent_columns = {"message_id", "sent_at",   "council",
                                                          "cbs_code",   "recipient", "subject"};
constexpr std::array<std::string_view, 9> columns = {"file",        "kinds",       "council",
                                                     "list_number", "list_date",   "meeting_date",
                                                     "case_number", "redirect_to", "note"};
constexpr double macro_f1_goal = 0.95;
constexpr double matching_goal = 0.98;
constexpr double per_second_goal = 4000;
constexpr double times_flufl_goal = 10;  // with Python's email

std::string iso(const std::optional<std::chrono::year_month_day>& day) {
    if (!day) return {};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day->year()),
                  static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
    return text;
}

std::string joined(const std::set<std::string>& all) {
    std::string out;
    for (const std::string& each : all) out += (out.empty() ? "" : ",") + each;
    return out;
}

// "2026-02-09T09:00:05+01:00"; the offset is left out of account, an hour decides nothing here.
std::chrono::sys_seconds moment(const std::string& text) {
    int year = 0, hour = 0, minute = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d", &year, &month, &day, &hour, &minute) < 5) return {};
    return std::chrono::sys_days{std::chrono::year{year} / month / day} + std::chrono::hours{hour} +
           std::chrono::minutes{minute};
}

// The receiving server is the one that wrote the topmost Authentication-Results of most messages; our
// mailboxes are those to which most were delivered. A set does not tell either.
struct Receiver {
    std::string authserv_id;
    std::vector<std::string> mailboxes;
};
Receiver receiver_of(const std::vector<std::string>& messages) {
    std::map<std::string, std::size_t> servers;
    std::set<std::string> mailboxes;
    for (const std::string& bytes : messages) {
        const Received received = read_mail(bytes);
        if (const std::string* results = find(received.headers, "authentication-results"))
            ++servers[results->substr(0, results->find_first_of("; \t"))];
        if (const std::string* delivered = find(received.headers, "delivered-to"))
            mailboxes.insert(folded_mailbox(*delivered));
    }
    Receiver out;
    std::size_t most = 0;
    for (const auto& [server, times] : servers)
        if (times > most) most = times, out.authserv_id = server;
    out.mailboxes.assign(mailboxes.begin(), mailboxes.end());
    return out;
}

bool is_automatic(const std::string& kind) {
    return kind.starts_with("bounce_") || kind == "auto_reply";
}
bool is_persons(const std::string& kind) {
    return !is_automatic(kind) && kind != "receipt" && kind != "other" && kind != "redirect";
}

// How sure the machine is of the kinds, whoever wrote: what settles by itself where the sender is proven.
bool is_sure(const Reading& reading) {
    return std::all_of(reading.kinds.begin(), reading.kinds.end(),
                       [](const Finding& each) { return each.percent >= sure_enough; });
}

// With the rules that led there, for whoever mends them.
std::string explained(const Reading& reading) {
    std::string out;
    for (const Finding& each : reading.kinds)
        out += (out.empty() ? "" : ", ") + std::string{name(each.kind)} + " " + std::to_string(each.percent) +
               " " + each.rule + ": " + each.line;
    return out;
}

bool is_here(const std::filesystem::path& folder) {
    return has_column(folder / "sent.tsv", "cbs_code") && has_column(folder / "labels.tsv", "list_number");
}

Result<Report> evaluate(const std::filesystem::path& folder) {
    const auto sent_table = read_table(folder / "sent.tsv", sent_columns);
    if (!sent_table) return sent_table.problem();
    const auto table = read_table(folder / "labels.tsv", columns);
    if (!table) return table.problem();
    if (const auto known = check_labels(*table, "kinds", kind_names, ','); !known) return known.problem();

    std::vector<SentMail> sent;
    for (const Row& row : sent_table->rows) {
        SentMail mail;
        mail.dispatch = static_cast<std::int64_t>(sent.size()) + 1;
        mail.message_id = row["message_id"];
        mail.recipient = folded_mailbox(row["recipient"]);
        mail.bare_subject = bare_subject(row["subject"]);
        mail.sent_at = moment(row["sent_at"]);
        mail.councils.push_back({row["cbs_code"], row["council"]});
        sent.push_back(std::move(mail));
    }
    std::vector<std::string> messages;
    for (const Row& row : table->rows) {
        auto bytes = read_bytes(folder / "mail" / row["file"]);
        if (!bytes) return bytes.problem();
        messages.push_back(std::move(*bytes));
    }
    const auto rules = Rules::parse(default_rules());
    if (!rules) return rules.problem();
    const CouncilIndex country{councils_2026()};
    const Receiver receiver = receiver_of(messages);
    const Reader reader{*rules, country, {receiver.mailboxes, ""}, nullptr, receiver.authserv_id};
    const CandidateLookup lookup = [&](const Clues&) { return std::span<const SentMail>{sent}; };

    Report report{"council replies", table->rows.size(), {}, {}, {}};
    std::size_t exact = 0, sure = 0, sure_and_wrong = 0, matched = 0, believed = 0, machine_as_person = 0;
    struct Extraction {
        std::size_t right = 0, stated = 0;
    };
    std::map<std::string, Extraction> extracted;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Row& row = table->rows[i];
        const Reading reading = read(messages[i], reader, lookup);
        std::set<std::string> expected, found;
        for (const std::string& kind : pieces(row["kinds"], ',')) expected.insert(kind);
        for (const Finding& each : reading.kinds) found.emplace(name(each.kind));
        report.scores.count(expected, found);
        if (expected == found)
            ++exact;
        else
            report.miss(row["file"], "kinds", joined(expected), explained(reading));

        sure += is_sure(reading);
        if (is_sure(reading) && expected != found)
            ++sure_and_wrong, report.miss(row["file"], "sure of", joined(expected), joined(found));

        const std::string council = reading.match.council.empty() ? "-" : reading.match.council;
        if (council == row["council"])
            ++matched;
        else
            report.miss(row["file"], "council", row["council"], council);
        if (row["note"].find("forged") != std::string::npos && row["council"] == "-" &&
            (council != "-" || reading.match.trust != Trust::forged))
            ++believed, report.miss(row["file"], "trust", "forged", std::string{name(reading.match.trust)});
        if (std::all_of(expected.begin(), expected.end(),
                        [](const auto& kind) { return is_automatic(kind) || kind == "redirect"; }) &&
            std::any_of(expected.begin(), expected.end(), is_automatic) &&
            std::any_of(found.begin(), found.end(), is_persons))
            ++machine_as_person;

        const auto compare = [&](const char* what, const std::string& value) {
            const std::string& wanted = row[what];
            if (wanted.empty() && value.empty()) return;
            ++extracted[what].stated;
            if (wanted == value)
                ++extracted[what].right;
            else
                report.miss(row["file"], what, wanted, value);
        };
        compare("list_number", reading.facts.list_number);
        compare("list_date", iso(reading.facts.list_date));
        if (expected.contains("agenda") || expected.contains("meeting"))
            compare("meeting_date", iso(reading.facts.meeting_date));
        compare("case_number", reading.facts.case_number);
        compare("redirect_to", reading.facts.redirect_to);
    }
    report.at_least("macro-f1", report.scores.macro_f1(), macro_f1_goal);
    report.figure("kinds exact", share(exact, messages.size()));
    report.figure("sure enough to settle", share(sure, messages.size()));
    report.figure("sure, yet wrong", static_cast<double>(sure_and_wrong));
    report.at_least("matching", share(matched, messages.size()), matching_goal);
    report.at_most("forged believed", static_cast<double>(believed), 0);
    report.at_most("automatic taken for a person's", static_cast<double>(machine_as_person), 0);
    for (const auto& [what, count] : extracted) report.figure(what, share(count.right, count.stated));
    const auto speed_beside = speed_of_flufl(folder);
    if (!speed_beside) return speed_beside.problem();
    enum Way : std::size_t { ours, gmime, theirs };
    const Speeds speeds{{passes(messages.size(),
                                [&] {
                                    for (const std::string& bytes : messages) read(bytes, reader, lookup);
                                }),
                         passes(messages.size(),
                                [&] {
                                    for (const std::string& bytes : messages) parse_by_gmime(bytes);
                                }),
                         *speed_beside}};
    report.at_least("messages per second", speeds.of(ours), per_second_goal);
    report.figure("GMime merely parsing: messages per second", speeds.of(gmime));
    report.figure("time, as a multiple of GMime parsing", speeds.ratio(gmime, ours));
    report.figure("flufl.bounce and email: messages per second", speeds.of(theirs));
    report.at_least("times as fast as flufl.bounce", speeds.ratio(ours, theirs), times_flufl_goal);
    return report;
}

}  // namespace

const Set council_replies{is_here, evaluate};

}  // namespace raadspost::evaluate
