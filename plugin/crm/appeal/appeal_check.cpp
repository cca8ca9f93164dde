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

std::vector<TextProblem> check_values(Id appeal) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select r.council from (" + recipients_query(appeal) +
                  ") r where r.reason in ('', 'unconfirmed', 'gap') order by r.council"})
        councils.push_back(council);
    MessageLoader loader;
    std::map<Place, Ids> empty;
    for (std::size_t start = 0; start < councils.size(); start += batch) {
        const Ids some(
            councils.begin() + static_cast<std::ptrdiff_t>(start),
            councils.begin() + static_cast<std::ptrdiff_t>(std::min(start + batch, councils.size())));
        const auto inputs = loader.preview(appeal, 0, some);
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
    using Maybe = std::optional<std::string>;
    for (auto& [step, subject, message, letter_subject, letter, with_letter] :
         Rows<Id, Maybe, Maybe, Maybe, Maybe, std::optional<bool>>{
             "select s.id, coalesce(nullif(s.subject, ''), a.subject), "
             "coalesce(nullif(s.message, ''), a.message), a.letter_subject, "
             "coalesce(nullif(s.letter, ''), a.letter), s.with_letter "
             "from raadspost_appeal a join raadspost_step s on s.appeal = a.id where a.id = {} "
             "order by s.sequence, s.id",
             appeal}) {
        const UnsavedTexts texts{.subject = subject.value_or(""),
                                 .message = message.value_or(""),
                                 .letter_subject = letter_subject.value_or(""),
                                 .letter = letter.value_or(""),
                                 .association = 0,
                                 .with_letter = with_letter.value_or(false)};
        if (texts.subject.empty()) problems.push_back({translated("msg_appeal_no_subject"), {}});
        if (texts.message.empty()) problems.push_back({translated("msg_appeal_no_message"), {}});
        if (texts.with_letter && texts.letter.empty())
            problems.push_back({translated("msg_appeal_no_letter"), {}});
        for (TextProblem& each : check_wording(texts)) problems.push_back(std::move(each));
    }
    // Values can only be looked up in texts that can be read.
    if (problems.empty()) problems = check_values(appeal);
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
