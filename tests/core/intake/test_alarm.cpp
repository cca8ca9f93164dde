#include "core/intake/alarm.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::intake;
using namespace std::chrono_literals;

namespace {

// Uses the processor until the alarm went off, or for much longer than it may take.
bool toils_until(const std::atomic<std::int64_t>& gone_off) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (gone_off == 0)
        if (std::chrono::steady_clock::now() > until) return false;
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_goes_off_once_and_names_the_work) {
    std::atomic<std::int64_t> gone_off{0};
    std::atomic<int> times{0};
    Alarm alarm{100ms, [&](std::int64_t number) {
                    ++times;
                    gone_off = number;
                }};
    alarm.begin(7);
    alarm.end();
    alarm.begin(8);
    BOOST_TEST(toils_until(gone_off));
    BOOST_TEST(gone_off == 8);
    std::this_thread::sleep_for(300ms);
    BOOST_TEST(times == 1);
}

BOOST_AUTO_TEST_CASE(waiting_is_no_work) {
    std::atomic<std::int64_t> gone_off{0};
    Alarm alarm{100ms, [&](std::int64_t number) { gone_off = number; }};
    alarm.begin(7);
    std::this_thread::sleep_for(500ms);
    alarm.end();
    BOOST_TEST(gone_off == 0);
}

BOOST_AUTO_TEST_CASE(each_piece_of_work_has_its_own_time) {
    std::atomic<std::int64_t> gone_off{0};
    Alarm alarm{400ms, [&](std::int64_t number) { gone_off = number; }};
    for (int piece = 1; piece <= 8; ++piece) {
        alarm.begin(piece);
        const auto until = std::chrono::steady_clock::now() + 100ms;
        while (std::chrono::steady_clock::now() < until) {
        }
        alarm.end();
    }
    BOOST_TEST(gone_off == 0);
}
