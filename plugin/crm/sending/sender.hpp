// The sender: one turn releases what is due, claims a batch, submits it and settles it. raadspostd turns it
// for ever, the host's cron in slices, several at once share the work. It sends nothing unless the fence is
// open, the database is safe and nobody pressed stop. [gil-held], one thread; the GIL is released while
// messages are made and sent.
#pragma once

#include "core/post/crew.hpp"
#include "core/post/delivery.hpp"
#include "crm/sending/recovery.hpp"
#include "crm/sending/release.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace raadspost::crm {

// Where a sender's time goes. Messages are made beside all the rest; claiming has the rate tokens in it,
// settling the ledger and the fence.
struct Spent {
    std::chrono::duration<double> making{}, releasing{}, claiming{}, submitting{}, settling{};
};

struct Turn {
    std::size_t released = 0, held = 0, making = 0;
    std::size_t sent = 0, refused = 0, deferred = 0, uncertain = 0, freed = 0;
    Spent spent;
    std::optional<Problem> trouble;  // why nothing (more) is sent for now; also on the screen
    // When it ended all that was due, and allowed this minute, was made and claimed.
    bool all_claimed = false;
    bool idle() const {
        return released + held + making + sent + refused + deferred + uncertain + freed == 0;
    }
    // Another one now would do nothing.
    bool over() const { return idle() || (all_claimed && freed == 0 && !trouble); }
};

class Sender {
public:
    // Opens ledger and fence and starts a journal. `halt` becoming true ends a turn early: what is past the
    // dot is finished.
    static Result<std::unique_ptr<Sender>> open(const std::atomic<bool>& halt);
    ~Sender();

    // Settles what dead senders left (first, and each minute), then sends.
    Turn turn();
    const Recovered& recovered() const { return recovered_; }

private:
    Sender(Machine machine, const std::atomic<bool>& halt);
    std::optional<Problem> refuses_to_send(const SendingSettings& settings);
    std::optional<Problem> ready_crew(const SendingSettings& settings);
    void send_replies(const SendingSettings& settings, Turn& turn);
    void submit_batch(const SendingSettings& settings, const std::vector<Claim>& claims, Turn& turn);
    Verdict verdict_of(const Claim& claim, const post::Attempt& attempt, const SendingSettings& settings);
    Problem stopped_because(post::StopReason reason) const;
    Result<Done> start_journal();
    std::optional<Problem> start_afresh();
    Result<Done> drop_journal(const std::string& id);
    void report(const Turn& turn, bool at_once);
    void housekeeping(const SendingSettings& settings);
    void clear_frozen(const SendingSettings& settings);

    Machine machine_;
    const std::atomic<bool>& halt_;
    std::unique_ptr<post::Journal> journal_;
    Claimant claimant_;
    std::string relay_name_;
    std::unique_ptr<post::Crew> crew_;
    int crew_size_ = 0;
    Releaser releaser_;
    post::RefusalWatch watch_;
    std::optional<Problem> stopped_;  // why it stopped all sending, until an administrator resumes
    Recovered recovered_;
    std::string reported_trouble_;
    bool settle_trouble_ = false;       // ledger or fence could not be written
    std::optional<Problem> unsettled_;  // claims of this journal are left open, because of this
    std::int64_t sent_total_ = 0;
    std::chrono::steady_clock::time_point reported_at_{}, housekept_at_{}, pause_until_{}, recover_at_{},
        clear_at_{}, afresh_at_{};
};

}  // namespace raadspost::crm
