#include "core/appeal/escape.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/public_pages/answer.hpp"
#include "core/public_pages/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace raadspost::public_pages {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 6> offered = {"passed_on", "listed",  "to_college",
                                                     "agenda",    "meeting", "declined"};
constexpr year_month_day earliest{std::chrono::year{2010}, std::chrono::January, std::chrono::day{1}};
constexpr std::chrono::years ahead{3};

Problem unreadable() {
    return {"form_unreadable", {}, {}, "The form was not sent as a browser sends it; open the page again."};
}

std::size_t letters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) appeal::next_code_point(text, at);
    return count;
}

// On one line, without control characters, and no blanks around it.
std::string line(std::string_view typed) {
    std::string text;
    for (const char letter : appeal::escaped_text(typed))
        text += letter == '\n' || letter == '\t' || letter == '\r' ? ' ' : letter;
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::string paragraphs(std::string_view typed) {
    std::string text = appeal::escaped_text(typed);
    std::erase(text, '\r');
    const auto begin = text.find_first_not_of(" \n\t");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \n\t") - begin + 1);
}

std::optional<int> number(std::string_view digits, std::size_t most) {
    int value = 0;
    if (digits.empty() || digits.size() > most) return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

// 2026-05-12 as browsers post it, 12-5-2026 as people type it where a browser knows no date field.
std::optional<year_month_day> date_of(std::string_view text) {
    std::array<std::string_view, 3> parts;
    for (std::size_t n = 0; n < 3; ++n) {
        const std::size_t end = n == 2 ? text.size() : text.find_first_of("-/.");
        if (end == std::string_view::npos) return std::nullopt;
        parts[n] = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (parts[0].size() != 4) std::swap(parts[0], parts[2]);
    const auto year = number(parts[0], 4), month = number(parts[1], 2), day = number(parts[2], 2);
    if (!year || !month || !day || parts[0].size() != 4) return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

class Reading {
public:
    Reading(const Form& form, year_month_day today) : form_{form}, today_{today} {}

    bool unknown_choice = false;
    AnswerRead read;

    void who() {
        const std::string_view said = form_.one("wie");
        if (said == "griffier")
            read.answer.who = Who::griffier;
        else if (said == "raadslid")
            read.answer.who = Who::councillor;
        else if (said == "ander")
            read.answer.who = Who::somebody_else;
        else if (said.empty() && form_.all("wie").size() < 2)
            mistake("wie", "Geef aan wie er antwoordt.");
        else
            unknown_choice = true;
    }

    void council(const AskedCouncil& asked) {
        CouncilAnswer answer{.code = asked.code,
                             .outcomes = {},
                             .list_number = {},
                             .list_date = {},
                             .meeting_date = {},
                             .taken_back = {}};
        const auto ticked = form_.all(asked.code + ".uitkomst");
        for (const std::string_view kind : ticked)
            if (std::ranges::find(offered, kind) == offered.end()) unknown_choice = true;
        answer.list_number = line(form_.one(asked.code + ".nummer"));
        answer.list_date = date(asked.code + ".datum");
        answer.meeting_date = date(asked.code + ".vergadering");
        // Who fills in a number says by it that there is a list.
        const bool listed = !answer.list_number.empty() || answer.list_date;
        for (const std::string_view kind : offered)
            if (std::ranges::find(ticked, kind) != ticked.end() || (kind == "listed" && listed) ||
                (kind == "agenda" && answer.meeting_date))
                answer.outcomes.emplace_back(kind);
        if (letters(answer.list_number) > limits::list_number_letters)
            mistake(asked.code + ".nummer", "Het nummer op de lijst is te lang.");
        const auto clash = [&](const std::string& kind) { return contradict("declined", kind); };
        if (std::ranges::find(answer.outcomes, "declined") != answer.outcomes.end() &&
            std::ranges::any_of(answer.outcomes, clash))
            mistake(asked.code + ".uitkomst",
                    "‘Niet doorgestuurd en niet behandeld’ gaat niet samen met een ander antwoord voor deze "
                    "raad.");
        taken_back(asked, answer);
        if (!answer.outcomes.empty() || !answer.taken_back.empty())
            read.answer.councils.push_back(std::move(answer));
    }

    void rest() {
        read.answer.new_address = folded_mailbox(line(form_.one("adres")));
        if (!read.answer.new_address.empty() && !is_mailbox(read.answer.new_address))
            mistake("adres", "Dit is geen e-mailadres. Schrijf het als naam@gemeente.nl.");
        read.answer.remark = paragraphs(form_.one("opmerking"));
        if (letters(read.answer.remark) > limits::remark_letters)
            mistake("opmerking",
                    "De opmerking is langer dan " + std::to_string(limits::remark_letters) + " tekens.");
        const std::string_view stop = form_.one("stop");
        if (stop == "oproep")
            read.answer.stop = Stop::appeal;
        else if (stop == "vereniging")
            read.answer.stop = Stop::association;
        else if (stop == "alles")
            read.answer.stop = Stop::all;
        else if (form_.has("stop") && stop != "niets")
            unknown_choice = true;
        const Answer& answer = read.answer;
        if (read.mistakes.empty() && answer.councils.empty() && answer.new_address.empty() &&
            answer.remark.empty() && answer.stop == Stop::nothing)
            mistake("antwoord", "Kies of schrijf ten minste één antwoord.");
    }

private:
    void mistake(std::string field, std::string text) {
        read.mistakes.push_back({std::move(field), std::move(text)});
    }

    std::optional<year_month_day> date(const std::string& field) {
        const std::string typed = line(form_.one(field));
        if (typed.empty()) return std::nullopt;
        const auto date = date_of(typed);
        if (!date || *date < earliest || *date > today_ + ahead) {
            mistake(field, "Dit is geen bruikbare datum. Schrijf bijvoorbeeld 12-5-2026.");
            return std::nullopt;
        }
        return date;
    }

    void taken_back(const AskedCouncil& asked, CouncilAnswer& answer) {
        for (const std::string_view kind : form_.all(asked.code + ".vervalt")) {
            if (outcome_words(kind).empty()) unknown_choice = true;
            const bool stands = std::ranges::any_of(asked.recorded, [&](const Recorded& each) {
                return each.from_this_page && each.kind == kind;
            });
            // Somebody took it back meanwhile: then there is nothing left to do.
            if (!stands) continue;
            if (std::ranges::find(answer.outcomes, kind) != answer.outcomes.end()) {
                mistake(asked.code + ".uitkomst",
                        "U koos een antwoord en trok hetzelfde antwoord in. Kies één van beide.");
                continue;
            }
            answer.taken_back.emplace_back(kind);
        }
    }

    const Form& form_;
    const year_month_day today_;
};

bool is_ours(std::string_view name, std::span<const AskedCouncil> asked) {
    constexpr std::array<std::string_view, 4> once = {"wie", "adres", "opmerking", "stop"};
    if (std::ranges::find(once, name) != once.end()) return true;
    constexpr std::array<std::string_view, 5> per_council = {".uitkomst", ".nummer", ".datum", ".vergadering",
                                                             ".vervalt"};
    return std::ranges::any_of(asked, [&](const AskedCouncil& council) {
        return name.starts_with(council.code) &&
               std::ranges::find(per_council, name.substr(council.code.size())) != per_council.end();
    });
}

// Boxes may be ticked several times under one name; everything else is said once.
bool may_repeat(std::string_view name) {
    return name.ends_with(".uitkomst") || name.ends_with(".vervalt");
}

// Whether it says no more than what is known: the same, or the same without its details.
bool adds_nothing(const NewOutcome& told, const Recorded& known) {
    return known.kind == told.kind && (told.list_number.empty() || told.list_number == known.list_number) &&
           (!told.list_date || told.list_date == known.list_date) &&
           (!told.meeting_date || told.meeting_date == known.meeting_date);
}

}  // namespace

std::vector<NewOutcome> changes_of(const AskedCouncil& asked, const CouncilAnswer& answer) {
    std::vector<NewOutcome> changes;
    for (const std::string& kind : answer.outcomes) {
        NewOutcome told{.kind = kind, .list_number = {}, .list_date = {}, .meeting_date = {}, .replaces = {}};
        if (kind == "listed") told.list_number = answer.list_number, told.list_date = answer.list_date;
        if (kind == "agenda") told.meeting_date = answer.meeting_date;
        bool known = false;
        for (std::size_t n = 0; n < asked.recorded.size(); ++n) {
            const Recorded& each = asked.recorded[n];
            if (!each.from_this_page) continue;
            known = known || adds_nothing(told, each);
            if (each.kind == kind || contradict(each.kind, kind)) told.replaces.push_back(n);
        }
        if (!known) changes.push_back(std::move(told));
    }
    for (const std::string& kind : answer.taken_back) {
        NewOutcome back{
            .kind = "retracted", .list_number = {}, .list_date = {}, .meeting_date = {}, .replaces = {}};
        const auto replaced = [&](std::size_t n) {
            return std::ranges::any_of(changes, [&](const NewOutcome& each) {
                return std::ranges::find(each.replaces, n) != each.replaces.end();
            });
        };
        for (std::size_t n = 0; n < asked.recorded.size(); ++n)
            if (asked.recorded[n].from_this_page && asked.recorded[n].kind == kind && !replaced(n))
                back.replaces.push_back(n);
        if (!back.replaces.empty()) changes.push_back(std::move(back));
    }
    return changes;
}

std::span<const std::string_view> offered_outcomes() {
    return offered;
}

bool contradict(std::string_view kind, std::string_view other) {
    const auto done = [](std::string_view each) {
        return each == "passed_on" || each == "listed" || each == "to_college" || each == "agenda";
    };
    return (kind == "declined" && done(other)) || (other == "declined" && done(kind));
}

Result<AnswerRead> read_answer(const Form& form, std::span<const AskedCouncil> asked, year_month_day today) {
    for (const auto& [name, value] : form.fields)
        if (!is_ours(name, asked) || (!may_repeat(name) && form.all(name).size() > 1)) return unreadable();
    Reading reading{form, today};
    reading.who();
    for (const AskedCouncil& council : asked) reading.council(council);
    reading.rest();
    if (reading.unknown_choice) return unreadable();
    return std::move(reading.read);
}

}  // namespace raadspost::public_pages
