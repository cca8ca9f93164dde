// Values that travel between C++ and the host: what a field holds, what an RPC carries, what SQL returns.
// Plain values; only Object (object.hpp) needs the GIL for its copies.
#pragma once

#include "tryton/object.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tryton {

using Id = std::int64_t;  // of a record; the host's ids are positive, negative while unsaved
using Ids = std::vector<Id>;
using Date = std::chrono::year_month_day;
using DateTime = std::chrono::sys_time<std::chrono::microseconds>;  // UTC, as the host keeps it

struct Bytes {  // a Binary field's content
    std::string data;
    friend bool operator==(const Bytes&, const Bytes&) = default;
};

class Value;
using List = std::vector<Value>;
using Dict = std::map<std::string, Value, std::less<>>;

// Thrown when a value is not of the kind asked for: a mistake of the programmer's, not of a user's.
struct WrongKind : std::logic_error {
    using std::logic_error::logic_error;
};

class Value {
public:
    using Store = std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes, Date, DateTime,
                               List, Dict, Object>;

    Value() noexcept;
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();

    Value(std::nullopt_t) noexcept;
    Value(bool truth) noexcept;
    template <std::integral T>
    requires(!std::same_as<T, bool>) Value(T number)
    noexcept : Value{Integer{static_cast<std::int64_t>(number)}} {}
    Value(double number) noexcept;
    Value(const char* text);
    Value(std::string_view text);
    Value(std::string text);
    Value(Bytes bytes);
    Value(Date date) noexcept;
    Value(DateTime time) noexcept;
    Value(List list);
    Value(Dict dict);
    Value(Object object);
    Value(const Ids& ids);
    template <class T>
    Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value{*maybe};
    }

    bool is_null() const noexcept { return store_.index() == 0; }
    bool truth() const;  // as Python has it: null, false, 0, "" and empty lists are not true

    template <class T>
    bool holds() const noexcept {
        return std::holds_alternative<T>(store_);
    }
    // The value as T; WrongKind when it is another kind. std::optional<T> takes null as well.
    template <class T>
    T as() const;

    const Store& store() const noexcept { return store_; }
    friend bool operator==(const Value&, const Value&) = default;

private:
    struct Integer {
        std::int64_t number;
    };
    explicit Value(Integer integer) noexcept;
    [[noreturn]] void wrong_kind(const char* wanted) const;
    Store store_;
};

namespace detail {
template <class T>
struct Optional : std::false_type {};
template <class T>
struct Optional<std::optional<T>> : std::true_type {
    using Inner = T;
};
}  // namespace detail

template <class T>
T Value::as() const {
    if constexpr (detail::Optional<T>::value) {
        if (is_null()) return std::nullopt;
        return as<typename detail::Optional<T>::Inner>();
    } else if constexpr (std::same_as<T, Ids>) {
        if (is_null()) return {};
        Ids ids;
        for (const Value& each : as<List>()) ids.push_back(each.as<Id>());
        return ids;
    } else if constexpr (std::integral<T> && !std::same_as<T, bool>) {
        if (const auto* number = std::get_if<std::int64_t>(&store_)) return static_cast<T>(*number);
        wrong_kind("integer");
    } else if constexpr (std::same_as<T, double>) {
        if (const auto* number = std::get_if<std::int64_t>(&store_)) return static_cast<double>(*number);
        if (const auto* number = std::get_if<double>(&store_)) return *number;
        wrong_kind("number");
    } else {
        if (const auto* held = std::get_if<T>(&store_)) return *held;
        wrong_kind("another kind");
    }
}

// One clause of a search: where("code", "=", "GM0397"). A domain is a List of them.
inline Value where(std::string_view field, std::string_view op, Value value) {
    return List{field, op, std::move(value)};
}

}  // namespace tryton
