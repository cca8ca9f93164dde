// Result<T>: a value, or the one Problem that says why there is none. For failures that are to be expected (bad
// input, a full disk, a relay that is away); exceptions are for what ends an operation. Values only, no shared state:
// safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <utility>
#include <variant>

namespace raadspost {

// What went wrong, for a person who is no engineer. `id` names the sentence in manifests/tryton/message.xml (Dutch and
// English there); the other parts fill its place holders. `text` is the same in plain English, for logs and tests.
struct Problem {
    std::string id;     // "register_truncated"; stable, lower case, no module prefix
    std::string place;  // "line 12", "record GM0397"; empty when there is no place
    std::string found;  // what stood there, shortened; may be hostile text: never put in a header or in HTML unescaped
    std::string text;   // one English sentence: what was expected, what was found, what to do

    friend bool operator==(const Problem&, const Problem&) = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
    Result(Problem problem) : state_{std::in_place_index<1>, std::move(problem)} {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    const Problem& problem() const { return std::get<1>(state_); }

private:
    std::variant<T, Problem> state_;
};

struct Done {};  // the value of an operation that yields nothing: Result<Done>

}  // namespace raadspost
