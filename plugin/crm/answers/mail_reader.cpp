#include "crm/answers/mail_reader.hpp"

#include "core/post/crash_point.hpp"
#include "crm/answers/answer_reading.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/answers/message_reading.hpp"
#include "crm/moment.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <thread>

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::size_t read_at_a_time = 200;  // then what was fetched meanwhile is kept
constexpr std::chrono::seconds slice{20};    // the host's cron runs a database's jobs one after another
constexpr std::chrono::milliseconds glance{200};
constexpr std::chrono::seconds wakes_after{1};
constexpr std::chrono::seconds pause_after_failure{10};

// Set from another thread by stop_reading().
std::atomic<bool>& halt() {
    static std::atomic<bool> asked{false};
    return asked;
}

std::vector<MailSource> active_sources() {
    using Maybe = std::optional<std::string>;
    using Number = std::optional<std::int64_t>;
    std::vector<MailSource> sources;
    for (auto& [id, kind, host, port, security, login, folder, move_to, path, sent_folder, validity, last,
                changed] : Rows<Id, std::string, Maybe, Number, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe,
                                Number, Number, std::optional<DateTime>>{
             "select id, kind, host, port, security, login, folder, move_to, path, sent_folder, "
             "uid_validity, "
             "last_uid, "
             "coalesce(write_date, create_date) from raadspost_mail_source where active = {} order by id",
             true}) {
        MailSource source;
        source.id = id;
        source.kind = kind;
        source.host = host.value_or("");
        source.port = static_cast<std::uint16_t>(port.value_or(0));
        source.security = security.value_or("");
        source.login = login.value_or("");
        source.folder = folder.value_or("");
        source.move_to = move_to.value_or("");
        source.path = path.value_or("");
        if (kind == "imap") source.sent_folder = sent_folder.value_or("");
        source.uid_validity = static_cast<std::uint32_t>(validity.value_or(0));
        source.last_uid = static_cast<std::uint32_t>(last.value_or(0));
        source.changed_at = changed.value_or(DateTime{});
        sources.push_back(std::move(source));
    }
    return sources;
}

Dict told(const Intake& done) {
    return {{"kept", static_cast<std::int64_t>(done.kept)},
            {"known", static_cast<std::int64_t>(done.known)},
            {"read", static_cast<std::int64_t>(done.read)},
            {"left", static_cast<std::int64_t>(done.left)},
            {"trouble", done.trouble}};
}

}  // namespace

MailReader::~MailReader() {
    stop([](const Watched&) { return true; });
}

void MailReader::give_up() {
    stop([](const Watched&) { return true; });
    in_short_transaction(
        [&] { execute("update raadspost_mail_source set reader = null where reader = {}", name_.text()); });
}

void MailReader::turn() {
    if (SteadyClock::now() >= share_at_) {
        share_sources();
        share_at_ = SteadyClock::now() + lease_renewal;
    }
    for (auto& [id, watched] : watched_) {
        keep(watched);
        tell(watched);
        watched.copies.turn(watched.source, bell_);
    }
    const ReadMessage read = read_answers();
    const ReadCounts counts = read ? read_messages(read, name_.text(), halt_, read_at_a_time) : ReadCounts{};
    done_.read += counts.read;
    done_.left += counts.left;
    read_all_ = counts.read + counts.left == 0;
}

// Takes over what nobody reads, renews what is read here, and gives up what somebody else has, or a person
// has changed.
void MailReader::share_sources() {
    std::map<Id, MailSource> held;
    for (MailSource& source : active_sources())
        if (hold(source)) held.emplace(source.id, std::move(source));
    stop([&](const Watched& watched) {
        const auto found = held.find(watched.source.id);
        return found == held.end() || found->second.changed_at != watched.source.changed_at;
    });
    for (const auto& [id, source] : held) {
        if (watched_.contains(id)) continue;
        Watched watched;
        watched.source = source;
        watched.watch = std::make_unique<intake::Watch>(mailbox_of(source), bell_);
        watched_.emplace(id, std::move(watched));
    }
}

bool MailReader::hold(const MailSource& source) {
    bool held = false;
    in_short_transaction([&] {
        const Rows<std::optional<std::string>, std::optional<DateTime>> lease{
            "select reader, reader_seen_at from raadspost_mail_source where id = {}", source.id};
        if (lease.empty()) return;
        const auto& [reader, seen_at] = lease.front();
        const bool free =
            !reader || *reader == name_.text() || is_dead(*reader, seen_at.value_or(DateTime{}), now());
        // Whoever else saw it free is told by the row's old bearer.
        held =
            free && execute(
                        "update raadspost_mail_source set reader = {}, reader_seen_at = {} where id = {} and "
                        "coalesce(reader, '') = {}",
                        name_.text(), now(), source.id, reader.value_or("")) == 1;
    });
    return held;
}

void MailReader::keep(Watched& watched) {
    const intake::Batch* const batch = watched.watch->batch();
    if (!batch) return;
    post::crash_point("intake_before_keeping");
    try {
        const auto kept = keep_batch(watched.source.id, name_.text(), *batch);
        if (!kept) return watched.watch->lost(kept.problem());
        done_.kept += kept->messages;
        done_.known += kept->known;
    } catch (const std::exception& error) {
        // One mailbox must not keep the others from being read.
        log(Level::error, "mailbox " + std::to_string(watched.source.id) +
                              ": what was fetched could not be kept: " + error.what());
        return watched.watch->lost({"mailbox_not_kept", {}, {}, "What was fetched could not be kept."});
    }
    watched.watch->kept();
    post::crash_point("intake_after_keeping");
}

void MailReader::tell(Watched& watched) {
    const intake::WatchState state = watched.watch->state();
    const std::string trouble = state.trouble ? state.trouble->text : std::string{};
    if (watched.told && trouble == watched.told_trouble && state.read_at == watched.told_read_at) return;
    if (!state.at_rest && !watched.told) return;
    if (state.trouble && trouble != watched.told_trouble)
        log(Level::warning, "mailbox " + std::to_string(watched.source.id) + ": " + trouble);
    if (state.trouble) done_.trouble = state.trouble->id;
    in_short_transaction([&] {
        execute(
            "update raadspost_mail_source set trouble = {}, trouble_found = {}, last_read_at = coalesce({}, "
            "last_read_at) where id = {} and reader = {}",
            state.trouble ? Value{state.trouble->id} : Value{},
            state.trouble ? Value{state.trouble->found} : Value{},
            state.read_at ? Value{DateTime{*state.read_at}} : Value{}, watched.source.id, name_.text());
    });
    watched.told = true;
    watched.told_trouble = trouble;
    watched.told_read_at = state.read_at;
}

// All of them at once, as each may take a moment.
void MailReader::stop(const std::function<bool(const Watched&)>& which) {
    std::vector<std::unique_ptr<intake::Watch>> ending;
    for (auto at = watched_.begin(); at != watched_.end();) {
        if (!which(at->second)) {
            ++at;
            continue;
        }
        at->second.watch->ask_to_stop();
        ending.push_back(std::move(at->second.watch));
        at = watched_.erase(at);
    }
    without_gil([&] { ending.clear(); });
}

bool MailReader::at_rest() const {
    for (const auto& [id, watched] : watched_)
        if (!watched.watch->state().at_rest || watched.watch->batch() || !watched.told ||
            !watched.copies.at_rest())
            return false;
    return read_all_;
}

bool MailReader::has_work() const {
    return !read_all_ || std::ranges::any_of(watched_, [](const auto& each) {
        return each.second.watch->batch() != nullptr;
    });
}

void MailReader::wait(std::chrono::milliseconds how_long) {
    without_gil([&] {
        for (auto left = how_long; left.count() > 0 && !halt_; left -= glance)
            if (bell_.await(std::min(left, glance))) break;
    });
}

namespace {

// Until `halt`, the moment, or (once) until nothing is left.
Intake read_until(const std::string& database, const std::atomic<bool>& halted, bool once,
                  SteadyClock::time_point until) {
    // A transaction a turn, that commits by itself: without a snapshot it sees what the short ones wrote.
    const auto in_transaction = [&](const std::function<void()>& work) {
        const Transaction outer = Transaction::open(database, 0, {}, {.autocommit = true});
        work();
    };
    MailReader reader{halted};
    for (bool over = false; !over && !halted && SteadyClock::now() < until;) {
        in_transaction([&] { reader.turn(); });
        over = once && reader.at_rest();
        if (!over && !reader.has_work()) reader.wait(once ? glance : wakes_after);
    }
    in_transaction([&] { reader.give_up(); });
    return reader.done();
}

Value read_mail(const List& arguments) {
    const auto database = arguments.at(0).as<std::string>();
    const Dict options = arguments.size() > 1 ? arguments[1].as<Dict>() : Dict{};
    const bool once = options.find("once") != options.end() && options.at("once").truth();
    while (!halt()) {
        try {
            return told(read_until(database, halt(), once, SteadyClock::time_point::max()));
        } catch (const std::exception& error) {
            // Mail waits where it is; sending must not end for it.
            log(Level::error, std::string{"reading mail failed: "} + error.what());
        }
        if (once) break;
        without_gil([] {
            const auto again = SteadyClock::now() + pause_after_failure;
            while (SteadyClock::now() < again && !halt()) std::this_thread::sleep_for(glance);
        });
    }
    Intake failed;
    failed.trouble = "reading_failed";
    return told(failed);
}

}  // namespace

std::vector<Entry> intake_entries() {
    return {{"read_mail", read_mail}};
}

void stop_reading() {
    halt() = true;
}

Value read_slice(const List&) {
    static const std::atomic<bool> never{false};
    return told(read_until(database_name(), never, true, SteadyClock::now() + slice));
}

}  // namespace raadspost::crm
