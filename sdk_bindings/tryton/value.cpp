#include "tryton/value.hpp"

#include "tryton/inside/python.hpp"

#include <array>

namespace tryton {

Object::Object(const Object& other) noexcept : python_{other.python_} {
    Py_XINCREF(python_);
}

Object& Object::operator=(Object other) noexcept {
    std::swap(python_, other.python_);
    return *this;
}

Object::~Object() {
    Py_XDECREF(python_);
}

Object Object::steal(_object* python) noexcept {
    Object object;
    object.python_ = python;
    return object;
}

Object Object::borrow(_object* python) noexcept {
    Py_XINCREF(python);
    return steal(python);
}

// Out of line, all of them: the variant is large, and every file that includes the header would build it
// again.
Value::Value() noexcept = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value::Value(std::nullopt_t) noexcept {}
Value::Value(Integer integer) noexcept : store_{integer.number} {}
Value::Value(bool truth) noexcept : store_{truth} {}
Value::Value(double number) noexcept : store_{number} {}
Value::Value(const char* text) : store_{std::string{text}} {}
Value::Value(std::string_view text) : store_{std::string{text}} {}
Value::Value(std::string text) : store_{std::move(text)} {}
Value::Value(Bytes bytes) : store_{std::move(bytes)} {}
Value::Value(Date date) noexcept : store_{date} {}
Value::Value(DateTime time) noexcept : store_{time} {}
Value::Value(List list) : store_{std::move(list)} {}
Value::Value(Dict dict) : store_{std::move(dict)} {}
Value::Value(Object object) : store_{std::move(object)} {}
Value::Value(const Ids& ids) : store_{List(ids.begin(), ids.end())} {}

bool Value::truth() const {
    return std::visit(
        [](const auto& held) {
            using T = std::decay_t<decltype(held)>;
            if constexpr (std::same_as<T, std::monostate>)
                return false;
            else if constexpr (std::same_as<T, bool>)
                return held;
            else if constexpr (std::same_as<T, std::int64_t> || std::same_as<T, double>)
                return held != 0;
            else if constexpr (std::same_as<T, std::string> || std::same_as<T, List> || std::same_as<T, Dict>)
                return !held.empty();
            else if constexpr (std::same_as<T, Bytes>)
                return !held.data.empty();
            else
                return true;
        },
        store_);
}

void Value::wrong_kind(const char* wanted) const {
    constexpr std::array<const char*, 11> kinds = {"null", "boolean", "integer", "number", "text",  "bytes",
                                                   "date", "time",    "list",    "dict",   "object"};
    throw WrongKind{std::string{"expected "} + wanted + ", found " + kinds.at(store_.index())};
}

}  // namespace tryton
