#include "crm/sending/entries.hpp"

#include "core/appeal/letter.hpp"
#include "core/link/key_ring.hpp"
#include "crm/answers/mail_reader.hpp"
#include "crm/appeal/step_texts.hpp"
#include "crm/followup/planner.hpp"
#include "crm/sending/recovery.hpp"
#include "crm/sending/sender.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <unistd.h>
#include <charconv>
#include <thread>

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds slice{20};  // the host's cron runs a database's jobs one after another
constexpr std::chrono::seconds opens_again_after{5};
constexpr std::chrono::seconds plans_every{60};

// Set from a signal handler's thread by stop_daemon(), read by the loop and by the threads of the crew.
std::atomic<bool>& halt() {
    static std::atomic<bool> asked{false};
    return asked;
}

void rest(std::chrono::milliseconds how_long) {
    without_gil([&] {
        for (auto left = how_long; left.count() > 0 && !halt(); left -= std::chrono::milliseconds{50})
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
    });
}

struct Sum {
    std::int64_t released = 0, held = 0, sent = 0, refused = 0, deferred = 0, uncertain = 0, freed = 0;
    Spent spent;
    std::chrono::duration<double> running{};  // all of the above and what lies between
    std::string trouble, trouble_text;

    void add(const Turn& turn) {
        released += static_cast<std::int64_t>(turn.released);
        held += static_cast<std::int64_t>(turn.held);
        sent += static_cast<std::int64_t>(turn.sent);
        refused += static_cast<std::int64_t>(turn.refused);
        deferred += static_cast<std::int64_t>(turn.deferred);
        uncertain += static_cast<std::int64_t>(turn.uncertain);
        freed += static_cast<std::int64_t>(turn.freed);
        spent.making += turn.spent.making;
        spent.releasing += turn.spent.releasing;
        spent.claiming += turn.spent.claiming;
        spent.submitting += turn.spent.submitting;
        spent.settling += turn.spent.settling;
        trouble = turn.trouble ? turn.trouble->id : "";
        trouble_text = turn.trouble ? turn.trouble->text : "";
    }
    Dict told() const {
        return {{"released", released},
                {"held", held},
                {"sent", sent},
                {"refused", refused},
                {"deferred", deferred},
                {"uncertain", uncertain},
                {"freed", freed},
                {"seconds_making", spent.making.count()},
                {"seconds_releasing", spent.releasing.count()},
                {"seconds_claiming", spent.claiming.count()},
                {"seconds_submitting", spent.submitting.count()},
                {"seconds_settling", spent.settling.count()},
                {"seconds_running", running.count()},
                {"trouble", trouble},
                {"trouble_text", trouble_text}};
    }
};

// A sender that cannot even begin has no row of its own yet, and one that sends in slices none between two
// slices: the screens would only say that nobody sends, or nothing.
void show_why_not(const std::optional<Problem>& problem, std::optional<std::int64_t> process) {
    const std::string host = Machine::own_name();
    const DateTime time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    in_short_transaction([&] {
        execute("delete from raadspost_sender where host = {} and journal is null", host);
        if (problem)
            execute(
                "insert into raadspost_sender (host, process, started_at, seen_at, sent, trouble, "
                "trouble_text) values ({}, {}, {}, {}, 0, {}, {})",
                host, process, time, time, problem->id, problem->text);
    });
}

Value run_sender(const List& arguments) {
    const auto database = arguments.at(0).as<std::string>();
    const Dict options = arguments.size() > 1 ? arguments[1].as<Dict>() : Dict{};
    const auto once = options.find("once") != options.end() && options.at("once").truth();
    // The letters' faces take a while to be made ready, once in a process, and so do the logos: meanwhile the
    // database is asked for the first of them.
    const std::jthread faces{[] { static_cast<void>(appeal::LetterRenderer::make()); }};
    std::jthread logos;
    Sum sum;
    std::unique_ptr<Sender> sender;
    SteadyClock::time_point plan_at{};
    while (!halt()) {
        bool idle = true, over = true;
        const auto begin = SteadyClock::now();
        {
            // A transaction a turn: settings and texts are read anew. What is written has short transactions
            // of its own, and without a snapshot this one sees them.
            const Transaction outer = Transaction::open(database, 0, {}, {.autocommit = true});
            if (!logos.joinable()) logos = make_logos_ready();
            // Before anything is sent: what was planned may have been planned long ago.
            if (SteadyClock::now() >= plan_at) {
                run_planner();
                plan_at = SteadyClock::now() + plans_every;
            }
            if (!sender) {
                auto opened = Sender::open(halt());
                if (opened) {
                    sender = std::move(*opened);
                    show_why_not({}, getpid());
                } else {
                    if (sum.trouble != opened.problem().id) log(Level::error, opened.problem().text);
                    show_why_not(opened.problem(), getpid());
                    sum.trouble = opened.problem().id;
                    sum.trouble_text = opened.problem().text;
                }
            }
            if (sender) {
                const Turn turn = sender->turn();
                sum.add(turn);
                idle = turn.idle();
                over = turn.over();
            }
            if (once && (over || !sender)) {
                sender.reset();
                sum.running += SteadyClock::now() - begin;
                break;
            }
        }
        sum.running += SteadyClock::now() - begin;
        if (idle) rest(sender ? std::chrono::seconds{1} : opens_again_after);
    }
    if (sender) {
        const Transaction outer = Transaction::open(database, 0, {}, {.autocommit = true});
        sender.reset();
    }
    return sum.told();
}

Value arm_sending(const List& arguments) {
    const Transaction outer = Transaction::open(arguments.at(0).as<std::string>(), 0);
    auto machine = Machine::open();
    if (!machine) throw std::runtime_error{machine.problem().text};
    const auto armed = machine->arm(arguments.at(1).as<std::string>(), arguments.at(2).as<std::string>());
    if (!armed) throw std::runtime_error{armed.problem().text};
    return {};
}

Value write_off_machine(const List& arguments) {
    const Transaction outer =
        Transaction::open(arguments.at(0).as<std::string>(), 0, {}, {.autocommit = true});
    const auto host = arguments.at(1).as<std::string>();
    const auto machine = Machine::open();
    if (machine && machine->host() == host)
        throw std::runtime_error{host + " is this machine: its next sender settles what the last one left."};
    return {std::to_string(write_off(host)) + " messages that " + host +
            " had in hand are uncertain now; a person decides about them."};
}

std::filesystem::path key_file() {
    const auto file = configured("raadspost", "keys");
    if (!file) throw std::runtime_error{"trytond.conf names no keys under [raadspost]."};
    return *file;
}

link::KeyRing loaded_keys() {
    auto ring = link::KeyRing::load(key_file());
    if (!ring) throw std::runtime_error{ring.problem().text};
    return std::move(*ring);
}

Value add_keys(const List&) {
    auto ring = loaded_keys();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (const auto added = ring.rotate(key_file(), now); !added)
        throw std::runtime_error{added.problem().text};
    return {"Keys " + std::to_string(ring.newest()) +
            " sign from now on; links of earlier ones stay good until those are retired."};
}

Value retire_keys(const List& arguments) {
    auto ring = loaded_keys();
    const auto number = arguments.at(1).as<std::string>();
    std::uint8_t id = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
    if (error != std::errc{} || end != number.data() + number.size())
        throw std::runtime_error{"Keys are named by a number from 1 to 255, not by " + number + "."};
    if (const auto retired = ring.retire(key_file(), id); !retired)
        throw std::runtime_error{retired.problem().text};
    return {"Keys " + number + " are retired: no link that they signed opens any more."};
}

Value stop_daemon(const List&) {
    halt() = true;
    stop_reading();
    return {};
}

// What keeps it from sending (more), if anything does.
std::optional<Problem> send_for(std::chrono::seconds how_long) {
    static const std::atomic<bool> never{false};
    auto sender = Sender::open(never);
    if (!sender) {
        log(Level::warning, sender.problem().text);
        return sender.problem();
    }
    const auto until = SteadyClock::now() + how_long;
    std::optional<Problem> trouble;
    while (SteadyClock::now() < until) {
        const Turn turn = (*sender)->turn();
        trouble = turn.trouble;
        if (turn.over()) break;
    }
    return trouble;
}

}  // namespace

std::vector<Entry> sending_entries() {
    return {
        {"run_sender", run_sender}, {"arm_sending", arm_sending}, {"write_off_machine", write_off_machine},
        {"add_keys", add_keys},     {"retire_keys", retire_keys}, {"stop_daemon", stop_daemon}};
}

Value send_slice(const List&) {
    // Where a raadspostd was seen within the last minute there is nothing for the cron to do.
    const DateTime time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (!Rows<Id>{"select id from raadspost_sender where seen_at > {} and process is not null",
                  time - std::chrono::minutes{1}}
             .empty())
        return {};
    run_planner();
    show_why_not(send_for(slice), std::nullopt);
    return {};
}

}  // namespace raadspost::crm
