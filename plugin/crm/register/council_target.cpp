// The register of government organisations into councils, with the griffie that each has of its own.
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/country/griffie.hpp"
#include "crm/country/municipality_party.hpp"
#include "crm/country/provinces.hpp"
#include "crm/elections/terms.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <array>
#include <map>
#include <set>
#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using registers::Keyed;
using Maybe = std::optional<std::string>;
using MaybeNumber = std::optional<std::int64_t>;
using MaybeDate = std::optional<Date>;
using MaybeId = std::optional<Id>;

// The griffie that serves one council only. What an office for several councils has is not one council's to
// change, so those fields are left out of the comparison.
struct OwnGriffie {
    Id id = 0;
    bool guessed = false;
    FieldTexts fields;
};

std::string post_address(const FieldTexts& fields) {
    const auto part = [&](const char* name) { return text_in(fields, name).value_or(""); };
    if (const std::string box = part("postal_post_box"); !box.empty()) return "Postbus " + box;
    const std::string number = part("postal_house_number");
    return number.empty() ? part("postal_street") : part("postal_street") + " " + number;
}

Municipality municipality_of(const std::string& code, const FieldTexts& imported) {
    Municipality municipality{code, text_in(imported, "name").value_or(""), {}, {}, {}, {}};
    for (const char* name : {"tooi", "oin", "rsin", "kvk"})
        if (const Maybe identifier = text_in(imported, name)) municipality.identifiers.push_back(*identifier);
    return municipality;
}

std::map<Id, OwnGriffie> own_griffies() {
    std::map<Id, OwnGriffie> griffies;
    std::set<Id> shared;
    std::map<Id, Id> council_of;
    for (auto& [council, griffie, status, email, griffier, street, postcode, city] :
         Rows<Id, Id, std::string, Maybe, Maybe, Maybe, Maybe, Maybe>{
             "select r.council, g.id, g.status, g.email, g.griffier, g.street, g.postcode, g.city "
             "from \"raadspost_griffie-raadspost_council\" r join raadspost_griffie g on g.id = r.griffie "
             "where g.valid_to is null order by g.id"}) {
        const auto [known, is_new] = council_of.emplace(griffie, council);
        if (!is_new && known->second != council) shared.insert(griffie);
        griffies.emplace(council, OwnGriffie{griffie,
                                             status == "unconfirmed",
                                             {{"griffie_email", email.value_or("")},
                                              {"griffier", griffier.value_or("")},
                                              {"griffie_street", street.value_or("")},
                                              {"griffie_postcode", postcode.value_or("")},
                                              {"griffie_city", city.value_or("")}}});
    }
    std::erase_if(griffies, [&](const auto& each) { return shared.contains(each.second.id); });
    return griffies;
}

class CouncilTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"name",
                                                       "province",
                                                       "inhabitants",
                                                       "seats",
                                                       "website",
                                                       "tooi",
                                                       "incoming_documents_url",
                                                       "active_to",
                                                       "successor",
                                                       "griffie_email",
                                                       "griffier",
                                                       "griffie_street",
                                                       "griffie_postcode",
                                                       "griffie_city"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        if (field == "tooi") return {"raadspost.council", "tooi_uri"};
        if (field == "incoming_documents_url") return {"raadspost.council", "list_of_incoming_documents"};
        if (field.starts_with("griffie_")) return {"raadspost.griffie", field.substr(8)};
        if (field == "griffier") return {"raadspost.griffie", field};
        return {"raadspost.council", field};
    }

    void conform(FieldTexts& imported) const override { join_postal_address(imported); }

    std::vector<Problem> doubts(const std::vector<Keyed>& imported, const Existing& today) const override {
        std::vector<Problem> doubts = unlinked_parties(imported, today);
        std::map<std::string, const Keyed*> present;
        for (const Keyed& record : today.present) present.emplace(record.key, &record);
        for (const Keyed& record : imported) {
            if (!date_in(record.fields, "active_to")) continue;
            const auto known = present.find(record.key);
            if (known == present.end() || text_in(known->second->fields, "successor")) continue;
            const Maybe successor = text_in(record.fields, "successor");
            if (!successor || !today.ids.contains(*successor))
                doubts.push_back(
                    {"register_successor_unknown", record.place + ", " + record.key,
                     text_in(known->second->fields, "name").value_or(""),
                     "This council ends. Which one takes over is not known; fill in its successor."});
        }
        return doubts;
    }

    // A new council whose bare name a party already bears is not linked by us.
    static std::vector<Problem> unlinked_parties(const std::vector<Keyed>& imported, const Existing& today) {
        std::vector<Municipality> fresh;
        std::map<std::string, const Keyed*> records;
        for (const Keyed& record : imported) {
            if (today.ids.contains(record.key)) continue;
            fresh.push_back(municipality_of(record.key, record.fields));
            records.emplace(record.key, &record);
        }
        std::vector<Problem> doubts;
        for (const auto& [code, party] : match_parties(fresh).doubtful) {
            const Keyed& record = *records.at(code);
            doubts.push_back({"register_party_doubtful", record.place + ", " + code,
                              text_in(record.fields, "name").value_or(""),
                              "The CRM has a party of that name; it is not linked. Link it by hand."});
        }
        return doubts;
    }

    Existing existing() const override {
        Existing all;
        auto griffies = own_griffies();
        const auto provinces = iso_of_provinces();
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        for (auto& [id, code, name, province, inhabitants, seats, website, tooi, documents, imported, ended,
                    successor] : Rows<Id, std::string, std::string, MaybeId, MaybeNumber, MaybeNumber, Maybe,
                                      Maybe, Maybe, Maybe, MaybeDate, Maybe>{
                 "select c.id, c.code, c.name, c.province, c.inhabitants, c.seats, c.website, c.tooi_uri, "
                 "c.list_of_incoming_documents, c.imported, c.active_to, s.code from raadspost_council c "
                 "left join raadspost_council s on s.id = c.successor"}) {
            Keyed record{code,
                         {{"name", name},
                          {"province", ""},
                          {"inhabitants", text_of(inhabitants)},
                          {"seats", text_of(seats)},
                          {"website", website.value_or("")},
                          {"tooi", tooi.value_or("")},
                          {"incoming_documents_url", documents.value_or("")},
                          {"active_to", text_of(ended)},
                          {"successor", successor.value_or("")}},
                         {}};
            if (province)
                if (const auto iso = provinces.find(*province); iso != provinces.end())
                    record.fields["province"] = iso->second;
            if (const auto own = griffies.find(id); own != griffies.end()) {
                record.fields.merge(own->second.fields);
                // Our own guess is nobody's edit: what the register says replaces it.
                if (own->second.guessed && folded_mailbox(record.fields["griffie_email"]) ==
                                               proposed_griffie_mailbox(website.value_or("")))
                    record.fields["griffie_email"].clear();
            }
            all.ids.emplace(code, id);
            // Nobody needs to be told that a council which has ended is no longer in the register.
            if (imported && !imported->empty() && (!ended || std::chrono::sys_days{*ended} >= today)) {
                FieldTexts last = from_json(*imported);
                join_postal_address(last);
                all.last_imported.push_back({code, std::move(last), {}});
            }
            all.present.push_back(std::move(record));
        }
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const auto provinces = provinces_by_iso();
        const auto province_of = [&](const FieldTexts& values) -> MaybeId {
            const auto found = provinces.find(text_in(values, "province").value_or(""));
            return found == provinces.end() ? MaybeId{} : found->second;
        };
        const std::vector<MaybeId> parties = parties_of(records);

        using Shown =
            std::tuple<std::string, MaybeId, MaybeNumber, MaybeNumber, Maybe, Maybe, Maybe, MaybeDate>;
        const auto shown = [&](const FieldTexts& values) {
            return Shown{text_in(values, "name").value_or(""),
                         province_of(values),
                         number_in(values, "inhabitants"),
                         number_in(values, "seats"),
                         text_in(values, "website"),
                         text_in(values, "tooi"),
                         text_in(values, "incoming_documents_url"),
                         date_in(values, "active_to")};
        };
        std::vector<decltype(std::tuple_cat(std::tuple<std::string, MaybeId, std::string>{}, Shown{}))> added;
        std::vector<decltype(std::tuple_cat(std::tuple<Id, std::string>{}, Shown{}))> changed;
        std::vector<std::tuple<Id, std::string>> remembered;
        std::vector<std::tuple<Id, Id>> linked;
        for (std::size_t n = 0; n < records.size(); ++n) {
            const Decided& each = records[n];
            if (each.id == 0)
                added.push_back(std::tuple_cat(std::tuple{each.key, parties[n], to_json(each.imported)},
                                               shown(each.values)));
            else if (each.changes)
                changed.push_back(
                    std::tuple_cat(std::tuple{each.id, to_json(each.imported)}, shown(each.values)));
            else
                remembered.emplace_back(each.id, to_json(each.imported));
            if (each.id != 0 && parties[n]) linked.emplace_back(each.id, *parties[n]);
        }
        static constexpr std::array<std::string_view, 11> columns = {
            "code",        "party", "imported", "name",     "province",
            "inhabitants", "seats", "website",  "tooi_uri", "list_of_incoming_documents",
            "active_to"};
        const Ids made = insert_rows("raadspost.council", columns, added);
        update_rows(
            "raadspost.council",
            std::array<std::string_view, 9>{"imported", "name", "province", "inhabitants", "seats", "website",
                                            "tooi_uri", "list_of_incoming_documents", "active_to"},
            changed);
        update_rows<std::string>("raadspost.council", {"imported"}, remembered);
        update_rows<Id>("raadspost.council", {"party"}, linked);

        Ids councils;
        std::size_t next = 0;
        for (const Decided& each : records) councils.push_back(each.id != 0 ? each.id : made[next++]);
        write_griffies(records, councils);
        write_successors(records, councils);
        if (councils.empty()) return;
        refresh_council_names(councils);
        fill_regions(councils);
        make_elections();
        refresh_terms(councils);
    }

private:
    // The party of each record: found by identifier or name, or made for a council that is new.
    static std::vector<MaybeId> parties_of(const std::vector<Decided>& records) {
        std::set<std::string> linked;
        for (auto& [code] : Rows<std::string>{"select code from raadspost_council where party is not null"})
            linked.insert(std::move(code));
        std::vector<Municipality> asked;
        for (const Decided& each : records) {
            if (linked.contains(each.key)) continue;
            Municipality municipality = municipality_of(each.key, each.imported);
            municipality.name = text_in(each.values, "name").value_or("");
            municipality.street = text_in(each.values, "griffie_street").value_or("");
            municipality.postcode = text_in(each.values, "griffie_postcode").value_or("");
            municipality.city = text_in(each.values, "griffie_city").value_or("");
            asked.push_back(std::move(municipality));
        }
        PartyMatch match = match_parties(asked);
        std::erase_if(asked, [&](const Municipality& each) {
            return match.found.contains(each.code) || match.doubtful.contains(each.code);
        });
        const Ids made = create_parties(asked);
        for (std::size_t n = 0; n < made.size(); ++n) match.found[asked[n].code] = made[n];

        std::vector<MaybeId> parties;
        for (const Decided& each : records) {
            const auto found = match.found.find(each.key);
            parties.push_back(found == match.found.end() ? MaybeId{} : found->second);
        }
        return parties;
    }

    // After all are there: a council can be followed by one that stands further on in the same file.
    static void write_successors(const std::vector<Decided>& records, const Ids& councils) {
        const auto ids = councils_by_code();
        std::vector<std::tuple<Id, Id>> followed;
        for (std::size_t n = 0; n < records.size(); ++n)
            if (const auto successor = ids.find(text_in(records[n].values, "successor").value_or(""));
                records[n].changes && successor != ids.end())
                followed.emplace_back(councils[n], successor->second);
        update_rows<Id>("raadspost.council", {"successor"}, followed);
    }

    static void write_griffies(const std::vector<Decided>& records, const Ids& councils) {
        std::set<Id> served;
        for (const auto& [council] :
             Rows<Id>{"select distinct council from \"raadspost_griffie-raadspost_council\""})
            served.insert(council);
        const auto own = own_griffies();

        using Fields = std::tuple<Maybe, Maybe, Maybe, Maybe, Maybe, Maybe>;
        const auto shown = [](const FieldTexts& values, Maybe email) {
            const Maybe mailbox = email ? Maybe{folded_mailbox(*email)} : Maybe{};
            return Fields{email,
                          mailbox,
                          text_in(values, "griffier"),
                          text_in(values, "griffie_street"),
                          text_in(values, "griffie_postcode"),
                          text_in(values, "griffie_city")};
        };
        std::vector<ProposedGriffie> proposed;
        std::vector<std::size_t> of_record;
        std::vector<std::tuple<Id, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe>> changed;
        for (std::size_t n = 0; n < records.size(); ++n) {
            const FieldTexts& values = records[n].values;
            Maybe email = text_in(values, "griffie_email");
            if (!served.contains(councils[n])) {
                const std::string website = text_in(values, "website").value_or("");
                proposed.push_back({councils[n], text_in(values, "name").value_or(""),
                                    email ? *email : proposed_griffie_mailbox(website),
                                    text_in(values, "griffier").value_or("")});
                of_record.push_back(n);
            } else if (const auto griffie = own.find(councils[n]);
                       records[n].changes && griffie != own.end()) {
                if (!email) email = text_in(griffie->second.fields, "griffie_email");
                changed.push_back(std::tuple_cat(std::tuple{griffie->second.id}, shown(values, email)));
            }
        }
        const Ids made = add_griffies(proposed);
        for (std::size_t n = 0; n < made.size(); ++n)
            changed.push_back(std::tuple_cat(
                std::tuple{made[n]}, shown(records[of_record[n]].values,
                                           proposed[n].email.empty() ? Maybe{} : Maybe{proposed[n].email})));
        update_rows<Maybe, Maybe, Maybe, Maybe, Maybe, Maybe>(
            "raadspost.griffie", {"email", "mailbox", "griffier", "street", "postcode", "city"}, changed);
        Ids touched;
        for (const auto& row : changed) touched.push_back(std::get<0>(row));
        if (!touched.empty()) refresh_griffie_names(touched);
    }
};

}  // namespace

// The register's address in the one line that the CRM keeps.
void join_postal_address(FieldTexts& fields) {
    if (const std::string line = post_address(fields); !line.empty()) fields["griffie_street"] = line;
    for (const auto& [from, to] :
         {std::pair{"postal_postcode", "griffie_postcode"}, std::pair{"postal_place", "griffie_city"}})
        if (const Maybe value = text_in(fields, from)) fields[to] = *value;
}

std::unique_ptr<Target> council_target() {
    return std::make_unique<CouncilTarget>();
}

}  // namespace raadspost::crm
