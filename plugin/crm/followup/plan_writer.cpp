#include "crm/followup/plan_writer.hpp"

#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <fmt/chrono.h>
#include <set>
#include <unordered_map>

namespace raadspost::crm {

using namespace tryton;
using followup::key;
using MaybeId = std::optional<Id>;
using MaybeText = std::optional<std::string>;
using MaybeTime = std::optional<DateTime>;

namespace {

constexpr std::string_view planned_elsewhere = "replanned";
constexpr std::size_t worth_counting = 500;  // rows after which PostgreSQL's picture of a table is wrong
const char* const waiting = "t.state in ('planned', 'held') and t.journal is null";

DateTime now_exactly() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string_view key_of(followup::LineState state) {
    constexpr std::array<std::string_view, 6> keys = {"planned", "held",   "under_way",
                                                      "sent",    "failed", "none"};
    return keys[static_cast<std::size_t>(state)];
}

MaybeId maybe(Id id) {
    return id > 0 ? MaybeId{id} : std::nullopt;
}

MaybeText maybe(const std::string& text) {
    return text.empty() ? std::nullopt : MaybeText{text};
}

}  // namespace

PlanWriter::PlanWriter(const followup::Planner& planner, const LoadedFacts& loaded)
    : planner_{planner}, loaded_{loaded}, days_{planner.facts().rules.hours} {
    for (const followup::Appeal& each : planner.facts().appeals)
        if (!each.steps.empty()) appeals_.push_back(each.id);
}

// The core counts in minutes; what leaves at the start does not leave before its second.
DateTime PlanWriter::exactly(Id appeal, followup::Moment due) const {
    const auto starts_at = loaded_.starts_at.find(appeal);
    return starts_at == loaded_.starts_at.end() || starts_at->second < due ||
                   starts_at->second >= due + followup::Moment::duration{1}
               ? DateTime{due}
               : std::chrono::floor<std::chrono::seconds>(starts_at->second);
}

PlanWriter::Said PlanWriter::said(const followup::Line& line, const followup::Plan& plan) const {
    const auto& facts = planner_.facts();
    const followup::Appeal& appeal = facts.appeals[line.appeal];
    Said said;
    said.appeal = appeal.id;
    said.step = appeal.steps[line.step].id;
    said.council = facts.councils[line.council].id;
    said.state = key_of(line.state);
    said.reason = key(line.reason);
    said.moved_by = key(line.moved_by);
    said.dispatch = line.dispatch;
    if (line.due != followup::Moment{}) said.due = exactly(appeal.id, line.due);
    if (line.term != followup::Day{} || said.due)
        said.period =
            loaded_.period(said.council, line.term, std::chrono::floor<std::chrono::days>(line.due));
    if (line.message != followup::nobody) {
        const followup::Message& message = plan.messages[line.message];
        said.griffie = facts.offices[message.office].griffie;
        said.mailbox = loaded_.mailboxes[message.mailbox];
    } else if (const auto office = facts.councils[line.council].office; office != followup::nobody) {
        said.griffie = facts.offices[office].griffie;
    }
    return said;
}

void PlanWriter::add(const followup::Plan& plan) {
    const auto& facts = planner_.facts();
    const auto runs = [&](followup::Index appeal) {
        return loaded_.gets_dispatches.at(facts.appeals[appeal].id);
    };
    std::vector<std::size_t> place(plan.messages.size(), 0);
    const followup::Changes changes = followup::reconcile(planner_, plan);
    for (const followup::Kept& kept : changes.kept) {
        const followup::Message& message = plan.messages[kept.message];
        if (!runs(message.appeal)) continue;
        Wanted wanted;
        wanted.id = kept.dispatch;
        wanted.appeal = facts.appeals[message.appeal].id;
        wanted.step = facts.appeals[message.appeal].steps[message.step].id;
        wanted.griffie = facts.offices[message.office].griffie;
        wanted.occurrence = kept.occurrence;
        wanted.mailbox = loaded_.mailboxes[message.mailbox];
        wanted.state = message.held ? "held" : "planned";
        wanted.reason = key(message.reason);
        wanted.moved_by = key(message.moved_by);
        wanted.due = exactly(wanted.appeal, message.due);
        wanted_.push_back(std::move(wanted));
        place[kept.message] = wanted_.size();
    }
    for (const followup::Line& line : plan.lines) {
        Said one = said(line, plan);
        if (line.message != followup::nobody) one.wanted = place[line.message];
        if (one.wanted > 0) wanted_[one.wanted - 1].cases.push_back({one.council, one.period});
        said_.push_back(std::move(one));
    }
    for (const followup::Dropped& each : changes.dropped)
        dropped_.emplace_back(each.dispatch,
                              each.reason == followup::Reason::none ? planned_elsewhere : key(each.reason));
}

PlanWriter::Written PlanWriter::write() {
    const Cases cases = write_cases();
    const std::int64_t moved = cancel_dropped() + write_dispatches();
    write_links(cases);
    if (engine() == Engine::postgresql && static_cast<std::size_t>(moved) > worth_counting) {
        // It takes the two for as small as they were before.
        execute("analyze raadspost_case");
        execute("analyze raadspost_dispatch");
    }
    for (Said& each : said_)
        if (each.wanted > 0) each.dispatch = wanted_[each.wanted - 1].id;
    Written written = write_lines();
    written.changed += moved;
    return written;
}

// Of a part the council is what an index is for: behind the plus the appeal is none.
std::string PlanWriter::whose() const {
    return loaded_.councils.empty() ? "appeal in {}" : "+appeal in {} and council in {}";
}

std::string PlanWriter::waiting_ones(const std::string& id, const std::string& dispatch) const {
    if (!loaded_.councils.empty()) return id + " in {}";
    return dispatch + "appeal in {} and " + dispatch + "state in ('planned', 'held')";
}

List PlanWriter::waiting_parameters() const {
    return loaded_.councils.empty() ? List{appeals_} : List{waiting_ids()};
}

List PlanWriter::of_part() const {
    return loaded_.councils.empty() ? List{appeals_} : List{appeals_, loaded_.councils};
}

// Dispatches that waited before this plan, and those that it made.
Ids PlanWriter::waiting_ids() const {
    std::set<Id> ids;
    for (const followup::Post& post : planner_.facts().posts)
        if (post.state == followup::PostState::waiting) ids.insert(post.dispatch);
    for (const Wanted& each : wanted_)
        if (each.id != 0) ids.insert(each.id);
    return {ids.begin(), ids.end()};
}

PlanWriter::Cases PlanWriter::write_cases() const {
    Cases cases;
    Rows<Id, Id, Id, std::string>::each(
        "select id, appeal, council, period from raadspost_case where " + whose(), of_part(),
        [&](Id id, Id appeal, Id council, std::string period) {
            cases[{appeal, council, std::move(period)}] = id;
        });
    std::vector<std::tuple<Id, Id, std::string, MaybeId, MaybeId>> missing;
    for (const Wanted& each : wanted_)
        for (const Covered& covered : each.cases) {
            if (!cases.emplace(std::tuple{each.appeal, covered.council, covered.period}, 0).second) continue;
            const auto province = loaded_.provinces.find(covered.council);
            const auto association = loaded_.associations.find(each.appeal);
            missing.emplace_back(
                each.appeal, covered.council, covered.period,
                province == loaded_.provinces.end() ? std::nullopt : MaybeId{province->second},
                association == loaded_.associations.end() ? std::nullopt : MaybeId{association->second});
        }
    if (missing.empty()) return cases;
    const Ids ids = insert_rows(
        "raadspost.case",
        std::to_array<std::string_view>({"appeal", "council", "period", "province", "association"}), missing);
    for (std::size_t i = 0; i < ids.size(); ++i)
        cases[{std::get<0>(missing[i]), std::get<1>(missing[i]), std::get<2>(missing[i])}] = ids[i];
    return cases;
}

std::int64_t PlanWriter::cancel_dropped() const {
    if (dropped_.empty()) return 0;
    std::vector<std::tuple<Id, std::string, std::string>> rows;
    for (const auto& [dispatch, reason] : dropped_) rows.emplace_back(dispatch, "cancelled", reason);
    return update_rows("raadspost.dispatch", std::to_array<std::string_view>({"state", "reason"}), rows,
                       waiting);
}

std::int64_t PlanWriter::write_dispatches() {
    std::unordered_map<Id, Wanted> present;
    Rows<Id, MaybeId, std::int64_t, std::string, std::string, MaybeText, MaybeText, MaybeTime>::each(
        "select id, griffie, occurrence, mailbox, state, reason, moved_by, due from raadspost_dispatch "
        "where " +
            waiting_ones("id", ""),
        waiting_parameters(),
        [&](Id id, const MaybeId& griffie, std::int64_t occurrence, std::string mailbox, std::string state,
            const MaybeText& reason, const MaybeText& moved_by, const MaybeTime& due) {
            Wanted row;
            row.griffie = griffie.value_or(0);
            row.occurrence = occurrence;
            row.mailbox = std::move(mailbox);
            row.state = std::move(state);
            row.reason = reason.value_or("");
            row.moved_by = moved_by.value_or("");
            row.due = due.value_or(DateTime{});
            present.emplace(id, std::move(row));
        });
    std::vector<
        std::tuple<Id, MaybeId, std::int64_t, std::string, std::string, MaybeText, MaybeText, DateTime>>
        changed;
    std::vector<std::tuple<Id, Id, std::int64_t, MaybeId, std::string, std::string, MaybeText, MaybeText,
                           DateTime, std::int64_t>>
        added;
    std::vector<Wanted*> fresh;
    for (Wanted& each : wanted_) {
        if (each.id == 0) {
            fresh.push_back(&each);
            added.emplace_back(each.appeal, each.step, each.occurrence, maybe(each.griffie), each.mailbox,
                               each.state, maybe(each.reason), maybe(each.moved_by), each.due, 0);
        } else if (const auto row = present.find(each.id);
                   row == present.end() || !same_row(row->second, each)) {
            changed.emplace_back(each.id, maybe(each.griffie), each.occurrence, each.mailbox, each.state,
                                 maybe(each.reason), maybe(each.moved_by), each.due);
        }
    }
    std::int64_t moved = static_cast<std::int64_t>(added.size());
    if (!changed.empty())
        moved += update_rows("raadspost.dispatch",
                             std::to_array<std::string_view>(
                                 {"griffie", "occurrence", "mailbox", "state", "reason", "moved_by", "due"}),
                             changed, waiting);
    if (added.empty()) return moved;
    const Ids ids =
        insert_rows("raadspost.dispatch",
                    std::to_array<std::string_view>({"appeal", "step", "occurrence", "griffie", "mailbox",
                                                     "state", "reason", "moved_by", "due", "tries"}),
                    added);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        fresh[i]->id = ids[i];
        fresh[i]->is_new = true;
    }
    return moved;
}

// Which cases a waiting dispatch covers; of one that a sender has taken nothing is changed.
void PlanWriter::write_links(const Cases& cases) const {
    std::map<std::pair<Id, Id>, std::pair<Id, std::int64_t>>
        present;  // dispatch and case: link and occurrence
    std::set<Id> in_no_hands;
    Rows<Id, Id, Id, std::int64_t>::each(
        "select l.id, l.dispatch, l.\"case\", l.occurrence from \"raadspost_dispatch-raadspost_case\" l "
        "join raadspost_dispatch d on d.id = l.dispatch "
        "where d.journal is null and " +
            waiting_ones("l.dispatch", "d."),
        waiting_parameters(), [&](Id id, Id dispatch, Id of_case, std::int64_t occurrence) {
            present[{dispatch, of_case}] = {id, occurrence};
            in_no_hands.insert(dispatch);
        });
    std::vector<std::tuple<Id, Id, Id, std::int64_t>> added;
    std::vector<std::tuple<Id, std::int64_t>> renumbered;
    for (const Wanted& each : wanted_) {
        // Each has a case: one that is not told of was taken since the facts were read.
        if (!each.is_new && !in_no_hands.contains(each.id)) continue;
        for (const Covered& one : each.cases) {
            const Id of_case = cases.at({each.appeal, one.council, one.period});
            const auto link = present.find({each.id, of_case});
            if (link == present.end()) {
                added.emplace_back(each.id, of_case, each.step, each.occurrence);
                continue;
            }
            if (link->second.second != each.occurrence)
                renumbered.emplace_back(link->second.first, each.occurrence);
            present.erase(link);
        }
    }
    std::set<Id> planned;
    for (const Wanted& each : wanted_) planned.insert(each.id);
    Ids superfluous;
    for (const auto& [link, row] : present)
        if (planned.contains(link.first)) superfluous.push_back(row.first);
    if (!superfluous.empty())
        execute(
            "delete from \"raadspost_dispatch-raadspost_case\" where id in {} and dispatch in "
            "(select d.id from raadspost_dispatch d where d.journal is null)",
            superfluous);
    if (!renumbered.empty())
        update_rows("raadspost.dispatch-raadspost.case", std::to_array<std::string_view>({"occurrence"}),
                    renumbered);
    if (!added.empty())
        insert_rows("raadspost.dispatch-raadspost.case",
                    std::to_array<std::string_view>({"dispatch", "case", "step", "occurrence"}), added);
}

PlanWriter::Written PlanWriter::write_lines() const {
    struct Row {
        Id id = 0;
        MaybeId griffie, dispatch;
        MaybeText period, mailbox, state, reason, moved_by;
        MaybeTime due;
    };
    std::map<std::pair<Id, Id>, Row> present;  // step and council
    Rows<Id, Id, Id, MaybeId, MaybeId, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeTime>::
        each(
            "select id, step, council, griffie, dispatch, period, mailbox, state, reason, moved_by, due "
            "from raadspost_plan_line where simulation is null and " +
                whose(),
            of_part(),
            [&](Id id, Id step, Id council, MaybeId griffie, MaybeId dispatch, MaybeText period,
                MaybeText mailbox, MaybeText state, MaybeText reason, MaybeText moved_by, MaybeTime due) {
                present[{step, council}] = {id,    griffie, dispatch, period, mailbox,
                                            state, reason,  moved_by, due};
            });
    const DateTime now = now_exactly();
    const auto told = [](const Row& row) -> MaybeText {
        if (row.due)
            return fmt::format("{:%d-%m-%Y}", fmt::gmtime(std::chrono::system_clock::to_time_t(*row.due)));
        return row.reason && !row.reason->empty() ? row.reason : row.state;
    };
    using Changed = std::tuple<Id, MaybeText, MaybeId, MaybeText, std::string, MaybeText, MaybeTime,
                               std::optional<Date>, MaybeText, MaybeId, DateTime, MaybeText>;
    std::vector<Changed> changed;
    std::vector<const Said*> fresh;
    // What does not run would begin now, whenever it is planned: its moment counts from day to day.
    const auto same_moment = [&](const Row& row, const Said& each) {
        return row.due == each.due || (!loaded_.gets_dispatches.at(each.appeal) && row.due && each.due &&
                                       dutch_day(row.due) == dutch_day(each.due));
    };
    for (const Said& each : said_) {
        const auto found = present.find({each.step, each.council});
        if (found == present.end()) {
            fresh.push_back(&each);
            continue;
        }
        const Row& row = found->second;
        if (row.griffie == maybe(each.griffie) && row.dispatch == maybe(each.dispatch) &&
            row.period == maybe(each.period) && row.mailbox == maybe(each.mailbox) &&
            row.state == each.state && row.reason.value_or("") == each.reason &&
            row.moved_by.value_or("") == each.moved_by && same_moment(row, each))
            continue;
        changed.emplace_back(row.id, maybe(each.period), maybe(each.griffie), maybe(each.mailbox), each.state,
                             maybe(each.reason), each.due, dutch_day(each.due), maybe(each.moved_by),
                             maybe(each.dispatch), now, told(row));
    }
    if (!changed.empty())
        update_rows("raadspost.plan.line",
                    std::to_array<std::string_view>({"period", "griffie", "mailbox", "state", "reason", "due",
                                                     "day", "moved_by", "dispatch", "changed_at", "was"}),
                    changed);
    insert_lines(fresh, {});
    return {static_cast<std::int64_t>(said_.size()),
            static_cast<std::int64_t>(changed.size() + fresh.size())};
}

PlanWriter::Written PlanWriter::write_simulation(Id simulation) {
    std::vector<const Said*> all;
    for (const Said& each : said_) all.push_back(&each);
    insert_lines(all, simulation);
    return {static_cast<std::int64_t>(all.size()), 0};
}

std::optional<Date> PlanWriter::dutch_day(const MaybeTime& moment) const {
    if (!moment) return std::nullopt;
    return Date{days_.day_of(std::chrono::floor<followup::Moment::duration>(*moment))};
}

void PlanWriter::insert_lines(const std::vector<const Said*>& lines, const MaybeId& simulation) const {
    if (lines.empty()) return;
    const DateTime now = now_exactly();
    std::vector<std::tuple<Id, Id, Id, MaybeId, MaybeText, MaybeId, MaybeText, std::string, MaybeText,
                           MaybeTime, std::optional<Date>, MaybeText, MaybeId, DateTime, MaybeId>>
        rows;
    rows.reserve(lines.size());
    for (const Said* each : lines) {
        const auto province = loaded_.provinces.find(each->council);
        rows.emplace_back(each->appeal, each->step, each->council,
                          province == loaded_.provinces.end() ? std::nullopt : MaybeId{province->second},
                          maybe(each->period), maybe(each->griffie), maybe(each->mailbox), each->state,
                          maybe(each->reason), each->due, dutch_day(each->due), maybe(each->moved_by),
                          maybe(each->dispatch), now, simulation);
    }
    insert_rows("raadspost.plan.line",
                std::to_array<std::string_view>({"appeal", "step", "council", "province", "period", "griffie",
                                                 "mailbox", "state", "reason", "due", "day", "moved_by",
                                                 "dispatch", "changed_at", "simulation"}),
                rows);
}

}  // namespace raadspost::crm
