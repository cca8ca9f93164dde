#include "core/post/frozen.hpp"

#include "core/post/limits.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include <cerrno>
#include <cstring>
#include <memory>

namespace raadspost::post {
namespace {

constexpr int compression_level = 1;

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& name) {
    return folder / name.substr(0, 2) / name.substr(2, 2) / name;
}

bool is_name(const std::string& name) {
    return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Problem not_written(const std::filesystem::path& file, int error) {
    return {
        "frozen_not_written", file.string(), std::strerror(error),
        "A message could not be kept on disk: " + std::string{std::strerror(error)} + ". Nothing was sent."};
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
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

Result<std::string> freeze(const std::filesystem::path& folder, std::string_view bytes) {
    std::string name = sha256_hex(bytes);
    const auto file = file_of(folder, name);
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    // One context a thread: making it costs more than packing a message.
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(),
                                                                                    ZSTD_freeCCtx};
    packed.resize(ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size(),
                                    compression_level));

    // Written aside and renamed, so that a reader never sees half of it.
    const auto aside = file.string() + '.' + std::to_string(::gettid());
    int number = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (number < 0 && errno == ENOENT) {
        std::error_code error;
        std::filesystem::create_directories(file.parent_path(), error);
        if (error) return not_written(file, error.value());
        number = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    }
    if (number < 0) return not_written(file, errno);
    {
        const Descriptor descriptor{number};
        if (!write_all(descriptor.number(), packed)) {
            const int error = errno;
            ::unlink(aside.c_str());
            return not_written(file, error);
        }
    }
    if (::rename(aside.c_str(), file.c_str()) != 0) return not_written(file, errno);
    return name;
}

Result<std::string> thaw(const std::filesystem::path& folder, const std::string& name) {
    const Problem missing{"frozen_missing", name, "",
                          "The frozen message is not there any more; it is made anew."};
    const Problem spoilt{"frozen_spoilt", name, "", "The frozen message is spoilt on disk; it is made anew."};
    if (!is_name(name)) return missing;
    const Descriptor descriptor{::open(file_of(folder, name).c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat status {};
    if (descriptor.number() < 0 || ::fstat(descriptor.number(), &status) != 0) return missing;
    std::string packed(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < packed.size();) {
        const ssize_t got = ::read(descriptor.number(), packed.data() + at, packed.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return spoilt;
        at += static_cast<std::size_t>(got);
    }
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
        size > 2 * limits::message_bytes)
        return spoilt;
    std::string bytes(size, '\0');
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(),
                                                                                    ZSTD_freeDCtx};
    const std::size_t unpacked =
        ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
    if (ZSTD_isError(unpacked) || unpacked != size || sha256_hex(bytes) != name) return spoilt;
    return bytes;
}

void drop_frozen(const std::filesystem::path& folder, const std::string& name) {
    if (is_name(name)) ::unlink(file_of(folder, name).c_str());
}

}  // namespace raadspost::post
