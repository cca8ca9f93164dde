// How the readers of registers hand out what they find: records one by one, and beside them the problems,
// each with its line or record. A reader goes on after a problem wherever the format allows it. The namespace
// of this folder is `registers`, because `register` is a keyword of the language. A sink is called on the
// reader's own thread only.
#pragma once

#include "core/register/limits.hpp"
#include "core/result.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::registers {

template <class Record>
struct Sink {
    std::function<void(Record)> record;
    std::function<void(Problem)> problem;
};

// A record without a type: what comparing, previewing and applying need. `key` is stable over imports;
// `place` says where it stood ("line 12"). A field that the source does not have is absent; one that it
// leaves blank is "".
struct Keyed {
    std::string key;
    std::map<std::string, std::string> fields;
    std::string place;

    // For sources that leave out what they do not know: without a value there is no field.
    void put(std::string field, const std::string& value) {
        if (!value.empty()) fields.emplace(std::move(field), value);
    }
    template <class Number>
    void put(std::string field, const std::optional<Number>& value) {
        if (value) fields.emplace(std::move(field), std::to_string(*value));
    }

    friend bool operator==(const Keyed&, const Keyed&) = default;
};

// Everything at once, for tests and small files.
template <class Record>
struct Gathered {
    std::vector<Record> records;
    std::vector<Problem> problems;

    Sink<Record> sink() {
        return {[this](Record record) { records.push_back(std::move(record)); },
                [this](Problem problem) { problems.push_back(std::move(problem)); }};
    }
};

// Problems come out of a reader through this: it counts them, shortens what they quote, and falls silent
// after max_problems with one last "register_too_many_problems".
class Complaints {
public:
    explicit Complaints(const std::function<void(Problem)>& out) : out_{out} {}
    void add(std::string id, std::string place, std::string_view found, std::string text);
    std::size_t count() const { return count_; }

private:
    const std::function<void(Problem)>& out_;
    std::size_t count_ = 0;
};

std::string at_line(std::size_t line);  // "line 12"

bool is_utf8(std::string_view text);

// At most max_found_bytes, cut between characters, control characters and broken UTF-8 made visible as "?".
std::string quoted(std::string_view found);

}  // namespace raadspost::registers
