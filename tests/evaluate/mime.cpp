// Set "mime": malformed and hostile messages. Each is read in a process of its own, which tells its time and
// memory; a file that crashes or stalls costs only itself.
#include "core/answer/mail/charset.hpp"
#include "core/answer/read_mail.hpp"
#include "core/fold.hpp"
#include "evaluate/mime_structure.hpp"
#include "evaluate/sets.hpp"
#include "evaluate/table.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace raadspost::evaluate {
namespace {

constexpr std::array<std::string_view, 3> columns = {"file", "expected_structure", "note"};
constexpr unsigned seconds_until_killed = 10;
constexpr double most_milliseconds = 1000;
constexpr double most_megabytes = 64;

struct Cost {
    bool read = false;
    double milliseconds = 0;
    double megabytes = 0;
};

Cost cost_of(const std::string& bytes) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        alarm(seconds_until_killed);
        const answer::Received read = answer::read_mail(bytes);
        _exit(read.headers.empty() && read.text.empty() && !bytes.empty() ? 3 : 0);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child) return {};
    const auto milliseconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return {WIFEXITED(status) && WEXITSTATUS(status) == 0,
            milliseconds(used.ru_utime) + milliseconds(used.ru_stime),
            static_cast<double>(used.ru_maxrss) / 1024};
}

// How many of four fields another parser read in the same way; what differs goes to the report.
std::size_t agreed(const std::string& file, const Structure& expected, const answer::Received& got,
                   Report& report) {
    std::size_t same = 0;
    const auto compare = [&](const char* what, const std::string& want, const std::string& found) {
        if (want == found)
            ++same;
        else
            report.miss(file, what, want, found);
    };
    const auto listed = [](const auto& addresses, auto address) {
        std::string text;
        for (const auto& each : addresses) text += folded_mailbox(address(each)) + ' ';
        return text;
    };
    compare("subject", answer::mail::cleaned(expected.subject), got.subject);
    compare("message id", expected.message_id, got.message_id);
    compare("senders", listed(expected.senders, [](const std::string& each) { return each; }),
            listed(got.from, [](const answer::Address& each) { return each.address; }));
    const long long found = got.date ? got.date->time_since_epoch().count() : 0;
    compare("date", std::to_string(expected.seconds.value_or(0)), std::to_string(found));
    return same;
}

bool is_here(const std::filesystem::path& folder) {
    return has_column(folder / "index.tsv", "expected_structure");
}

Result<Report> evaluate(const std::filesystem::path& folder) {
    const auto table = read_table(folder / "index.tsv", columns);
    if (!table) return table.problem();
    Report report{"mime", table->rows.size(), {}, {}, {}};
    std::vector<std::string> all;
    double slowest = 0, largest = 0;
    std::size_t read = 0, fields = 0, same = 0;
    for (const Row& row : table->rows) {
        const auto bytes = read_bytes(folder / row["file"]);
        if (!bytes) return bytes.problem();
        const Cost cost = cost_of(*bytes);
        slowest = std::max(slowest, cost.milliseconds);
        largest = std::max(largest, cost.megabytes);
        read += cost.read;
        if (!cost.read) report.miss(row["file"], "reading", "headers or text", "nothing, a crash or a stall");
        if (cost.milliseconds > most_milliseconds || cost.megabytes > most_megabytes)
            report.miss(row["file"], "cost", "within limits",
                        std::to_string(cost.milliseconds) + " ms, " + std::to_string(cost.megabytes) + " MB");
        if (const std::string& structure = row["expected_structure"]; !structure.empty()) {
            const auto json = read_bytes(folder / structure);
            if (!json) return json.problem();
            const auto expected = read_structure(*json);
            if (!expected) return expected.problem();
            same += agreed(row["file"], *expected, answer::read_mail(*bytes), report);
            fields += 4;
        }
        all.push_back(std::move(*bytes));
    }
    report.at_least("read", share(read, report.messages), 1);
    report.figure("fields as another parser reads", share(same, fields));
    report.at_most("milliseconds at most", slowest, most_milliseconds);
    report.at_most("megabytes at most", largest, most_megabytes);
    report.figure("messages per second", per_second(all.size(), [&] {
                      for (const std::string& bytes : all) answer::read_mail(bytes);
                  }));
    return report;
}

}  // namespace

const Set mime{is_here, evaluate};

}  // namespace raadspost::evaluate
