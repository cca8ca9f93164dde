// Elections and results into the terms of councils. Who is new is worked out beside the result of the
// election before - out of the same import, or of the members that are kept by name - and by default only the
// numbers stay.
#include "core/calendar/election_days.hpp"
#include "core/council/membership.hpp"
#include "core/council/table.hpp"
#include "core/register/dates.hpp"
#include "crm/country/council.hpp"
#include "crm/elections/retention.hpp"
#include "crm/elections/terms.hpp"
#include "crm/register/election_reading.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
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

// Names by council and voting day, as "GM0397" -> "2026-03-18" -> keys; days in this form sort by themselves.
using Sat = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

struct Key {
    std::string code, day;
};

Key parts_of(const std::string& key) {
    const auto slash = key.find('/');
    return slash == std::string::npos ? Key{key, {}} : Key{key.substr(0, slash), key.substr(slash + 1)};
}

// Tells one list of members from another without a name in it: readers see what an import changes. FNV-1a.
std::string digest_of(const std::vector<MemberRow>& members) {
    if (members.empty()) return {};
    std::vector<std::string> names;
    for (const MemberRow& each : members) names.push_back(each.name);
    std::ranges::sort(names);  // a file has them in the order of their election
    std::uint32_t hash = 2166136261u;
    for (const std::string& name : names)
        for (const char c : name + '\n') hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return fmt::format("{} (#{:04x})", members.size(), hash & 0xFFFFu);
}

// On which the council that is elected on this day comes in, as far as the law tells.
Date installation_after(Date voting_day) {
    const auto year = voting_day.year();
    return calendar::is_regular_year(year) && voting_day.month() < std::chrono::July
               ? calendar::regular_election(year).installation_day
               : calendar::reorganisation_election(year).installation_day;
}

class ElectionTarget final : public Target {
public:
    ElectionTarget() : keeps_names_{keeps_member_names()} {
        for (auto& [code, successor, active_to] : Rows<std::string, std::string, Date>{
                 "select c.code, s.code, c.active_to from raadspost_council c "
                 "join raadspost_council s on s.id = c.successor where c.active_to is not null"})
            ended_[successor].emplace_back(std::chrono::sys_days{active_to} + std::chrono::days{1}, code);
        for (auto& [code, name] : Rows<std::string, std::string>{"select code, name from raadspost_council"})
            names_.emplace(std::move(code), std::move(name));
        for (auto& [code, day] : Rows<std::string, Date>{
                 "select c.code, e.voting_day from raadspost_council_term t join raadspost_election e "
                 "on e.id = t.election join raadspost_council c on c.id = t.council"})
            sat_[code].try_emplace(registers::iso(day));
        for (auto& [code, day, name] : Rows<std::string, Date, std::string>{
                 "select c.code, e.voting_day, m.sort_name from raadspost_council_member m "
                 "join raadspost_council_term t on t.id = m.term join raadspost_election e on e.id = "
                 "t.election "
                 "join raadspost_council c on c.id = t.council where m.sort_name is not null"})
            sat_[code][registers::iso(day)].push_back(std::move(name));
    }

    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"seats", "new_count", "returning_count", "members"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.council.term", field};
    }

    void complete(std::vector<Keyed>& records, std::vector<Problem>& problems) const override {
        Sat sat = sat_;
        for (const Keyed& record : records) {
            const auto [code, day] = parts_of(record.key);
            std::vector<std::string>& names = sat[code][day];
            if (const Maybe rows = text_in(record.fields, member_rows)) {
                names.clear();
                for (MemberRow& each : members_in(*rows)) names.push_back(std::move(each.sort_name));
            }
        }
        std::size_t unknown = 0;
        for (Keyed& record : records) {
            const auto [code, day] = parts_of(record.key);
            const auto name = names_.find(code);
            record.fields["name"] = (name == names_.end() ? code : name->second) + " " + day.substr(0, 4);
            const Maybe rows = text_in(record.fields, member_rows);
            if (!rows || is_ended(code)) continue;
            std::vector<MemberRow> members = members_in(*rows);
            const auto previous = previous_of(sat, code, day);
            if (!previous)
                ++unknown;
            else
                tell_new(members, sat[code][day], *previous, record, problems);
            record.fields["members"] = digest_of(members);
            record.fields[member_rows] = to_rows(members);
            if (keeps_names_) continue;
            record.fields.erase("members");
            record.fields.erase(member_rows);
        }
        const auto ended =
            std::erase_if(records, [&](const Keyed& record) { return is_ended(parts_of(record.key).code); });
        if (ended > 0)
            problems.push_back({"register_eml_ended", "", std::to_string(ended),
                                std::to_string(ended) +
                                    " results are of councils that are no more and not kept here. They were "
                                    "read to tell who is new at their successors."});
        if (unknown > 0)
            problems.push_back(
                {"register_eml_previous_unknown", "", std::to_string(unknown),
                 "Of " + std::to_string(unknown) +
                     " councils it cannot be told who is new: the result of the election before is "
                     "not known. Import it along with this one."});
    }

    Existing existing() const override {
        std::map<Id, std::vector<MemberRow>> members;
        for (auto& [term, name] : Rows<Id, std::string>{
                 "select term, name from raadspost_council_member order by term, list_number, position, id"})
            members[term].push_back({'?', {}, std::move(name), {}, 0, 0, false});
        Existing all;
        for (auto& [id, code, day, seats, new_count, returning_count, imported] :
             Rows<Id, std::string, Date, MaybeNumber, MaybeNumber, MaybeNumber, Maybe>{
                 "select t.id, c.code, e.voting_day, t.seats, t.new_count, t.returning_count, t.imported "
                 "from raadspost_council_term t join raadspost_election e on e.id = t.election "
                 "join raadspost_council c on c.id = t.council"}) {
            const std::string key = code + "/" + registers::iso(day);
            const std::string digest = digest_of(members[id]);
            if (imported && !imported->empty()) {
                FieldTexts last = from_json(*imported);
                last["members"] = digest;  // is not remembered, and nobody edits it
                all.last_imported.push_back({key, std::move(last), {}});
            }
            all.present.push_back({key,
                                   {{"seats", text_of(seats)},
                                    {"new_count", text_of(new_count)},
                                    {"returning_count", text_of(returning_count)},
                                    {"members", digest}},
                                   {}});
            all.ids.emplace(key, id);
        }
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const auto ids = with_terms(records);
        std::vector<std::tuple<Id, MaybeNumber, MaybeNumber, MaybeNumber, std::string>> changed;
        Ids renewed;
        std::vector<std::tuple<Id, std::string, std::string, std::string, std::int64_t, std::int64_t,
                               std::string, std::optional<bool>>>
            members;
        for (const Decided& each : records) {
            const auto term = ids.find(each.key);
            if (term == ids.end()) continue;
            FieldTexts imported = each.imported;
            for (const char* name : {"name", "members", member_rows}) imported.erase(name);
            changed.emplace_back(term->second, number_in(each.values, "seats"),
                                 number_in(each.values, "new_count"),
                                 number_in(each.values, "returning_count"), to_json(imported));
            const Maybe rows = text_in(each.imported, member_rows);
            if (!keeps_names_ || !rows) continue;
            renewed.push_back(term->second);
            for (const MemberRow& member : members_in(*rows))
                members.emplace_back(term->second, member.name.empty() ? "-" : member.name, member.sort_name,
                                     member.list_name, member.list_number, member.position,
                                     member.by_preference ? "preference" : "list_order",
                                     member.is_new == '?' ? std::optional<bool>{} : member.is_new == 'y');
        }
        update_rows<MaybeNumber, MaybeNumber, MaybeNumber, std::string>(
            "raadspost.council.term", {"seats", "new_count", "returning_count", "imported"}, changed);
        if (!renewed.empty()) execute("delete from raadspost_council_member where term in {}", renewed);
        insert_rows<Id, std::string, std::string, std::string, std::int64_t, std::int64_t, std::string,
                    std::optional<bool>>(
            "raadspost.council.member",
            {"term", "name", "sort_name", "list_name", "list_number", "position", "elected_by", "is_new"},
            members);
    }

private:
    // Long gone: the CRM starts with the councils of today.
    bool is_ended(const std::string& code) const { return !names_.empty() && !names_.contains(code); }

    // Who sat before: in this council, and in those that went into it since its last election or do so when
    // the new one comes in. Nothing where that is not known of one of them.
    std::optional<std::vector<std::string>> previous_of(const Sat& sat, const std::string& code,
                                                        const std::string& day) const {
        const auto last_before = [&](const std::string& council) -> const Sat::mapped_type::value_type* {
            const auto terms = sat.find(council);
            if (terms == sat.end()) return nullptr;
            const auto next = terms->second.lower_bound(day);
            return next == terms->second.begin() ? nullptr : &*std::prev(next);
        };
        const auto installed = [](const std::string& voting_day) -> MaybeDate {
            const auto date = date_in({{"day", voting_day}}, "day");
            return date ? MaybeDate{installation_after(*date)} : MaybeDate{};
        };
        const auto* own = last_before(code);
        std::set<std::string> councils;
        if (own) councils.insert(code);
        const MaybeDate after = own ? installed(own->first) : MaybeDate{}, until = installed(day);
        if (until) {
            for (std::string& each : merged_into(code, after, *until)) councils.insert(std::move(each));
            if (const auto told = ended_.find(code); told != ended_.end())
                for (const auto& [on, each] : told->second)
                    if (on <= std::chrono::sys_days{*until} && (!after || on > std::chrono::sys_days{*after}))
                        councils.insert(each);
        }
        std::vector<std::string> names;
        for (const std::string& each : councils) {
            const auto* term = last_before(each);
            if (!term || term->second.empty()) return std::nullopt;
            names.insert(names.end(), term->second.begin(), term->second.end());
        }
        if (councils.empty()) return std::nullopt;
        return names;
    }

    static void tell_new(std::vector<MemberRow>& members, const std::vector<std::string>& elected,
                         const std::vector<std::string>& previous, Keyed& record,
                         std::vector<Problem>& problems) {
        const Renewal renewal = renewal_of(elected, previous);
        for (std::size_t n = 0; n < members.size(); ++n) members[n].is_new = renewal.is_new[n] ? 'y' : 'n';
        record.fields["new_count"] = std::to_string(renewal.new_count());
        record.fields["returning_count"] = std::to_string(renewal.returning_count());
        if (!renewal.doubtful.empty())
            problems.push_back({"register_eml_names_doubtful", record.place,
                                record.fields["name"] + ": " + std::to_string(renewal.doubtful.size()),
                                "Names agree only roughly, or two people share one; the number of new "
                                "councillors is a guess."});
    }

    // A council that the file says took part in an election takes part in it from now on.
    static std::map<std::string, Id> with_terms(const std::vector<Decided>& records) {
        std::map<std::string, Id> ids;
        std::vector<std::tuple<Id, Id>> joining;
        Ids councils;
        const auto known = councils_by_code();
        for (const Decided& each : records) {
            if (each.id != 0) {
                ids.emplace(each.key, each.id);
                continue;
            }
            const auto [code, day] = parts_of(each.key);
            const auto voting_day = date_in({{"day", day}}, "day");
            const auto council = known.find(code);
            if (!voting_day || council == known.end()) continue;
            const Id election = election_on(*voting_day);
            if (election == 0) continue;
            joining.emplace_back(election, council->second);
            councils.push_back(council->second);
        }
        if (joining.empty()) return ids;
        std::set<std::pair<Id, Id>> taking_part;
        for (const auto& [election, council] :
             Rows<Id, Id>{"select election, council from \"raadspost_election-raadspost_council\""})
            taking_part.emplace(election, council);
        std::erase_if(joining, [&](const auto& each) {
            return taking_part.contains({std::get<0>(each), std::get<1>(each)});
        });
        insert_rows<Id, Id>("raadspost.election-raadspost.council", {"election", "council"}, joining);
        refresh_terms(councils);
        for (auto& [id, code, day] : Rows<Id, std::string, Date>{
                 "select t.id, c.code, e.voting_day from raadspost_council_term t join raadspost_election e "
                 "on e.id = t.election join raadspost_council c on c.id = t.council"})
            ids.emplace(code + "/" + registers::iso(day), id);
        return ids;
    }

    bool keeps_names_;
    std::map<std::string, std::string> names_;
    // By successor: the day of the merger, and who ended.
    std::map<std::string, std::vector<std::pair<std::chrono::sys_days, std::string>>> ended_;
    Sat sat_;
};

}  // namespace

std::unique_ptr<Target> election_target() {
    return std::make_unique<ElectionTarget>();
}

}  // namespace raadspost::crm
