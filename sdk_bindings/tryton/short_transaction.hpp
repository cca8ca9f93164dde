// A short transaction of its own, for claims, marks and leases that several processes write at once: READ
// COMMITTED on PostgreSQL (where the host's ordinary REPEATABLE READ makes SKIP LOCKED and ON CONFLICT fail)
// and BEGIN IMMEDIATE on SQLite. [gil-held], while a transaction is current; not from within one that has
// already written on SQLite.
#pragma once

#include <functional>

namespace tryton {

// Runs `work` between BEGIN and COMMIT. When the database says that somebody else was first (the host's
// DatabaseOperationalError) everything is rolled back and `work` runs anew, up to `tries` times with a
// growing pause; so it must do nothing outside the database. Any other exception rolls back and goes on to
// the caller.
void in_short_transaction(const std::function<void()>& work, int tries = 8);

// Runs `work`, which only reads, with a view of what is committed by now, whatever the current transaction
// still sees.
void reading_the_latest(const std::function<void()>& work);

}  // namespace tryton
