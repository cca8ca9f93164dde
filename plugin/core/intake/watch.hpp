// A mailbox watched on a thread of its own: fetched batches wait here until the caller has kept them, one at
// a time, so that a mailbox of any size fills neither memory nor the queue; then it goes on, and rests until
// there is news. After trouble it pauses, longer each time. The mailbox lives on the watch's thread only; the
// public functions are safe on any thread.
#pragma once

#include "core/intake/mailbox.hpp"
#include "core/no_host.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace raadspost::intake {

// Rung by watches whenever there is something for the caller to do.
class Bell {
public:
    void ring();
    // False when the time ran out. What rang before the call counts.
    bool await(std::chrono::milliseconds patience);

private:
    std::mutex mutex_;
    std::condition_variable rung_;
    bool ringing_ = false;
};

struct WatchState {
    std::optional<Problem> trouble;                   // of the last try
    std::optional<std::chrono::sys_seconds> read_at;  // when it last saw that there was nothing left
    bool at_rest = false;                             // nothing left, or pausing after trouble
};

class Watch {
public:
    Watch(std::unique_ptr<Mailbox> mailbox, Bell& bell);
    ~Watch();  // asks the thread to stop and waits for it
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void ask_to_stop();
    // The batch that waits to be kept, if there is one; kept() lets the mailbox go on, lost() has it fetched
    // anew.
    const Batch* batch() const;
    void kept();
    void lost(Problem why);
    WatchState state() const;

private:
    void run(const std::stop_token& stop);
    bool hand_over(Batch batch, const std::stop_token& stop);
    void rest(bool at_rest);
    void pause(const Problem& trouble, const std::stop_token& stop);

    const std::unique_ptr<Mailbox> mailbox_;
    Bell& bell_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Batch> batch_;
    enum class Fate { waits, kept, lost } fate_ = Fate::waits;
    Problem why_lost_;
    WatchState state_;
    std::chrono::milliseconds next_pause_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace raadspost::intake
