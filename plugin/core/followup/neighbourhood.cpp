#include "core/followup/neighbourhood.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace raadspost::followup {

namespace {

// Where each position goes when the records stand by id.
template <class Record>
std::vector<Index> sort_by_id(std::vector<Record>& records) {
    std::vector<Index> from(records.size()), to(records.size());
    std::iota(from.begin(), from.end(), Index{0});
    const auto by_id = [&](Index a, Index b) { return records[a].id < records[b].id; };
    if (std::is_sorted(from.begin(), from.end(), by_id)) return {};
    std::sort(from.begin(), from.end(), by_id);
    std::vector<Record> sorted;
    sorted.reserve(records.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        to[from[i]] = static_cast<Index>(i);
        sorted.push_back(std::move(records[from[i]]));
    }
    records = std::move(sorted);
    return to;
}

auto place(const Case& one) {
    return std::tuple{one.council, one.appeal, one.term};
}

auto place(const Post& one) {
    return std::tuple{one.council, one.appeal, one.step, one.occurrence, one.dispatch};
}

auto place(const Decided& one) {
    return std::tuple{one.council, one.appeal, one.at, one.step, one.what};
}

template <class Record>
bool before(const Record& a, const Record& b) {
    return place(a) < place(b);
}

template <class Record>
void sort_and_index(std::vector<Record>& records, std::size_t councils, std::vector<std::size_t>& begins) {
    if (!std::is_sorted(records.begin(), records.end(), before<Record>))
        std::sort(records.begin(), records.end(), before<Record>);
    begins.assign(councils + 1, records.size());
    std::size_t i = 0;
    for (std::size_t council = 0; council < councils; ++council) {
        while (i < records.size() && records[i].council < council) ++i;
        begins[council] = i;
    }
}

template <class Record>
void insert(std::vector<Record>& records, std::vector<std::size_t>& begins, const Record& one) {
    records.insert(std::upper_bound(records.begin(), records.end(), one, before<Record>), one);
    for (std::size_t council = one.council + std::size_t{1}; council < begins.size(); ++council)
        ++begins[council];
}

template <class Record>
std::span<const Record> of_appeal(const std::vector<Record>& records, const std::vector<std::size_t>& begins,
                                  Index appeal, Index council) {
    const auto begin = records.begin() + static_cast<std::ptrdiff_t>(begins[council]);
    const auto end = records.begin() + static_cast<std::ptrdiff_t>(begins[council + 1]);
    if (begin == end) return {};
    const auto [from, to] = std::ranges::equal_range(begin, end, appeal, {}, &Record::appeal);
    return {from, to};
}

}  // namespace

Neighbourhoods::Neighbourhoods(Facts facts) : facts_{std::move(facts)} {
    sort_councils();
    sort_appeals();
    sort_histories();
    join();
    for (const Suppression& each : facts_.suppressions) suppressed_[each.mailbox].push_back(each);
}

void Neighbourhoods::sort_councils() {
    const auto to = sort_by_id(facts_.councils);
    for (Council& council : facts_.councils) {
        const auto by_day = [](const Tenure& a, const Tenure& b) {
            return a.installation_day < b.installation_day;
        };
        std::sort(council.tenures.begin(), council.tenures.end(), by_day);
        if (!to.empty() && council.successor != nobody) council.successor = to[council.successor];
    }
    if (to.empty()) return;
    for (Appeal& appeal : facts_.appeals)
        for (Index& council : appeal.addressed) council = to[council];
    for (Case& each : facts_.cases) each.council = to[each.council];
    for (Post& each : facts_.posts) each.council = to[each.council];
    for (Decided& each : facts_.decisions) each.council = to[each.council];
}

void Neighbourhoods::sort_appeals() {
    const auto to = sort_by_id(facts_.appeals);
    if (!to.empty()) {
        for (Case& each : facts_.cases) each.appeal = to[each.appeal];
        for (Post& each : facts_.posts) each.appeal = to[each.appeal];
        for (Decided& each : facts_.decisions) each.appeal = to[each.appeal];
    }
    for (Appeal& appeal : facts_.appeals) {
        std::sort(appeal.addressed.begin(), appeal.addressed.end());
        addressed_.push_back(appeal.addressed);
    }
}

void Neighbourhoods::sort_histories() {
    const std::size_t councils = facts_.councils.size();
    sort_and_index(facts_.cases, councils, cases_of_);
    sort_and_index(facts_.posts, councils, posts_of_);
    sort_and_index(facts_.decisions, councils, decisions_of_);
}

void Neighbourhoods::join() {
    const std::size_t count = facts_.councils.size();
    std::vector<Index> parent(count);
    std::iota(parent.begin(), parent.end(), Index{0});
    const auto root = [&](Index council) {
        while (parent[council] != council) council = parent[council] = parent[parent[council]];
        return council;
    };
    // The smaller one becomes the root, so that a neighbourhood stands where its first council does.
    const auto unite = [&](Index a, Index b) {
        a = root(a), b = root(b);
        parent[std::max(a, b)] = std::min(a, b);
    };
    std::vector<Index> first_at;  // by mailbox
    const auto meet_at = [&](Index mailbox, Index council) {
        if (mailbox == nobody) return;
        if (mailbox >= first_at.size()) first_at.resize(mailbox + std::size_t{1}, nobody);
        if (first_at[mailbox] == nobody)
            first_at[mailbox] = council;
        else if (first_at[mailbox] != council)
            unite(council, first_at[mailbox]);
    };
    for (Index council = 0; council < count; ++council) {
        const Council& each = facts_.councils[council];
        if (each.successor != nobody) unite(council, each.successor);
        if (each.office != nobody) meet_at(facts_.offices[each.office].mailbox, council);
    }
    // What an office had before it moved counts where it was.
    for (const Post& post : facts_.posts) meet_at(post.mailbox, post.council);
    neighbourhood_.resize(count);
    std::vector<std::size_t> number(count, 0);
    first_.assign(1, 0);
    for (Index council = 0; council < count; ++council) {
        const Index head = root(council);
        if (head == council) {
            number[council] = first_.size() - 1;
            first_.push_back(0);
        }
        neighbourhood_[council] = number[head];
        ++first_[neighbourhood_[council] + 1];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    members_.resize(count);
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (Index council = 0; council < count; ++council) members_[next[neighbourhood_[council]]++] = council;
}

History Neighbourhoods::history(Index appeal, Index council) const {
    return {of_appeal(facts_.cases, cases_of_, appeal, council),
            of_appeal(facts_.posts, posts_of_, appeal, council),
            of_appeal(facts_.decisions, decisions_of_, appeal, council)};
}

std::span<const Post> Neighbourhoods::posts(Index council) const {
    return std::span{facts_.posts}.subspan(posts_of_[council], posts_of_[council + 1] - posts_of_[council]);
}

bool Neighbourhoods::addressed(Index appeal, Index council) const {
    const auto& chosen = addressed_[appeal];
    return chosen.empty() || std::binary_search(chosen.begin(), chosen.end(), council);
}

const Suppression* Neighbourhoods::suppression(Index mailbox, const Appeal& appeal) const {
    const auto found = suppressed_.find(mailbox);
    if (found == suppressed_.end()) return nullptr;
    const Suppression* strongest = nullptr;
    for (const Suppression& each : found->second) {
        const bool applies = each.scope == Scope::all ||
                             (each.scope == Scope::association && each.of == appeal.association) ||
                             (each.scope == Scope::appeal && each.of == appeal.id);
        if (applies && (!strongest || each.asked_for)) strongest = &each;
    }
    return strongest;
}

void Neighbourhoods::add(const Case& one) {
    const auto same = [&](const Case& each) { return place(each) == place(one); };
    const auto begin = facts_.cases.begin() + static_cast<std::ptrdiff_t>(cases_of_[one.council]);
    const auto end = facts_.cases.begin() + static_cast<std::ptrdiff_t>(cases_of_[one.council + 1]);
    if (const auto known = std::find_if(begin, end, same); known != end)
        known->outcomes = one.outcomes, known->proposed = one.proposed;
    else
        insert(facts_.cases, cases_of_, one);
}

void Neighbourhoods::add(const Post& one) {
    insert(facts_.posts, posts_of_, one);
}

void Neighbourhoods::add(const Decided& one) {
    insert(facts_.decisions, decisions_of_, one);
}

}  // namespace raadspost::followup
