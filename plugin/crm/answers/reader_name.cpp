#include "crm/answers/reader_name.hpp"

#include "core/post/journal.hpp"
#include "crm/sending/machine.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <mutex>
#include <optional>
#include <set>

namespace raadspost::crm {
namespace {

struct Living {
    std::mutex mutex;
    std::set<std::string> names;
};

Living& living() {
    static Living all;
    return all;
}

std::optional<pid_t> process_of(const std::string& reader, const std::string& host) {
    if (!reader.starts_with(host + ':')) return std::nullopt;
    pid_t process = 0;
    const char* const begin = reader.data() + host.size() + 1;
    const auto [end, error] = std::from_chars(begin, reader.data() + reader.size(), process);
    if (error != std::errc{} || end == begin || process <= 0) return std::nullopt;
    return process;
}

}  // namespace

ReaderName::ReaderName()
    : text_{Machine::own_name() + ':' + std::to_string(getpid()) + ':' + post::new_journal_id()} {
    const std::scoped_lock lock{living().mutex};
    living().names.insert(text_);
}

ReaderName::~ReaderName() {
    const std::scoped_lock lock{living().mutex};
    living().names.erase(text_);
}

bool is_dead(const std::string& reader, tryton::DateTime seen_at, tryton::DateTime now) {
    if (const auto process = process_of(reader, Machine::own_name())) {
        if (*process == getpid()) {
            const std::scoped_lock lock{living().mutex};
            return !living().names.contains(reader);
        }
        if (::kill(*process, 0) != 0 && errno == ESRCH) return true;
    }
    return seen_at + lease_time < now;
}

}  // namespace raadspost::crm
