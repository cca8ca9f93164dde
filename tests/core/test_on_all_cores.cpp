#include "core/on_all_cores.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using raadspost::on_all_cores;

BOOST_AUTO_TEST_CASE(each_is_done_once) {
    for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
        std::vector<std::atomic<int>> done(count);
        on_all_cores(count, [&](std::size_t i) { ++done[i]; });
        BOOST_TEST(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
    }
}

BOOST_AUTO_TEST_CASE(what_one_throws_is_thrown_on_and_the_rest_is_left) {
    std::atomic<std::size_t> done{0};
    constexpr std::size_t many = 100'000'000;
    const auto work = [&](std::size_t i) {
        if (i == 10) throw std::runtime_error{"ten"};
        ++done;
    };
    BOOST_CHECK_THROW(on_all_cores(many, work), std::runtime_error);
    BOOST_TEST(done >= 10u);
    BOOST_TEST(done < many - 1);
}

BOOST_AUTO_TEST_CASE(all_of_them_may_throw) {
    const auto work = [](std::size_t) { throw std::runtime_error{"each"}; };
    BOOST_CHECK_THROW(on_all_cores(100, work), std::runtime_error);
}
