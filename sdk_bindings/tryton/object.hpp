// A reference to something of the host's that C++ merely hands on: an exception, a record, a file. Callers
// never look inside; Value (value.hpp) is what they read.
#pragma once

#include <utility>

struct _object;  // PyObject

namespace tryton {

// [gil-held] A counted reference to a host object. Never static: it would outlive the interpreter.
class Object {
public:
    Object() noexcept = default;
    Object(const Object& other) noexcept;
    Object(Object&& other) noexcept : python_{std::exchange(other.python_, nullptr)} {}
    Object& operator=(Object other) noexcept;
    ~Object();
    static Object steal(_object* python) noexcept;   // takes over the caller's reference
    static Object borrow(_object* python) noexcept;  // adds a reference of its own
    _object* get() const noexcept { return python_; }
    explicit operator bool() const noexcept { return python_ != nullptr; }
    friend bool operator==(const Object&, const Object&) = default;

private:
    _object* python_ = nullptr;
};

}  // namespace tryton
