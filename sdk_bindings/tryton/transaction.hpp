// The host's transaction, its context, and the GIL. One transaction per thread is current; the classes here
// open and close inner ones by scope.
#pragma once

#include "tryton/value.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tryton {

enum class Engine { sqlite, postgresql };

// [gil-held] About the current transaction.
Engine engine();
std::string database_name();
std::string language();
Id current_user();  // 0 is the host itself
Dict context();
bool is_test_run();

// [gil-held] For what runs without a transaction of its own, as routes do: the databases whose modules this
// process has loaded, and loading those of one more, unless they are. The host's own requests do the same.
std::vector<std::string> loaded_databases();
void load_database(const std::string& name);

// [gil-held] A transaction of its own, by scope. Autocommit is for short claims and marks: on PostgreSQL the
// host's ordinary transaction is REPEATABLE READ, where SKIP LOCKED and ON CONFLICT fail; on SQLite it is a
// new connection. Without commit() an ordinary one is rolled back.
class Transaction {
public:
    struct Options {
        bool autocommit = false;
        bool readonly = false;
    };
    static Transaction inner(Options options);  // same database, user and context as the current one
    static Transaction inner() { return inner({}); }
    static Transaction open(const std::string& database, Id user, const Dict& context, Options options);
    static Transaction open(const std::string& database, Id user = 0, const Dict& context = {}) {
        return open(database, user, context, {});
    }
    Transaction(Transaction&& other) noexcept : python_{std::move(other.python_)} {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    void commit();

private:
    explicit Transaction(Object python) : python_{std::move(python)} {}
    Object python_;
};

// [gil-held] Other context keys, or another user, by scope.
class Scope {
public:
    static Scope with(const Dict& context);
    static Scope as_user(Id user);
    static Scope without_access_checks() { return with({{"_check_access", false}}); }
    Scope(Scope&& other) noexcept : manager_{std::move(other.manager_)} {}
    Scope& operator=(Scope&&) = delete;
    ~Scope();

private:
    explicit Scope(Object manager) : manager_{std::move(manager)} {}
    Object manager_;
};

void commit();  // [gil-held] the current one, and goes on

// Lets other Python threads run while `work` does something long that touches nothing of the host.
class GilRelease {
public:
    GilRelease();
    GilRelease(const GilRelease&) = delete;
    GilRelease& operator=(const GilRelease&) = delete;
    ~GilRelease();

private:
    void* state_;
};

template <std::invocable Work>
auto without_gil(Work&& work) {
    const GilRelease released;
    return std::forward<Work>(work)();
}

// Back to the host for a moment, on a thread that works without_gil: a question to the database in the midst
// of long work. What is thrown in between leaves as a plain error with its text, since nobody without the GIL
// may hold the host's own.
class GilHold {
public:
    GilHold();
    GilHold(const GilHold&) = delete;
    GilHold& operator=(const GilHold&) = delete;
    ~GilHold();

private:
    int state_;
};

template <std::invocable Work>
auto with_gil(Work&& work) {
    const GilHold held;
    try {
        return std::forward<Work>(work)();
    } catch (const std::exception& error) {
        throw std::runtime_error{error.what()};
    }
}

}  // namespace tryton
