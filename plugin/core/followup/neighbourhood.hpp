// The planner's facts, put in order and taken apart into neighbourhoods: councils that share a mailbox, now
// or in what was sent, or a successor. Ordering makes the plan independent of the order in which the facts
// came; the parts make it possible to plan one council's surroundings alone. Not thread-safe while facts are
// added; else any thread.
#pragma once

#include "core/followup/facts.hpp"

#include <span>
#include <unordered_map>
#include <vector>

namespace raadspost::followup {

// What is known of one council in one appeal.
struct History {
    std::span<const Case> cases;
    std::span<const Post> posts;  // by step, then occurrence
    std::span<const Decided> decisions;
};

class Neighbourhoods {
public:
    // Sorts appeals and councils by id, and all that refers to them accordingly.
    explicit Neighbourhoods(Facts facts);

    const Facts& facts() const { return facts_; }
    std::size_t size() const { return first_.size() - 1; }
    std::span<const Index> councils(std::size_t neighbourhood) const {
        return std::span{members_}.subspan(first_[neighbourhood],
                                           first_[neighbourhood + 1] - first_[neighbourhood]);
    }
    std::size_t of(Index council) const { return neighbourhood_[council]; }

    History history(Index appeal, Index council) const;
    std::span<const Post> posts(Index council) const;  // of all appeals
    bool addressed(Index appeal, Index council) const;
    // Opted out or suppressed there, if anything says so; by the appeal's id and its association.
    const Suppression* suppression(Index mailbox, const Appeal& appeal) const;

    void add(const Case& one);
    void add(const Post& one);
    void add(const Decided& one);
    void set_status(Index office, AddressStatus status) { facts_.offices[office].status = status; }

private:
    void sort_councils();
    void sort_appeals();
    void sort_histories();
    void join();

    Facts facts_;
    std::vector<std::size_t> neighbourhood_;  // by council
    std::vector<Index> members_;
    std::vector<std::size_t> first_;
    std::vector<std::vector<Index>> addressed_;                       // by appeal, sorted; empty: all
    std::unordered_map<Index, std::vector<Suppression>> suppressed_;  // by mailbox
    std::vector<std::size_t> cases_of_, posts_of_, decisions_of_;     // where a council's begin
};

}  // namespace raadspost::followup
