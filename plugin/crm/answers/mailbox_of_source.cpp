#include "crm/answers/mailbox_of_source.hpp"

#include "core/intake/imap_mailbox.hpp"
#include "core/intake/limits.hpp"
#include "core/intake/maildir.hpp"
#include "core/intake/secret.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <map>
#include <tuple>
#include <unordered_set>

namespace raadspost::crm {

using namespace tryton;

namespace {

std::unordered_set<std::string> names_taken_from(Id source) {
    std::unordered_set<std::string> names;
    Rows<std::string>::each(
        "select path from raadspost_message_origin where source = {} and path is not null", {source},
        [&](std::string name) { names.insert(std::move(name)); });
    return names;
}

// A slice of the CRM's cron looks into a folder for a moment, and what is wrong with a message shows only
// after several. Settings that a person changed may be of another folder.
std::shared_ptr<intake::ImapDoubt> doubt_about(const MailSource& source) {
    static std::map<std::tuple<std::string, Id, DateTime>, std::shared_ptr<intake::ImapDoubt>> doubts;
    auto& doubt = doubts[{database_name(), source.id, source.changed_at}];
    if (!doubt || doubt.use_count() > 1) doubt = std::make_shared<intake::ImapDoubt>();
    return doubt;
}

// The file and the command are read and run at each login, on the mailbox's own thread.
void add_secret(intake::ImapAccount& account, Id source) {
    const std::string setting = secret_setting(source);
    if (const auto command = configured("raadspost", setting + "_token_command")) {
        account.login = intake::Login::bearer_token;
        account.secret = [command = *command] {
            return intake::secret_of_command(command, intake::limits::token_command_patience);
        };
    } else if (const auto file = configured("raadspost", setting)) {
        account.secret = [file = *file] { return intake::secret_of_file(file); };
    } else {
        account.secret = [setting]() -> Result<std::string> {
            return Problem{"secret_missing",
                           {},
                           setting,
                           "trytond.conf names no password for this mailbox: set " + setting +
                               " = <file> or " + setting + "_token_command in the section [raadspost]."};
        };
    }
}

}  // namespace

std::string secret_setting(Id source) {
    return "mailbox_" + std::to_string(source);
}

intake::ImapAccount account_of(const MailSource& source) {
    intake::ImapAccount account;
    account.host = source.host;
    account.port = source.port;
    account.security = source.security == "none"       ? intake::Security::none
                       : source.security == "starttls" ? intake::Security::starttls
                                                       : intake::Security::tls;
    account.authority_file = configured("raadspost", "mailbox_authorities").value_or("");
    account.user = source.login;
    add_secret(account, source.id);
    return account;
}

std::unique_ptr<intake::Mailbox> mailbox_of(const MailSource& source) {
    if (source.kind == "maildir")
        return std::make_unique<intake::Maildir>(source.path, names_taken_from(source.id));
    intake::ImapPlace place;
    place.account = account_of(source);
    place.folder = source.folder;
    place.move_to = source.move_to;
    place.uid_validity = source.uid_validity;
    place.last_uid = source.last_uid;
    place.doubt = doubt_about(source);
    Rows<std::int64_t>::each(
        "select o.uid from raadspost_message_origin o join raadspost_message m on m.id = o.message "
        "where o.source = {} and o.uid_validity = {} and m.trouble is not null and m.bytes_file is null",
        {source.id, static_cast<std::int64_t>(source.uid_validity)},
        [&](std::int64_t uid) { place.not_had.push_back(static_cast<std::uint32_t>(uid)); });
    return std::make_unique<intake::ImapMailbox>(std::move(place));
}

}  // namespace raadspost::crm
