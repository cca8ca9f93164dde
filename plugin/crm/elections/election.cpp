// An election of municipal councils, and who takes part in it.
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;
using namespace std::chrono_literals;

constexpr const char* participations = "\"raadspost_election-raadspost_council\"";

Values count_councils(const Ids& elections) {
    Values counts;
    for (const Id election : elections) counts[election] = 0;
    for (const auto& [election, number] :
         Rows<Id, std::int64_t>{std::string{"select election, count(*) from "} + participations +
                                    " where election in {} group by election",
                                elections})
        counts[election] = number;
    return counts;
}

Values name_participations(const Ids& links) {
    Values names;
    for (const auto& [id, council] :
         Rows<Id, std::string>{std::string{"select l.id, c.name from "} + participations +
                                   " l join raadspost_council c on c.id = l.council "
                                   "where l.id in {}",
                               links})
        names[id] = council;
    return names;
}

Ids participations_in(const Ids& elections) {
    Ids ids;
    for (const auto& [id] :
         Rows<Id>{std::string{"select id from "} + participations + " where election in {}", elections})
        ids.push_back(id);
    return ids;
}

Ids councils_of(const Ids& links) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{std::string{"select distinct council from "} + participations + " where id in {}", links})
        councils.push_back(council);
    return councils;
}

void refresh_of(const Ids& links) {
    if (const Ids councils = councils_of(links); !councils.empty()) refresh_terms(councils);
}

void leave(const Ids& links) {
    if (const Ids councils = councils_of(links); !councils.empty()) refresh_terms(councils, links);
}

void check_order_of_days(const Ids& elections) {
    for (const Record& election : browse("raadspost.election", elections)) {
        std::optional<std::chrono::sys_days> last;
        for (const char* field : {"nomination_day", "voting_day", "result_day", "installation_day"}) {
            const Value day = election.get(field);
            if (day.is_null()) continue;
            const std::chrono::sys_days now{day.as<Date>()};
            if (last && now < *last)
                throw UserError{"msg_election_days", {{"election", election.text("name")}}};
            last = now;
        }
    }
}

constexpr std::int64_t last_year = 2042;

std::string compute(Session& session) {
    const auto until = session.form("start").at<std::int64_t>("until");
    if (until < 2018 || until > last_year)
        throw UserError{"msg_setting_bounds", {{"number", until}, {"least", 2018}, {"most", last_year}}};
    make_elections(std::chrono::year{static_cast<int>(until)});
    return "open";
}

}  // namespace

tryton::Model election() {
    return Model{"raadspost.election", "Election"}
        .stored()
        .shown()
        .ordered_by("voting_day", "DESC")
        .field(Selection{"kind", "Kind", {{"regular", "Regular"}, {"reorganisation", "Reorganisation"}}}
                   .required()
                   .starts_as("regular"))
        .field(Char{"name", "Name"}.required())
        .field(DateField{"nomination_day", "Nomination"})
        .field(DateField{"voting_day", "Voting Day"}.required().indexed())
        .field(DateField{"result_day", "Result"}.help("The day on which it is fixed who was elected."))
        .field(DateField{"installation_day", "Installation"}.required().help(
            "The day on which the old councils resign and the new ones come in."))
        .field(
            Many2Many{"councils", "raadspost.election-raadspost.council", "election", "council", "Councils"})
        .field(One2Many{"participations", "raadspost.election-raadspost.council", "election",
                        "Councils Taking Part"})
        .field(Function{Integer{"council_count", "Number of Councils"}, count_councils})
        .unique({"kind", "voting_day"}, "msg_election_unique")
        .validates(check_order_of_days)
        .after_save([](const Ids& elections) {
            if (const Ids links = participations_in(elections); !links.empty()) refresh_of(links);
        })
        .before_copy([](Dict& overrides) {
            overrides["councils"] = List{};
            overrides["participations"] = List{};
        })
        .before_delete([](const Ids& elections) {
            if (const Ids links = participations_in(elections); !links.empty()) leave(links);
        });
}

tryton::Model election_council() {
    return Model{"raadspost.election-raadspost.council", "Election - Council"}
        .stored()
        .shown()
        .ordered_by("council")
        .named_by(name_participations, {"council"})
        .field(
            Many2One{"election", "raadspost.election", "Election"}.required().on_delete("CASCADE").indexed())
        .field(Many2One{"council", "raadspost.council", "Council"}.required().on_delete("CASCADE").indexed())
        .field(DateField{"installed_on", "Installed On"}.help(
            "Where this council came in on another day than the others."))
        .unique({"election", "council"}, "msg_election_council_unique")
        .after_save(refresh_of)
        .before_delete(leave);
}

tryton::Model compute_elections_start() {
    return Model{"raadspost.compute_elections.start", "Elections by Law"}.shown().field(
        Integer{"until", "Until"}
            .required()
            .starts_as(static_cast<int>(elections_until))
            .help("The last year; elections that are there already stay as they are."));
}

tryton::Wizard compute_elections() {
    return Wizard{"raadspost.compute_elections"}
        .start("start")
        .form("start", "raadspost.compute_elections.start", "raadspost.compute_elections_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Compute", "compute", "tryton-ok", true}})
        .step("compute", compute)
        .action("open", "raadspost.act_election");
}

}  // namespace raadspost::crm
