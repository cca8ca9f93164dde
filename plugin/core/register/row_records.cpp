#include "core/council/meeting_place.hpp"
#include "core/fold.hpp"
#include "core/register/mapping.hpp"
#include "core/register/values.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace raadspost::registers {
namespace {

class RowReader {
public:
    RowReader(TableKind kind, const Mapping& mapping, const TableRow& row, const CouncilIndex& councils,
              std::vector<Problem>& oddities)
        : kind_{kind}, councils_{councils}, oddities_{oddities}, place_{at_line(row.line)} {
        for (std::size_t i = 0; i < std::min(mapping.size(), row.cells.size()); ++i)
            if (!mapping[i].empty()) cells_.emplace(mapping[i], row.cells[i]);
    }

    Result<Keyed> read() {
        if (kind_ == TableKind::recesses) return recess();
        for (const auto& [field, text] : cells_)
            if (field != "council" && field != "email" && field != "kind") put_plain(field, text);
        if (auto done = put_mailbox(); !done) return done.problem();
        if (auto done = put_council(); !done) return done.problem();
        if (kind_ == TableKind::meeting_places) return meeting_place();
        return finished();
    }

private:
    std::string cell(const std::string& field) const {
        const auto found = cells_.find(field);
        return found == cells_.end() ? std::string{} : found->second;
    }
    Problem problem(std::string id, std::string_view found, std::string text) const {
        return {std::move(id), place_, quoted(found), std::move(text)};
    }

    void put_plain(const std::string& field, const std::string& text) {
        auto value = text.empty() ? std::optional<std::string>{""} : value_of(field, text);
        if (value) {
            record_.fields[field] = std::move(*value);
            return;
        }
        // What we have no word for is still worth reading.
        if (field == "status" || field == "outcome") record_.fields[field + "_as_written"] = text;
        oddities_.push_back(
            problem("register_value", text,
                    "\"" + quoted(text) + "\" is no value for the field " + field + "; it is left empty."));
    }

    Result<Done> put_mailbox() {
        const std::string text = cell("email");
        auto mailbox = mailbox_in(text);
        const bool needed = kind_ == TableKind::griffie_addresses || kind_ == TableKind::opt_outs;
        if (!mailbox && (needed || (kind_ == TableKind::past_mailings && cell("council").empty())))
            return problem(text.empty() ? "register_mailbox_missing" : "register_mailbox", text,
                           text.empty()
                               ? "There is no e-mail address in this row; it is left out."
                               : "\"" + quoted(text) + "\" is no e-mail address; the row is left out.");
        if (!mailbox && !text.empty())
            oddities_.push_back(problem("register_value", text,
                                        "\"" + quoted(text) + "\" is no e-mail address; it is left empty."));
        if (mailbox && std::ranges::count(text, '@') > 1)
            oddities_.push_back(
                problem("register_several_mailboxes", text,
                        "There are several e-mail addresses in this cell; the first one is used."));
        if (cells_.contains("email")) record_.fields["email"] = std::move(mailbox).value_or("");
        return Done{};
    }

    Result<Done> put_council() {
        const std::string text = cell("council");
        CouncilsMeant meant = councils_.find(text);
        if (meant.size() != 1) {
            // A name that fits two councils is settled by the mailbox, if that is one council's own.
            const auto by_mailbox = councils_.find_by_address(field("email"));
            if (by_mailbox.size() == 1 &&
                (text.empty() || std::ranges::find(meant, by_mailbox[0]) != meant.end()) &&
                kind_ != TableKind::meeting_places)
                meant = by_mailbox;
        }
        if (meant.empty() && text.empty() && kind_ == TableKind::meeting_places)
            meant = councils_.find(field("place"));
        if (meant.size() == 1) {
            record_.fields["council"] = meant[0];
            return Done{};
        }
        // Places and opt-outs are worth having without their council; a griffie is not.
        const bool needed = kind_ == TableKind::griffie_addresses ||
                            (kind_ == TableKind::past_mailings && field("email").empty());
        Problem why =
            meant.empty()
                ? problem("register_council_unknown", text.empty() ? field("email") : text,
                          "No council is known by \"" + quoted(text.empty() ? field("email") : text) + "\".")
                : problem("register_council_ambiguous", text,
                          "\"" + quoted(text) + "\" may be " + listed(meant) + "; write the code instead.");
        if (needed) return why;
        if (!text.empty()) oddities_.push_back(std::move(why));
        return Done{};
    }

    static std::string listed(const CouncilsMeant& codes) {
        std::string text;
        for (const std::string& code : codes) text += (text.empty() ? "" : " or ") + code;
        return text;
    }

    std::string field(const std::string& name) const {
        const auto found = record_.fields.find(name);
        return found == record_.fields.end() ? std::string{} : found->second;
    }

    Result<Keyed> meeting_place() {
        if (field("name").empty())
            return problem("register_name_missing", cell("place"),
                           "This meeting place has no name; the row is left out.");
        auto kind = kind_in_name(cell("kind"));
        if (kind.empty()) kind = kind_in_name(field("name"));
        record_.fields["kind"] = kind;
        if (field("house_number").empty() && !field("street").empty()) {
            auto [street, number] = street_and_number(field("street"));
            record_.fields["street"] = std::move(street);
            if (!number.empty()) record_.fields["house_number"] = std::move(number);
        }
        MeetingPlace house;
        house.name = field("name");
        house.council = field("council");
        house.address.postcode = field("postcode");
        house.address.place = field("place");
        record_.key = duplicate_key(house);
        if (record_.key.empty())
            return problem("register_name_missing", house.name,
                           "This meeting place's name has no letter in it; the row is left out.");
        record_.place = place_;
        return std::move(record_);
    }

    // The region may stand in the column of the municipality, and the other way round.
    Result<Keyed> recess() {
        const std::string area = cell("region").empty() ? cell("council") : cell("region");
        const std::string region = region_in(area);
        CouncilsMeant meant;
        if (region.empty() && !area.empty()) {
            meant = councils_.find(area);
            if (meant.empty())
                return problem("register_council_unknown", area,
                               "Neither a region nor a council is known by \"" + quoted(area) + "\".");
            if (meant.size() > 1)
                return problem(
                    "register_council_ambiguous", area,
                    "\"" + quoted(area) + "\" may be " + listed(meant) + "; write the code instead.");
        }
        const auto from = date_of(cell("from_day")), to = date_of(cell("to_day"));
        if (!from || !to)
            return problem(
                "register_date", from ? cell("to_day") : cell("from_day"),
                "This row has no date that can be read (2026-03-18 or 18-03-2026); it is left out.");
        if (*to < *from)
            return problem("register_days", *from + " - " + *to,
                           "The last day lies before the first; the row is left out.");
        const std::string name = cell("name");
        record_.fields = {{"name", name.empty() ? "Reces " + from->substr(0, 4) : name},
                          {"region", region == everywhere ? "" : region},
                          {"council", meant.empty() ? "" : meant[0]},
                          {"from_day", *from},
                          {"to_day", *to}};
        record_.key = (meant.empty() ? (region.empty() ? everywhere : region) : meant[0]) + ' ' + *from;
        record_.place = place_;
        return std::move(record_);
    }

    // "noord", "midden", "zuid" out of "Regio Noord" and the like; `everywhere` for all of the country; empty
    // when it is no region.
    static std::string region_in(const std::string& text) {
        const std::string padded = ' ' + folded(text) + ' ';
        for (const char* whole : {" alle ", " landelijk ", " nederland ", " heel nederland "})
            if (padded == whole) return everywhere;
        for (const auto& [word, region] :
             {std::pair{"noord", "noord"}, std::pair{"north", "noord"}, std::pair{"midden", "midden"},
              std::pair{"middle", "midden"}, std::pair{"zuid", "zuid"}, std::pair{"south", "zuid"}})
            if (padded == std::string{" "} + word + " " || padded == std::string{" regio "} + word + " ")
                return region;
        return {};
    }

    Result<Keyed> finished() {
        if (kind_ == TableKind::past_mailings) {
            if (field("date").empty())
                return problem(
                    "register_date", cell("date"),
                    "This row has no date that can be read (2026-03-18 or 18-03-2026); it is left out.");
            const std::string who = field("email").empty() ? field("council") : field("email");
            record_.key = who + ' ' + field("date") + ' ' + field("subject");
        } else {
            record_.key = kind_ == TableKind::griffie_addresses ? field("council") : field("email");
        }
        record_.place = place_;
        return std::move(record_);
    }

    inline static const std::string everywhere = "alle";

    TableKind kind_;
    const CouncilIndex& councils_;
    std::vector<Problem>& oddities_;
    std::string place_;
    std::map<std::string, std::string> cells_;  // by field, as written
    Keyed record_;
};

}  // namespace

Result<Keyed> read_row(TableKind kind, const Mapping& mapping, const TableRow& row,
                       const CouncilIndex& councils, std::vector<Problem>& oddities) {
    return RowReader{kind, mapping, row, councils, oddities}.read();
}

}  // namespace raadspost::registers
