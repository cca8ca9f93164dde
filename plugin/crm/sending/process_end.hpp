// Ending this process from within, without making messages uncertain: for a reader that a message keeps busy
// for ever, as a thread cannot be ended alone. Senders of this process begin nothing any more; when what is
// past the final dot is settled the process ends, as it would by a crash, and whoever started it starts it
// anew. [any-thread].
#pragma once

namespace raadspost::crm {

// While a sender is at its turn. False where the process is about to end: then it does nothing.
class SenderAtWork {
public:
    SenderAtWork();
    ~SenderAtWork();
    SenderAtWork(const SenderAtWork&) = delete;
    SenderAtWork& operator=(const SenderAtWork&) = delete;
    explicit operator bool() const { return may_work_; }

private:
    bool may_work_;
};

bool process_is_ending();
// Does not return; waits for senders at work, at most as long as a relay may take for its answer.
[[noreturn]] void end_this_process();

}  // namespace raadspost::crm
