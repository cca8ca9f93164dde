#include "core/intake/watch.hpp"

#include "core/intake/limits.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::intake {

void Bell::ring() {
    const std::scoped_lock lock{mutex_};
    ringing_ = true;
    rung_.notify_all();
}

bool Bell::await(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    const bool rang = rung_.wait_for(lock, patience, [&] { return ringing_; });
    ringing_ = false;
    return rang;
}

Watch::Watch(std::unique_ptr<Mailbox> mailbox, Bell& bell)
    : mailbox_{std::move(mailbox)},
      bell_{bell},
      next_pause_{limits::first_pause},
      thread_{[this](const std::stop_token& stop) { run(stop); }} {}

Watch::~Watch() = default;  // the thread is asked to stop, and joined, by its own destructor

void Watch::ask_to_stop() {
    thread_.request_stop();
}

const Batch* Watch::batch() const {
    const std::scoped_lock lock{mutex_};
    return batch_ && fate_ == Fate::waits ? &*batch_ : nullptr;
}

void Watch::kept() {
    const std::scoped_lock lock{mutex_};
    fate_ = Fate::kept;
    changed_.notify_all();
}

void Watch::lost(Problem why) {
    const std::scoped_lock lock{mutex_};
    fate_ = Fate::lost;
    why_lost_ = std::move(why);
    changed_.notify_all();
}

WatchState Watch::state() const {
    const std::scoped_lock lock{mutex_};
    return state_;
}

void Watch::run(const std::stop_token& stop) {
    std::uint32_t known_validity = 0, known_number = 0;
    while (!stop.stop_requested()) {
        auto batch = mailbox_->next(stop);
        if (!batch) {
            pause(batch.problem(), stop);
            continue;
        }
        const bool moved = batch->uid_validity != known_validity || batch->up_to != known_number;
        if (!batch->arrivals.empty() || moved) {
            known_validity = batch->uid_validity, known_number = batch->up_to;
            if (!hand_over(*std::move(batch), stop)) continue;
        } else if (batch->at_end) {
            rest(true);
            const auto news = mailbox_->await_news(stop);
            if (!news) {
                pause(news.problem(), stop);
            } else {
                rest(false);
            }
        }
    }
    mailbox_->close();
}

// True when it was kept and the mailbox may go on.
bool Watch::hand_over(Batch batch, const std::stop_token& stop) {
    Fate fate = Fate::waits;
    {
        std::unique_lock lock{mutex_};
        batch_ = std::move(batch);
        fate_ = Fate::waits;
        state_.at_rest = false;
        bell_.ring();
        changed_.wait(lock, stop, [&] { return fate_ != Fate::waits; });
        fate = fate_;
    }
    if (fate == Fate::waits) return false;  // asked to stop
    if (fate == Fate::lost) {
        mailbox_->close();
        pause(why_lost_, stop);
        return false;
    }
    // With the fate known nobody else looks at the batch any more.
    const auto done = mailbox_->taken_in(*batch_);
    if (!done) pause(done.problem(), stop);
    return static_cast<bool>(done);
}

void Watch::rest(bool at_rest) {
    const std::scoped_lock lock{mutex_};
    state_.at_rest = at_rest;
    if (!at_rest) return;
    state_.trouble = mailbox_->complaint();
    state_.read_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    next_pause_ = limits::first_pause;
    bell_.ring();
}

void Watch::pause(const Problem& trouble, const std::stop_token& stop) {
    if (stop.stop_requested()) return;
    std::unique_lock lock{mutex_};
    state_.trouble = trouble;
    state_.at_rest = true;
    bell_.ring();
    auto how_long = next_pause_;
    if (trouble.id == "mailbox_login_refused")
        how_long = std::max<std::chrono::milliseconds>(how_long, limits::refused_pause);
    next_pause_ = std::min<std::chrono::milliseconds>(next_pause_ * 2, limits::longest_pause);
    changed_.wait_for(lock, stop, how_long, [] { return false; });
    state_.at_rest = false;
}

}  // namespace raadspost::intake
