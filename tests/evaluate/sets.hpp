// The kinds of labelled sets that can be evaluated: one source file each, named after it. To add one: declare
// it here and put it into main's list.
#pragma once

#include "core/result.hpp"
#include "evaluate/report.hpp"

#include <filesystem>

namespace raadspost::evaluate {

struct Set {
    bool (*is_here)(const std::filesystem::path& folder);             // by its files
    Result<Report> (*evaluate)(const std::filesystem::path& folder);  // Problem: the labels cannot be used
};

extern const Set autoreplies;
extern const Set bounces;
extern const Set council_replies;
extern const Set mime;
extern const Set replies;

}  // namespace raadspost::evaluate
