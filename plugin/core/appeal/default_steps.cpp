#include "core/appeal/default_steps.hpp"

#include "samples_data.hpp"

#include <array>

namespace raadspost::appeal {
namespace {

// The arrays end in one zero byte that is not part of the file.
template <std::size_t size>
constexpr std::string_view text(const char (&file)[size]) {
    std::string_view lines{file, size - 1};
    while (lines.ends_with('\n')) lines.remove_suffix(1);
    return lines;
}

// Three weeks are what a griffie takes for its list; ten working days after the installation the committees
// are formed. 24 weeks after an installation around 1 April it is mid-September, when budgets go to councils.
constexpr std::array<DefaultStep, 4> steps{{
    {"Herinnering",
     "previous_step",
     21,
     "days",
     "no_answer",
     "this",
     true,
     text(step_reminder_subject_txt),
     text(step_reminder_message_txt),
     {}},
    {"Na de installatie",
     "installation",
     10,
     "working_days",
     "not_passed_on",
     "both",
     false,
     text(step_installation_subject_txt),
     text(step_installation_message_txt),
     {}},
    {"Aan de nieuwe raad", "installation", 56, "days", "always", "this", false,
     text(step_new_council_subject_txt), text(step_new_council_message_txt),
     text(step_new_council_letter_txt)},
    {"Voor de begroting", "installation", 168, "days", "no_answer", "this", false,
     text(step_budget_subject_txt), text(step_budget_message_txt), text(step_budget_letter_txt)},
}};

}  // namespace

std::span<const DefaultStep> default_steps() {
    return steps;
}

}  // namespace raadspost::appeal
