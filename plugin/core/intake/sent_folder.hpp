// Copies of what was sent in a folder of an IMAP account, as a mail program keeps them: each message is
// looked for by its Message-ID and put there only where it is not, so that a relay that files sent mail
// itself, and a crash between putting and remembering, leave one copy. A round works on a thread of its own
// and touches nothing of the caller's; it ends at the first trouble, and what it did until then counts.
#pragma once

#include "core/intake/imap.hpp"
#include "core/no_host.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace raadspost::intake {

struct CopyOrder {
    std::string message_id;                      // without angle brackets
    std::function<Result<std::string>()> bytes;  // on the round's thread; nothing: it is only looked for
};

enum class CopyFate {
    not_tried,
    absent,
    found,
    put,
    gone,  // its bytes could not be had
};

class CopyRound {
public:
    CopyRound(ImapAccount account, std::string utf8_folder, std::vector<CopyOrder> orders,
              std::function<void()> when_done);
    ~CopyRound();  // asks the thread to stop and waits for it
    CopyRound(const CopyRound&) = delete;
    CopyRound& operator=(const CopyRound&) = delete;

    bool is_done() const { return done_; }
    // Once it is done: of each order, and what ended it early.
    const std::vector<CopyFate>& fates() const { return fates_; }
    const std::optional<Problem>& trouble() const { return trouble_; }

private:
    Result<Done> run(const std::stop_token& stop);

    const ImapAccount account_;
    const std::string folder_;
    const std::vector<CopyOrder> orders_;
    std::vector<CopyFate> fates_;
    std::optional<Problem> trouble_;
    std::atomic<bool> done_{false};
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace raadspost::intake
