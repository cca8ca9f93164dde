// Copies of sent mail in a folder of the association's own mailbox, where colleagues expect them. Beside the
// sending and after it: what was settled as sent is copied, nothing waits for a copy, and no trouble with one
// keeps anything from being sent. What is uncertain is only looked for: a copy that somebody else put there,
// a relay that files sent mail, shows that it was sent (crm/sending/evidence.hpp); one of ours could not.
// Used by the reader that holds the source. [gil-held], inside a transaction that commits by itself.
#pragma once

#include "core/intake/sent_folder.hpp"
#include "core/intake/watch.hpp"
#include "crm/answers/mailbox_of_source.hpp"

#include <chrono>
#include <memory>

namespace raadspost::crm {

class SentCopies {
public:
    // Takes up what a round has done, and begins the next one when it is time.
    void turn(const MailSource& source, intake::Bell& bell);
    // Nothing is under way or waits to be copied, as far as can be known now.
    bool at_rest() const { return at_rest_; }
    void stop() { round_.reset(); }

private:
    struct Wanted {
        std::string message_id;
        bool uncertain = false;
    };
    void take_up(const MailSource& source);
    void begin(const MailSource& source, intake::Bell& bell);

    std::vector<Wanted> wanted_;
    std::unique_ptr<intake::CopyRound> round_;
    std::chrono::steady_clock::time_point next_at_{}, look_at_{};
    std::string told_trouble_ = "?";
    bool at_rest_ = false;
};

}  // namespace raadspost::crm
