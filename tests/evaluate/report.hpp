// What an evaluation found: figures with their goals, scores per kind, and what was missed; as text for
// people and as JSON for programs. Values; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace raadspost::evaluate {

// How often a kind was found, was there but not found, or was found without being there.
struct Score {
    std::size_t found = 0;
    std::size_t missed = 0;
    std::size_t false_alarms = 0;

    double precision() const;
    double recall() const;
    double f1() const;
};

// Sets of kinds, expected and found, message by message.
class Scores {
public:
    void count(const std::set<std::string>& expected, const std::set<std::string>& found);
    double macro_f1() const;  // the mean over the kinds that were expected somewhere
    const std::map<std::string, Score>& by_kind() const { return by_kind_; }

private:
    std::map<std::string, Score> by_kind_;
};

struct Figure {
    std::string name;  // "matching", "milliseconds at most"; lower case
    double value = 0;
    std::optional<double> at_least;
    std::optional<double> at_most;

    bool reached() const { return (!at_least || value >= *at_least) && (!at_most || value <= *at_most); }
};

struct Miss {
    std::string file;
    std::string what;  // "kinds", "list_number"
    std::string expected;
    std::string found;
};

struct Report {
    std::string set;
    std::size_t messages = 0;
    std::vector<Figure> figures;
    Scores scores;  // empty where a set has no kinds
    std::vector<Miss> misses;

    void figure(std::string name, double value) { figures.push_back({std::move(name), value, {}, {}}); }
    void at_least(std::string name, double value, double goal) {
        figures.push_back({std::move(name), value, goal, {}});
    }
    void at_most(std::string name, double value, double goal) {
        figures.push_back({std::move(name), value, {}, goal});
    }
    void miss(std::string file, std::string what, std::string expected, std::string found);
    bool reached() const;  // every goal
};

std::string text(const Report& report);
std::string json(const Report& report);

inline double share(std::size_t part, std::size_t of) {
    return of == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(of);
}

// Messages per second and core, as one round of measuring finds it. By processor time, also where others keep
// the machine busy.
using Measure = std::function<double()>;
// Of work whose `once` is a pass over so many `messages`, by this thread.
Measure passes(std::size_t messages, std::function<void()> once);

// Of each way, what every round found. The ways take turns, since a machine's speed drifts.
class Speeds {
public:
    explicit Speeds(const std::vector<Measure>& ways);
    double of(std::size_t way) const;                        // messages per second: the median
    double ratio(std::size_t way, std::size_t other) const;  // the median of the rounds' ratios

private:
    std::vector<std::vector<double>> found_;  // by way, by round
};

// Of one way.
double per_second(std::size_t messages, std::function<void()> once);

}  // namespace raadspost::evaluate
