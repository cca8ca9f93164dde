#include "core/intake/maildir.hpp"

#include "core/intake/limits.hpp"
#include "core/post/disk/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

namespace raadspost::intake {
namespace {

using post::Descriptor;
using std::filesystem::path;

constexpr std::array folders = {"new", "cur"};
constexpr std::chrono::milliseconds glance{100};
constexpr int no_file = -1;  // a folder, a pipe

Problem unreadable(const path& folder, const std::string& why) {
    return {"mailbox_folder", folder.string(), why, "The Maildir " + folder.string() + ": " + why + "."};
}

// As it stands, up to the limit; errno or no_file on failure.
int read_file(const path& file, Arrival& arrival) {
    // A pipe or a link that somebody put there must neither hold us up nor lead elsewhere.
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    struct stat about {};
    if (descriptor.number() < 0 || ::fstat(descriptor.number(), &about) != 0) return errno;
    if (!S_ISREG(about.st_mode)) return no_file;
    arrival.size = static_cast<std::uint64_t>(about.st_size);
    arrival.arrived = std::chrono::sys_seconds{std::chrono::seconds{about.st_mtim.tv_sec}};
    const bool whole = arrival.size <= limits::message_bytes;
    std::string bytes(whole ? arrival.size : limits::beginning_bytes, '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t got = ::read(descriptor.number(), bytes.data() + at, bytes.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        if (got == 0) break;
        at += static_cast<std::size_t>(got);
    }
    bytes.resize(at);
    arrival.bytes = std::move(bytes);
    return 0;
}

// The file under its present name: a mail program may have moved it on since it was listed.
path present_name(const path& folder, const std::string& key) {
    for (const char* part : folders) {
        std::error_code error;
        for (std::filesystem::directory_iterator at{folder / part, error}, end; !error && at != end;
             at.increment(error))
            if (maildir_key(at->path().filename().string()) == key) return at->path();
    }
    return {};
}

}  // namespace

std::string maildir_key(const std::string& file_name) {
    if (file_name.empty() || file_name.front() == '.') return {};
    std::string key;
    for (const char letter : file_name.substr(0, file_name.find(":2,"))) {
        constexpr char digits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte < 0x7f && letter != '%')
            key += letter;
        else
            key += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return key;
}

Maildir::Maildir(path folder, std::unordered_set<std::string> known)
    : folder_{std::move(folder)}, known_{std::move(known)} {}

Result<Done> Maildir::list() {
    waiting_.clear();
    complaint_.reset();
    listed_at_ = std::filesystem::file_time_type::clock::now();
    for (const char* part : folders) {
        std::error_code error;
        std::filesystem::directory_iterator at{folder_ / part, error};
        for (; !error && at != std::filesystem::directory_iterator{}; at.increment(error)) {
            const std::string key = maildir_key(at->path().filename().string());
            if (!key.empty() && !known_.contains(key)) waiting_.push_back(at->path());
        }
        if (error) return unreadable(folder_ / part, error.message());
    }
    // Names begin with the time of delivery.
    std::ranges::sort(waiting_, std::greater{}, [](const path& file) { return file.filename(); });
    return Done{};
}

Result<Batch> Maildir::next(const std::stop_token& stop) {
    Batch batch;
    if (waiting_.empty())
        if (auto listed = list(); !listed) return listed.problem();
    std::uint64_t bytes = 0;
    while (!waiting_.empty() && batch.arrivals.size() < limits::batch_messages &&
           bytes < limits::batch_bytes && !stop.stop_requested()) {
        Arrival arrival;
        arrival.path = maildir_key(waiting_.back().filename().string());
        int error = read_file(waiting_.back(), arrival);
        if (error == ENOENT)
            if (const path moved = present_name(folder_, arrival.path); !moved.empty())
                error = read_file(moved, arrival);
        waiting_.pop_back();
        if (error == ENOENT || error == no_file) continue;
        if (error != 0) {
            // Looked at again each time, so that a right that was missing can be given.
            complaint_ = unreadable(folder_, arrival.path + ": " + std::strerror(error));
            continue;
        }
        bytes += arrival.bytes.size();
        batch.arrivals.push_back(std::move(arrival));
    }
    batch.at_end = batch.arrivals.empty() && waiting_.empty();
    return batch;
}

Result<Done> Maildir::taken_in(const Batch& batch) {
    for (const Arrival& each : batch.arrivals) known_.insert(each.path);
    return Done{};
}

// Both folders' times tell of a new file, but not of one that came in the same tick as our listing.
Result<Done> Maildir::await_news(const std::stop_token& stop) {
    const auto until = std::chrono::steady_clock::now() + limits::poll_interval;
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < until) {
        const auto next_look = std::chrono::steady_clock::now() + limits::maildir_interval;
        while (!stop.stop_requested() && std::chrono::steady_clock::now() < next_look)
            std::this_thread::sleep_for(glance);
        for (const char* part : folders) {
            std::error_code error;
            const auto changed = std::filesystem::last_write_time(folder_ / part, error);
            if (error) return unreadable(folder_ / part, error.message());
            if (changed > listed_at_ - limits::maildir_interval) return Done{};
        }
    }
    return Done{};
}

}  // namespace raadspost::intake
