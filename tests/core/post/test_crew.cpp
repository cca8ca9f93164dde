// The crew against the recording server: when a batch is left before its end, and that the journal says of
// each message what the server knows.
#include "core/post/crew.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "forgetful_disk.hpp"
#include "recording_relay.hpp"
#include "smtp_server.hpp"

using namespace raadspost;
using namespace raadspost::post;

namespace {

constexpr int connections = 2;
constexpr int orders_in_batch = 20;
const std::string message = "Subject: oproep\r\nMessage-ID: <d@post.example>\r\n\r\nGeachte griffier,\r\n";

std::vector<Order> batch() {
    std::vector<Order> orders;
    for (int i = 1; i <= orders_in_batch; ++i) {
        Order order;
        order.dispatch = i;
        order.envelope = {"bounce@post.example", "griffie" + std::to_string(i) + "@aadorp.example", "d"};
        order.bytes = [] { return Result<std::string>{message}; };
        orders.push_back(std::move(order));
    }
    return orders;
}

struct Run {
    explicit Run(const std::string& rule = {}, int failing_append = 0, bool halted = false) {
        world::ServerSettings settings;
        if (!rule.empty()) settings.rules.push_back(world::Rule::parse(rule).value());
        const world::SmtpServer server{settings};
        ForgetfulDisk disk;
        auto journal = Journal::create(disk, "/journals", new_journal_id());
        BOOST_REQUIRE(journal);
        disk.fail_append(failing_append);
        const std::atomic<bool> halt{halted};
        {
            Crew crew{relay_at(server.port()), connections};
            attempts = crew.submit(batch(), **journal, halt, watch);
        }
        taken = static_cast<int>(server.messages());
        BOOST_REQUIRE((*journal)->failure() || (*journal)->sync());
        const auto reading = read_journal(disk, "/journals", (*journal)->id());
        BOOST_REQUIRE(reading);
        marks = reading->last;
    }

    int count(Outcome outcome) const {
        return static_cast<int>(std::ranges::count_if(attempts, [&](const Attempt& attempt) {
            return attempt.begun && attempt.submission.outcome == outcome;
        }));
    }
    int begun() const { return static_cast<int>(std::ranges::count_if(attempts, &Attempt::begun)); }
    int marked(MarkKind kind) const {
        return static_cast<int>(
            std::ranges::count_if(marks, [&](const auto& mark) { return mark.second.kind == kind; }));
    }

    RefusalWatch watch;
    std::vector<Attempt> attempts;
    decltype(JournalReading::last) marks;
    int taken = 0;
};

bool few(int number, int at_least) {
    // Each other connection may have begun one more before the last reply was judged.
    return number >= at_least && number < at_least + connections;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_batch_is_taken_and_marked) {
    const Run run;
    BOOST_TEST(run.count(Outcome::accepted) == orders_in_batch);
    BOOST_TEST(run.marked(MarkKind::accepted) == orders_in_batch);
    BOOST_TEST(run.taken == orders_in_batch);
}

BOOST_AUTO_TEST_CASE(a_relay_that_never_answers_the_dot_is_left_at_once) {
    for (const char* rule : {"*=dot:drop", "*=dot:drop-unrecorded"}) {
        const Run run{rule};
        BOOST_TEST(few(run.count(Outcome::uncertain), 3), run.count(Outcome::uncertain));
        BOOST_TEST(run.begun() == run.count(Outcome::uncertain));
        BOOST_TEST(run.marked(MarkKind::dot) == run.begun());
        BOOST_TEST((should_stop(run.watch) == StopReason::uncertain_streak));
    }
}

BOOST_AUTO_TEST_CASE(a_relay_that_refuses_is_left_at_once) {
    const Run run{"*=dot:554"};
    BOOST_TEST(few(run.begun(), 3), run.begun());
    BOOST_TEST(run.marked(MarkKind::refused) == run.begun());
    BOOST_TEST(run.taken == 0);
}

BOOST_AUTO_TEST_CASE(without_a_relay_the_rest_is_not_tried) {
    const Run run{"*=mail:421"};
    BOOST_TEST(run.begun() <= connections);
    BOOST_TEST(run.count(Outcome::deferred) == run.begun());
    BOOST_TEST(run.marks.empty());
}

BOOST_AUTO_TEST_CASE(a_journal_that_cannot_be_written_lets_no_dot_out) {
    const Run run{"", 1};
    BOOST_TEST(run.taken == 0);
    BOOST_TEST(run.count(Outcome::deferred) == run.begun());
}

BOOST_AUTO_TEST_CASE(nothing_is_begun_once_it_shall_end) {
    const Run run{"", 0, true};
    BOOST_TEST(run.begun() == 0);
    BOOST_TEST(run.taken == 0);
}
