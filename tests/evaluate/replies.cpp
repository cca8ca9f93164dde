// Set "replies": reply texts with what of them was written and what is quoted. The sources of the set compare
// in different ways, which the column "comparison" names.
#include "core/answer/mail/html_text.hpp"
#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "core/processor_time.hpp"
#include "evaluate/sets.hpp"
#include "evaluate/table.hpp"

#include <algorithm>
#include <array>

namespace raadspost::evaluate {
namespace {

constexpr std::array<std::string_view, 6> columns = {
    "file", "kind", "expected_reply_file", "expected_elided_file", "comparison", "label_source"};
constexpr std::array<std::string_view, 4> kinds = {"text/plain body", "text/html body", "message/rfc822", ""};
constexpr std::string_view exact = "exact text";
constexpr std::string_view first_part = "stripped reply of first text/plain part";
constexpr std::string_view without_space = "compare modulo all whitespace after html->text";
constexpr std::string_view marked = "FOLDED_QUOTED_SECTION marks removed text; modulo whitespace";
constexpr std::string_view signature = "expected file = the signature, not the reply";
constexpr std::string_view time_only =
    "fragment assertions in upstream test; pathological.txt must finish < 1 s";
constexpr std::array<std::string_view, 6> comparisons = {exact,  first_part, without_space,
                                                         marked, signature,  time_only};
constexpr std::string_view signature_mark =
    "#sig#";  // before each line of one, in some files: as if it were written
constexpr double exact_goal = 0.9;
constexpr double most_milliseconds = 1000;

std::string stripped(std::string_view text) {
    const auto is_space = [](char letter) { return letter == ' ' || letter == '\n' || letter == '\t'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return std::string{text};
}

std::string without_carriage_returns(std::string text) {
    std::erase(text, '\r');
    return text;
}

// White space away, or each run of it one space.
std::string spaced(const std::string& text, std::string_view between) {
    std::string out;
    bool pending = false;
    for (const char letter : text) {
        if (letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r') {
            pending = !out.empty();
            continue;
        }
        if (pending) out += between;
        pending = false;
        out += letter;
    }
    return out;
}

std::string without(std::string text, std::string_view mark) {
    for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.erase(at, mark.size());
    return text;
}

std::string text_of(const Row& row, const std::string& bytes) {
    if (row["kind"] == "message/rfc822") return answer::read_mail(bytes).text;
    if (row["kind"] == "text/html body") return answer::mail::html_text(bytes);
    return without(without_carriage_returns(bytes), signature_mark);
}

bool is_here(const std::filesystem::path& folder) {
    return has_column(folder / "labels.tsv", "expected_reply_file");
}

Result<Report> evaluate(const std::filesystem::path& folder) {
    const auto table = read_table(folder / "labels.tsv", columns);
    if (!table) return table.problem();
    if (const auto known = check_labels(*table, "kind", kinds); !known) return known.problem();
    if (const auto known = check_labels(*table, "comparison", comparisons); !known) return known.problem();

    Report report{"replies", table->rows.size(), {}, {}, {}};
    std::vector<std::string> texts;
    std::size_t compared = 0, right = 0;
    double slowest = 0;
    for (const Row& row : table->rows) {
        const auto bytes = read_bytes(folder / row["file"]);
        if (!bytes) return bytes.problem();
        texts.push_back(text_of(row, *bytes));
        answer::NewText got;
        slowest = std::max(slowest,
                           1000 * tests::processor_seconds_of([&] { got = answer::new_text(texts.back()); }));
        const std::string& comparison = row["comparison"];
        if (comparison == time_only) continue;
        const auto wanted_bytes = read_bytes(folder / row["expected_reply_file"]);
        if (!wanted_bytes) return wanted_bytes.problem();
        std::string wanted = without(without_carriage_returns(*wanted_bytes), signature_mark);
        std::string found = comparison == signature ? got.signature : got.written;
        if (comparison == without_space) {
            wanted = spaced(wanted, "");
            found = spaced(found, "");
        } else if (comparison == marked) {
            wanted = spaced(without(wanted, "FOLDED_QUOTED_SECTION"), " ");
            // That source folds quotations and disclaimers, and lets signatures be.
            found = spaced(found + '\n' + got.signature, " ");
        }
        ++compared;
        if (stripped(wanted) == stripped(found))
            ++right;
        else
            report.miss(row["file"], std::string{comparison == signature ? "signature" : "text"},
                        stripped(wanted), stripped(found));
    }
    report.figure("compared", static_cast<double>(compared));
    report.at_least("exact", share(right, compared), exact_goal);
    report.at_most("milliseconds at most", slowest, most_milliseconds);
    report.figure("texts per second", per_second(texts.size(), [&] {
                      for (const std::string& text : texts) answer::new_text(text);
                  }));
    return report;
}

}  // namespace

const Set replies{is_here, evaluate};

}  // namespace raadspost::evaluate
