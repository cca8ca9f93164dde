// The reader: takes mail in from all sources that nobody else is reading, each watched on a thread of its own
// (core/intake/watch.hpp), keeps it, and reads what was kept. Runs in raadspostd, and in slices from the
// host's cron where there is no raadspostd; several at once share the sources. Only its own thread touches
// the host.
#pragma once

#include "core/intake/watch.hpp"
#include "crm/answers/mailbox_of_source.hpp"
#include "crm/answers/reader_name.hpp"
#include "crm/answers/sent_copies.hpp"
#include "tryton/module.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <memory>

namespace raadspost::crm {

struct Intake {
    std::size_t kept = 0, known = 0;  // messages that were new, and that were there
    std::size_t read = 0, left = 0;   // of those that were kept; left: unread, with trouble
    std::string trouble;              // of a source, the last one; for logs
};

class MailReader {
public:
    explicit MailReader(const std::atomic<bool>& halt) : halt_{halt} {}
    ~MailReader();  // its leases run out, unless it gave them up

    // One round: takes mailboxes over and gives them up, keeps what was fetched, reads what was kept.
    // [gil-held], inside a transaction that commits by itself.
    void turn();
    // Lets others have its mailboxes. In a transaction, like turn().
    void give_up();
    // Nothing is left to be taken in or read, as far as can be known now.
    bool at_rest() const;
    // Something was fetched and waits to be kept, or was kept and waits to be read.
    bool has_work() const;
    // Waits until something was fetched; at most so long. Releases the GIL.
    void wait(std::chrono::milliseconds how_long);
    const Intake& done() const { return done_; }

private:
    struct Watched {
        MailSource source;
        std::unique_ptr<intake::Watch> watch;
        std::string told_trouble;
        std::optional<std::chrono::sys_seconds> told_read_at;
        bool told = false;
        SentCopies copies;
    };
    void share_sources();
    bool hold(const MailSource& source);
    void keep(Watched& watched);
    void tell(Watched& watched);
    void stop(const std::function<bool(const Watched&)>& which);

    const std::atomic<bool>& halt_;
    ReaderName name_;
    intake::Bell bell_;
    std::map<tryton::Id, Watched> watched_;
    std::chrono::steady_clock::time_point share_at_{};
    bool read_all_ = false;
    Intake done_;
};

// read_mail(database, {"once": bool}): turns until told to stop (or, once, until nothing is left). Gives a
// dict of what it did.
std::vector<tryton::Entry> intake_entries();

// The host's cron: at most 20 seconds of the same.
tryton::Value read_slice(const tryton::List& arguments);

// Ends what read_mail() began; from any thread that holds the GIL.
void stop_reading();

}  // namespace raadspost::crm
