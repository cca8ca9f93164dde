// A watched mailbox: one batch at a time, kept or fetched anew, news, trouble, and an end that does not wait.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <thread>

#include "core/intake/limits.hpp"
#include "core/intake/watch.hpp"

using namespace raadspost;
using namespace raadspost::intake;
using namespace std::chrono_literals;

namespace {

// Gives one message a call until `last`; what was not kept comes again.
class Numbers : public Mailbox {
public:
    explicit Numbers(std::atomic<std::uint32_t>& last) : last_{last} {}
    Result<Batch> next(const std::stop_token&) override {
        if (trouble) return *trouble;
        Batch batch;
        batch.uid_validity = 1;
        batch.up_to = std::min(kept_ + 1, last_.load());
        batch.at_end = kept_ == last_;
        if (!batch.at_end) batch.arrivals.push_back({batch.up_to, {}, "x", 1, {}, {}});
        return batch;
    }
    Result<Done> taken_in(const Batch& batch) override {
        kept_ = batch.up_to;
        return Done{};
    }
    Result<Done> await_news(const std::stop_token& stop) override {
        while (!stop.stop_requested() && kept_ == last_) std::this_thread::sleep_for(5ms);
        return Done{};
    }
    void close() override {}
    std::optional<Problem> complaint() const override { return Problem{"complaint", {}, {}, {}}; }

    std::optional<Problem> trouble;

private:
    std::atomic<std::uint32_t>& last_;
    std::uint32_t kept_ = 0;
};

bool soon(Bell& bell, const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        bell.await(20ms);
    }
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(batches_come_one_by_one_and_news_later) {
    std::atomic<std::uint32_t> last{3};
    Bell bell;
    Watch watch{std::make_unique<Numbers>(last), bell};
    std::uint32_t expected = 1;
    for (const std::uint32_t now : {3u, 5u}) {
        last = now;
        for (; expected <= now; ++expected) {
            BOOST_REQUIRE(soon(bell, [&] { return watch.batch() != nullptr; }));
            BOOST_TEST(watch.batch()->up_to == expected);
            BOOST_TEST(!watch.state().at_rest);
            watch.kept();
        }
        BOOST_REQUIRE(soon(bell, [&] { return watch.state().at_rest; }));
        BOOST_TEST(watch.batch() == nullptr);
        BOOST_TEST(watch.state().read_at.has_value());
        BOOST_TEST(watch.state().trouble->id == "complaint");
    }
}

BOOST_AUTO_TEST_CASE(what_was_not_kept_is_told_and_does_not_count) {
    std::atomic<std::uint32_t> last{1};
    Bell bell;
    Watch watch{std::make_unique<Numbers>(last), bell};
    BOOST_REQUIRE(soon(bell, [&] { return watch.batch() != nullptr; }));
    watch.lost({"received_not_written", {}, {}, {}});
    BOOST_REQUIRE(soon(bell, [&] { return watch.state().at_rest; }));
    BOOST_TEST(watch.state().trouble->id == "received_not_written");
    BOOST_TEST(!watch.state().read_at.has_value());
    // After the pause it comes again.
    BOOST_REQUIRE(soon(bell, [&] { return watch.batch() != nullptr; }));
    BOOST_TEST(watch.batch()->up_to == 1u);
    watch.kept();
    BOOST_REQUIRE(soon(bell, [&] { return watch.state().read_at.has_value(); }));
}

BOOST_AUTO_TEST_CASE(it_ends_at_once_whatever_it_is_doing) {
    std::atomic<std::uint32_t> last{1};
    const auto begin = std::chrono::steady_clock::now();
    for (int what = 0; what < 3; ++what) {
        Bell bell;
        auto mailbox = std::make_unique<Numbers>(last);
        if (what == 0) mailbox->trouble = Problem{"mailbox_login_refused", {}, {}, {}};
        Watch watch{std::move(mailbox), bell};
        if (what == 0) BOOST_REQUIRE(soon(bell, [&] { return watch.state().at_rest; }));  // pausing
        if (what >= 1)
            BOOST_REQUIRE(soon(bell, [&] { return watch.batch() != nullptr; }));  // waiting to be kept
        if (what == 2) {
            watch.kept();
            BOOST_REQUIRE(soon(bell, [&] { return watch.state().at_rest; }));  // waiting for news
        }
    }
    // What it is woken from lasts for minutes, or for ever.
    BOOST_TEST((std::chrono::steady_clock::now() - begin < limits::refused_pause));
}
