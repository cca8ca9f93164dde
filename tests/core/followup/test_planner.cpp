#include "country.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::followup;
using raadspost::AddressStatus;

namespace {

const Step first{};

Step reminder(int working_days, Condition condition = Condition::no_answer) {
    return {.anchor = Anchor::previous_step,
            .offset = working_days,
            .unit = Unit::working_days,
            .condition = condition};
}

Step after_installation(int working_days, Condition condition, LooksAt looks_at) {
    return {.anchor = Anchor::installation,
            .offset = working_days,
            .unit = Unit::working_days,
            .condition = condition,
            .looks_at = looks_at};
}

const Day autumn = date(2025, 10, 6);  // a Monday

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_step_leaves_when_the_appeal_starts) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn, 11h), {first});
    const auto plan = country.plan(country.at(autumn, 10h));
    BOOST_TEST((plan.line(council).state == LineState::planned));
    BOOST_TEST((plan.line(council).due == country.at(autumn, 11h)));
    BOOST_TEST((plan.line(council).term == date(2022, 3, 30)));
    BOOST_TEST(plan.messages.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_start_on_friday_evening_leaves_on_monday_and_says_why) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(date(2025, 10, 3), 20h), {first});
    const Line line = country.plan(country.at(date(2025, 10, 3), 19h)).line(council);
    BOOST_TEST((line.due == country.at(autumn, 9h)));
    BOOST_TEST((line.moved_by == MovedBy::hours));
}

// The rule that names the product: each council follows its own election.
BOOST_AUTO_TEST_CASE(each_council_follows_its_own_election) {
    Country country;
    const Index regular = country.council(), hilversum = country.council(Country::reorganised());
    country.appeal(country.at(autumn),
                   {first, after_installation(5, Condition::not_passed_on, LooksAt::both)});
    const auto plan = country.plan(country.at(autumn));
    BOOST_TEST((plan.line(regular, 1).due == country.at(date(2026, 4, 9), 9h)));  // Easter lies between
    BOOST_TEST((plan.line(hilversum, 1).due == country.at(date(2027, 1, 11), 9h)));
    BOOST_TEST((plan.line(regular, 1).term == date(2026, 4, 1)));
    BOOST_TEST((plan.line(hilversum, 1).term == date(2027, 1, 4)));
}

BOOST_AUTO_TEST_CASE(nothing_leaves_in_the_silence_before_an_election) {
    Country country;
    const Index regular = country.council(), hilversum = country.council(Country::reorganised());
    country.appeal(country.at(date(2026, 2, 18)), {first});
    const auto plan = country.plan(country.at(date(2026, 2, 18)));
    BOOST_TEST((plan.line(regular).due == country.at(date(2026, 4, 2), 9h)));
    BOOST_TEST((plan.line(regular).moved_by == MovedBy::silence));
    BOOST_TEST((plan.line(regular).term == date(2026, 4, 1)));
    BOOST_TEST((plan.line(hilversum).due == country.at(date(2026, 2, 18), 9h)));
}

BOOST_AUTO_TEST_CASE(the_day_before_the_silence_is_open) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(date(2026, 2, 17)), {first});
    BOOST_TEST(
        (country.plan(country.at(date(2026, 2, 17))).line(council).due == country.at(date(2026, 2, 17), 9h)));
}

BOOST_AUTO_TEST_CASE(conditions_look_at_the_case_that_they_name) {
    struct Row {
        const char* story;
        Condition condition;
        LooksAt looks_at;
        int this_term, previous;
        Reason expected;
    };
    const Row rows[] = {
        {"nobody answered", Condition::no_answer, LooksAt::both, 0, 0, Reason::none},
        {"a receipt is no answer", Condition::no_answer, LooksAt::both, receipt, receipt, Reason::none},
        {"the old council's answer does not count", Condition::no_answer, LooksAt::this_term, 0, answered,
         Reason::none},
        {"the old council's answer counts", Condition::no_answer, LooksAt::previous_term, 0, answered,
         Reason::cond_answered},
        {"the new council's does not", Condition::no_answer, LooksAt::previous_term, answered, 0,
         Reason::none},
        {"both: either", Condition::not_passed_on, LooksAt::both, 0, passed_on, Reason::cond_passed_on},
        {"listed is passed on", Condition::not_passed_on, LooksAt::both, listed, 0, Reason::cond_passed_on},
        {"an answer is not passed on", Condition::not_passed_on, LooksAt::both, answered, answered,
         Reason::none},
        {"listed already", Condition::not_listed, LooksAt::this_term, listed, 0, Reason::cond_listed},
        {"passed on, not listed", Condition::not_listed, LooksAt::this_term, passed_on, listed, Reason::none},
        {"passed on by the previous council", Condition::passed_on, LooksAt::previous_term, 0, passed_on,
         Reason::none},
        {"not passed on by it", Condition::passed_on, LooksAt::previous_term, passed_on, 0,
         Reason::cond_not_passed_on},
        {"a receipt only", Condition::receipt_only, LooksAt::this_term, receipt, 0, Reason::none},
        {"a receipt and an answer", Condition::receipt_only, LooksAt::this_term, receipt | answered, 0,
         Reason::cond_answered},
        {"not even a receipt", Condition::receipt_only, LooksAt::this_term, 0, receipt,
         Reason::cond_not_receipt},
        {"wants no more, whenever that was", Condition::always, LooksAt::this_term, 0, no_more,
         Reason::stopped},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.story) {
            Country country;
            const Index council = country.council();
            country.appeal(country.at(autumn), {first, after_installation(1, row.condition, row.looks_at)});
            country.outcome(0, council, date(2026, 4, 1), row.this_term);
            country.outcome(0, council, date(2022, 3, 30), row.previous);
            const Line line = country.plan(country.at(date(2026, 4, 1))).line(council, 1);
            BOOST_TEST(key(line.reason) == key(row.expected));
            BOOST_TEST((line.state == (row.expected == Reason::none ? LineState::planned : LineState::none)));
        }
}

BOOST_AUTO_TEST_CASE(a_reminder_counts_from_when_the_message_left) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, council, date(2025, 10, 8));
    const auto plan = country.plan(country.at(date(2025, 10, 9)));
    BOOST_TEST((plan.line(council, 0).state == LineState::sent));
    BOOST_TEST((plan.line(council, 1).due == country.at(date(2025, 10, 22), 9h)));
}

BOOST_AUTO_TEST_CASE(nobody_is_reminded_of_what_waits) {
    Country country;
    const Index council = country.council();
    Step waiting = first;
    waiting.waits_for_approval = true;
    country.appeal(country.at(autumn), {waiting, reminder(10)});
    const auto plan = country.plan(country.at(autumn));
    BOOST_TEST((plan.line(council, 0).reason == Reason::approval));
    BOOST_TEST((plan.line(council, 1).state == LineState::held));
    BOOST_TEST((plan.line(council, 1).reason == Reason::approval));
}

BOOST_AUTO_TEST_CASE(what_is_too_late_is_asked_about) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first});
    const auto state = [&](Day on) { return country.plan(country.at(on, 10h)).line(council); };
    BOOST_TEST((state(date(2025, 10, 9)).state == LineState::planned));  // three sending days
    BOOST_TEST((state(date(2025, 10, 9)).due == country.at(autumn)));
    BOOST_TEST((state(date(2025, 10, 10)).state == LineState::held));
    BOOST_TEST((state(date(2025, 10, 10)).reason == Reason::late));
    country.facts.decisions.push_back(
        {0, council, std::uint16_t{0}, Decision::now, country.at(date(2025, 11, 8), 10h)});
    BOOST_TEST((state(date(2025, 11, 8)).due == country.at(date(2025, 11, 10), 9h)));  // said on a Saturday
}

BOOST_AUTO_TEST_CASE(an_answer_in_time_settles_a_step_for_the_next_council_too) {
    Country country;
    const Index answering = country.council(), silent = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    for (const Index council : {answering, silent}) country.sent(0, 0, council, date(2025, 10, 8));
    country.outcome(0, answering, date(2022, 3, 30), answered);
    const auto plan = country.plan(country.at(date(2026, 5, 6)));
    BOOST_TEST((plan.line(answering, 1).reason == Reason::cond_answered));
    BOOST_TEST((plan.line(silent, 1).reason == Reason::late));
    BOOST_TEST((plan.line(silent, 1).term == date(2022, 3, 30)));
}

BOOST_AUTO_TEST_CASE(not_before_and_not_after) {
    Country country;
    const Index council = country.council();
    Step early = first, over = first;
    early.not_before = date(2025, 11, 3);
    over.not_after = date(2025, 10, 3);
    country.appeal(country.at(autumn), {early, over});
    const auto plan = country.plan(country.at(autumn));
    BOOST_TEST((plan.line(council, 0).due == country.at(date(2025, 11, 3), 9h)));
    BOOST_TEST((plan.line(council, 0).moved_by == MovedBy::not_before));
    BOOST_TEST((plan.line(council, 1).reason == Reason::past));
}

BOOST_AUTO_TEST_CASE(a_shared_office_gets_one_message_for_all_its_councils) {
    Country country;
    const Index one = country.council(), other = country.council(),
                late = country.council(Country::reorganised());
    country.facts.councils[other].office = country.facts.councils[late].office =
        country.facts.councils[one].office;
    country.appeal(country.at(autumn), {first, after_installation(1, Condition::always, LooksAt::this_term)});
    const auto plan = country.plan(country.at(autumn));
    BOOST_TEST(plan.messages.size() == 3u);
    BOOST_TEST(plan.line(one).message == plan.line(other).message);
    BOOST_TEST(plan.line(one).message == plan.line(late).message);
    BOOST_TEST(plan.line(one, 1).message == plan.line(other, 1).message);
    BOOST_TEST(plan.line(one, 1).message != plan.line(late, 1).message);
}

BOOST_AUTO_TEST_CASE(at_most_one_message_in_so_many_days_over_all_appeals) {
    Country country;
    country.facts.rules.gap_days = 7;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first});
    country.appeal(country.at(autumn, 10h), {first});
    country.appeal(country.at(autumn, 8h), {first});
    country.sent(0, 0, council, date(2025, 10, 3));
    const auto plan = country.plan(country.at(autumn));
    BOOST_TEST((plan.line(council, 0, 0).state == LineState::sent));
    BOOST_TEST((plan.line(council, 0, 2).due == country.at(date(2025, 10, 10), 9h)));
    BOOST_TEST((plan.line(council, 0, 1).due == country.at(date(2025, 10, 17), 9h)));
    BOOST_TEST((plan.line(council, 0, 1).moved_by == MovedBy::gap));
}

BOOST_AUTO_TEST_CASE(a_merged_council) {
    Country country;
    const Index hilversum = country.council(Country::reorganised());
    const Index wijdemeren =
        country.council({{date(2022, 3, 16), date(2022, 3, 30)}, {date(2026, 11, 18), date(2027, 1, 4)}});
    country.facts.councils[wijdemeren].active_to = date(2026, 12, 31);
    country.facts.councils[wijdemeren].successor = hilversum;
    country.appeal(country.at(autumn), {first, after_installation(5, Condition::always, LooksAt::this_term),
                                        Step{.anchor = Anchor::date, .anchor_date = date(2027, 2, 1)}});
    country.sent(0, 0, wijdemeren, date(2025, 10, 6));
    const auto plan = country.plan(country.at(date(2026, 6, 1)));
    BOOST_TEST((plan.line(wijdemeren, 1).reason == Reason::merged));
    BOOST_TEST((plan.line(hilversum, 1).due == country.at(date(2027, 1, 11), 9h)));
    // Its open case goes on, at the successor's mailbox and in the successor's message.
    BOOST_TEST((plan.line(wijdemeren, 2).state == LineState::planned));
    BOOST_TEST((plan.line(wijdemeren, 2).term == date(2022, 3, 30)));
    BOOST_TEST(plan.line(wijdemeren, 2).message == plan.line(hilversum, 2).message);
    const Message& message = plan.messages[plan.line(hilversum, 2).message];
    BOOST_TEST(message.mailbox == country.facts.offices[country.facts.councils[hilversum].office].mailbox);
}

BOOST_AUTO_TEST_CASE(addresses_and_wishes) {
    struct Row {
        const char* story;
        Reason expected;
        LineState state;
        void (*arrange)(Country&, Index council);
    };
    const Row rows[] = {
        {"no griffie", Reason::no_griffie, LineState::none,
         [](Country& c, Index council) { c.facts.councils[council].office = nobody; }},
        {"no address", Reason::no_address, LineState::none,
         [](Country& c, Index council) {
             c.facts.offices[c.facts.councils[council].office].mailbox = nobody;
         }},
        {"opted out", Reason::opted_out, LineState::none,
         [](Country& c, Index council) {
             c.facts.offices[c.facts.councils[council].office].status = AddressStatus::opted_out;
         }},
        {"failing", Reason::failing, LineState::none,
         [](Country& c, Index council) {
             c.facts.offices[c.facts.councils[council].office].status = AddressStatus::failing;
         }},
        {"unconfirmed", Reason::unconfirmed, LineState::held,
         [](Country& c, Index council) {
             c.facts.offices[c.facts.councils[council].office].status = AddressStatus::unconfirmed;
         }},
        {"suppressed for all", Reason::suppressed, LineState::none,
         [](Country& c, Index) {
             c.facts.suppressions.push_back({0, Scope::all, 0, false});
         }},
        {"opted out of this association", Reason::opted_out, LineState::none,
         [](Country& c, Index) {
             c.facts.suppressions.push_back({0, Scope::association, 1, true});
         }},
        {"opted out of another", Reason::none, LineState::planned,
         [](Country& c, Index) {
             c.facts.suppressions.push_back({0, Scope::association, 2, true});
         }},
        {"held by staff", Reason::staff, LineState::held,
         [](Country& c, Index council) {
             c.facts.decisions.push_back({0, council, {}, Decision::hold, {}});
         }},
        {"skipped", Reason::skipped, LineState::none,
         [](Country& c, Index council) {
             c.facts.decisions.push_back({0, council, std::uint16_t{0}, Decision::skip, {}});
         }},
        {"not addressed", Reason::not_addressed, LineState::none,
         [](Country& c, Index) { c.facts.appeals[0].addressed = {c.council()}; }},
        {"ended without a successor", Reason::inactive, LineState::none,
         [](Country& c, Index council) { c.facts.councils[council].active_to = date(2024, 12, 31); }},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.story) {
            Country country;
            const Index council = country.council();
            country.appeal(country.at(autumn), {first});
            row.arrange(country, council);
            const Line line = country.plan(country.at(autumn)).line(council);
            BOOST_TEST(key(line.reason) == key(row.expected));
            BOOST_TEST((line.state == row.state));
        }
}

BOOST_AUTO_TEST_CASE(a_step_that_may_go_twice) {
    Country country;
    const Index council = country.council();
    Step twice = first;
    twice.cap = 2;
    twice.days_apart = 30;
    country.appeal(country.at(autumn), {twice});
    country.sent(0, 0, council, autumn);
    BOOST_TEST((country.plan(country.at(autumn)).line(council).due == country.at(date(2025, 11, 5), 9h)));
    country.sent(0, 0, council, date(2025, 11, 5));
    BOOST_TEST((country.plan(country.at(date(2025, 11, 6))).line(council).state == LineState::sent));
    country.facts.decisions.push_back(
        {0, council, std::uint16_t{0}, Decision::again, country.at(date(2025, 12, 1))});
    BOOST_TEST(
        (country.plan(country.at(date(2025, 12, 1))).line(council).due == country.at(date(2025, 12, 1), 9h)));
}

// A mailbox that was full: the step goes once more, and keeps the rules that a person's "again" passes over.
BOOST_AUTO_TEST_CASE(what_came_back_is_tried_once_more) {
    Country country;
    const Index council = country.council();
    Step unanswered = first;
    unanswered.condition = Condition::no_answer;
    country.appeal(country.at(autumn), {unanswered});
    country.sent(0, 0, council, autumn, PostState::failed);
    BOOST_TEST((country.plan(country.at(autumn)).line(council).state == LineState::failed));
    const auto retry = [&](Day on) {
        country.facts.decisions.assign(
            {{0, council, std::uint16_t{0}, Decision::retry, country.at(on, 13h)}});
    };
    retry(date(2025, 11, 5));
    const Line again = country.plan(country.at(autumn)).line(council);
    BOOST_TEST((again.state == LineState::planned));
    BOOST_TEST((again.due == country.at(date(2025, 11, 5), 13h)));
    // Within the silence before an election it waits, where a person's word would not.
    retry(date(2026, 3, 2));
    BOOST_TEST((country.plan(country.at(date(2026, 2, 27))).line(council).moved_by == MovedBy::silence));
    country.facts.decisions.front().what = Decision::again;
    BOOST_TEST(
        (country.plan(country.at(date(2026, 2, 27))).line(council).due == country.at(date(2026, 3, 2), 13h)));
    // Whoever answered meanwhile gets no second one, even of a step that looks at no answer.
    retry(date(2025, 11, 5));
    country.outcome(0, council, date(2022, 3, 30), answered);
    for (const Condition condition : {Condition::no_answer, Condition::always}) {
        country.facts.appeals[0].steps[0].condition = condition;
        BOOST_TEST((country.plan(country.at(autumn)).line(council).state == LineState::failed));
    }
    country.facts.cases.front().outcomes = receipt;
    BOOST_TEST((country.plan(country.at(autumn)).line(council).state == LineState::planned));
    // And the second that comes back is the last one.
    country.facts.cases.clear();
    country.sent(0, 0, council, date(2025, 11, 5), PostState::failed);
    BOOST_TEST((country.plan(country.at(date(2025, 11, 6))).line(council).state == LineState::failed));
}

BOOST_AUTO_TEST_CASE(an_absence_postpones_what_would_leave_before_its_end) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, council, autumn);
    const auto asked = country.plan(country.at(autumn)).line(council, 1).due;
    Decided away{0, council, {}, Decision::postpone, country.at(autumn)};
    away.until = date(2025, 12, 1);
    country.facts.decisions.push_back(away);
    Line line = country.plan(country.at(autumn)).line(council, 1);
    BOOST_TEST((line.due == country.at(date(2025, 12, 2), 9h)));
    BOOST_TEST((line.moved_by == MovedBy::absence));
    // One that ends before moves nothing; nor does it a council that is not away.
    country.facts.decisions.front().until = autumn + days{1};
    line = country.plan(country.at(autumn)).line(council, 1);
    BOOST_TEST((line.due == asked));
    BOOST_TEST((line.moved_by != MovedBy::absence));
}

// A text that had to be mended on the way: the appeal is approved and started again.
BOOST_AUTO_TEST_CASE(steps_count_from_the_first_start_when_mail_has_left_since) {
    Country country;
    const Index silent = country.council(), never = country.council();
    const Day again = date(2025, 11, 3);
    const Index appeal = country.appeal(country.at(again), {first, reminder(10)});
    country.facts.appeals[appeal].begun = country.at(autumn);
    country.sent(appeal, 0, silent, autumn);
    const auto plan = country.plan(country.at(again));
    // Ten working days after the first letter lie behind the new start: it goes as soon as anything may.
    BOOST_TEST((plan.line(silent, 1).due == country.at(again)));
    BOOST_TEST((plan.line(silent, 1).state == LineState::planned));
    BOOST_TEST((plan.line(never, 0).due == country.at(again)));
}

BOOST_AUTO_TEST_CASE(an_election_between_two_starts_still_counts) {
    Country country;
    const Index council = country.council();
    const Index appeal =
        country.appeal(country.at(date(2026, 4, 15)),
                       {first, after_installation(20, Condition::not_passed_on, LooksAt::both)});
    country.facts.appeals[appeal].begun = country.at(autumn);
    country.sent(appeal, 0, council, autumn);
    const Line line = country.plan(country.at(date(2026, 4, 15))).line(council, 1);
    BOOST_TEST((line.due == country.at(date(2026, 5, 1))));
    BOOST_TEST((line.term == date(2026, 4, 1)));
}

// A griffie that answered yesterday gets no reminder today because nobody has read the answer yet.
BOOST_AUTO_TEST_CASE(a_reminder_waits_for_an_answer_that_is_not_judged_yet) {
    Country country;
    const Index answered_yesterday = country.council(), silent = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, answered_yesterday, autumn);
    country.sent(0, 0, silent, autumn);
    country.proposed(0, answered_yesterday, date(2022, 3, 30), answered);
    const auto plan = country.plan(country.at(autumn + days{1}));
    const Line line = plan.line(answered_yesterday, 1);
    BOOST_TEST((line.state == LineState::held));
    BOOST_TEST((line.reason == Reason::to_judge));
    BOOST_TEST((line.due == plan.line(silent, 1).due));  // its day stays
    BOOST_TEST((plan.line(silent, 1).state == LineState::planned));

    // Judged: it goes, or does not.
    country.facts.cases.back().proposed = 0;
    BOOST_TEST(
        (country.plan(country.at(autumn + days{2})).line(answered_yesterday, 1).state == LineState::planned));
    country.facts.cases.back().outcomes = passed_on;
    BOOST_TEST((country.plan(country.at(autumn + days{2})).line(answered_yesterday, 1).reason ==
                Reason::cond_answered));
}

BOOST_AUTO_TEST_CASE(what_does_not_ask_about_answers_waits_only_for_a_word_that_stops_it) {
    Country country;
    const Index council = country.council();
    Step to_all = reminder(10, Condition::always);
    country.appeal(country.at(autumn), {first, to_all});
    country.sent(0, 0, council, autumn);
    country.proposed(0, council, date(2022, 3, 30), answered);
    BOOST_TEST((country.plan(country.at(autumn + days{1})).line(council, 1).state == LineState::planned));
    country.facts.cases.back().proposed = answered | no_more;
    BOOST_TEST((country.plan(country.at(autumn + days{1})).line(council, 1).reason == Reason::to_judge));
}

BOOST_AUTO_TEST_CASE(a_receipt_that_is_not_judged_yet_holds_nothing) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, council, autumn);
    country.proposed(0, council, date(2022, 3, 30), receipt);
    BOOST_TEST((country.plan(country.at(autumn + days{1})).line(council, 1).state == LineState::planned));
}

// A person's "now" is about this council and this step: it goes.
BOOST_AUTO_TEST_CASE(staff_may_send_though_an_answer_is_not_judged_yet) {
    Country country;
    const Index council = country.council();
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, council, autumn);
    country.proposed(0, council, date(2022, 3, 30), answered);
    country.facts.decisions.push_back(
        {0, council, std::uint16_t{1}, Decision::now, country.at(autumn + days{1}), {}});
    BOOST_TEST((country.plan(country.at(autumn + days{1})).line(council, 1).state == LineState::planned));
}

// At a shared office the council that answered waits; the other one's reminder leaves without it.
BOOST_AUTO_TEST_CASE(at_a_shared_office_only_the_council_that_answered_waits) {
    Country country;
    const Index one = country.council(), other = country.council();
    country.facts.councils[other].office = country.facts.councils[one].office;
    country.appeal(country.at(autumn), {first, reminder(10)});
    country.sent(0, 0, one, autumn);
    country.sent(0, 0, other, autumn);
    country.proposed(0, one, date(2022, 3, 30), answered);
    const auto plan = country.plan(country.at(autumn + days{1}));
    BOOST_TEST((plan.line(one, 1).reason == Reason::to_judge));
    BOOST_TEST((plan.line(other, 1).state == LineState::planned));
    BOOST_TEST(plan.line(one, 1).message != plan.line(other, 1).message);
}
