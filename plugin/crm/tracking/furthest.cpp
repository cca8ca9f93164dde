#include "crm/tracking/furthest.hpp"

#include <algorithm>
#include <stdexcept>

namespace raadspost::crm {

using namespace tryton;

Furthest::Furthest(std::vector<Rank> ranks, std::string link, std::string column, List also)
    : ranks_{std::move(ranks)}, link_{std::move(link)}, column_{std::move(column)}, also_{std::move(also)} {}

std::string Furthest::rank_of(const std::string& sql_column) const {
    std::string rank = "case " + sql_column;
    for (std::size_t n = 1; n < ranks_.size(); ++n)
        for (const std::string& value : ranks_[n].counting)
            rank += " when '" + value + "' then " + std::to_string(n);
    return rank + " else 0 end";
}

// Records that have (or have not) one of the ranks first ... last.
List Furthest::has(std::size_t first, std::size_t last, const char* op) const {
    List values;
    for (std::size_t n = first; n <= last; ++n)
        values.insert(values.end(), ranks_[n].counting.begin(), ranks_[n].counting.end());
    List domain{List{column_, "in", std::move(values)}};
    domain.insert(domain.end(), also_.begin(), also_.end());
    return List{link_, op, std::move(domain)};
}

List Furthest::search(const std::string& op, const Value& operand) const {
    const bool several = op == "in" || op == "not in";
    const bool other = op == "!=" || op == "not in";
    if (!several && op != "=" && op != "!=")
        throw std::invalid_argument{"a rank cannot be searched by " + op};
    const List wanted = several ? operand.as<List>() : List{operand};
    const auto holds = [&](std::size_t n) {
        return (std::ranges::find(wanted, ranks_[n].shown) != wanted.end()) != other;
    };
    List found{"OR"};
    for (std::size_t first = 0; first < ranks_.size(); ++first) {
        if (!holds(first)) continue;
        std::size_t last = first;
        while (last + 1 < ranks_.size() && holds(last + 1)) ++last;
        List run;
        if (first > 0) run.emplace_back(has(first, last, "where"));
        if (last + 1 < ranks_.size()) run.emplace_back(has(last + 1, ranks_.size() - 1, "not where"));
        found.emplace_back(std::move(run));
        first = last;
    }
    if (found.size() == 1) return List{List{"id", "in", List{}}};
    return found;
}

}  // namespace raadspost::crm
