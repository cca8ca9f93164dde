// A Maildir as a mailbox: what a mail server on this machine delivers into new/, and what a mail program has
// moved on to cur/. A message is known by the part of its file's name before the flags (":2,S"), which stays
// when the file moves. Nothing is deleted, moved or renamed; tmp/ is not looked at. One thread at a time.
//
// DIAGNOSTICS: "mailbox_folder" when the folder is not there or cannot be read, and as complaint() while a
// file in it cannot; a file that goes while we look is nothing.
#pragma once

#include "core/intake/mailbox.hpp"

#include <filesystem>
#include <set>
#include <unordered_set>

namespace raadspost::intake {

class Maildir : public Mailbox {
public:
    // `known`: the names that were taken before.
    Maildir(std::filesystem::path folder, std::unordered_set<std::string> known);
    Result<Batch> next(const std::stop_token& stop) override;
    Result<Done> taken_in(const Batch& batch) override;
    Result<Done> await_news(const std::stop_token& stop) override;
    void close() override { waiting_.clear(); }
    std::optional<Problem> complaint() const override { return complaint_; }

private:
    Result<Done> list();

    const std::filesystem::path folder_;
    std::unordered_set<std::string> known_;
    std::vector<std::filesystem::path> waiting_;  // listed and not read yet, the oldest last
    std::filesystem::file_time_type listed_at_{};
    std::optional<Problem> complaint_;
};

// The stable part of a file's name in new/ or cur/; empty for what is no message: names that begin with a
// dot.
std::string maildir_key(const std::string& file_name);

}  // namespace raadspost::intake
