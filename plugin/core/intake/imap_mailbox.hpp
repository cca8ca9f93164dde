// A folder of an IMAP account as a mailbox. Where it stands is UIDVALIDITY and the highest number taken; when
// the server changes UIDVALIDITY all is read anew (and recognised by the caller by its content). One thread
// at a time.
#pragma once

#include "core/intake/imap.hpp"
#include "core/intake/mailbox.hpp"

namespace raadspost::intake {

struct ImapPlace {
    ImapAccount account;
    std::string folder = "INBOX";
    std::string move_to;                           // empty: messages stay where they are
    std::uint32_t uid_validity = 0, last_uid = 0;  // taken so far; 0: nothing
    std::vector<std::uint32_t> not_had;            // of those, what the server could not give: it stays there
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
    Result<Done> give_another(std::uint32_t than);
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
    // After a batch that was not given its messages are fetched one by one. One that is not given then is
    // left when it is refused once more although another was to be had just before: a server that is busy, or
    // has had enough of us for today, gives none.
    std::uint32_t careful_until_ = 0, broke_at_ = 0;
    bool others_are_given_ = false;
    Uids not_had_;
    std::optional<Problem> move_trouble_;
};

}  // namespace raadspost::intake
