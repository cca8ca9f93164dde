// The module's settings, one record for the whole CRM. Whether this machine may send at all is not among
// them: see sending/status.cpp.
#include "core/ascii.hpp"
#include "core/post/wire/mailbox.hpp"
#include "crm/country/provinces.hpp"
#include "crm/elections/retention.hpp"
#include "crm/entities.hpp"
#include "crm/sending/stop_switch.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <string_view>

namespace raadspost::crm {
namespace {

using namespace tryton;

constexpr const char* name = "raadspost.configuration";

struct Bounds {
    const char* field;
    std::int64_t least, most;
};

// A batch is what a lost machine leaves uncertain, and connections are what a relay puts up with.
constexpr Bounds bounds[] = {{"hold_minutes", 0, 7 * 24 * 60},
                             {"batch_size", 1, 1000},
                             {"connections", 1, 50},
                             {"per_minute", 0, 100'000},
                             {"gap_days", 0, 365},
                             {"keep_bytes_days", 1, 3650},
                             {"give_up_days", 1, 30},
                             {"member_retention_days", 1, 3650},
                             {"silence_days", 0, 365},
                             {"grace_days", 0, 60},
                             {"public_days", 0, 36'500},
                             {"scanner_seconds", 0, 3600}};

// Of a server, perhaps with a port and a path; without TLS only on this machine.
bool is_public_address(std::string_view address) {
    constexpr std::string_view with_tls = "https://", without = "http://";
    const bool tls = address.starts_with(with_tls);
    if (!tls && !address.starts_with(without)) return false;
    address.remove_prefix((tls ? with_tls : without).size());
    const auto host = address.substr(0, address.find_first_of(":/"));
    return post::is_domain(host) && (tls || host == "localhost" || host == "127.0.0.1") &&
           std::ranges::all_of(address, [](char c) {
               return is_letter_or_digit(c) || std::string_view{"-._~:/"}.find(c) != std::string_view::npos;
           });
}

void check(const Ids& records) {
    if (!Rows<Id>{"select id from raadspost_configuration where window_to <= window_from"}.empty())
        throw UserError{"msg_setting_window"};
    for (const Record& record : browse(name, records)) {
        if (const std::string address = record.text("public_address");
            !address.empty() && !is_public_address(address))
            throw UserError{"msg_setting_public_address", {{"address", address}}};
        for (const auto& [field, least, most] : bounds) {
            const Value value = record.get(field);
            if (value.is_null()) continue;
            const auto number = value.as<std::int64_t>();
            if (number < least || number > most)
                throw UserError{"msg_setting_bounds", {{"number", number}, {"least", least}, {"most", most}}};
        }
    }
}

}  // namespace

tryton::Model configuration() {
    const Pyson stopped = eval("stopped", false);
    return Model{name, "Configuration"}
        .singleton()
        .stored()
        .shown()
        .field(Boolean{"approval_required", "Approval by a Second Person"}.starts_as(true))
        .field(Integer{"hold_minutes", "Hold Time (Minutes)"}.required().starts_as(30).help(
            "How long a started appeal waits before its first message leaves."))
        .field(Integer{"batch_size", "Batch Size"}.required().starts_as(50).help(
            "Messages that a sender takes at a time: what a lost machine leaves uncertain."))
        .field(Integer{"connections", "Connections"}.required().starts_as(2))
        .field(
            Integer{"per_minute", "Messages per Minute"}.required().starts_as(Value{0}).help("0: no limit."))
        .field(TimeField{"window_from", "Sending From"}
                   .option("format", "%H:%M")
                   .help("Time of day in the Netherlands."))
        .field(TimeField{"window_to", "Sending Until"}
                   .option("format", "%H:%M")
                   .help("Time of day in the Netherlands."))
        .field(Boolean{"guessed_addresses", "Write to Unconfirmed Addresses"}.starts_as(false))
        .field(Integer{"gap_days", "Days Between Two Messages"}.required().starts_as(Value{0}).help(
            "At most one message per griffie in so many days, over all appeals. 0: no limit."))
        .field(Boolean{"working_days", "On Working Days Only"}.starts_as(true).help(
            "Not at weekends and on public holidays."))
        .field(Integer{"silence_days", "Silence before an Election (Days)"}.required().starts_as(28).help(
            "No mail to a council so many days before its voting day, until the day after the new "
            "council is "
            "installed. 0: no silence."))
        .field(Boolean{"keep_recess", "Not During a Recess"}.starts_as(false).help(
            "A council's recess, where it is known, counts as closed."))
        .field(Integer{"grace_days", "Sent Late Without Asking (Days)"}.required().starts_as(3).help(
            "What is later than so many sending days waits until a person has decided."))
        .field(Integer{"keep_bytes_days", "Keep Messages (Days)"}.required().starts_as(90))
        .field(Integer{"give_up_days", "Give Up After (Days)"}.required().starts_as(4).help(
            "How long a message that the relay does not take yet is tried again."))
        .field(Boolean{"keep_member_names", "Keep Councillors by Name"}.starts_as(false).help(
            "Councillors with their list are special-category data. Off: only how many are new is kept, "
            "and names that are there go."))
        .field(Integer{"member_retention_days", "Keep Their Names (Days)"}
                   .required()
                   .starts_as(member_retention_days)
                   .invisible(!eval("keep_member_names", false)))
        .field(Char{"reply_domain", "Domain of Reply Addresses"})
        .field(
            Char{"public_address", "Address of Public Pages"}.help("https://..., without a database name."))
        .field(Integer{"public_days", "Public Pages Stay (Days)"}.required().starts_as(730).help(
            "After that the links of a message lead nowhere; unsubscribing works on. 0: they stay."))
        .field(Integer{"scanner_seconds", "Likely a Scanner (Seconds)"}.required().starts_as(20).help(
            "An answer so soon after delivery is marked as that of a machine that looks at links."))
        .field(Boolean{"stopped", "All Sending Is Stopped"}.readonly().starts_as(false))
        .field(DateTimeField{"stopped_at", "Stopped At"}.readonly())
        .field(Many2One{"stopped_by", "res.user", "Stopped By"}.readonly().on_delete("SET NULL"))
        .field(
            Char{"stopped_for", "Stopped For"}.readonly().help("The problem for which a sender stopped all."))
        .validates(check)
        .after_save([](const Ids&) {
            forget_members(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
        })
        .after_upgrade([] {
            provinces_by_iso();
            // They have always meant the whole day, and are refused now.
            execute(
                "update raadspost_configuration set window_from = null, window_to = null "
                "where window_to <= window_from");
        })
        .button("stop_all", stop_all_sending, {.invisible = stopped})
        .button("resume_all", resume_all_sending, {.invisible = !stopped});
}

}  // namespace raadspost::crm
