#include "core/intake/secret.hpp"

#include "core/intake/limits.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <thread>

extern char** environ;

namespace raadspost::intake {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

Problem of_file(const std::filesystem::path& file, const std::string& why) {
    return {"secret_file", file.string(), why, "The password file " + file.string() + " " + why + "."};
}

Problem of_command(const std::string& why) {
    return {"secret_command", "token_command", why, "The token command " + why + "."};
}

std::string first_line(std::string_view text) {
    std::string line{text.substr(0, text.find('\n'))};
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

// All that comes until the end, the limit or the moment.
std::optional<std::string> read_until_end(int descriptor, Clock::time_point until) {
    std::string text;
    char room[1024];
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        pollfd watched{descriptor, POLLIN, 0};
        if (left.count() <= 0) return std::nullopt;
        const int ready = ::poll(&watched, 1, static_cast<int>(left.count()));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return std::nullopt;
        const ssize_t got = ::read(descriptor, room, sizeof room);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 || text.size() > limits::secret_bytes) return std::nullopt;
        if (got == 0) return text;
        text.append(room, static_cast<std::size_t>(got));
    }
}

// Its status; nothing when it had not ended by then and was killed, with what it had started.
std::optional<int> end_of(pid_t process, Clock::time_point until) {
    constexpr std::chrono::milliseconds glance{20};
    bool killed = false;
    for (int status = 0;;) {
        const pid_t ended = ::waitpid(process, &status, killed ? 0 : WNOHANG);
        if (ended == process) return killed ? std::nullopt : std::optional{status};
        if (ended < 0 && errno != EINTR) return std::nullopt;
        if (Clock::now() < until) {
            std::this_thread::sleep_for(glance);
        } else if (!killed) {
            ::kill(-process, SIGKILL);
            killed = true;
        }
    }
}

}  // namespace

Result<std::string> secret_of_file(const std::filesystem::path& file) {
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (descriptor.number() < 0) return of_file(file, std::string{"cannot be read: "} + std::strerror(errno));
    struct stat about {};
    if (::fstat(descriptor.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return of_file(file, "is no file");
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return of_file(file, "may be read by others: give it mode 0600");
    std::string text(limits::secret_bytes, '\0');
    const ssize_t got = ::read(descriptor.number(), text.data(), text.size());
    if (got < 0) return of_file(file, std::string{"cannot be read: "} + std::strerror(errno));
    text.resize(static_cast<std::size_t>(got));
    std::string secret = first_line(text);
    if (secret.empty()) return of_file(file, "is empty");
    return secret;
}

Result<std::string> secret_of_command(const std::string& command, std::chrono::milliseconds patience) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return of_command(std::string{"cannot be run: "} + std::strerror(errno));
    Descriptor from_command{ends[0]}, to_us{ends[1]};

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t manner;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&manner);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, to_us.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // A group of its own, so that what the shell starts ends with it; and the signals that a daemon blocks.
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&manner, &none);
    ::posix_spawnattr_setpgroup(&manner, 0);
    ::posix_spawnattr_setflags(&manner, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    std::string shell = "/bin/sh", option = "-c", line = command;
    char* words[] = {shell.data(), option.data(), line.data(), nullptr};
    pid_t process = 0;
    const int failed = ::posix_spawn(&process, "/bin/sh", &actions, &manner, words, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&manner);
    to_us.close();
    if (failed != 0) return of_command(std::string{"cannot be run: "} + std::strerror(failed));

    const auto until = Clock::now() + patience;
    auto text = read_until_end(from_command.number(), until);
    const auto status = end_of(process, text ? until : Clock::now());
    if (!status) text.reset();
    if (!text) return of_command("took too long or printed too much");
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) return of_command("failed");
    std::string secret = first_line(*text);
    if (secret.empty()) return of_command("printed nothing");
    return secret;
}

}  // namespace raadspost::intake
