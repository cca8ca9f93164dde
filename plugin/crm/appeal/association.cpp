// The association: who sends appeals, with its letterhead, its sender's address and its facts for the letter.
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/appeal/logo.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;

constexpr std::int64_t most_organisations = 100'000;

bool is_colour(const std::string& text) {
    return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), [](char digit) {
               return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') ||
                      (digit >= 'A' && digit <= 'F');
           });
}

void check(const Ids& associations) {
    for (const auto& [id, colour, sender, reply_to, footer, signature, organisations] :
         Rows<Id, Maybe, Maybe, Maybe, Maybe, Maybe, std::optional<std::int64_t>>{
             "select id, colour, sender_email, reply_to, footer, signature, village_organisations from "
             "raadspost_association where id in {}",
             associations}) {
        if (organisations && (*organisations < 0 || *organisations > most_organisations))
            throw UserError{"msg_setting_bounds",
                            {{"number", *organisations}, {"least", 0}, {"most", most_organisations}}};
        if (colour && !colour->empty() && !is_colour(*colour))
            throw UserError{"msg_association_colour", {{"colour", *colour}}};
        for (const Maybe& mailbox : {sender, reply_to})
            if (mailbox && !mailbox->empty() && !is_mailbox(folded_mailbox(*mailbox)))
                throw UserError{"msg_griffie_mailbox", {{"email", *mailbox}}};
        // They stand in a message as they are: what looks like a field would reach every council.
        for (const Maybe& text : {footer, signature})
            if (const auto at = text ? text->find("{{") : std::string::npos; at != std::string::npos)
                throw UserError{"msg_association_field",
                                {{"found", text->substr(at, text->find_first_of("\r\n", at) - at)}}};
    }
    check_logos("raadspost_association", associations);
}

// Sender and letterhead are part of what was approved.
void lapse_approvals(const Ids& associations) {
    Ids appeals;
    for (const auto& [appeal] :
         Rows<Id>{"select id from raadspost_appeal where association in {}", associations})
        appeals.push_back(appeal);
    lapse_approval(appeals);
}

}  // namespace

tryton::Model association() {
    return Model{"raadspost.association", "Association"}
        .stored()
        .shown()
        .deactivable()
        .ordered_by("name")
        .field(Char{"name", "Name"}.required())
        .field(Many2One{"party", "party.party", "Party"}.required().on_delete("RESTRICT").indexed())
        .field(Many2One{"province", "country.subdivision", "Province"}
                   .domain({where("country.code", "=", "NL")})
                   .help("Empty for a national association.")
                   .on_delete("RESTRICT"))
        .field(Char{"chair", "Chair"})
        .field(Char{"sender_name", "Sender's Name"}.required())
        .field(Char{"sender_email", "Sender's Address"}.required())
        .field(Char{"reply_to", "Reply To"})
        .field(Binary{"logo", "Logo"}.help("A PNG or JPEG picture for the head of the letter."))
        .field(Char{"colour", "Colour"}.size(7).help("#rrggbb, for lines and headings of the letter."))
        .field(Char{"street", "Street"})
        .field(Char{"postcode", "Postcode"})
        .field(Char{"city", "City"})
        .field(Text{"footer", "Footer of the Letter"})
        .field(Text{"signature", "Signature"}.help(
            "What {{ondertekening}} says at the end of a message. Empty: name and function of the first "
            "signatory, and the association."))
        .field(Integer{"village_organisations", "Village Organisations"}.help("How many are its members."))
        .validates(check)
        .after_save(lapse_approvals);
}

}  // namespace raadspost::crm
