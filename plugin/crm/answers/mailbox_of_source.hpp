// From a source's row and trytond.conf to the mailbox that core/intake reads. In the section [raadspost]:
//
//     mailbox_3 = /etc/tryton/raadspost/griffies     # password of the mailbox with number 3: a file, mode
//     0600 mailbox_3_token_command = /usr/local/bin/token # or a command that prints an OAuth 2 token
//     (XOAUTH2) mailbox_authorities = /etc/ssl/own.pem         # for servers whose certificates are by an
//     authority of one's own
//
// [gil-held], inside a transaction; the mailbox may then be used on a thread of its own.
#pragma once

#include "core/intake/imap.hpp"
#include "core/intake/mailbox.hpp"
#include "tryton/value.hpp"

#include <memory>
#include <string>

namespace raadspost::crm {

struct MailSource {
    tryton::Id id = 0;
    std::string kind, host, security, login, folder, move_to, path, sent_folder;
    std::uint16_t port = 0;
    std::uint32_t uid_validity = 0, last_uid = 0;
    tryton::DateTime changed_at{};  // by a person
    friend bool operator==(const MailSource&, const MailSource&) = default;
};

// Of an IMAP source.
intake::ImapAccount account_of(const MailSource& source);
std::unique_ptr<intake::Mailbox> mailbox_of(const MailSource& source);

// "mailbox_3": the setting that names the password's file.
std::string secret_setting(tryton::Id source);

}  // namespace raadspost::crm
