// A disk for tests, in memory, that behaves as a real one may at the worst moment: after power_cut() each
// file holds what was synced plus as many of the unsynced bytes as the test says; the n-th write or sync can
// fail, for ever or once. After LevelDB's fault-injection environment. Any thread.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "core/post/disk/disk.hpp"

namespace raadspost::post {

class ForgetfulDisk final : public Disk {
public:
    // Fails the n-th append or sync from now on (1 is the next); 0 never. `partly`: bytes that a failing
    // append still writes.
    void fail_append(int nth, std::size_t partly = 0) {
        const std::lock_guard guard{mutex_};
        fail_append_ = nth;
        partly_ = partly;
    }
    void fail_sync(int nth) {
        const std::lock_guard guard{mutex_};
        fail_sync_ = nth;
    }
    // Keeps at most `torn` bytes of what was not synced, per file.
    void power_cut(std::size_t torn) {
        const std::lock_guard guard{mutex_};
        for (auto& [path, file] : files_) {
            file.bytes.resize(std::min(file.bytes.size(), file.synced + torn));
            file.synced = file.bytes.size();
        }
        locked_.clear();
    }
    std::string bytes(const std::filesystem::path& path) {
        const std::lock_guard guard{mutex_};
        return files_.at(path).bytes;
    }
    void put(const std::filesystem::path& path, const std::string& bytes) {
        const std::lock_guard guard{mutex_};
        files_[path] = {bytes, bytes.size(), ++incarnations_};
    }
    std::size_t unsynced(const std::filesystem::path& path) {
        const std::lock_guard guard{mutex_};
        return files_.at(path).bytes.size() - files_.at(path).synced;
    }
    int syncs() const { return syncs_; }

    Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override {
        const std::lock_guard guard{mutex_};
        if (files_.contains(path)) return Problem{"disk_failed", path.string(), {}, "is there already"};
        files_[path] = {{}, 0, ++incarnations_};
        return std::unique_ptr<File>{new Open{*this, path}};
    }
    Result<std::unique_ptr<File>> open_to_append(const std::filesystem::path& path) override {
        const std::lock_guard guard{mutex_};
        if (!files_.contains(path)) return missing(path);
        return std::unique_ptr<File>{new Open{*this, path}};
    }
    Result<std::string> read(const std::filesystem::path& path, std::size_t offset,
                             std::size_t limit) override {
        const std::lock_guard guard{mutex_};
        if (!files_.contains(path)) return missing(path);
        const std::string rest = files_[path].bytes.substr(std::min(offset, files_[path].bytes.size()));
        if (rest.size() > limit) return Problem{"file_too_large", path.string(), {}, "too large"};
        return rest;
    }
    Result<FileStamp> stamp(const std::filesystem::path& path) override {
        const std::lock_guard guard{mutex_};
        if (!files_.contains(path)) return missing(path);
        return FileStamp{files_[path].incarnation, files_[path].bytes.size()};
    }
    Result<Done> replace(const std::filesystem::path& path, std::string_view bytes) override {
        const std::lock_guard guard{mutex_};
        if (due(fail_append_)) return Problem{"disk_full", path.string(), {}, "no room"};
        files_[path] = {std::string{bytes}, bytes.size(), ++incarnations_};
        return Done{};
    }
    Result<Done> remove(const std::filesystem::path& path) override {
        const std::lock_guard guard{mutex_};
        if (files_.erase(path) == 0) return missing(path);
        return Done{};
    }
    Result<Done> make_folder(const std::filesystem::path&) override { return Done{}; }
    Result<std::vector<std::string>> list(const std::filesystem::path& folder) override {
        const std::lock_guard guard{mutex_};
        std::vector<std::string> names;
        for (const auto& [path, file] : files_)
            if (path.parent_path() == folder) names.push_back(path.filename().string());
        return names;
    }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path, bool) override {
        const std::lock_guard guard{mutex_};
        files_.try_emplace(path);
        if (!locked_.insert(path).second) return Problem{"file_locked", path.string(), {}, "in use"};
        return std::unique_ptr<FileLock>{new Held{*this, path}};
    }

private:
    struct Stored {
        std::string bytes;
        std::size_t synced = 0;
        std::uint64_t incarnation = 0;
    };
    struct Open final : File {
        Open(ForgetfulDisk& disk, std::filesystem::path path) : disk_{disk}, path_{std::move(path)} {}
        Result<Done> append(std::string_view bytes) override {
            const std::lock_guard guard{disk_.mutex_};
            const bool fails = disk_.due(disk_.fail_append_);
            disk_.files_[path_].bytes += fails ? bytes.substr(0, disk_.partly_) : bytes;
            if (fails) return Problem{"disk_full", path_.string(), {}, "no room"};
            return Done{};
        }
        Result<Done> sync() override {
            const std::lock_guard guard{disk_.mutex_};
            ++disk_.syncs_;
            if (disk_.due(disk_.fail_sync_)) return Problem{"disk_failed", path_.string(), {}, "not written"};
            disk_.files_[path_].synced = disk_.files_[path_].bytes.size();
            return Done{};
        }
        ForgetfulDisk& disk_;
        std::filesystem::path path_;
    };
    struct Held final : FileLock {
        Held(ForgetfulDisk& disk, std::filesystem::path path) : disk_{disk}, path_{std::move(path)} {}
        ~Held() override {
            const std::lock_guard guard{disk_.mutex_};
            disk_.locked_.erase(path_);
        }
        ForgetfulDisk& disk_;
        std::filesystem::path path_;
    };

    static bool due(int& countdown) { return countdown > 0 && --countdown == 0; }
    static Problem missing(const std::filesystem::path& path) {
        return Problem{"file_missing", path.string(), {}, "missing"};
    }

    std::mutex mutex_;
    std::map<std::filesystem::path, Stored> files_;
    std::set<std::filesystem::path> locked_;
    std::uint64_t incarnations_ = 0;
    std::size_t partly_ = 0;
    int fail_append_ = 0;
    int fail_sync_ = 0;
    int syncs_ = 0;
};

}  // namespace raadspost::post
