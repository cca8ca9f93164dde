// A list of griffie addresses into griffies. A mailbox that several councils share becomes one griffie that
// serves them all.
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/country/griffie.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <map>
#include <set>
#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using registers::Keyed;
using Maybe = std::optional<std::string>;

constexpr const char* links = "\"raadspost_griffie-raadspost_council\"";

// What the register of organisations brought is no person's edit either.
FieldTexts said_by_register(const std::string& imported) {
    FieldTexts fields = from_json(imported), said;
    join_postal_address(fields);
    for (const auto& [from, to] :
         {std::pair{"griffier", "griffier"}, std::pair{"griffie_street", "street"},
          std::pair{"griffie_postcode", "postcode"}, std::pair{"griffie_city", "city"}})
        if (const Maybe value = text_in(fields, from)) said[to] = *value;
    return said;
}

class GriffieTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"email",    "griffier", "phone", "street",
                                                       "postcode", "city",     "note",  "status"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.griffie", field};
    }

    void conform(FieldTexts& fields) const override {
        const auto part = [&](const char* name) { return text_in(fields, name).value_or(""); };
        if (const Maybe box = text_in(fields, "post_box"))
            fields["street"] = "Postbus " + *box;
        else if (const Maybe number = text_in(fields, "house_number"); number && !part("street").empty())
            fields["street"] = part("street") + " " + *number;
        if (const auto phone = fields.find("telephone"); phone != fields.end())
            fields["phone"] = phone->second;
        if (const auto place = fields.find("place"); place != fields.end()) fields["city"] = place->second;
        // An address that somebody hands us is known, not guessed.
        fields["status"] = "confirmed";
    }

    Existing existing() const override {
        Existing all;
        std::set<std::string> seen;
        for (auto& [link, code, website, email, griffier, phone, street, postcode, city, note, status,
                    imported, register_said] : Rows<Id, std::string, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe,
                                                    Maybe, Maybe, std::string, Maybe, Maybe>{
                 std::string{"select r.id, c.code, c.website, g.email, g.griffier, g.phone, g.street, "
                             "g.postcode, g.city, g.note, g.status, r.imported, c.imported from "} +
                 links +
                 " r join raadspost_griffie g on g.id = r.griffie "
                 "join raadspost_council c on c.id = r.council where g.valid_to is null order by r.id"}) {
            if (!seen.insert(code).second) continue;
            all.ids.emplace(code, link);
            FieldTexts last = from_json(imported.value_or(""));
            if (!last.empty()) conform(last);
            // A list that confirmed another address said nothing of this one.
            if (folded_mailbox(text_in(last, "email").value_or("")) != folded_mailbox(email.value_or("")))
                last.erase("status");
            last.merge(said_by_register(register_said.value_or("")));
            if (!last.empty()) all.last_imported.push_back({code, std::move(last), {}});
            // A guess is nobody's edit.
            const bool unconfirmed = status == "unconfirmed";
            const bool guessed = unconfirmed && folded_mailbox(email.value_or("")) ==
                                                    proposed_griffie_mailbox(website.value_or(""));
            if (guessed) all.guesses[code]["email"] = email.value_or("");
            if (unconfirmed) all.guesses[code]["status"] = status;
            all.present.push_back({code,
                                   {{"email", guessed ? "" : email.value_or("")},
                                    {"griffier", griffier.value_or("")},
                                    {"phone", phone.value_or("")},
                                    {"street", street.value_or("")},
                                    {"postcode", postcode.value_or("")},
                                    {"city", city.value_or("")},
                                    {"note", note.value_or("")},
                                    {"status", unconfirmed ? "" : status}},
                                   {}});
        }
        return all;
    }

    std::vector<Problem> doubts(const std::vector<Keyed>&, const Existing&) const override {
        if (!councils_by_code().empty()) return {};
        return {{"register_no_councils", "", "",
                 "There are no councils yet that these addresses could belong to: import the register of "
                 "organisations first."}};
    }

    void write(const std::vector<Decided>& records) const override {
        const auto councils = councils_by_code();
        struct Link {
            Id griffie = 0;
            bool shared = false;
        };
        std::map<Id, Link> by_link;
        for (const auto& [link, griffie, served] :
             Rows<Id, Id, std::int64_t>{std::string{"select r.id, r.griffie, (select count(*) from "} +
                                        links + " s where s.griffie = r.griffie) from " + links + " r"})
            by_link[link] = {griffie, served > 1};
        std::map<std::string, Id> by_mailbox;
        for (auto& [griffie, mailbox] : Rows<Id, std::string>{
                 "select id, mailbox from raadspost_griffie where mailbox is not null and valid_to is null "
                 "order by id desc"})
            by_mailbox[mailbox] = griffie;
        std::map<Id, std::string> mailbox_of;
        for (const auto& [mailbox, griffie] : by_mailbox) mailbox_of[griffie] = mailbox;

        std::map<Id, const Decided*> changed;               // griffie -> what it becomes
        std::map<Id, const Decided*> joined;                // griffie -> who shares it from now on
        std::vector<std::pair<const Decided*, Id>> linked;  // councils that go to a griffie, 0: a new one
        std::vector<Id> unlinked;
        std::vector<std::tuple<Id, std::string>> remembered;
        for (const Decided& each : records) {
            if (!councils.contains(each.key)) continue;
            const std::string mailbox = folded_mailbox(text_in(each.values, "email").value_or(""));
            const auto present = by_link.find(each.id);
            const bool moves = present == by_link.end() ||
                               (present->second.shared && mailbox_of[present->second.griffie] != mailbox);
            if (moves) {
                if (present != by_link.end()) unlinked.push_back(each.id);
                const auto office = by_mailbox.find(mailbox);
                linked.emplace_back(&each, office == by_mailbox.end() ? 0 : office->second);
                if (office != by_mailbox.end()) joined.emplace(office->second, &each);
            } else {
                remembered.emplace_back(each.id, to_json(each.imported));
                if (each.changes) changed.insert_or_assign(present->second.griffie, &each);
            }
        }
        if (!unlinked.empty()) execute(std::string{"delete from "} + links + " where id in {}", unlinked);
        update_rows<std::string>("raadspost.griffie-raadspost.council", {"imported"}, remembered);
        make_offices(linked, councils, changed);
        write_fields(changed);
        fill_up(joined);
    }

private:
    // Griffies for the mailboxes that have none, and the links to their councils.
    static void make_offices(std::vector<std::pair<const Decided*, Id>>& linked,
                             const std::unordered_map<std::string, Id>& councils,
                             std::map<Id, const Decided*>& changed) {
        std::map<std::string, const Decided*> offices;
        for (const auto& [record, griffie] : linked)
            if (griffie == 0)
                offices.emplace(folded_mailbox(text_in(record->values, "email").value_or("")), record);
        const std::map<std::string, std::string> names = council_names();
        std::vector<std::tuple<std::string, std::string>> rows;
        for (const auto& [mailbox, record] : offices) {
            const auto name = names.find(record->key);
            rows.emplace_back("Griffie " + (name == names.end() ? record->key : name->second), "confirmed");
        }
        const Ids made = insert_rows<std::string, std::string>("raadspost.griffie", {"name", "status"}, rows);
        std::map<std::string, Id> ids;
        std::size_t next = 0;
        for (const auto& [mailbox, record] : offices) {
            changed.emplace(made[next], record);
            ids[mailbox] = made[next++];
        }
        std::vector<std::tuple<Id, Id, std::string>> served;
        for (const auto& [record, griffie] : linked) {
            const std::string mailbox = folded_mailbox(text_in(record->values, "email").value_or(""));
            served.emplace_back(griffie != 0 ? griffie : ids[mailbox], councils.at(record->key),
                                to_json(record->imported));
        }
        insert_rows<Id, Id, std::string>("raadspost.griffie-raadspost.council",
                                         {"griffie", "council", "imported"}, served);
    }

    // What others said of an office stays; what it lacks it gets from who joins it.
    static void fill_up(const std::map<Id, const Decided*>& joined) {
        if (joined.empty()) return;
        Ids offices;
        for (const auto& [griffie, record] : joined) offices.push_back(griffie);
        std::vector<std::tuple<Id, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>> rows;
        for (auto& [griffie, griffier, phone, street, postcode, city, note, status] :
             Rows<Id, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>{
                 "select id, griffier, phone, street, postcode, city, note, status from raadspost_griffie "
                 "where id in {} order by id",
                 offices}) {
            const FieldTexts& said = joined.at(griffie)->values;
            const auto filled = [&](const Maybe& present, const char* field) {
                return present && !present->empty() ? present : text_in(said, field);
            };
            // An address is taken as a whole.
            const bool has_address = (street && !street->empty()) || (city && !city->empty());
            rows.emplace_back(griffie, filled(griffier, "griffier"), filled(phone, "phone"),
                              has_address ? street : text_in(said, "street"),
                              has_address ? postcode : text_in(said, "postcode"),
                              has_address ? city : text_in(said, "city"), filled(note, "note"),
                              status == "unconfirmed" ? "confirmed" : status);
        }
        update_rows<Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>(
            "raadspost.griffie", {"griffier", "phone", "street", "postcode", "city", "note", "status"}, rows);
        refresh_griffie_names(offices);
    }

    static std::map<std::string, std::string> council_names() {
        std::map<std::string, std::string> names;
        for (auto& [code, name] : Rows<std::string, std::string>{"select code, name from raadspost_council"})
            names.emplace(std::move(code), std::move(name));
        return names;
    }

    static void write_fields(const std::map<Id, const Decided*>& changed) {
        std::vector<std::tuple<Id, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>> rows;
        Ids griffies;
        for (const auto& [griffie, record] : changed) griffies.push_back(griffie);
        std::map<Id, std::pair<std::string, std::string>> now;  // mailbox and its status
        if (!griffies.empty())
            for (auto& [griffie, mailbox, status] : Rows<Id, Maybe, std::string>{
                     "select id, mailbox, status from raadspost_griffie where id in {}", griffies})
                now[griffie] = {mailbox.value_or(""), status};
        for (const auto& [griffie, record] : changed) {
            const FieldTexts& values = record->values;
            const Maybe email = text_in(values, "email");
            const std::string mailbox = folded_mailbox(email.value_or(""));
            // A status is that of an address: what the list says of its own says nothing of another one that
            // a person typed, and one that failed fails no more where a new one takes its place.
            const bool listed = mailbox == folded_mailbox(text_in(record->imported, "email").value_or(""));
            const auto& [mailbox_before, status_before] = now[griffie];
            Maybe status = text_in(values, "status");
            if (status_before == "unconfirmed" && !listed) status = std::nullopt;
            if (status_before == "failing")
                status = listed && mailbox != mailbox_before ? "confirmed" : "failing";
            rows.emplace_back(griffie, email, email ? Maybe{mailbox} : Maybe{}, text_in(values, "griffier"),
                              text_in(values, "phone"), text_in(values, "street"),
                              text_in(values, "postcode"), text_in(values, "city"), text_in(values, "note"),
                              status.value_or("unconfirmed"));
        }
        update_rows<Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>(
            "raadspost.griffie",
            {"email", "mailbox", "griffier", "phone", "street", "postcode", "city", "note", "status"}, rows);
        if (!griffies.empty()) refresh_griffie_names(griffies);
    }
};

}  // namespace

std::unique_ptr<Target> griffie_target() {
    return std::make_unique<GriffieTarget>();
}

}  // namespace raadspost::crm
