#include "evaluate/report.hpp"

#include "core/answer/mail/charset.hpp"
#include "core/processor_time.hpp"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>

namespace raadspost::evaluate {
namespace {

constexpr std::size_t shown_octets = 160;

// One line, not too long, whatever the mail held.
std::string shown(const std::string& value) {
    std::string line = value.substr(0, shown_octets);
    for (char& letter : line)
        if (static_cast<unsigned char>(letter) < ' ') letter = letter == '\n' ? '|' : ' ';
    return line + (value.size() > shown_octets ? "..." : "");
}

// Three decimals for a share, none for a count.
std::string number(double value) {
    return value == static_cast<double>(static_cast<long long>(value)) ? fmt::format("{:.0f}", value)
                                                                       : fmt::format("{:.3f}", value);
}

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

void member(Writer& out, const char* name, const std::string& value) {
    out.Key(name);
    out.String(value.c_str(), static_cast<rapidjson::SizeType>(value.size()));
}

void member(Writer& out, const char* name, double value) {
    out.Key(name);
    out.Double(value);
}

void member(Writer& out, const char* name, std::size_t value) {
    out.Key(name);
    out.Uint64(value);
}

}  // namespace

double Score::precision() const {
    return share(found, found + false_alarms);
}
double Score::recall() const {
    return share(found, found + missed);
}

double Score::f1() const {
    const double both = precision() + recall();
    return both == 0 ? 0 : 2 * precision() * recall() / both;
}

void Scores::count(const std::set<std::string>& expected, const std::set<std::string>& found) {
    for (const std::string& kind : expected)
        ++(found.contains(kind) ? by_kind_[kind].found : by_kind_[kind].missed);
    for (const std::string& kind : found)
        if (!expected.contains(kind)) ++by_kind_[kind].false_alarms;
}

double Scores::macro_f1() const {
    double sum = 0;
    std::size_t kinds = 0;
    for (const auto& [kind, score] : by_kind_) {
        if (score.found + score.missed == 0) continue;
        sum += score.f1();
        ++kinds;
    }
    return kinds == 0 ? 1 : sum / static_cast<double>(kinds);
}

void Report::miss(std::string file, std::string what, std::string expected, std::string found) {
    // What came out of mail or a label's file may be anything; JSON is UTF-8.
    misses.push_back(
        {std::move(file), std::move(what), answer::mail::cleaned(expected), answer::mail::cleaned(found)});
}

bool Report::reached() const {
    return std::ranges::all_of(figures, &Figure::reached);
}

std::string text(const Report& report) {
    std::string out = fmt::format("{}: {} messages\n", report.set, report.messages);
    if (!report.scores.by_kind().empty()) {
        out +=
            fmt::format("\n  {:<16} {:>9} {:>9} {:>9} {:>6}\n", "kind", "precision", "recall", "F1", "there");
        for (const auto& [kind, score] : report.scores.by_kind())
            out += fmt::format("  {:<16} {:>9.3f} {:>9.3f} {:>9.3f} {:>6}\n", kind, score.precision(),
                               score.recall(), score.f1(), score.found + score.missed);
        out += fmt::format("  {:<16} {:>29.3f}\n", "macro-F1", report.scores.macro_f1());
    }
    if (!report.misses.empty()) out += "\n  missed:\n";
    for (const Miss& miss : report.misses)
        out += fmt::format("  {}  {}: expected '{}', found '{}'\n", miss.file, miss.what,
                           shown(miss.expected), shown(miss.found));
    out += '\n';
    for (const Figure& figure : report.figures) {
        out += fmt::format("  {:<34} {:>9}", figure.name, number(figure.value));
        if (figure.at_least) out += fmt::format("  at least {}", number(*figure.at_least));
        if (figure.at_most) out += fmt::format("  at most {}", number(*figure.at_most));
        if (!figure.reached()) out += "  NOT REACHED";
        out += '\n';
    }
    return out;
}

std::string json(const Report& report) {
    rapidjson::StringBuffer room;
    Writer out{room};
    out.SetIndent(' ', 1);
    out.StartObject();
    member(out, "set", report.set);
    member(out, "messages", report.messages);
    out.Key("reached");
    out.Bool(report.reached());
    out.Key("figures");
    out.StartArray();
    for (const Figure& figure : report.figures) {
        out.StartObject();
        member(out, "name", figure.name);
        member(out, "value", figure.value);
        if (figure.at_least) member(out, "at_least", *figure.at_least);
        if (figure.at_most) member(out, "at_most", *figure.at_most);
        out.Key("reached");
        out.Bool(figure.reached());
        out.EndObject();
    }
    out.EndArray();
    out.Key("kinds");
    out.StartArray();
    for (const auto& [kind, score] : report.scores.by_kind()) {
        out.StartObject();
        member(out, "kind", kind);
        member(out, "precision", score.precision());
        member(out, "recall", score.recall());
        member(out, "f1", score.f1());
        member(out, "found", score.found);
        member(out, "missed", score.missed);
        member(out, "false_alarms", score.false_alarms);
        out.EndObject();
    }
    out.EndArray();
    if (!report.scores.by_kind().empty()) member(out, "macro_f1", report.scores.macro_f1());
    out.Key("misses");
    out.StartArray();
    for (const Miss& miss : report.misses) {
        out.StartObject();
        member(out, "file", miss.file);
        member(out, "what", miss.what);
        member(out, "expected", miss.expected);
        member(out, "found", miss.found);
        out.EndObject();
    }
    out.EndArray();
    out.EndObject();
    return std::string{room.GetString(), room.GetSize()} + '\n';
}

namespace {

constexpr std::size_t rounds = 5;
constexpr double seconds = 0.2;  // of each way in each round

double median(std::vector<double> all) {
    std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
    return all[all.size() / 2];
}

}  // namespace

Measure passes(std::size_t messages, std::function<void()> once) {
    once();  // caches and tables
    return [messages, once = std::move(once)] {
        const double start = tests::processor_seconds();
        std::size_t many = 0;
        for (; tests::processor_seconds() - start < seconds; ++many) once();
        return static_cast<double>(many * messages) / (tests::processor_seconds() - start);
    };
}

Speeds::Speeds(const std::vector<Measure>& ways) : found_(ways.size()) {
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < ways.size(); ++i) found_[i].push_back(ways[i]());
}

double Speeds::of(std::size_t way) const {
    return median(found_[way]);
}

double Speeds::ratio(std::size_t way, std::size_t other) const {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rounds; ++round)
        ratios.push_back(found_[way][round] / found_[other][round]);
    return median(std::move(ratios));
}

double per_second(std::size_t messages, std::function<void()> once) {
    return Speeds{{passes(messages, std::move(once))}}.of(0);
}

}  // namespace raadspost::evaluate
