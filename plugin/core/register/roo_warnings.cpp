#include "core/council/address.hpp"
#include "core/council/table.hpp"
#include "core/register/roo.hpp"

#include <numeric>
#include <string>

namespace raadspost::registers {
namespace {

void put_address(Keyed& record, const std::string& prefix, const Address& address) {
    record.put(prefix + "street", address.street);
    record.put(prefix + "house_number", address.house_number);
    record.put(prefix + "post_box", address.post_box);
    record.put(prefix + "postcode", address.postcode);
    record.put(prefix + "place", address.place);
}

}  // namespace

std::vector<Problem> warnings_on(const RooCouncil& council) {
    std::vector<Problem> warnings;
    const auto warn = [&](std::string id, const std::string& found, std::string text) {
        warnings.push_back(
            {std::move(id), at_line(council.line) + ", " + council.code, quoted(found), std::move(text)});
    };
    if (council.seats) {
        const auto seats = std::to_string(*council.seats);
        if (*council.seats % 2 == 0)
            warn("register_seats_even", seats,
                 "The number of seats is even, which the law does not know; check it.");
        const auto sum = std::accumulate(
            council.parties.begin(), council.parties.end(), std::int64_t{0},
            [](std::int64_t so_far, const PartySeats& party) { return so_far + party.seats; });
        if (!council.parties.empty() && sum != *council.seats)
            warn("register_seats_sum", std::to_string(sum),
                 "The parties' seats add up to " + std::to_string(sum) + ", not to " + seats +
                     "; check them.");
        if (council.inhabitants && *council.seats != statutory_seats(*council.inhabitants))
            warn("register_seats_statutory", seats,
                 "By its inhabitants this council has " +
                     std::to_string(statutory_seats(*council.inhabitants)) +
                     " seats (Gemeentewet art. 8), the register says " + seats + "; check it.");
    }
    if (council.postal_address.empty())
        warn("register_no_postal_address", council.name,
             "There is no postal address; a letter cannot be addressed.");
    if (council.general_email.empty())
        warn("register_no_mailbox", council.name, "There is no general mailbox in the register.");
    const std::string web = domain_of(council.website), mail = domain_of(council.general_email);
    if (!web.empty() && !mail.empty() && web != mail)
        warn("register_domains_differ", mail + " / " + web,
             "Mailbox and website have different domains; a griffie address proposed from the website may be "
             "wrong.");
    return warnings;
}

Keyed keyed(const RooCouncil& council) {
    Keyed record{council.code, {}, at_line(council.line)};
    record.put("code", council.code);
    record.put("name", council.name);
    record.put("province", council.province);
    record.put("inhabitants", council.inhabitants);
    record.put("seats", council.seats);
    record.put("website", council.website);
    record.put("tooi", council.tooi);
    record.put("oin", council.oin);
    record.put("kvk", council.kvk);
    record.put("rsin", council.rsin);
    record.put("roo_id", council.system_id);
    record.put("telephone", council.telephone);
    record.put("general_email", council.general_email);
    record.put("griffie_email", council.griffie_email);
    record.put("griffier", council.griffier);
    record.put("incoming_documents_url", council.incoming_documents_url);
    put_address(record, "visiting_", council.visiting_address);
    put_address(record, "postal_", council.postal_address);
    return record;
}

}  // namespace raadspost::registers
