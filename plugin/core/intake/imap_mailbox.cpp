#include "core/intake/imap_mailbox.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace raadspost::intake {
namespace {

// RFC 7162 4: a command line of no more than 8192 bytes.
constexpr std::size_t uids_of_command = 500;
constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// That it is the message's fault, and not the server's or the network's.
constexpr int enough_evidence = 3;
int evidence_of(const Problem& problem) {
    if (problem.id == "mailbox_no_imap" || problem.id == "mailbox_refused") return enough_evidence;
    return problem.id == "mailbox_stopped" ? 0 : 1;
}
constexpr std::size_t others_asked = 4;  // before the message, and behind it

Arrival unobtainable(std::uint32_t uid, std::uint64_t size, const Problem& why) {
    Arrival arrival;
    arrival.uid = uid;
    arrival.size = size;
    arrival.arrived = now();
    arrival.trouble = why;
    return arrival;
}

}  // namespace

ImapMailbox::ImapMailbox(ImapPlace place)
    : place_{std::move(place)},
      uid_validity_{place_.uid_validity},
      last_uid_{place_.last_uid},
      not_had_{place_.not_had} {}

Result<Batch> ImapMailbox::next(const std::stop_token& stop) {
    const auto attempt = [&]() -> Result<Batch> {
        if (!session_)
            if (auto opened = open(stop); !opened) return opened.problem();
        if (waiting_.empty())
            if (auto listed = list(); !listed) return listed.problem();
        Batch batch;
        batch.uid_validity = uid_validity_;
        batch.at_end = waiting_.empty();
        if (auto filled = fill(batch); !filled) return filled.problem();
        batch.up_to = waiting_.empty() ? listed_ : waiting_.front() - 1;
        return batch;
    };
    auto batch = attempt();
    if (!batch) session_.reset();
    return batch;
}

Result<Done> ImapMailbox::open(const std::stop_token& stop) {
    auto session = ImapSession::open(place_.account, stop);
    if (!session) return session.problem();
    const Access access = place_.move_to.empty() ? Access::look : Access::change;
    const auto folder = (*session)->open_folder(place_.folder, access);
    if (!folder) return folder.problem();
    session_ = *std::move(session);
    if (folder->uid_validity != uid_validity_) {
        uid_validity_ = folder->uid_validity;
        last_uid_ = 0;
        not_had_.clear();
    }
    ImapDoubt& doubt = *place_.doubt;
    if (doubt.uid_validity != uid_validity_) doubt = {.uid_validity = uid_validity_};
    doubt.others_are_given = false;
    uid_next_ = folder->uid_next;
    listed_ = last_uid_;
    waiting_.clear();
    return move_what_was_left();
}

// The next numbers, in windows where much is to be gone through; beyond what was there at the opening only
// what came since can be.
Result<Done> ImapMailbox::list() {
    while (waiting_.empty() && listed_ < no_end) {
        const std::uint32_t first = listed_ + 1;
        const bool old = first < uid_next_;
        const std::uint32_t last =
            old ? std::min(uid_next_ - 1, first + std::min(limits::search_window - 1, no_end - first))
                : no_end;
        auto found = session_->search(first, last);
        if (!found) return found.problem();
        waiting_ = *std::move(found);
        if (old) {
            listed_ = last;
        } else {
            if (!waiting_.empty()) listed_ = waiting_.back();
            return Done{};
        }
    }
    return Done{};
}

Result<Done> ImapMailbox::fill(Batch& batch) {
    ImapDoubt& doubt = *place_.doubt;
    while (batch.arrivals.empty() && !waiting_.empty()) {
        const bool careful = waiting_.front() <= doubt.careful_until;
        const std::size_t most = careful ? 1 : limits::batch_messages;
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(most, waiting_.size()));
        const Uids uids{waiting_.begin(), end};
        if (uids.front() == doubt.suspect && doubt.evidence >= enough_evidence) {
            // It would stand in the way of all that come after it.
            batch.arrivals.push_back(unobtainable(
                uids.front(), 0,
                {"mailbox_refused", place_.account.host, {}, "The server cannot give this message."}));
            not_had_.push_back(uids.front());
            waiting_.erase(waiting_.begin());
            doubt.suspect = 0;
            return Done{};
        }
        if (uids.front() == doubt.suspect && !doubt.others_are_given) {
            const auto other = gives_another(uids.front());
            if (!other) return other.problem();
            doubt.others_are_given = *other;
        }
        const auto sizes = session_->sizes(uids);
        std::vector<ImapSize> chosen;
        std::uint64_t bytes = 0;
        if (sizes)
            for (const ImapSize& each : *sizes) {
                bytes += each.bytes;
                if (!chosen.empty() && bytes > limits::batch_bytes) break;
                chosen.push_back(each);
            }
        const auto fetched = sizes ? fetch_into(batch, chosen) : Result<Done>{sizes.problem()};
        if (!fetched) {
            if (careful) note_failure(uids.front(), fetched.problem());
            doubt.careful_until = std::max(doubt.careful_until, uids.back());
            return fetched.problem();
        }
        doubt.suspect = 0;
        doubt.not_given.clear();
        // What is not among the sizes has gone.
        const bool all = chosen.size() == sizes->size();
        const std::uint32_t done = all ? uids.back() : chosen.back().uid;
        waiting_.erase(waiting_.begin(), std::ranges::upper_bound(waiting_, done));
    }
    return Done{};
}

void ImapMailbox::note_failure(std::uint32_t uid, const Problem& problem) {
    ImapDoubt& doubt = *place_.doubt;
    if (doubt.suspect != uid) {
        doubt.suspect = uid;
        doubt.evidence = 0;
        doubt.others_are_given = false;
    } else if (doubt.others_are_given) {
        doubt.evidence += evidence_of(problem);
    }
}

// Whether the first octet of any other is to be had; a problem when none of those that there are is given,
// false when there is no other: then nobody can tell whose fault it is.
Result<bool> ImapMailbox::gives_another(std::uint32_t than) {
    bool any = false;
    auto& in_vain = place_.doubt->not_given;
    Problem why{"mailbox_refused", place_.account.host, {}, "The server gives no message at the moment."};
    for (const bool behind : {true, false}) {
        const auto others = behind ? Result<Uids>{others_behind()} : others_before(than);
        if (!others) return others.problem();
        for (const std::uint32_t other : *others) {
            any = true;
            if (std::ranges::find(in_vain, other) != in_vain.end()) continue;
            in_vain.push_back(other);
            const auto given = session_->fetch({other}, 1);
            if (given && !given->empty() && !given->front().bytes.empty()) {
                in_vain.pop_back();
                return true;
            }
            if (given) continue;
            why = given.problem();
            // After a refusal the session goes on, after anything else it does not.
            if (why.id != "mailbox_refused") return why;
        }
    }
    if (!any) return false;
    in_vain.clear();
    return why;
}

ImapMailbox::Uids ImapMailbox::others_behind() const {
    const auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), others_asked + 1));
    return {waiting_.begin() + 1, end};
}

Result<ImapMailbox::Uids> ImapMailbox::others_before(std::uint32_t uid) {
    if (uid == 1) return Uids{};
    auto found = search_had(uid > limits::search_window ? uid - limits::search_window : 1, uid - 1);
    if (found && found->size() > others_asked)
        found->erase(found->begin(), found->end() - static_cast<std::ptrdiff_t>(others_asked));
    return found;
}

Result<ImapMailbox::Uids> ImapMailbox::search_had(std::uint32_t first, std::uint32_t last) {
    auto found = session_->search(first, last);
    if (found)
        std::erase_if(*found,
                      [&](std::uint32_t uid) { return std::ranges::find(not_had_, uid) != not_had_.end(); });
    return found;
}

Result<Done> ImapMailbox::fetch_into(Batch& batch, const std::vector<ImapSize>& chosen) {
    if (chosen.empty()) return Done{};
    const bool too_large = chosen.front().bytes > limits::message_bytes;
    Uids uids;
    for (const ImapSize& each : chosen) uids.push_back(each.uid);  // one that is too large is alone
    auto messages = session_->fetch(uids, too_large ? limits::beginning_bytes : limits::message_bytes);
    if (!messages) return messages.problem();
    if (messages->empty()) {
        // Gone since it told their sizes, or kept from us: then it is asked for them one by one.
        const auto still = session_->sizes(uids);
        if (!still) return still.problem();
        if (still->empty()) return Done{};
        return Problem{
            "mailbox_refused", place_.account.host, {}, "The server says OK and gives no message."};
    }

    auto next = messages->begin();
    Uids missing;
    for (const ImapSize& each : chosen) {
        if (next == messages->end() || next->uid != each.uid) {
            missing.push_back(each.uid);
            continue;
        }
        Arrival arrival;
        arrival.uid = each.uid;
        arrival.bytes = std::move(next->bytes);
        arrival.size = arrival.bytes.size();
        if (too_large || arrival.size == limits::message_bytes) {
            arrival.size = std::max<std::uint64_t>(each.bytes, limits::message_bytes + 1);
            arrival.bytes.resize(std::min(arrival.bytes.size(), limits::beginning_bytes));
        }
        arrival.arrived = next->arrived.value_or(now());
        batch.arrivals.push_back(std::move(arrival));
        ++next;
    }
    // Gone meanwhile, or there and not to be had: the first is nothing, the second is told.
    if (missing.empty()) return Done{};
    const auto still = session_->sizes(missing);
    if (!still) return still.problem();
    for (const ImapSize& each : *still) {
        batch.arrivals.push_back(unobtainable(
            each.uid, each.bytes,
            {"mailbox_refused", place_.account.host, {}, "The server does not give this message."}));
        not_had_.push_back(each.uid);
    }
    return Done{};
}

Result<Done> ImapMailbox::taken_in(const Batch& batch) {
    if (batch.uid_validity != uid_validity_) return Done{};
    last_uid_ = std::max(last_uid_, batch.up_to);
    if (place_.move_to.empty() || !session_) return Done{};
    Uids uids;
    for (const Arrival& each : batch.arrivals)
        if (!each.trouble) uids.push_back(each.uid);
    return move(uids);
}

// Between the taking in and the moving a connection may have ended. What was only copied cannot be told from
// what was not, so without MOVE that is left as it is.
Result<Done> ImapMailbox::move_what_was_left() {
    if (place_.move_to.empty() || !session_->offers("MOVE")) return Done{};
    for (std::uint32_t first = 1; first <= last_uid_ && !move_trouble_; first += limits::search_window) {
        const auto found = search_had(first, std::min(last_uid_, first + limits::search_window - 1));
        if (!found) return found.problem();
        if (auto moved = move(*found); !moved) return moved.problem();
        if (last_uid_ - first < limits::search_window) break;
    }
    return Done{};
}

Result<Done> ImapMailbox::move(const Uids& uids) {
    for (std::size_t at = 0; at < uids.size(); at += uids_of_command) {
        const auto end =
            uids.begin() + static_cast<std::ptrdiff_t>(std::min(uids.size(), at + uids_of_command));
        auto moved = session_->move({uids.begin() + static_cast<std::ptrdiff_t>(at), end}, place_.move_to);
        // No such folder: mail is taken in all the same, and told of.
        if (!moved && moved.problem().id == "mailbox_folder") {
            move_trouble_ = moved.problem();
            return Done{};
        }
        if (!moved) {
            session_.reset();
            return moved.problem();
        }
        move_trouble_.reset();
    }
    return Done{};
}

Result<Done> ImapMailbox::await_news(const std::stop_token&) {
    if (!session_) return Done{};
    const auto news = session_->await_news(limits::poll_interval, limits::idle_renewal);
    if (news) return Done{};
    session_.reset();
    return news.problem();
}

}  // namespace raadspost::intake
