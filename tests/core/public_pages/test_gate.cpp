#include "core/public_pages/gate.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

using namespace raadspost::public_pages;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(no_more_than_so_many_are_inside) {
    Gate gate{4, 100};
    std::atomic<int> inside{0}, most{0}, served{0};
    {
        std::vector<std::jthread> threads;
        for (int n = 0; n < 40; ++n)
            threads.emplace_back([&] {
                const auto pass = gate.enter(60s);
                if (!pass) return;
                const int now = ++inside;
                for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
                // The first ones stay until there are as many as may be.
                for (int waited = 0; most < 4 && waited < 10'000; ++waited) std::this_thread::sleep_for(2ms);
                std::this_thread::sleep_for(2ms);
                --inside;
                ++served;
            });
    }
    BOOST_TEST(served == 40);
    BOOST_TEST(most == 4);
    BOOST_TEST(gate.most_ever_inside() == 4u);
    BOOST_TEST(gate.inside() == 0u);
}

BOOST_AUTO_TEST_CASE(who_waits_too_long_is_turned_away) {
    Gate gate{1, 1};
    const auto pass = gate.enter(0ms);
    BOOST_TEST(static_cast<bool>(pass));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(!gate.enter(30ms));
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 30ms));
}

BOOST_AUTO_TEST_CASE(those_for_whom_there_is_no_room_to_wait_are_turned_away_at_once) {
    Gate gate{1, 0};
    const auto pass = gate.enter(0ms);
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(!gate.enter(60s));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 60s));
}

BOOST_AUTO_TEST_CASE(leaving_lets_the_next_one_in) {
    Gate gate{1, 1};
    for (int n = 0; n < 3; ++n) BOOST_TEST(static_cast<bool>(gate.enter(0ms)));
}
