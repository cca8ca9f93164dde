#include "core/post/crew.hpp"

#include "core/post/crash_point.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace raadspost::post {

// One batch at a time: the caller lays it down, every thread takes orders off it by a counter, the last one
// to run dry tells the caller.
class Crew::Hands {
public:
    Hands(Relay relay, int connections) : relay_{std::move(relay)} {
        for (int i = 0; i < std::max(1, connections); ++i)
            threads_.emplace_back([this](std::stop_token stop) { work(stop); });
    }

    ~Hands() {
        for (std::jthread& thread : threads_) thread.request_stop();
        const std::scoped_lock lock{mutex_};
        laid_down_.notify_all();
    }

    std::vector<Attempt> submit(const std::vector<Order>& orders, Journal& journal,
                                const std::atomic<bool>& halt, RefusalWatch& watch) {
        std::vector<Attempt> attempts(orders.size());
        std::unique_lock lock{mutex_};
        orders_ = &orders;
        attempts_ = &attempts;
        journal_ = &journal;
        halt_ = &halt;
        watch_ = &watch;
        next_ = 0;
        over_ = false;
        busy_ = threads_.size();
        ++batch_;
        laid_down_.notify_all();
        done_.wait(lock, [this] { return busy_ == 0; });
        return attempts;
    }

private:
    void work(const std::stop_token& stop) {
        SmtpSession session{relay_};
        std::uint64_t seen = 0;
        std::unique_lock lock{mutex_};
        while (true) {
            laid_down_.wait(lock, stop, [&] { return batch_ != seen; });
            if (batch_ == seen) return;
            seen = batch_;
            lock.unlock();
            for (std::size_t i = next_++; i < orders_->size(); i = next_++) {
                if (*halt_ || over_ || journal_->failure()) break;
                (*attempts_)[i] = attempt((*orders_)[i], session);
            }
            lock.lock();
            if (--busy_ == 0) done_.notify_one();
        }
    }

    Attempt attempt(const Order& order, SmtpSession& session) {
        Attempt made{.begun = true, .unsendable = {}, .submission = {}};
        const auto bytes = order.bytes();
        if (!bytes) {
            made.unsendable = bytes.problem();
            return made;
        }
        crash_point("before_submit");
        const auto submission = session.submit(order.envelope, *bytes, [&] {
            crash_point("before_dot_mark");
            const auto marked = journal_->mark_dot(order.dispatch, order.attempt);
            crash_point("after_dot_mark");
            return static_cast<bool>(marked);
        });
        crash_point("after_reply");
        if (!submission) {
            made.unsendable = submission.problem();
            return made;
        }
        made.submission = *submission;
        // Without a relay every further order would only wait for its own time-out.
        if (made.submission.outcome == Outcome::deferred && made.submission.about_relay) over_ = true;
        {
            const std::scoped_lock lock{mutex_};
            *watch_ = after(*watch_, made.submission);
            if (should_stop(*watch_)) over_ = true;
        }
        // A mark that cannot be written leaves the dot alone: uncertain is then what a reader of the journal
        // must think, while this process still knows better.
        if (const auto marked = journal_->mark_reply(order.dispatch, order.attempt, made.submission); !marked)
            over_ = true;
        crash_point("after_reply_mark");
        return made;
    }

    const Relay relay_;
    std::mutex mutex_;
    std::condition_variable_any laid_down_;
    std::condition_variable done_;
    const std::vector<Order>* orders_ = nullptr;
    std::vector<Attempt>* attempts_ = nullptr;
    Journal* journal_ = nullptr;
    const std::atomic<bool>* halt_ = nullptr;
    RefusalWatch* watch_ = nullptr;  // under mutex_
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> over_{false};  // the rest of the batch is left
    std::size_t busy_ = 0;
    std::uint64_t batch_ = 0;
    std::vector<std::jthread> threads_;  // last: they use all of the above
};

Crew::Crew(Relay relay, int connections) : hands_{std::make_unique<Hands>(std::move(relay), connections)} {}
Crew::~Crew() = default;

std::vector<Attempt> Crew::submit(const std::vector<Order>& orders, Journal& journal,
                                  const std::atomic<bool>& halt, RefusalWatch& watch) {
    return hands_->submit(orders, journal, halt, watch);
}

}  // namespace raadspost::post
