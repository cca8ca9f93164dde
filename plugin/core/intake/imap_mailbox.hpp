// A folder of an IMAP account as a mailbox. Where it stands is UIDVALIDITY and the highest number taken; when
// the server changes UIDVALIDITY all is read anew (and recognised by the caller by its content). One thread
// at a time.
#pragma once

#include "core/intake/imap.hpp"
#include "core/intake/mailbox.hpp"

namespace raadspost::intake {

// After a batch that was not given its messages are fetched one by one. The first that is not given then is
// left when it fails once more in a session that gave another: a server that is busy, or has had enough of us
// for today, gives none. A line that falls proves little, and has to fall several times.
struct ImapDoubt {
    std::uint32_t uid_validity = 0;   // what follows is of this one
    std::uint32_t careful_until = 0;  // one by one so far
    std::uint32_t suspect = 0;        // 0: none
    int evidence = 0;
    bool others_are_given = false;           // in this session
    std::vector<std::uint32_t> not_given{};  // others that were asked for in the suspect's stead, in vain
};

struct ImapPlace {
    ImapAccount account;
    std::string folder = "INBOX";
    std::string move_to;                           // empty: messages stay where they are
    std::uint32_t uid_validity = 0, last_uid = 0;  // taken so far; 0: nothing
    std::vector<std::uint32_t> not_had;            // of those, what the server could not give: it stays there
    // Shared by those who look into the same folder one after another, each for a moment.
    std::shared_ptr<ImapDoubt> doubt = std::make_shared<ImapDoubt>();
};

class ImapMailbox : public Mailbox {
public:
    explicit ImapMailbox(ImapPlace place);
    Result<Batch> next(const std::stop_token& stop) override;
    Result<Done> taken_in(const Batch& batch) override;
    Result<Done> await_news(const std::stop_token& stop) override;
    void close() override { session_.reset(); }
    std::optional<Problem> complaint() const override { return move_trouble_; }

private:
    using Uids = std::vector<std::uint32_t>;
    Result<Done> open(const std::stop_token& stop);
    Result<Done> list();
    Result<Done> fill(Batch& batch);
    Result<bool> gives_another(std::uint32_t than);
    Uids others_behind() const;  // the one that is to be fetched next
    Result<Uids> others_before(std::uint32_t uid);
    Result<Uids> search_had(std::uint32_t first, std::uint32_t last);  // without what could not be had
    void note_failure(std::uint32_t uid, const Problem& problem);
    Result<Done> fetch_into(Batch& batch, const std::vector<ImapSize>& chosen);
    Result<Done> move_what_was_left();
    Result<Done> move(const Uids& uids);

    const ImapPlace place_;
    std::uint32_t uid_validity_, last_uid_;  // taken in
    std::unique_ptr<ImapSession> session_;
    // Of the present session.
    std::uint32_t uid_next_ = 0;  // when the folder was opened
    Uids waiting_;                // listed and not fetched yet, ascending
    std::uint32_t listed_ = 0;    // up to this number
    Uids not_had_;                // left
    std::optional<Problem> move_trouble_;
};

}  // namespace raadspost::intake
