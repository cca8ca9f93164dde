#include "core/answer/acting/consequences.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;
using namespace std::chrono_literals;

namespace {

constexpr Day monday{2026y / 2 / 2};

Meaning says(std::vector<Kind> kinds) {
    Meaning meaning;
    meaning.kinds = std::move(kinds);
    meaning.received_on = meaning.written_on = monday;
    meaning.line = "Uw brief staat op de lijst.";
    return meaning;
}

Concerned office(std::size_t councils = 1) {
    Concerned about;
    about.appeal = 3, about.dispatch = 40, about.step = 7, about.griffie = 9;
    about.mailbox = "griffie@oosterduin.example";
    about.councils_behind = councils;
    for (std::size_t n = 0; n < councils; ++n)
        about.cases.push_back({static_cast<std::int64_t>(100 + n), static_cast<std::int64_t>(200 + n), 0});
    about.one_case = councils == 1;
    about.griffies = {9, 11};
    return about;
}

std::string told(const std::vector<Effect>& effects) {
    std::string text;
    for (const Effect& each : effects) {
        text += (text.empty() ? "" : ", ") + std::string{name(each.kind)};
        if (!each.word.empty()) text += ' ' + each.word;
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_each_kind_leads_to) {
    struct Row {
        std::vector<Kind> kinds;
        const char* expected;
    };
    const Row rows[] = {
        {{Kind::receipt}, "delivered, outcome receipt"},
        {{Kind::distributed}, "delivered, outcome passed_on"},
        {{Kind::listed, Kind::to_college}, "delivered, outcome listed, outcome to_college"},
        {{Kind::agenda}, "delivered, outcome agenda"},
        {{Kind::meeting}, "delivered, outcome meeting"},
        {{Kind::question}, "delivered, outcome question"},
        {{Kind::declined}, "delivered, outcome declined"},
        {{Kind::opt_out}, "delivered, outcome no_more, suppression griffie@oosterduin.example"},
        {{Kind::redirect}, "delivered"},
        {{Kind::auto_reply}, "delivered"},
        {{Kind::other}, ""},
        {{Kind::bounce_hard}, "bounced bounced_hard, failing, failing"},
        {{Kind::bounce_soft}, "bounced bounced_soft, retry"},
    };
    for (const Row& row : rows) BOOST_TEST(told(consequences(says(row.kinds), office())) == row.expected);
}

BOOST_AUTO_TEST_CASE(facts_go_with_the_outcome_that_they_are_about) {
    Meaning meaning = says({Kind::listed, Kind::agenda});
    meaning.list_number = "28";
    meaning.list_date = 2026y / 2 / 10;
    meaning.meeting_date = 2026y / 2 / 12;
    meaning.disposal = "ter kennisname";
    const auto effects = consequences(meaning, office());
    BOOST_REQUIRE(effects.size() == 3u);
    BOOST_TEST(effects[1].list_number == "28");
    BOOST_TEST((effects[1].list_date == meaning.list_date && !effects[1].meeting_date));
    BOOST_TEST(effects[2].list_number.empty());
    BOOST_TEST((effects[2].meeting_date == meaning.meeting_date && !effects[2].list_date));
    BOOST_TEST((effects[1].on == monday));
}

BOOST_AUTO_TEST_CASE(a_report_that_is_none_of_failure_changes_nothing) {
    for (const char* const failure : {"pending", "none"}) {
        Meaning late = says({Kind::bounce_soft});
        late.failure = failure;
        BOOST_TEST(consequences(late, office()).empty());
    }
}

BOOST_AUTO_TEST_CASE(a_report_about_an_answer_of_ours_says_nothing_of_the_appeal) {
    Concerned about = office();
    about.reply = 5;
    for (const auto& [kind, reason] :
         {std::pair{Kind::bounce_hard, bounced_hard}, {Kind::bounce_soft, bounced_soft}}) {
        const auto effects = consequences(says({kind}), about);
        BOOST_TEST(told(effects) == "reply_bounced " + std::string{reason});
        BOOST_TEST(effects.front().target() == "reply 5");
        BOOST_TEST(effects.front().dispatch == 0);
    }
    Meaning late = says({Kind::bounce_soft});
    late.failure = "pending";
    BOOST_TEST(consequences(late, about).empty());
}

BOOST_AUTO_TEST_CASE(tries_are_bounded_for_each_council) {
    Meaning full = says({Kind::bounce_soft});
    full.mailbox_full = true;
    Concerned about = office(2);
    about.cases[0].retries = most_retries;
    const auto effects = consequences(full, about);
    BOOST_TEST(told(effects) == "bounced bounced_full, retry");
    BOOST_TEST(effects[1].council == 201);
    BOOST_TEST((effects[1].on == Day{std::chrono::sys_days{monday} + retry_after}));
    // Where another report says that the address does not work, no try would be better.
    about.failed_for_good = true;
    BOOST_TEST(told(consequences(full, about)) == "bounced bounced_full");
}

BOOST_AUTO_TEST_CASE(an_absence_is_bounded_and_of_the_whole_office) {
    Meaning away = says({Kind::auto_reply});
    away.absent_until = 2026y / 2 / 20;
    const auto effects = consequences(away, office(2));
    BOOST_TEST(told(effects) == "delivered, postpone, postpone");
    BOOST_TEST((effects[1].on == away.absent_until));
    away.absent_until = 2031y / 1 / 1;
    BOOST_TEST((consequences(away, office())[1].on == Day{std::chrono::sys_days{monday} + longest_absence}));
    away.absent_until = monday;
    BOOST_TEST(told(consequences(away, office())) == "delivered");
}

BOOST_AUTO_TEST_CASE(a_new_address_waits_for_a_person) {
    Meaning redirect = says({Kind::redirect});
    redirect.redirect_to = "raadsgriffie@oosterduin.example";
    BOOST_TEST(told(consequences(redirect, office())) == "delivered");
    redirect.by_person = true;
    BOOST_TEST(
        told(consequences(redirect, office())) ==
        "delivered, retry raadsgriffie@oosterduin.example, new_address raadsgriffie@oosterduin.example");
    // Who is only away comes back.
    redirect.kinds = {Kind::auto_reply, Kind::redirect};
    redirect.absent_until = 2026y / 2 / 20;
    BOOST_TEST(told(consequences(redirect, office())) == "delivered, postpone");
}

BOOST_AUTO_TEST_CASE(of_several_councils_none_is_guessed) {
    Concerned about = office(2);
    BOOST_TEST(told(consequences(says({Kind::listed}), about)) == "delivered");
    about.cases.pop_back();
    about.one_case = true;
    // The other council of the office still wants its mail.
    BOOST_TEST(told(consequences(says({Kind::opt_out}), about)) == "delivered, outcome no_more");
}

BOOST_AUTO_TEST_CASE(the_same_effect_has_the_same_key) {
    Meaning meaning = says({Kind::listed});
    meaning.list_number = "28";
    const auto key = [&] { return consequences(meaning, office())[1].key(); };
    const std::string before = key();
    meaning.line = "An other line of evidence.";
    BOOST_TEST(key() == before);
    meaning.list_number = "29";
    BOOST_TEST(key() != before);
}

BOOST_AUTO_TEST_CASE(what_can_be_an_answer_until_somebody_has_judged_it) {
    for (const std::vector<Kind>& kinds :
         {std::vector{Kind::distributed}, {Kind::receipt, Kind::listed}, {Kind::redirect}, {Kind::other}, {}})
        BOOST_TEST(may_answer(kinds));
    for (const std::vector<Kind>& kinds : {std::vector{Kind::receipt},
                                           {Kind::auto_reply, Kind::redirect},
                                           {Kind::bounce_hard},
                                           {Kind::bounce_soft}})
        BOOST_TEST(!may_answer(kinds));
}
