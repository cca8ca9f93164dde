#include "crm/appeal/appeal_check.hpp"

#include "crm/problem_sentence.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <map>

namespace raadspost::crm {

using namespace tryton;
using appeal::EmptyField;
using appeal::MergeText;

namespace {

constexpr std::size_t batch = 500;

void add_wording(std::vector<TextProblem>& found, const char* part, const std::string& source,
                 appeal::Target target) {
    for (Problem problem : MergeText::check(source, target)) {
        if (!problem.place.starts_with(part)) problem.place = std::string{part} + ", " + problem.place;
        found.push_back({sentence(problem), {}});
    }
}

// Part of the appeal and place in it, in the order in which staff read.
using Place = std::tuple<int, std::size_t, std::size_t, appeal::Field>;
constexpr const char* parts[] = {"subject", "message", "letter, subject", "letter"};

void add_empty(std::map<Place, Ids>& found, int part, const std::vector<EmptyField>& fields, Id council) {
    for (const EmptyField& each : fields)
        found[{part, each.place.line, each.place.column, each.field}].push_back(council);
}

std::vector<TextProblem> check_values(Id appeal, Id step, const Ids& councils, MessageLoader& loader) {
    std::map<Place, Ids> empty;
    for (std::size_t start = 0; start < councils.size(); start += batch) {
        const Ids some(
            councils.begin() + static_cast<std::ptrdiff_t>(start),
            councils.begin() + static_cast<std::ptrdiff_t>(std::min(start + batch, councils.size())));
        const auto inputs = loader.preview(appeal, step, some);
        for (std::size_t n = 0; n < inputs.size(); ++n) {
            if (inputs[n].problem) return {{sentence(*inputs[n].problem), {}}};
            const StepTexts& texts = *inputs[n].texts;
            // Links come into being with the dispatch.
            appeal::FieldValues values = inputs[n].values;
            values.set(appeal::Field::webversie, "https://raadspost.invalid/")
                .set(appeal::Field::antwoordpagina, "https://raadspost.invalid/");
            add_empty(empty, 0, texts.message.subject().empty_fields(values), some[n]);
            add_empty(empty, 1, texts.message.body().empty_fields(values), some[n]);
            if (!texts.letter) continue;
            add_empty(empty, 2, texts.letter->subject().empty_fields(values), some[n]);
            add_empty(empty, 3, texts.letter->body().empty_fields(values), some[n]);
        }
    }
    std::vector<TextProblem> problems;
    for (auto& [place, concerned] : empty) {
        const auto& [part, line, column, field] = place;
        problems.push_back(
            {sentence({.id = "appeal_empty_field",
                       .place = std::string{parts[part]} + ", " + appeal::place_text({line, column}),
                       .found = std::string{appeal::description_of(field).name},
                       .text = "A field is empty for some councils; give it a fallback."}),
             std::move(concerned)});
    }
    return problems;
}

// Says of which step it is, where that is not the first.
TextProblem named(const std::string& step, TextProblem problem) {
    if (!step.empty()) problem.sentence = step + ": " + problem.sentence;
    return problem;
}

// What one step says: its own texts, the appeal's where it has none.
struct StepTextsInUse {
    Id step;
    std::string name;  // empty for the first: its texts are the appeal's own
    UnsavedTexts texts;
};

// Steps that say the same are looked at once.
std::vector<StepTextsInUse> different_texts(Id appeal) {
    using Maybe = std::optional<std::string>;
    std::vector<StepTextsInUse> found;
    for (auto& [step, name, subject, message, letter_subject, letter, with_letter] :
         Rows<Id, std::string, Maybe, Maybe, Maybe, Maybe, std::optional<bool>>{
             "select s.id, s.name, coalesce(nullif(s.subject, ''), a.subject), "
             "coalesce(nullif(s.message, ''), a.message), a.letter_subject, "
             "coalesce(nullif(s.letter, ''), a.letter), s.with_letter "
             "from raadspost_appeal a join raadspost_step s on s.appeal = a.id where a.id = {} "
             "order by s.sequence, s.id",
             appeal}) {
        StepTextsInUse one{.step = step,
                           .name = found.empty() ? std::string{} : name,
                           .texts = {.subject = subject.value_or(""),
                                     .message = message.value_or(""),
                                     .letter_subject = letter_subject.value_or(""),
                                     .letter = letter.value_or(""),
                                     .association = 0,
                                     .with_letter = with_letter.value_or(false)}};
        const auto same = [&one](const StepTextsInUse& other) {
            return one.texts.subject == other.texts.subject && one.texts.message == other.texts.message &&
                   (!one.texts.with_letter ||
                    (other.texts.with_letter && one.texts.letter == other.texts.letter));
        };
        if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(one));
    }
    return found;
}

std::vector<TextProblem> check_values(Id appeal, const std::vector<StepTextsInUse>& steps) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select r.council from (" + recipients_query(appeal) +
                  ") r where r.reason in ('', 'unconfirmed', 'gap') order by r.council"})
        councils.push_back(council);
    MessageLoader loader;
    std::vector<TextProblem> problems;
    for (const StepTextsInUse& step : steps) {
        auto found = check_values(appeal, step.step, councils, loader);
        for (TextProblem& each : found) problems.push_back(named(step.name, std::move(each)));
    }
    return problems;
}

}  // namespace

std::vector<TextProblem> check_wording(const UnsavedTexts& texts) {
    std::vector<TextProblem> found;
    add_wording(found, "subject", texts.subject, appeal::Target::header);
    add_wording(found, "message", texts.message, appeal::Target::markup);
    if (!texts.with_letter) return found;
    add_wording(found, "letter, subject", texts.letter_subject, appeal::Target::text);
    add_wording(found, "letter", texts.letter, appeal::Target::markup);
    return found;
}

std::vector<TextProblem> check_appeal(Id appeal) {
    std::vector<TextProblem> problems;
    const std::vector<StepTextsInUse> steps = different_texts(appeal);
    for (const auto& [step, name, texts] : steps) {
        const auto add = [&](TextProblem problem) { problems.push_back(named(name, std::move(problem))); };
        if (texts.subject.empty()) add({translated("msg_appeal_no_subject"), {}});
        if (texts.message.empty()) add({translated("msg_appeal_no_message"), {}});
        if (texts.with_letter && texts.letter.empty()) add({translated("msg_appeal_no_letter"), {}});
        for (TextProblem& each : check_wording(texts)) add(std::move(each));
    }
    // Values can only be looked up in texts that can be read.
    if (problems.empty()) problems = check_values(appeal, steps);
    return problems;
}

std::string as_lines(const std::vector<TextProblem>& problems) {
    std::string lines;
    for (const TextProblem& each : problems) {
        if (!lines.empty()) lines += '\n';
        lines += each.sentence;
        if (!each.councils.empty())
            lines += " " + translated("msg_councils_concerned", {{"number", each.councils.size()}});
    }
    return lines;
}

}  // namespace raadspost::crm
