// raadspostd - sends what is ready and takes in what comes, beside the host's own processes and with the same trytond.conf.
// A small program that embeds Debian's Python and the host's pool; the work is done by the module itself
// (plugin/crm/sending, plugin/crm/answers), so that web server, cron and daemon run one and the same code.
//
//     raadspostd -c /etc/tryton/trytond.conf -d DATABASE [--once]
//     raadspostd -c /etc/tryton/trytond.conf -d DATABASE --arm "the reason"
//     raadspostd -c /etc/tryton/trytond.conf -d DATABASE --machine-lost HOST | --new-keys | --retire-keys NUMBER
//
// SIGTERM and SIGINT finish what is past the final dot, settle it and end. Exit status: 0 done, 1 trouble (said on standard
// error), 2 wrong usage.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <pybind11/embed.h>
#include <string>
#include <thread>
#include <unistd.h>

namespace py = pybind11;

namespace {

struct Options {
    std::string configuration, database, reason;
    std::string by_hand, argument;  // an entry of the extension, and what it is given
    bool once = false, arm = false, verbose = false;
};

int usage() {
    std::fputs(
        "usage: raadspostd [-c TRYTOND.CONF] -d DATABASE [--once] [--verbose]\n"
        "       raadspostd [-c TRYTOND.CONF] -d DATABASE --arm REASON\n"
        "       raadspostd [-c TRYTOND.CONF] -d DATABASE --machine-lost HOST\n"
        "       raadspostd [-c TRYTOND.CONF] -d DATABASE --new-keys | --retire-keys NUMBER\n",
        stderr);
    return 2;
}

bool parse(int count, char** words, Options& options) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const bool more = i + 1 < count;
        if (word == "-c" && more) options.configuration = words[++i];
        else if (word == "-d" && more) options.database = words[++i];
        else if (word == "--arm" && more) options.arm = true, options.reason = words[++i];
        else if (word == "--machine-lost" && more) options.by_hand = "write_off_machine", options.argument = words[++i];
        else if (word == "--new-keys") options.by_hand = "add_keys";
        else if (word == "--retire-keys" && more) options.by_hand = "retire_keys", options.argument = words[++i];
        else if (word == "--once") options.once = true;
        else if (word == "--verbose") options.verbose = true;
        else return false;
    }
    return !options.database.empty();
}

// The host as trytond itself starts it: configuration, pool, and the module's classes of this database.
py::object start_host(const Options& options) {
    py::module_::import("logging").attr("basicConfig")(
        py::arg("level") = options.verbose ? "INFO" : "WARNING",
        py::arg("format") = "%(asctime)s %(levelname)s %(name)s %(message)s");
    const py::object config = py::module_::import("trytond.config").attr("config");
    if (options.configuration.empty()) config.attr("update_etc")();
    else config.attr("update_etc")(options.configuration);
    const py::object pool = py::module_::import("trytond.pool").attr("Pool");
    // What the host loads stays until the end. Python's collector would go through all of it again and again while
    // messages are sent: it took a fifth of what a message costs beside its letter.
    const py::module_ collector = py::module_::import("gc");
    collector.attr("disable")();
    pool.attr("start")();
    pool(options.database).attr("init")();
    collector.attr("freeze")();
    collector.attr("enable")();
    return py::module_::import("trytond.modules").attr("import_module")("raadspost").attr("_raadspost");
}

int run(const Options& options) {
    const py::object raadspost = start_host(options);
    if (options.arm) {
        const auto* const person = ::getlogin();
        raadspost.attr("arm_sending")(options.database, person ? person : "administrator", options.reason);
        return 0;
    }
    if (!options.by_hand.empty()) {
        const py::object said = raadspost.attr(options.by_hand.c_str())(options.database, options.argument);
        std::printf("%s\n", said.cast<std::string>().c_str());
        return 0;
    }
    // A signal is waited for on a thread of its own: a handler could do next to nothing, and Python's would wait for the
    // interpreter, which is away while messages are sent.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    std::atomic<bool> over{false};
    std::jthread watch{[&] {
        while (!over) {
            const timespec patience{0, 200'000'000};
            if (sigtimedwait(&ends, nullptr, &patience) <= 0) continue;
            const py::gil_scoped_acquire held;
            raadspost.attr("stop_daemon")();
            return;
        }
    }};
    py::dict how;
    how["once"] = options.once;
    // Mail is taken in beside the sending: neither waits for the other's servers.
    py::object taken_in = py::none();
    std::jthread reader{[&] {
        const py::gil_scoped_acquire held;
        try {
            taken_in = raadspost.attr("read_mail")(options.database, how);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "raadspostd: %s\n", error.what());
        }
    }};
    const auto join_all = [&] {
        const py::gil_scoped_release released;  // they may be waiting for the GIL
        reader.join();
        over = true;
        watch.join();
    };
    py::dict done;
    try {
        done = raadspost.attr("run_sender")(options.database, how);
    } catch (...) {
        raadspost.attr("stop_daemon")();
        join_all();
        throw;
    }
    join_all();
    done["taken_in"] = taken_in;
    const auto trouble = done["trouble"].cast<std::string>();
    std::printf("%s\n", py::str(py::module_::import("json").attr("dumps")(done)).cast<std::string>().c_str());
    if (!trouble.empty()) std::fprintf(stderr, "raadspostd: %s\n", done["trouble_text"].cast<std::string>().c_str());
    return trouble.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!parse(count, words, options)) return usage();
    // Before any thread exists, so that all inherit it: only the watch takes these signals.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    // A file that may not grow is an error that is said, not an end.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        const py::scoped_interpreter interpreter{false};
        try {
            return run(options);
        } catch (py::error_already_set& error) {
            std::fprintf(stderr, "raadspostd: %s\n", error.what());
            return 1;
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "raadspostd: %s\n", error.what());
        return 1;
    }
}
