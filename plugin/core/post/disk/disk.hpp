// The few things that journal, ledger and fence ask of a disk, as an interface, so that a test can put one in
// its place that loses what was not synced, tears a write at any byte, or fails the n-th call. The real disk
// calls POSIX and nothing else. Safe on any thread; a File serves one thread at a time unless said otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

// A file opened for appending. Closed by the destructor.
class File {
public:
    virtual ~File() = default;
    // All of it or a Problem; after a Problem the file's tail is unknown.
    virtual Result<Done> append(std::string_view bytes) = 0;
    // Durable on return. May run on another thread than append, at the same time. An error here must never be
    // tried again: the kernel forgets what it could not write (fsync(2)).
    virtual Result<Done> sync() = 0;
};

// Held from construction to destruction; released by the kernel when the process dies.
class FileLock {
public:
    virtual ~FileLock() = default;
};

// What tells one incarnation of a path from the next, after a replacement.
struct FileStamp {
    std::uint64_t inode = 0;
    std::uint64_t bytes = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

class Disk {
public:
    virtual ~Disk() = default;

    // A new file, mode 0600; a Problem if the path exists. The folder is synced, so that the name survives a
    // power cut. Room is reserved ahead in zero bytes (which a reader sees behind what was appended until the
    // file is closed), so that a sync need not write a new file length each time: several times faster.
    virtual Result<std::unique_ptr<File>> create(const std::filesystem::path& path) = 0;
    virtual Result<std::unique_ptr<File>> open_to_append(const std::filesystem::path& path) = 0;

    // Bytes from `offset` to the end, at most `limit` (a Problem if there are more). A missing file is a
    // Problem with id "file_missing".
    virtual Result<std::string> read(const std::filesystem::path& path, std::size_t offset,
                                     std::size_t limit) = 0;
    virtual Result<FileStamp> stamp(const std::filesystem::path& path) = 0;

    // The new bytes or the old ones, never a mixture, and durable on return: written aside, synced, renamed,
    // folder synced.
    virtual Result<Done> replace(const std::filesystem::path& path, std::string_view bytes) = 0;
    virtual Result<Done> remove(const std::filesystem::path& path) = 0;
    virtual Result<Done> make_folder(
        const std::filesystem::path& path) = 0;  // mode 0700, fine if it is there
    // File names, sorted.
    virtual Result<std::vector<std::string>> list(const std::filesystem::path& folder) = 0;

    // An exclusive lock between processes (flock) on a file that is made if missing. `wait` false: Problem
    // "file_locked" if somebody else holds it.
    virtual Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path, bool wait) = 0;
};

Disk& real_disk();

}  // namespace raadspost::post
