// recipient.cpp - every pair of appeal and council, with the address that the appeal goes to or the one
// reason why it does not: a list without a table, over the same query that the plan is made by.
#include "crm/entities.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/record.hpp"

#include <fmt/chrono.h>
#include <chrono>

namespace raadspost::crm {

using namespace tryton;

namespace {

// Mail that left in the last days, over all appeals, makes a new message wait.
std::string recently_written_to(std::int64_t gap_days) {
    const auto since = std::chrono::system_clock::now() - std::chrono::hours{24 * gap_days};
    return fmt::format(
        "when exists (select 1 from raadspost_dispatch e where e.mailbox = g.mailbox and e.appeal <> a.id "
        "and e.sent_at > '{:%Y-%m-%d %H:%M:%S}') then 'gap' ",
        fmt::gmtime(since));
}

std::string suppressed_because(std::string_view reasons) {
    return fmt::format(
        "exists (select 1 from raadspost_suppression u where u.mailbox = g.mailbox and u.reason {} "
        "and (u.scope = 'all' or (u.scope = 'association' and u.association = a.association) "
        "or (u.scope = 'appeal' and u.appeal = a.id)))",
        reasons);
}

std::string query(const std::string& of_appeals) {
    const auto gap_days =
        setting("raadspost.configuration", "gap_days").as<std::optional<std::int64_t>>().value_or(0);
    return "select a.create_uid, a.create_date, a.write_uid, a.write_date, a.id as appeal, c.id as council, "
           "c.province as province, g.griffie as griffie, "
           "g.email as email, nullif(g.mailbox, '') as mailbox, case "
           "when exists (select 1 from \"raadspost_appeal-raadspost_council\" x where x.appeal = a.id) "
           "and not exists (select 1 from \"raadspost_appeal-raadspost_council\" x where x.appeal = a.id "
           "and x.council = c.id) then 'not_addressed' "
           "when c.active_from > current_date or c.active_to < current_date then 'inactive' "
           "when g.griffie is null then 'no_griffie' "
           "when coalesce(g.mailbox, '') = '' then 'no_address' "
           "when g.status = 'opted_out' or " +
           suppressed_because("= 'opted_out'") + " then 'opted_out' when " +
           suppressed_because("<> 'opted_out'") +
           " then 'suppressed' when g.status = 'failing' then 'failing' "
           "when g.status = 'unconfirmed' and not coalesce((select f.guessed_addresses "
           "from raadspost_configuration f order by f.id limit 1), false) then 'unconfirmed' " +
           (gap_days > 0 ? recently_written_to(gap_days) : "") +
           "else '' end as reason "
           "from raadspost_appeal a cross join raadspost_council c left join ("
           "select l.council as council, o.id as griffie, o.email as email, o.mailbox as mailbox, "
           "o.status as status, row_number() over (partition by l.council order by case o.status "
           "when 'confirmed' then 1 when 'unconfirmed' then 2 when 'failing' then 3 else 4 end, o.id) as "
           "turn "
           "from \"raadspost_griffie-raadspost_council\" l join raadspost_griffie o on o.id = l.griffie "
           "where coalesce(o.valid_from, current_date) <= current_date "
           "and coalesce(o.valid_to, current_date) >= current_date"
           ") g on g.council = c.id and g.turn = 1" +
           of_appeals;
}

}  // namespace

const Choices& reasons() {
    static const Choices choices = {
        {"", ""},
        {std::string{not_addressed}, "Not addressed by this appeal"},
        {std::string{inactive}, "Council does not exist (any more)"},
        {std::string{no_griffie}, "No griffie known"},
        {std::string{no_address}, "Griffie without address"},
        {std::string{opted_out}, "Asked for no mail"},
        {std::string{suppressed}, "Address is blocked"},
        {std::string{failing}, "Mail to the address came back"},
        {std::string{unconfirmed}, "Waits: address not confirmed"},
        {std::string{gap}, "Waits: had mail a few days ago"},
        {"closed", "Appeal was closed"},
    };
    return choices;
}

std::string recipients_query() {
    return query({});
}

std::string recipients_query(Id appeal) {
    return query(" where a.id = " + std::to_string(appeal));
}

Model recipient() {
    return Model{"raadspost.recipient", "Recipient"}
        .stored()
        .shown()
        .from_query([] {
            // One id for each pair; councils stay far below the factor.
            return "select cast(q.appeal as bigint) * 10000000 + q.council as id, q.* from (" +
                   recipients_query() + ") q";
        })
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"})
        .field(Many2One{"council", "raadspost.council", "Council"})
        .field(Many2One{"province", "country.subdivision", "Province"})
        .field(Many2One{"griffie", "raadspost.griffie", "Griffie"})
        .field(Char{"email", "E-mail"})
        .field(Char{"mailbox", "Mailbox"})
        .field(Selection{"reason", "Result", reasons()});
}

}  // namespace raadspost::crm
