// A throw-away certificate for tests: self-signed, its own authority, valid for a day. Not for use outside of
// tests.
#pragma once

#include <filesystem>
#include <string>

namespace world {

// Writes certificate and key into one PEM file (mode 0600). `host` is a name or a numeric address. Throws
// std::runtime_error.
void make_certificate(const std::filesystem::path& file, const std::string& host);

}  // namespace world
