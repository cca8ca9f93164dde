#include "crm/tracking/planning.hpp"

#include "crm/moment.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// To the griffie's present mailbox; where that has become another office's, that one has it. What was made
// for the former one is made anew.
std::string following_the_griffie(const std::string& which) {
    return "update raadspost_dispatch set mailbox = (select g.mailbox from raadspost_griffie g "
           "where g.id = raadspost_dispatch.griffie), bytes_file = null, write_date = {} where " +
           which +
           " and exists (select 1 from raadspost_griffie g where g.id = raadspost_dispatch.griffie "
           "and g.mailbox <> '' and g.mailbox <> raadspost_dispatch.mailbox and not exists ("
           "select 1 from raadspost_dispatch o where o.appeal = raadspost_dispatch.appeal "
           "and o.step = raadspost_dispatch.step and o.occurrence = raadspost_dispatch.occurrence "
           "and o.mailbox = g.mailbox) and not exists (select 1 from raadspost_dispatch o "
           "join raadspost_griffie og on og.id = o.griffie where o.appeal = raadspost_dispatch.appeal "
           "and o.step = raadspost_dispatch.step and o.occurrence = raadspost_dispatch.occurrence "
           "and o.id < raadspost_dispatch.id and og.mailbox = g.mailbox))";
}

}  // namespace

void review_ready() {
    const DateTime time = now();
    const std::string waiting =
        "journal is null and exists (select 1 from raadspost_appeal a where a.id = raadspost_dispatch.appeal "
        "and a.state = 'running') and state in ";
    // What a sender had in hand when its appeal was closed.
    execute(
        "update raadspost_dispatch set state = 'cancelled', reason = 'closed', write_date = {} "
        "where journal is null and state in ('released', 'deferred') and exists (select 1 "
        "from raadspost_appeal a where a.id = raadspost_dispatch.appeal and a.state = 'closed')",
        time);
    const std::string griffie = "from raadspost_griffie g where g.id = raadspost_dispatch.griffie ";

    execute("update raadspost_dispatch set state = 'cancelled', reason = (select g.status " + griffie +
                "), write_date = {} where " + waiting + "('released', 'deferred') and exists (select 1 " +
                griffie + "and g.status in ('opted_out', 'failing'))",
            time);
    execute(
        "update raadspost_dispatch set state = 'cancelled', reason = 'suppressed', write_date = {} where " +
            waiting +
            "('released', 'deferred') and exists (select 1 from raadspost_suppression u "
            "join raadspost_appeal a on a.id = raadspost_dispatch.appeal "
            "where u.mailbox = raadspost_dispatch.mailbox and (u.scope = 'all' "
            "or (u.scope = 'association' and u.association = a.association) "
            "or (u.scope = 'appeal' and u.appeal = a.id)))",
        time);
    execute(following_the_griffie(waiting + "('released')"), time);
}

void hold(std::string_view reason, const std::string& condition, const List& parameters) {
    List all{reason, now()};
    all.insert(all.end(), parameters.begin(), parameters.end());
    execute_with(
        "update raadspost_dispatch set state = 'held', reason = {}, bytes_file = null, first_try = null, "
        "next_try = null, write_date = {} where journal is null and " +
            condition,
        all);
}

void look_up_addresses(const Ids& dispatches) {
    // Hardly ever has one changed, and PostgreSQL takes longer to plan the whole question than to answer
    // this.
    if (Rows<Id>{"select d.id from raadspost_dispatch d join raadspost_griffie g on g.id = d.griffie "
                 "where d.id in {} and g.mailbox <> d.mailbox limit 1",
                 dispatches}
            .empty())
        return;
    execute(following_the_griffie("id in {} and state in ('planned', 'released')"), now(), dispatches);
}

}  // namespace raadspost::crm
