// Passwords and tokens of mailboxes, as this machine keeps them: a file that only its owner may read, or a
// command that prints a fresh token. Never in the database, a log or a problem's text. Safe on any thread;
// the command may take its time.
#pragma once

#include "core/no_host.hpp"
#include "core/result.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace raadspost::intake {

// The file's first line. Problem "secret_file" when it cannot be read, is empty, or others than its owner
// have rights to it.
Result<std::string> secret_of_file(const std::filesystem::path& file);

// The first line that the command prints (run by /bin/sh). Problem "secret_command" when it fails, prints
// nothing or takes too long; its own words are not repeated, as they may hold the token.
Result<std::string> secret_of_command(const std::string& command, std::chrono::milliseconds patience);

}  // namespace raadspost::intake
