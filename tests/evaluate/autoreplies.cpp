// Set "autoreplies": automatic mail is never shown as a person's answer, and no person's mail is hidden as
// automatic. The kind that is given beside that is not labelled in this set; it is shown with what was
// missed.
#include "core/answer/auto_reply.hpp"
#include "core/answer/delivery_report.hpp"
#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "evaluate/sets.hpp"
#include "evaluate/table.hpp"

#include <array>

namespace raadspost::evaluate {
namespace {

constexpr std::array<std::string_view, 5> columns = {"file", "label", "sublabel", "header_signals_present",
                                                     "label_source"};
constexpr std::array<std::string_view, 3> labels = {"auto", "human", "unknown"};

bool is_here(const std::filesystem::path& folder) {
    return has_column(folder / "labels.tsv", "header_signals_present");
}

struct Found {
    bool automatic = false;
    std::string what;
};

Found read(std::string_view bytes) {
    const answer::Received received = answer::read_mail(bytes);
    if (const auto report = delivery_report(received)) return {true, "report"};
    const answer::AutoReply reply = auto_reply(received, answer::new_text(received.text).written);
    return {reply.kind != answer::AutoReply::Kind::none, std::string(name(reply.kind)) + " " + reply.line};
}

Result<Report> evaluate(const std::filesystem::path& folder) {
    const auto table = read_table(folder / "labels.tsv", columns);
    if (!table) return table.problem();
    if (const auto checked = check_labels(*table, "label", labels); !checked) return checked.problem();
    Report report{"autoreplies", table->rows.size(), {}, {}, {}};
    std::vector<std::string> mails;
    std::size_t shown = 0, hidden = 0;
    for (const Row& row : table->rows) {
        auto bytes = read_bytes(folder / row["file"]);
        if (!bytes) return bytes.problem();
        const Found found = read(*bytes);
        mails.push_back(std::move(*bytes));
        if (row["label"] == "unknown") continue;
        report.scores.count({row["label"]}, {found.automatic ? "auto" : "human"});
        if (found.automatic == (row["label"] == "auto")) continue;
        ++(found.automatic ? hidden : shown);
        report.miss(row["file"], row["sublabel"], row["label"], found.what);
    }
    report.at_most("automatic mail shown as an answer", static_cast<double>(shown), 0);
    report.at_most("mail of people hidden", static_cast<double>(hidden), 0);
    report.figure("messages per second", per_second(mails.size(), [&] {
                      for (const std::string& bytes : mails) read(bytes);
                  }));
    return report;
}

}  // namespace

const Set autoreplies{is_here, evaluate};

}  // namespace raadspost::evaluate
