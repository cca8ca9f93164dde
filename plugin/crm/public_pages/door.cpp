#include "crm/public_pages/door.hpp"

#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// A key that was retired is void in every process after so long.
constexpr std::chrono::seconds keys_are_looked_at_every{5};

}  // namespace

Door& Door::of_process() {
    // Lives as long as the process: requests may still run while it ends.
    static auto* const door = new Door;
    return *door;
}

const link::KeyRing* Door::keys(Clock::time_point now) {
    if (keys_asked_for_ && now - keys_looked_at_ < keys_are_looked_at_every) return keys_ ? &*keys_ : nullptr;
    keys_asked_for_ = true;
    keys_looked_at_ = now;
    const auto file = configured("raadspost", "keys");
    std::error_code missing;
    const auto written =
        file ? std::filesystem::last_write_time(*file, missing) : std::filesystem::file_time_type{};
    if (!file || missing) {
        keys_.reset();
        return nullptr;
    }
    if (keys_ && written == keys_written_) return &*keys_;
    auto loaded = link::KeyRing::load(*file);
    if (!loaded) {
        log(Level::error, "public pages: " + loaded.problem().text);
        keys_.reset();
        return nullptr;
    }
    keys_ = std::move(*loaded);
    keys_written_ = written;
    return &*keys_;
}

Id Door::dispatch_of(link::Kind kind, const std::string& token, Clock::time_point now) {
    const link::KeyRing* ring = keys(now);
    if (ring == nullptr) return 0;
    const auto row = link::checked_row(*ring, kind, token);
    return row ? *row : 0;
}

bool Door::may_ask(const std::string& address, bool to_write, Clock::time_point now) {
    const std::string asker = public_pages::asker_of(address);
    return addresses_.take(asker, now) && (!to_write || writing_addresses_.take(asker, now));
}

bool Door::may_use(link::Kind kind, Id dispatch, bool to_write, Clock::time_point now) {
    const std::string asker = std::string{link::name(kind)} + std::to_string(dispatch);
    return tokens_.take(asker, now) && (!to_write || writing_tokens_.take(asker, now));
}

std::string Door::database() {
    if (const auto named = configured("raadspost", "database"); named && !named->empty()) return *named;
    const auto loaded = loaded_databases();
    return loaded.size() == 1 ? loaded.front() : std::string{};
}

}  // namespace raadspost::crm
