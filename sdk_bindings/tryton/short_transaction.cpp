#include "tryton/short_transaction.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/transaction.hpp"

#include <chrono>
#include <optional>
#include <thread>

namespace tryton {

using namespace detail;

namespace {

void statement(const char* sql) {
    current_transaction().attr("connection").attr("cursor")().attr("execute")(sql);
}

// Each transaction of the host takes another connection: on SQLite it opens the file anew, on PostgreSQL it
// logs in where the pool has none left, either of which takes longer than most short work. Where the current
// one commits by itself and is between two statements, its own connection does.
bool current_one_will_do(bool to_write) {
    const py::object connection = current_transaction().attr("connection");
    if (engine() == Engine::sqlite)
        return connection.attr("isolation_level").is_none() &&
               !connection.attr("in_transaction").cast<bool>();
    constexpr int idle = 0;  // psycopg2.extensions.TRANSACTION_STATUS_IDLE
    return connection.attr("autocommit").cast<bool>() &&
           connection.attr("get_transaction_status")().cast<int>() == idle &&
           !(to_write && py::object{connection.attr("readonly")}.is(py::bool_{true}));
}

void attempt(const std::function<void()>& work) {
    std::optional<Transaction> own;
    if (!current_one_will_do(true)) own.emplace(Transaction::inner({.autocommit = true}));
    statement(engine() == Engine::postgresql ? "begin isolation level read committed" : "begin immediate");
    try {
        work();
        statement("commit");
    } catch (...) {
        try {
            statement("rollback");
            current_transaction().attr("rollback")();  // empties the host's caches
        } catch (py::error_already_set&) {
            // The connection itself is gone: there is nothing left to roll back.
        }
        throw;
    }
    commit();  // tells the host's caches
}

}  // namespace

void reading_the_latest(const std::function<void()>& work) {
    std::optional<Transaction> own;
    if (!current_one_will_do(false)) own.emplace(Transaction::inner({.autocommit = true, .readonly = true}));
    work();
}

void in_short_transaction(const std::function<void()>& work, int tries) {
    for (int turn = 1;; ++turn) {
        try {
            return attempt(work);
        } catch (const py::error_already_set& error) {
            if (turn >= tries || !error.matches(imported("trytond.backend", "DatabaseOperationalError")))
                throw;
        }
        without_gil([&] { std::this_thread::sleep_for(std::chrono::milliseconds{10 << std::min(turn, 6)}); });
    }
}

}  // namespace tryton
