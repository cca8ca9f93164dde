#include "crm/followup/facts_loader.hpp"

#include "core/calendar/council_term.hpp"
#include "core/calendar/election_days.hpp"
#include "crm/elections/terms.hpp"
#include "crm/followup/answers_in_hand.hpp"
#include "crm/followup/fact_names.hpp"
#include "crm/followup/planning_rules.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <set>

namespace raadspost::crm {

using namespace tryton;
using namespace followup;
using std::chrono::days;
using MaybeId = std::optional<Id>;
using MaybeDate = std::optional<Date>;
using MaybeText = std::optional<std::string>;
using MaybeNumber = std::optional<std::int64_t>;

namespace {

Moment minute(const DateTime& time) {
    return std::chrono::floor<Moment::duration>(time);
}

std::optional<Day> day_of(const MaybeDate& date) {
    return date ? std::optional{Day{*date}} : std::nullopt;
}

class Loading {
public:
    Loading(const Ids& appeals, const Ids& councils, Moment now)
        : appeals_{appeals}, councils_{councils}, now_{now} {}

    LoadedFacts load() {
        loaded_.councils = councils_;
        loaded_.facts.rules = planning_rules();
        load_appeals();
        load_councils();
        load_tenures();
        load_offices();
        load_suppressions();
        load_outcomes();
        load_posts();
        load_decisions();
        return std::move(loaded_);
    }

private:
    void load_appeals();
    void load_steps();
    void load_councils();
    void load_tenures();
    void load_offices();
    void load_suppressions();
    void load_outcomes();
    void load_posts();
    void load_mail_of_others();
    void load_decisions();

    // " and <column> in (...)" with its parameter; nothing when all councils are asked for.
    std::string among_councils(const char* column, List& parameters) const {
        if (councils_.empty()) return "";
        parameters.emplace_back(councils_);
        return std::string{" and "} + column + " in {}";
    }
    Index mailbox(const std::string& folded) {
        if (folded.empty()) return nobody;
        const auto [known, is_new] = mailbox_.emplace(folded, static_cast<Index>(loaded_.mailboxes.size()));
        if (is_new) loaded_.mailboxes.push_back(folded);
        return known->second;
    }
    std::optional<Index> council(Id id) const {
        const auto found = council_.find(id);
        return found == council_.end() ? std::nullopt : std::optional{found->second};
    }
    Day term(Id council, const std::string& period) const {
        // By the year of its installation: since a case got its name the day on which the term ends may have
        // moved, and what was answered in it still stands.
        const std::string year = period.substr(0, 4);
        auto found = term_.find({council, period});
        if (found == term_.end()) found = term_.lower_bound({council, year});
        const bool is_it =
            found != term_.end() && found->first.first == council && found->first.second.starts_with(year);
        return is_it ? found->second : Day{};
    }

    const Ids& appeals_;
    const Ids& councils_;
    Moment now_;
    LoadedFacts loaded_;
    std::unordered_map<Id, Index> appeal_, council_;
    std::unordered_map<Id, std::uint16_t> step_;
    std::unordered_map<std::string, Index> mailbox_;
    std::map<std::pair<Id, std::string>, Day> term_;
};

void Loading::load_appeals() {
    for (const auto& [id, state, association, starts_at, began_at] :
         Rows<Id, std::string, MaybeId, std::optional<DateTime>, std::optional<DateTime>>{
             "select id, state, association, starts_at, began_at from raadspost_appeal where id in {} order "
             "by "
             "id",
             appeals_}) {
        Appeal appeal;
        appeal.id = id;
        appeal.association = association.value_or(0);
        appeal.starts_at = starts_at ? minute(*starts_at) : now_;
        if (began_at && (starts_at || has_left(id))) appeal.begun = minute(*began_at);
        appeal_.emplace(id, static_cast<Index>(loaded_.facts.appeals.size()));
        loaded_.facts.appeals.push_back(std::move(appeal));
        loaded_.gets_dispatches.emplace(id, state == "running");
        if (starts_at) loaded_.starts_at.emplace(id, *starts_at);
        if (association) loaded_.associations.emplace(id, *association);
    }
    load_steps();
}

void Loading::load_steps() {
    Rows<Id, Id, std::string, MaybeDate, std::int64_t, std::string, Value, std::string, std::string>::each(
        "select id, appeal, anchor, anchor_date, \"offset\", offset_unit, time_of_day, condition, looks_at "
        "from raadspost_step where appeal in {} order by appeal, sequence, id",
        {appeals_},
        [&](Id id, Id appeal, const std::string& anchor, const MaybeDate& anchor_date, std::int64_t offset,
            const std::string& unit, const Value& time, const std::string& condition,
            const std::string& looks_at) {
            Step step;
            step.id = id;
            step.anchor = anchor_of(anchor);
            step.anchor_date = day_of(anchor_date);
            step.offset = static_cast<std::int32_t>(offset);
            step.unit = unit == "days" ? Unit::days : Unit::working_days;
            step.time_of_day = time_of_day(time);
            step.condition = condition_of(condition);
            step.looks_at = looks_at_of(looks_at);
            auto& steps = loaded_.facts.appeals[appeal_.at(appeal)].steps;
            step_.emplace(id, static_cast<std::uint16_t>(steps.size()));
            steps.push_back(step);
        });
    for (const auto& [id, appeal, due, not_after, cap, days_apart, needs_approval, approved_at] :
         Rows<Id, Id, MaybeDate, MaybeDate, std::int64_t, MaybeNumber, std::optional<bool>,
              std::optional<DateTime>>{"select id, appeal, due, not_after, cap, days_apart, needs_approval, "
                                       "approved_at from raadspost_step where appeal in {}",
                                       appeals_}) {
        Step& step = loaded_.facts.appeals[appeal_.at(appeal)].steps[step_.at(id)];
        step.not_before = day_of(due);
        step.not_after = day_of(not_after);
        step.cap = static_cast<std::int32_t>(cap);
        step.days_apart = static_cast<std::int32_t>(days_apart.value_or(0));
        step.waits_for_approval = needs_approval.value_or(false) && !approved_at;
    }
}

void Loading::load_councils() {
    List parameters;
    const std::string among = among_councils("id", parameters);
    std::vector<std::pair<Index, Id>> successors;
    Rows<Id, MaybeId, MaybeDate, MaybeDate, MaybeId>::each(
        "select id, province, active_from, active_to, successor from raadspost_council where 1 = 1" + among +
            " order by id",
        parameters,
        [&](Id id, const MaybeId& province, const MaybeDate& from, const MaybeDate& to,
            const MaybeId& successor) {
            const auto index = static_cast<Index>(loaded_.facts.councils.size());
            council_.emplace(id, index);
            followup::Council one;
            one.id = id;
            one.active_from = day_of(from);
            one.active_to = day_of(to);
            if (successor && *successor != id) successors.emplace_back(index, *successor);
            loaded_.facts.councils.push_back(std::move(one));
            if (province) loaded_.provinces.emplace(id, *province);
        });
    for (const auto& [index, successor] : successors)
        if (const auto known = council(successor)) loaded_.facts.councils[index].successor = *known;
    for (const auto& [appeal, chosen] :
         Rows<Id, Id>{"select appeal, council from \"raadspost_appeal-raadspost_council\" where appeal in {}",
                      appeals_}) {
        // One that is not loaded now still means that the others are not addressed.
        auto& addressed = loaded_.facts.appeals[appeal_.at(appeal)].addressed;
        if (const auto known = council(chosen))
            addressed.push_back(*known);
        else if (addressed.empty())
            addressed.push_back(nobody);
    }
}

void Loading::load_tenures() {
    List parameters;
    const std::string among = among_councils("t.council", parameters);
    std::map<Id, Day> ends;  // of the last term that is known
    Rows<Id, MaybeDate, Date, MaybeDate>::each(
        "select t.council, e.voting_day, t.installed_on, t.ends_on from raadspost_council_term t left join "
        "raadspost_election e on e.id = t.election where 1 = 1" +
            among + " order by t.council, t.installed_on",
        parameters,
        [&](Id id, const MaybeDate& voting_day, const Date& installed_on, const MaybeDate& ends_on) {
            const auto known = council(id);
            if (!known) return;
            const Day installation{installed_on};
            loaded_.facts.councils[*known].tenures.push_back(
                {voting_day ? Day{*voting_day} : installation, installation});
            ends[id] = ends_on ? Day{*ends_on} : installation + days{365};
            const std::string name = term_name(installed_on, ends_on);
            loaded_.periods[{id, installation}] = name;
            term_[{id, name}] = installation;
        });
    // A council that ends votes along for the one that it goes into, and has no term of its own by it.
    List of_ending;
    const std::string among_ending = among_councils("l.council", of_ending);
    Rows<Id, Date, Date>::each(
        "select l.council, e.voting_day, coalesce(l.installed_on, e.installation_day) "
        "from \"raadspost_election-raadspost_council\" l join raadspost_election e on e.id = l.election "
        "join raadspost_council c on c.id = l.council "
        "where coalesce(l.installed_on, e.installation_day) > c.active_to" +
            among_ending + " order by e.voting_day",
        of_ending, [&](Id id, const Date& voting_day, const Date& installed_on) {
            const auto known = council(id);
            if (!known) return;
            const Tenure ahead{Day{voting_day}, Day{installed_on}};
            auto& tenures = loaded_.facts.councils[*known].tenures;
            if (tenures.empty() || tenures.back().installation_day < ahead.installation_day)
                tenures.push_back(ahead);
        });
    // Where the CRM knows no term, or none to come, the law does.
    const auto sitting = calendar::council_term(std::chrono::floor<days>(now_));
    const auto next = calendar::next_term(sitting), after = calendar::next_term(next);
    for (followup::Council& one : loaded_.facts.councils)
        for (const auto& term : {sitting, next, after}) {
            // One that was formed in the midst of a term has its own from that day.
            const Day ending{term.ends_on};
            if (one.active_from && ending <= *one.active_from) continue;
            const bool is_formed = one.active_from && Day{term.installation_day} < *one.active_from;
            const Day installation = is_formed ? *one.active_from : Day{term.installation_day};
            if (one.active_to && installation > *one.active_to) break;
            const auto end = ends.find(one.id);
            if (end != ends.end() && installation < end->second) continue;
            one.tenures.push_back({is_formed ? installation : Day{term.voting_day}, installation});
            const std::string name = is_formed ? term_name(Date{installation}, Date{ending}) : term.name();
            loaded_.periods.emplace(std::pair{one.id, installation}, name);
            term_.emplace(std::pair{one.id, name}, installation);
        }
    if (!loaded_.facts.rules.keep_recess) return;
    // One's own, one's region's, and those of the whole country.
    for (const auto& [id, from, to] :
         Rows<Id, Date, Date>{"select c.id, r.from_day, r.to_day from raadspost_recess r join "
                              "raadspost_council c on c.id = r.council "
                              "or (r.council is null and (coalesce(r.region, '') = '' or r.region = "
                              "c.region)) order by c.id, r.from_day"})
        if (const auto known = council(id))
            loaded_.facts.councils[*known].recesses.push_back({Day{from}, Day{to}});
}

// Of several offices one that opted out speaks for its council; else the confirmed comes before the
// unconfirmed, the older before the younger.
void Loading::load_offices() {
    const Date today = calendar::day_in_the_netherlands(now_);
    List parameters{today, today};
    const std::string among = among_councils("l.council", parameters);
    std::unordered_map<Id, Index> office;
    Rows<Id, Id, MaybeText, std::string>::each(
        "select l.council, o.id, o.mailbox, o.status from \"raadspost_griffie-raadspost_council\" l "
        "join raadspost_griffie o on o.id = l.griffie where (o.valid_from is null or o.valid_from <= {}) "
        "and (o.valid_to is null or o.valid_to >= {})" +
            among +
            " order by l.council, case o.status when 'opted_out' then 1 when 'confirmed' then 2 "
            "when 'unconfirmed' then 3 else 4 end, o.id",
        parameters, [&](Id id, Id griffie, const MaybeText& folded, const std::string& status) {
            const auto known = council(id);
            if (!known || loaded_.facts.councils[*known].office != nobody) return;
            const auto [index, is_new] =
                office.emplace(griffie, static_cast<Index>(loaded_.facts.offices.size()));
            if (is_new)
                loaded_.facts.offices.push_back({griffie, mailbox(folded.value_or("")), status_of(status)});
            loaded_.facts.councils[*known].office = index->second;
        });
}

void Loading::load_suppressions() {
    for (const auto& [folded, scope, association, appeal, reason] :
         Rows<MaybeText, std::string, MaybeId, MaybeId, std::string>{
             "select mailbox, scope, association, appeal, reason from raadspost_suppression"}) {
        const auto known = mailbox_.find(folded.value_or(""));
        if (known == mailbox_.end()) continue;
        Suppression one;
        one.mailbox = known->second;
        one.scope = scope == "all" ? Scope::all : scope == "association" ? Scope::association : Scope::appeal;
        one.of = one.scope == Scope::association ? association.value_or(0) : appeal.value_or(0);
        one.asked_for = reason == "opted_out";
        loaded_.facts.suppressions.push_back(one);
    }
}

void Loading::load_outcomes() {
    List parameters{appeals_};
    const std::string among = among_councils("k.council", parameters);
    struct Said {
        std::uint16_t outcomes = 0, proposed = 0;
    };
    std::map<std::tuple<Index, Index, Day>, Said> found;
    Rows<Id, Id, std::string, std::string>::each(
        "select k.appeal, k.council, k.period, o.kind from raadspost_outcome o join raadspost_case k "
        "on k.id = o.\"case\" where o.corrected_by is null "
        // What a council's own list tells was not said to us.
        "and o.source <> 'council_information' and k.appeal in {}" +
            among,
        parameters, [&](Id appeal, Id id, const std::string& period, const std::string& kind) {
            if (const auto known = council(id))
                found[{appeal_.at(appeal), *known, term(id, period)}].outcomes |= outcome_of(kind);
        });
    for (const AnswerInHand& each : answers_in_hand(appeals_, councils_))
        if (const auto known = council(each.council))
            found[{appeal_.at(each.appeal), *known, term(each.council, each.period)}].proposed |=
                static_cast<std::uint16_t>(each.may_stop ? answered | no_more : answered);
    for (const auto& [place, said] : found)
        loaded_.facts.cases.push_back(
            {std::get<0>(place), std::get<1>(place), std::get<2>(place), said.outcomes, said.proposed});
}

void Loading::load_posts() {
    List parameters{appeals_};
    const std::string among = among_councils("k.council", parameters);
    // What a sender has taken, if only to make it, is under way as what is released: nobody plans it anew.
    Rows<Id, Id, Id, Id, std::int64_t, std::string, std::string, std::string, std::optional<DateTime>>::each(
        "select d.id, d.appeal, k.council, d.step, l.occurrence, d.mailbox, k.period, "
        "case when d.state = 'planned' and d.journal is not null then 'released' else d.state end, "
        "coalesce(d.sent_at, d.due) from raadspost_dispatch d "
        "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
        // Of a part the case is what an index is for: behind the plus the appeal is none.
        "join raadspost_case k on k.id = l.\"case\" where " +
            std::string{councils_.empty() ? "" : "+"} + "d.appeal in {}" + among,
        parameters,
        [&](Id dispatch, Id appeal, Id id, Id step, std::int64_t occurrence, const std::string& folded,
            const std::string& period, const std::string& state, const std::optional<DateTime>& at) {
            const auto known = council(id);
            if (!known || !step_.contains(step)) return;
            Post post;
            post.dispatch = dispatch;
            post.appeal = appeal_.at(appeal);
            post.council = *known;
            post.step = step_.at(step);
            post.occurrence = static_cast<std::uint16_t>(occurrence);
            post.mailbox = mailbox(folded);
            post.term = term(id, period);
            post.state = post_state_of(state);
            post.at = at ? minute(*at) : now_;
            loaded_.facts.posts.push_back(post);
        });
    if (loaded_.facts.rules.gap_days > 0) load_mail_of_others();
}

// Other appeals have no steps here; what they sent lately only keeps mailboxes at rest.
void Loading::load_mail_of_others() {
    const DateTime since = DateTime{now_} - days{loaded_.facts.rules.gap_days + 1};
    List parameters{appeals_, since};
    const std::string among = among_councils("k.council", parameters);
    Rows<Id, Id, Id, std::string, DateTime>::each(
        "select d.id, d.appeal, k.council, d.mailbox, d.sent_at from raadspost_dispatch d "
        "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
        "join raadspost_case k on k.id = l.\"case\" where d.appeal not in {} and d.sent_at > {}" +
            among,
        parameters, [&](Id dispatch, Id appeal, Id id, const std::string& folded, const DateTime& at) {
            const auto known = council(id);
            if (!known) return;
            const auto [index, is_new] =
                appeal_.emplace(appeal, static_cast<Index>(loaded_.facts.appeals.size()));
            if (is_new) {
                loaded_.facts.appeals.emplace_back().id = appeal;
                loaded_.gets_dispatches.emplace(appeal, false);
            }
            Post post;
            post.dispatch = dispatch;
            post.appeal = index->second;
            post.council = *known;
            post.mailbox = mailbox(folded);
            post.at = minute(at);
            loaded_.facts.posts.push_back(post);
        });
}

void Loading::load_decisions() {
    List parameters{appeals_};
    const std::string among = among_councils("council", parameters);
    static const std::map<std::string, Decision> kinds = {
        {"hold", Decision::hold},   {"skip", Decision::skip},         {"now", Decision::now},
        {"again", Decision::again}, {"postpone", Decision::postpone}, {"retry", Decision::retry}};
    Rows<Id, Id, MaybeId, std::string, DateTime, MaybeDate>::each(
        "select appeal, council, step, kind, at, until from raadspost_plan_decision where not undone and "
        "appeal in "
        "{}" +
            among,
        parameters,
        [&](Id appeal, Id id, const MaybeId& step, const std::string& kind, const DateTime& at,
            const MaybeDate& until) {
            const auto known = council(id);
            if (!known || (step && !step_.contains(*step))) return;
            Decided decided;
            decided.appeal = appeal_.at(appeal);
            decided.council = *known;
            if (step) decided.step = step_.at(*step);
            decided.what = kinds.at(kind);
            decided.at = minute(at);
            if (until) decided.until = Day{*until};
            loaded_.facts.decisions.push_back(decided);
        });
}

}  // namespace

std::string LoadedFacts::period(Id council, Day term, Day when) const {
    const auto found = periods.find({council, term});
    return found != periods.end() ? found->second : calendar::council_term(when).name();
}

bool has_left(Id appeal) {
    return !Rows<Id>{"select id from raadspost_dispatch where appeal = {} and sent_at is not null limit 1",
                     appeal}
                .empty();
}

LoadedFacts load_facts(const Ids& appeals, const Ids& councils, Moment now) {
    return Loading{appeals, councils, now}.load();
}

}  // namespace raadspost::crm
