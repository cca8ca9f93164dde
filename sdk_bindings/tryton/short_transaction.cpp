#include "tryton/short_transaction.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/transaction.hpp"

#include <chrono>
#include <thread>

namespace tryton {

using namespace detail;

namespace {

void statement(const char* sql) {
    current_transaction().attr("connection").attr("cursor")().attr("execute")(sql);
}

void attempt(const std::function<void()>& work) {
    Transaction own = Transaction::inner({.autocommit = true});
    statement(engine() == Engine::postgresql ? "begin isolation level read committed" : "begin immediate");
    try {
        work();
        statement("commit");
    } catch (...) {
        try {
            statement("rollback");
        } catch (py::error_already_set&) {
            // The connection itself is gone: there is nothing left to roll back.
        }
        throw;
    }
    own.commit();  // tells the host's caches
}

}  // namespace

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
