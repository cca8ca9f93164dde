#include "core/answer/acting/self_settling.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;

namespace {

const SentMail ours{.dispatch = 1,
                    .message_id = {},
                    .reference = {},
                    .recipient = "griffie@oosterduin.example",
                    .bare_subject = {},
                    .sent_at = {},
                    .councils = {{"GM0001", "Oosterduin"}}};

Reading reading(Trust trust, MatchedBy by, Kind kind, int percent = 95) {
    Reading found;
    found.match.trust = trust;
    found.match.council = "GM0001";
    found.match.candidates = {{.sent = 0, .council = "GM0001", .by = by, .percent = 99, .evidence = {}}};
    found.kinds = {{kind, percent, "line", "rule"}};
    return found;
}

bool settles(const Reading& found) {
    return settles_itself(found, {&ours, 1});
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_what_is_proven_settles_by_itself) {
    for (const Trust trust : {Trust::unknown, Trust::forged, Trust::suggested, Trust::linked, Trust::proven})
        BOOST_TEST(settles(reading(trust, MatchedBy::token, Kind::listed)) == (trust == Trust::proven));
    BOOST_TEST(!settles(reading(Trust::proven, MatchedBy::token, Kind::listed, sure_enough - 1)));
}

BOOST_AUTO_TEST_CASE(without_a_council_only_an_absence_does) {
    for (const Kind kind : {Kind::listed, Kind::auto_reply}) {
        Reading found = reading(Trust::proven, MatchedBy::token, kind);
        found.match.council.clear();
        BOOST_TEST(settles(found) == (kind == Kind::auto_reply));
    }
}

BOOST_AUTO_TEST_CASE(a_report_settles_the_dispatch_that_it_names) {
    struct Row {
        const char* story;
        Trust trust;
        MatchedBy by;
        std::vector<std::string> failed;
        bool expected;
    };
    const Row rows[] = {
        {"its signed address", Trust::linked, MatchedBy::token, {"griffie@oosterduin.example"}, true},
        {"our Message-ID", Trust::linked, MatchedBy::thread, {}, true},
        {"only the recipient",
         Trust::suggested,
         MatchedBy::failed_recipient,
         {"griffie@oosterduin.example"},
         false},
        {"another address", Trust::linked, MatchedBy::token, {"griffie@westerveen.example"}, false},
        {"forged", Trust::forged, MatchedBy::token, {"griffie@oosterduin.example"}, false},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.story) {
            Reading found = reading(row.trust, row.by, Kind::bounce_hard);
            found.report = DeliveryReport{};
            found.clues.failed_recipients = row.failed;
            BOOST_TEST(settles(found) == row.expected);
        }
}

BOOST_AUTO_TEST_CASE(who_waits_for_an_answer_comes_first) {
    const auto urgent = [](Kind kind) { return urgency(reading(Trust::proven, MatchedBy::token, kind)); };
    BOOST_TEST(urgent(Kind::question) > urgent(Kind::bounce_hard));
    BOOST_TEST(urgent(Kind::bounce_hard) > urgent(Kind::listed));
    BOOST_TEST(urgent(Kind::listed) > urgent(Kind::auto_reply));
    BOOST_TEST(asks_for_a_person(Kind::question));
    BOOST_TEST(!asks_for_a_person(Kind::listed));
}
