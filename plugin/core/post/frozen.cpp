#include "core/post/frozen.hpp"

#include "core/post/disk/descriptor.hpp"
#include "core/post/journal.hpp"
#include "core/post/limits.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <set>

namespace raadspost::post {
namespace {

// Fast: most of a message is a letter in base64, which no level makes much smaller.
constexpr int compression_level = -5;

// Where a message lies, read from its name.
struct Place {
    std::string pack;  // "2026-11-21/<id>"
    std::uint64_t offset = 0, size = 0;
};

bool is_day(std::string_view text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
           text.find_first_not_of("0123456789-") == std::string_view::npos;
}

std::optional<Place> place_of(std::string_view name) {
    const auto size_at = name.rfind('.');
    if (size_at == std::string_view::npos || size_at == 0) return std::nullopt;
    const auto offset_at = name.rfind('.', size_at - 1);
    if (offset_at == std::string_view::npos) return std::nullopt;
    Place place{std::string{name.substr(0, offset_at)}};
    const auto number = [](std::string_view digits, std::uint64_t& into) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
        return error == std::errc{} && end == digits.data() + digits.size();
    };
    if (!number(name.substr(offset_at + 1, size_at - offset_at - 1), place.offset) ||
        !number(name.substr(size_at + 1), place.size))
        return std::nullopt;
    // Nothing that a row could name leads out of the folder.
    if (place.pack.size() < 12 || !is_day(std::string_view{place.pack}.substr(0, 10)) ||
        place.pack[10] != '/' || place.pack.find_first_of("/.", 11) != std::string::npos)
        return std::nullopt;
    return place;
}

std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& pack) {
    return folder / (pack + ".pack");
}

std::string text_of(std::chrono::year_month_day day) {
    char text[32];  // as the compiler cannot know that a month has two digits
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

Problem not_written(const std::filesystem::path& file, int error) {
    return {
        "frozen_not_written", file.string(), std::strerror(error),
        "A message could not be kept on disk: " + std::string{std::strerror(error)} + ". Nothing was sent."};
}

bool write_all(int descriptor, std::string_view bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return true;
}

std::string packed(std::string_view bytes) {
    // One context and one room a thread: making them costs more than packing a message.
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(),
                                                                                    ZSTD_freeCCtx};
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, compression_level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size()));
    return packed;
}

// RFC 8878 3.1.1: whether the frame carries a checksum of its content. Those of before have none.
bool has_checksum(std::string_view frame) {
    return frame.starts_with("\x28\xb5\x2f\xfd") && frame.size() > 4 &&
           (static_cast<unsigned char>(frame[4]) & 4) != 0;
}

// As core/post/compose writes it: behind other lines of the header.
bool has_message_id(std::string_view message, std::string_view id) {
    const std::size_t at = message.find("\r\nMessage-ID: <" + std::string{id} + ">\r\n");
    return at < message.find("\r\n\r\n");
}

Problem missing(const std::string& name) {
    return {"frozen_missing", name, "", "The frozen message is not there any more; it is made anew."};
}
Problem spoilt(const std::string& name) {
    return {"frozen_spoilt", name, "", "The frozen message is spoilt on disk; it is made anew."};
}

struct Unpacked {
    std::string bytes;
    bool checked = false;  // by the frame's own checksum
};

Result<Unpacked> unpacked(const std::filesystem::path& folder, const std::string& name) {
    const auto place = place_of(name);
    if (!place || place->size > 2 * limits::message_bytes) return missing(name);
    const Descriptor descriptor{::open(file_of(folder, place->pack).c_str(), O_RDONLY | O_CLOEXEC)};
    if (descriptor.number() < 0) return missing(name);
    std::string packed(place->size, '\0');
    for (std::size_t at = 0; at < packed.size();) {
        const ssize_t got = ::pread(descriptor.number(), packed.data() + at, packed.size() - at,
                                    static_cast<off_t>(place->offset + at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return spoilt(name);
        at += static_cast<std::size_t>(got);
    }
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
        size > 2 * limits::message_bytes ||
        ZSTD_findFrameCompressedSize(packed.data(), packed.size()) != packed.size())
        return spoilt(name);
    Unpacked found{std::string(size, '\0'), has_checksum(packed)};
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(),
                                                                                    ZSTD_freeDCtx};
    const std::size_t length =
        ZSTD_decompressDCtx(context.get(), found.bytes.data(), size, packed.data(), packed.size());
    if (ZSTD_isError(length) || length != size) return spoilt(name);
    return found;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    std::string text;
    text.reserve(64);
    for (unsigned int i = 0; i < size; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

FrozenPack::FrozenPack(std::filesystem::path folder, std::chrono::year_month_day day)
    : folder_{std::move(folder)}, name_{text_of(day) + '/' + new_journal_id()} {}

FrozenPack::~FrozenPack() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> FrozenPack::open() {
    if (descriptor_ >= 0) return Done{};
    const auto file = file_of(folder_, name_);
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) return not_written(file, error.value());
    descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
    if (descriptor_ < 0) return not_written(file, errno);
    return Done{};
}

Result<std::string> FrozenPack::add(std::string_view bytes) {
    const std::string content = packed(bytes);
    std::uint64_t offset = 0;
    {
        const std::scoped_lock lock{mutex_};
        if (const auto opened = open(); !opened) return opened.problem();
        offset = end_;
        end_ += content.size();
    }
    if (!write_all(descriptor_, content, offset)) return not_written(file_of(folder_, name_), errno);
    return name_ + '.' + std::to_string(offset) + '.' + std::to_string(content.size());
}

Result<Done> FrozenPack::sync() {
    const std::scoped_lock lock{mutex_};
    if (descriptor_ < 0) return Done{};
    const auto file = file_of(folder_, name_);
    if (::fdatasync(descriptor_) != 0) return not_written(file, errno);
    // A new file is there for good when its folder's entry is, and the folder's own.
    for (const auto& folder : {file.parent_path(), folder_}) {
        const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        if (opened.number() < 0 || ::fsync(opened.number()) != 0) return not_written(folder, errno);
    }
    return Done{};
}

Result<std::string> thaw(const std::filesystem::path& folder, const std::string& name,
                         const std::string& hash) {
    auto found = unpacked(folder, name);
    if (!found) return found.problem();
    if (sha256_hex(found->bytes) != hash) return spoilt(name);
    return std::move(found->bytes);
}

Result<std::string> thaw_to_send(const std::filesystem::path& folder, const std::string& name,
                                 std::string_view message_id, const std::string& hash) {
    auto found = unpacked(folder, name);
    if (!found) return found.problem();
    const bool right =
        found->checked ? has_message_id(found->bytes, message_id) : sha256_hex(found->bytes) == hash;
    if (!right) return spoilt(name);
    return std::move(found->bytes);
}

Result<Done> wipe_frozen(const std::filesystem::path& folder, const std::string& name) {
    const auto place = place_of(name);
    if (!place) return Done{};
    const auto file = file_of(folder, place->pack);
    const auto not_wiped = [&](int error) {
        return Problem{"frozen_not_wiped", file.string(), std::strerror(error),
                       "A message could not be wiped from disk (" + file.string() +
                           "): " + std::strerror(error) + ". It is tried again."};
    };
    const Descriptor pack{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
    if (pack.number() < 0) return errno == ENOENT ? Result<Done>{Done{}} : not_wiped(errno);
    struct stat status;
    if (::fstat(pack.number(), &status) != 0) return not_wiped(errno);
    const auto end = static_cast<std::uint64_t>(status.st_size);
    if (place->offset >= end) return Done{};  // a power cut left the pack short
    const std::string zeros(std::min(place->size, end - place->offset), '\0');
    if (!write_all(pack.number(), zeros, place->offset) || ::fdatasync(pack.number()) != 0)
        return not_wiped(errno);
    return Done{};
}

std::vector<std::string> frozen_days_before(const std::filesystem::path& folder,
                                            std::chrono::year_month_day day) {
    const std::string before = text_of(day);
    std::vector<std::string> days;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error})
        if (const std::string name = entry.path().filename().string(); is_day(name) && name < before)
            days.push_back(name);
    std::sort(days.begin(), days.end());
    return days;
}

void drop_frozen_day(const std::filesystem::path& folder, const std::string& day,
                     const std::vector<std::string>& kept) {
    std::set<std::filesystem::path> needed;
    for (const std::string& name : kept)
        if (const auto place = place_of(name)) needed.insert(file_of(folder, place->pack));
    std::error_code error;
    std::vector<std::filesystem::path> gone;
    for (const auto& entry : std::filesystem::directory_iterator{folder / day, error})
        if (!needed.contains(entry.path())) gone.push_back(entry.path());
    for (const auto& path : gone) std::filesystem::remove(path, error);
    std::filesystem::remove(folder / day, error);  // refused while it is not empty
}

}  // namespace raadspost::post
