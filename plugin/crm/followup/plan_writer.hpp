// Writes a plan into the CRM: the lines that staff see, and for appeals that run the dispatches with their
// cases. Only what differs from what is there is written; a dispatch that a sender has taken meanwhile is
// left alone. A dozen statements, however many councils there are. [gil-held], inside a transaction.
#pragma once

#include "core/followup/reconcile.hpp"
#include "crm/followup/facts_loader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace raadspost::crm {

class PlanWriter {
public:
    PlanWriter(const followup::Planner& planner, const LoadedFacts& loaded);

    // One neighbourhood's part; nothing is written yet.
    void add(const followup::Plan& plan);

    struct Written {
        std::int64_t lines = 0, changed = 0;
    };
    Written write();
    // The lines only, beside the plan itself.
    Written write_simulation(tryton::Id simulation);

private:
    struct Covered {
        tryton::Id council = 0;
        std::string period;
        friend auto operator<=>(const Covered&, const Covered&) = default;
    };
    struct Wanted {  // a dispatch
        tryton::Id id = 0, appeal = 0, step = 0, griffie = 0;
        std::int64_t occurrence = 1;
        std::string mailbox, state, reason, moved_by;
        tryton::DateTime due;
        std::vector<Covered> cases;
        bool is_new = false;
        friend bool same_row(const Wanted& a, const Wanted& b) {
            return std::tie(a.griffie, a.occurrence, a.mailbox, a.state, a.reason, a.moved_by, a.due) ==
                   std::tie(b.griffie, b.occurrence, b.mailbox, b.state, b.reason, b.moved_by, b.due);
        }
    };
    struct Said {  // a line
        tryton::Id appeal = 0, step = 0, council = 0, griffie = 0, dispatch = 0;
        std::size_t wanted = 0;  // place of its dispatch among the wanted, plus one
        std::string period, mailbox, state, reason, moved_by;
        std::optional<tryton::DateTime> due;
    };
    using Cases =
        std::map<std::tuple<tryton::Id, tryton::Id, std::string>, tryton::Id>;  // appeal, council, period

    tryton::DateTime exactly(tryton::Id appeal, followup::Moment due) const;
    Said said(const followup::Line& line, const followup::Plan& plan) const;
    // What is read of the tables: of all councils, or of the part that is planned; each a condition and its
    // parameters.
    std::string whose() const;
    tryton::List of_part() const;
    std::string waiting_ones(const std::string& id, const std::string& dispatch) const;
    tryton::List waiting_parameters() const;
    tryton::Ids waiting_ids() const;
    std::int64_t write_dispatches();
    Cases write_cases() const;
    void write_links(const Cases& cases) const;
    std::int64_t cancel_dropped() const;
    Written write_lines() const;
    void insert_lines(const std::vector<const Said*>& lines,
                      const std::optional<tryton::Id>& simulation) const;
    std::optional<tryton::Date> dutch_day(const std::optional<tryton::DateTime>& moment) const;

    const followup::Planner& planner_;
    const LoadedFacts& loaded_;
    calendar::SendingDays days_;
    tryton::Ids appeals_;  // that the plan is about
    std::vector<Said> said_;
    std::vector<Wanted> wanted_;
    std::vector<std::tuple<tryton::Id, std::string>> dropped_;  // dispatch and reason
};

}  // namespace raadspost::crm
