#include "core/followup/reconcile.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace raadspost::followup {

namespace {

using StepOf = std::pair<Index, std::uint16_t>;  // appeal, step

// What was ever made of one step in this neighbourhood.
struct Made {
    std::set<std::tuple<Index, std::uint16_t>> at_mailbox;     // mailbox, occurrence
    std::set<std::tuple<Index, Day, std::uint16_t>> for_case;  // council, term, occurrence
    std::map<Index, const Post*> waiting;                      // by council
};

class Reconciling {
public:
    Reconciling(const Planner& planner, const Plan& plan) : plan_{plan} {
        for (const Index council : plan.councils)
            for (const Post& post : planner.posts(council)) {
                Made& made = made_[{post.appeal, post.step}];
                made.at_mailbox.emplace(post.mailbox, post.occurrence);
                made.for_case.emplace(council, post.term, post.occurrence);
                if (post.state == PostState::waiting) made.waiting.emplace(council, &post);
            }
        lines_of_.resize(plan.messages.size());
        for (const Line& line : plan.lines)
            if (line.message != nobody) lines_of_[line.message].push_back(&line);
    }

    Changes changes() {
        Changes changes;
        changes.kept.resize(plan_.messages.size());
        // A dispatch that is already at its mailbox is not given to another message.
        for (const bool same_mailbox : {true, false})
            for (std::size_t i = 0; i < plan_.messages.size(); ++i)
                if (changes.kept[i].dispatch == 0)
                    changes.kept[i] = keep(static_cast<Index>(i), same_mailbox);
        for (std::size_t i = 0; i < changes.kept.size(); ++i) number(changes.kept[i]);
        for (const auto& [step, made] : made_)
            for (const auto& [council, post] : made.waiting)
                if (used_.insert(post->dispatch).second)
                    changes.dropped.push_back({post->dispatch, reason_of(step, council)});
        return changes;
    }

private:
    Kept keep(Index message, bool same_mailbox) {
        const Message& wanted = plan_.messages[message];
        Kept kept{0, message, 1};
        const auto made = made_.find({wanted.appeal, wanted.step});
        if (made == made_.end()) return kept;
        for (const Line* line : lines_of_[message]) {
            const auto waiting = made->second.waiting.find(line->council);
            if (waiting == made->second.waiting.end()) continue;
            const Post& post = *waiting->second;
            if ((same_mailbox && post.mailbox != wanted.mailbox) || !used_.insert(post.dispatch).second)
                continue;
            kept.dispatch = post.dispatch;
            kept.occurrence = post.occurrence;
            before_[post.dispatch] = &post;
            break;
        }
        return kept;
    }

    // Its own number where that still fits, else the next that nobody has had.
    void number(Kept& kept) {
        const Message& wanted = plan_.messages[kept.message];
        Made& made = made_[{wanted.appeal, wanted.step}];
        const auto& lines = lines_of_[kept.message];
        const Post* own = kept.dispatch == 0 ? nullptr : before_[kept.dispatch];
        const auto free_at = [&](std::uint16_t occurrence) {
            const bool same = own && occurrence == own->occurrence;
            if (made.at_mailbox.contains({wanted.mailbox, occurrence}) &&
                !(same && own->mailbox == wanted.mailbox))
                return false;
            return std::ranges::none_of(lines, [&](const Line* line) {
                const auto waiting = made.waiting.find(line->council);
                const bool mine = same && waiting != made.waiting.end() &&
                                  waiting->second->dispatch == own->dispatch &&
                                  waiting->second->term == line->term;
                return !mine && made.for_case.contains({line->council, line->term, occurrence});
            });
        };
        if (!own || !free_at(kept.occurrence))
            for (kept.occurrence = 1; !free_at(kept.occurrence);) ++kept.occurrence;
        made.at_mailbox.emplace(wanted.mailbox, kept.occurrence);
        for (const Line* line : lines) made.for_case.emplace(line->council, line->term, kept.occurrence);
    }

    Reason reason_of(const StepOf& step, Index council) const {
        for (const Line& line : plan_.lines)
            if (line.council == council && line.appeal == step.first && line.step == step.second)
                return line.state == LineState::none ? line.reason : Reason::none;
        return Reason::none;
    }

    const Plan& plan_;
    std::map<StepOf, Made> made_;
    std::vector<std::vector<const Line*>> lines_of_;
    std::set<Id> used_;
    std::map<Id, const Post*> before_;
};

}  // namespace

Changes reconcile(const Planner& planner, const Plan& plan) {
    return Reconciling{planner, plan}.changes();
}

}  // namespace raadspost::followup
