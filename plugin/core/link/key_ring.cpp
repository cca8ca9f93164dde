#include "core/link/key_ring.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

#include "core/link/token.hpp"

namespace raadspost::link {
namespace {

constexpr std::size_t most_generations = 32;
constexpr std::size_t file_bytes = 16384;
constexpr std::string_view first_line = "raadspost-keys 1";

// A descriptor that is closed whatever happens.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

Problem problem(std::string id, const std::filesystem::path& file, std::string text) {
    return Problem{std::move(id), file.string(), {}, std::move(text)};
}

Problem system_problem(const std::filesystem::path& file, std::string_view what) {
    return problem(
        "key_ring_unusable", file,
        "The key ring " + file.string() + " " + std::string{what} + ": " + std::strerror(errno) + ".");
}

Problem spoilt(const std::filesystem::path& file, std::size_t line) {
    return Problem{
        "key_ring_spoilt",
        file.string() + ", line " + std::to_string(line),
        {},
        "The key ring " + file.string() + " cannot be understood from line " + std::to_string(line) +
            " on. Put back a copy of it; a new one would make all links in letters already sent invalid."};
}

std::string hex(const Key& key) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : key) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<Key> unhex(std::string_view text) {
    Key key{};
    if (text.size() != 2 * key.size()) return std::nullopt;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char* from = text.data() + 2 * i;
        const auto [end, error] = std::from_chars(from, from + 2, key[i], 16);
        if (error != std::errc{} || end != from + 2) return std::nullopt;
    }
    return key;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view take_until(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<KeyRing> KeyRing::create(const std::filesystem::path& file, std::chrono::sys_seconds now) {
    KeyRing ring;
    if (Result<Done> added = ring.add_generation(now); !added) return added.problem();
    if (Result<Done> stored = ring.store(file, true); !stored) return stored.problem();
    return ring;
}

Result<KeyRing> KeyRing::load(const std::filesystem::path& file) {
    const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (!opened && errno == ENOENT)
        return problem("key_ring_missing", file,
                       "There is no key ring " + file.string() + "; set-up makes one.");
    if (!opened) return system_problem(file, "cannot be opened");
    struct stat facts {};
    if (::fstat(opened.get(), &facts) != 0) return system_problem(file, "cannot be examined");
    if (!S_ISREG(facts.st_mode) || (facts.st_mode & 07777) != 0600 || facts.st_uid != ::geteuid())
        return problem("key_ring_exposed", file,
                       "The key ring " + file.string() +
                           " must be a plain file of the user that runs the server, with mode 0600.");
    std::string text(file_bytes, '\0');
    const ssize_t got = ::read(opened.get(), text.data(), text.size());
    if (got < 0) return system_problem(file, "cannot be read");
    text.resize(static_cast<std::size_t>(got));
    Result<KeyRing> ring = parse(file, text);
    OPENSSL_cleanse(text.data(), text.size());
    return ring;
}

Result<KeyRing> KeyRing::load_or_create(const std::filesystem::path& file, std::chrono::sys_seconds now) {
    Result<KeyRing> ring = load(file);
    if (ring || ring.problem().id != "key_ring_missing") return ring;
    ring = create(file, now);
    // Two processes may set up at once: the loser of the race reads the winner's ring.
    if (!ring && ring.problem().id == "key_ring_exists") return load(file);
    return ring;
}

Result<KeyRing> KeyRing::parse(const std::filesystem::path& file, std::string_view text) {
    KeyRing ring;
    if (take_until(text, '\n') != first_line) return spoilt(file, 1);
    for (std::size_t line = 2; !text.empty(); ++line) {
        std::string_view rest = take_until(text, '\n');
        if (take_until(rest, ' ') != "key") return spoilt(file, line);
        const auto id = number<std::uint8_t>(take_until(rest, ' '));
        const auto made = number<std::int64_t>(take_until(rest, ' '));
        const auto secret = unhex(rest);
        if (!id || *id == 0 || !made || !secret || ring.generations_.size() == most_generations)
            return spoilt(file, line);
        for (const Generation& other : ring.generations_)
            if (other.id == *id) return spoilt(file, line);
        ring.generations_.push_back({*id, std::chrono::sys_seconds{std::chrono::seconds{*made}}, *secret});
    }
    if (ring.generations_.empty()) return spoilt(file, 2);
    return ring;
}

Result<Done> KeyRing::store(const std::filesystem::path& file, bool must_be_new) const {
    std::string text{first_line};
    text += '\n';
    for (const Generation& generation : generations_)
        text += "key " + std::to_string(generation.id) + " " +
                std::to_string(generation.made.time_since_epoch().count()) + " " + hex(generation.secret) +
                "\n";

    std::string aside = file.string() + ".XXXXXX";
    const Descriptor written{::mkostemp(aside.data(), O_CLOEXEC)};  // mode 0600 from the first moment
    const auto fail = [&](std::string_view what) {
        Problem failure = system_problem(file, what);
        if (written) ::unlink(aside.c_str());
        OPENSSL_cleanse(text.data(), text.size());
        return failure;
    };
    if (!written) return fail("cannot be written");
    if (!write_all(written.get(), text) || ::fsync(written.get()) != 0) return fail("cannot be written");
    OPENSSL_cleanse(text.data(), text.size());
    if (must_be_new) {
        // link(2), unlike rename(2), never takes the place of another process's ring.
        if (::link(aside.c_str(), file.c_str()) != 0) {
            if (errno != EEXIST) return fail("cannot be put in place");
            ::unlink(aside.c_str());
            return problem("key_ring_exists", file, "There is a key ring " + file.string() + " already.");
        }
        ::unlink(aside.c_str());
    } else if (::rename(aside.c_str(), file.c_str()) != 0) {
        return fail("cannot be put in place");
    }
    const Descriptor folder{::open(file.has_parent_path() ? file.parent_path().c_str() : ".",
                                   O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder || ::fsync(folder.get()) != 0) return system_problem(file, "may not survive a power cut");
    return Done{};
}

Result<Done> KeyRing::add_generation(std::chrono::sys_seconds now) {
    Generation generation{1, now, {}};
    const auto taken = [&](std::uint8_t id) {
        return std::ranges::any_of(generations_, [&](const Generation& other) { return other.id == id; });
    };
    if (!generations_.empty()) generation.id = static_cast<std::uint8_t>(newest() % 255 + 1);
    while (taken(generation.id)) generation.id = static_cast<std::uint8_t>(generation.id % 255 + 1);
    if (RAND_bytes(generation.secret.data(), static_cast<int>(generation.secret.size())) != 1)
        return Problem{"key_ring_unusable", {}, {}, "No random numbers can be had for a new key."};
    generations_.push_back(generation);
    if (generations_.size() > most_generations) generations_.erase(generations_.begin());
    return Done{};
}

Result<Done> KeyRing::rotate(const std::filesystem::path& file, std::chrono::sys_seconds now) {
    KeyRing next = *this;
    if (Result<Done> added = next.add_generation(now); !added) return added;
    if (Result<Done> stored = next.store(file, false); !stored) return stored;
    *this = std::move(next);
    return Done{};
}

Result<Done> KeyRing::retire(const std::filesystem::path& file, std::uint8_t key_id) {
    KeyRing next = *this;
    if (key_id == newest())
        return problem("key_ring_newest", file, "The newest key signs; add another before retiring it.");
    if (std::erase_if(next.generations_, [&](const Generation& one) { return one.id == key_id; }) == 0)
        return problem("key_ring_unknown_key", file,
                       "The key ring has no key " + std::to_string(key_id) + ".");
    if (Result<Done> stored = next.store(file, false); !stored) return stored;
    *this = std::move(next);
    return Done{};
}

std::optional<Key> KeyRing::key(Kind kind, std::uint8_t key_id) const {
    for (const Generation& generation : generations_) {
        if (generation.id != key_id) continue;
        const std::string label = "raadspost link key 1 " + std::string{name(kind)};
        Key derived{};
        unsigned length = 0;
        if (::HMAC(EVP_sha256(), generation.secret.data(), static_cast<int>(generation.secret.size()),
                   reinterpret_cast<const unsigned char*>(label.data()), label.size(), derived.data(),
                   &length) == nullptr)
            return std::nullopt;
        return derived;
    }
    return std::nullopt;
}

}  // namespace raadspost::link
