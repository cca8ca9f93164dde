#include "core/post/disk/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace raadspost::post {
namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&&) = delete;
    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

Problem disk_problem(const fs::path& path, std::string_view what, int error) {
    const std::string id = error == ENOSPC || error == EDQUOT ? "disk_full" : "disk_failed";
    return Problem{id, path.string(), std::strerror(error),
                   path.string() + " " + std::string{what} + ": " + std::strerror(error) + "."};
}

Problem missing(const fs::path& path) {
    return Problem{"file_missing", path.string(), {}, "There is no file " + path.string() + "."};
}

// Empty, or the error's number.
int write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return EIO;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

Result<Done> sync_folder(const fs::path& folder) {
    const Descriptor opened{
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened || ::fsync(opened.get()) != 0) return disk_problem(folder, "cannot be synced", errno);
    return Done{};
}

class RealFile final : public File {
public:
    RealFile(fs::path path, Descriptor file) : path_{std::move(path)}, file_{std::move(file)} {}
    Result<Done> append(std::string_view bytes) override {
        const int error = write_all(file_.get(), bytes);
        if (error != 0) return disk_problem(path_, "cannot be written", error);
        return Done{};
    }
    Result<Done> sync() override {
        if (::fdatasync(file_.get()) != 0) return disk_problem(path_, "cannot be synced", errno);
        return Done{};
    }

private:
    fs::path path_;
    Descriptor file_;
};

// A file that is written from the start, in room that was filled with zeros before.
class ReservedFile final : public File {
public:
    ReservedFile(fs::path path, Descriptor file) : path_{std::move(path)}, file_{std::move(file)} {}
    ~ReservedFile() override {
        // For tidiness only: a reader passes over the zeros that a killed process leaves.
        if (::ftruncate(file_.get(), static_cast<off_t>(written_)) != 0) return;
    }
    Result<Done> append(std::string_view bytes) override {
        int error = reserve(written_ + bytes.size());
        if (error == 0) error = put(bytes, written_);
        if (error != 0) return disk_problem(path_, "cannot be written", error);
        written_ += bytes.size();
        return Done{};
    }
    Result<Done> sync() override {
        if (::fdatasync(file_.get()) != 0) return disk_problem(path_, "cannot be synced", errno);
        return Done{};
    }

private:
    int reserve(std::size_t needed) {
        constexpr std::size_t step = 1u << 18;
        if (needed <= reserved_) return 0;
        const std::string zeros(std::max(step, needed - reserved_), '\0');
        const int error = put(zeros, reserved_);
        if (error == 0) reserved_ += zeros.size();
        return error;
    }
    int put(std::string_view bytes, std::size_t at) const {
        while (!bytes.empty()) {
            const ssize_t written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return errno;
            if (written == 0) return EIO;
            bytes.remove_prefix(static_cast<std::size_t>(written));
            at += static_cast<std::size_t>(written);
        }
        return 0;
    }

    fs::path path_;
    Descriptor file_;
    std::size_t written_ = 0;
    std::size_t reserved_ = 0;
};

class RealLock final : public FileLock {
public:
    explicit RealLock(Descriptor file) : file_{std::move(file)} {}

private:
    Descriptor file_;
};

class RealDisk final : public Disk {
public:
    Result<std::unique_ptr<File>> create(const fs::path& path) override {
        Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
        if (!file) return disk_problem(path, "cannot be made", errno);
        if (Result<Done> synced = sync_folder(path.parent_path()); !synced) return synced.problem();
        return std::unique_ptr<File>{std::make_unique<ReservedFile>(path, std::move(file))};
    }

    Result<std::unique_ptr<File>> open_to_append(const fs::path& path) override {
        Descriptor file{::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
        if (!file) return errno == ENOENT ? missing(path) : disk_problem(path, "cannot be opened", errno);
        return std::unique_ptr<File>{std::make_unique<RealFile>(path, std::move(file))};
    }

    Result<std::string> read(const fs::path& path, std::size_t offset, std::size_t limit) override {
        const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
        if (!file) return errno == ENOENT ? missing(path) : disk_problem(path, "cannot be opened", errno);
        std::string bytes;
        for (;;) {
            constexpr std::size_t step = 1u << 16;
            const std::size_t had = bytes.size();
            if (had > limit)
                return Problem{"file_too_large",
                               path.string(),
                               {},
                               path.string() + " is larger than " + std::to_string(limit) + " bytes."};
            bytes.resize(had + step);
            const ssize_t got =
                ::pread(file.get(), bytes.data() + had, step, static_cast<off_t>(offset + had));
            if (got < 0) return disk_problem(path, "cannot be read", errno);
            bytes.resize(had + static_cast<std::size_t>(got));
            if (got == 0) return bytes;
        }
    }

    Result<FileStamp> stamp(const fs::path& path) override {
        struct stat facts {};
        if (::stat(path.c_str(), &facts) != 0)
            return errno == ENOENT ? missing(path) : disk_problem(path, "cannot be examined", errno);
        return FileStamp{facts.st_ino, static_cast<std::uint64_t>(facts.st_size)};
    }

    Result<Done> replace(const fs::path& path, std::string_view bytes) override {
        std::string aside = path.string() + ".XXXXXX";
        const Descriptor file{::mkostemp(aside.data(), O_CLOEXEC)};
        if (!file) return disk_problem(path, "cannot be replaced", errno);
        int error = write_all(file.get(), bytes);
        if (error == 0 && ::fsync(file.get()) != 0) error = errno;
        if (error == 0 && ::rename(aside.c_str(), path.c_str()) != 0) error = errno;
        if (error != 0) {
            ::unlink(aside.c_str());
            return disk_problem(path, "cannot be replaced", error);
        }
        return sync_folder(path.parent_path());
    }

    Result<Done> remove(const fs::path& path) override {
        if (::unlink(path.c_str()) != 0)
            return errno == ENOENT ? missing(path) : disk_problem(path, "cannot be removed", errno);
        return sync_folder(path.parent_path());
    }

    Result<Done> make_folder(const fs::path& path) override {
        if (::mkdir(path.c_str(), 0700) == 0) return sync_folder(path.parent_path());
        if (errno != EEXIST) return disk_problem(path, "cannot be made", errno);
        return Done{};
    }

    Result<std::vector<std::string>> list(const fs::path& folder) override {
        std::error_code error;
        std::vector<std::string> names;
        for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error))
            names.push_back(at->path().filename().string());
        if (error) return disk_problem(folder, "cannot be listed", error.value());
        std::sort(names.begin(), names.end());
        return names;
    }

    Result<std::unique_ptr<FileLock>> lock(const fs::path& path, bool wait) override {
        Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
        if (!file) return disk_problem(path, "cannot be opened", errno);
        while (::flock(file.get(), LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
            if (errno == EINTR) continue;
            if (errno == EWOULDBLOCK)
                return Problem{
                    "file_locked", path.string(), {}, path.string() + " is in use by another process."};
            return disk_problem(path, "cannot be locked", errno);
        }
        return std::unique_ptr<FileLock>{std::make_unique<RealLock>(std::move(file))};
    }
};

}  // namespace

Disk& real_disk() {
    static RealDisk disk;  // has no state
    return disk;
}

}  // namespace raadspost::post
