// The crew: threads that submit a batch of messages, each over its own kept-open connection, with both marks
// of every message in the journal. It knows no database: orders go in, what became of each comes out. A crew
// is made once and serves batch after batch; submit() is for one caller at a time and returns when the whole
// batch is done.
#pragma once

#include "core/no_host.hpp"
#include "core/post/delivery.hpp"
#include "core/post/journal.hpp"
#include "core/post/smtp.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace raadspost::post {

struct Order {
    std::int64_t dispatch = 0;
    int attempt = 1;
    Envelope envelope;
    std::function<Result<std::string>()> bytes;  // called on a thread of the crew, just before sending
};

struct Attempt {
    bool begun = false;                 // false: stopped before its turn; the dispatch is free again
    std::optional<Problem> unsendable;  // no bytes, or an address that cannot be: nothing was sent
    Submission submission;              // with begun and no problem
};

class Crew {
public:
    Crew(Relay relay, int connections);
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    // One Attempt per order, in order. `halt` becoming true lets what has begun finish and leaves the rest;
    // so does a failed journal, a relay that cannot be reached, and `watch` (to which each attempt is added)
    // when it has seen enough.
    std::vector<Attempt> submit(const std::vector<Order>& orders, Journal& journal,
                                const std::atomic<bool>& halt, RefusalWatch& watch);

private:
    class Hands;
    std::unique_ptr<Hands> hands_;
};

}  // namespace raadspost::post
