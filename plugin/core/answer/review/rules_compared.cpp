#include "core/answer/review/rules_compared.hpp"

#include "core/answer/new_text.hpp"
#include "core/answer/weighing.hpp"

#include <algorithm>
#include <vector>

namespace raadspost::answer {

namespace {

std::vector<std::string_view> sorted_kinds(std::string_view kinds) {
    std::vector<std::string_view> parts;
    while (!kinds.empty()) {
        const auto comma = std::min(kinds.find(','), kinds.size());
        if (comma > 0) parts.push_back(kinds.substr(0, comma));
        kinds.remove_prefix(std::min(comma + 1, kinds.size()));
    }
    std::ranges::sort(parts);
    return parts;
}

}  // namespace

Said said_by(const Rules& rules, std::string_view text) {
    const std::string written = new_text(text).written;
    const auto cut = sentences(written);
    Said said;
    for (const Finding& each : understood(rules, cut)) {
        if (said.kinds.empty()) said.line = each.line;
        said.kinds += (said.kinds.empty() ? "" : ",") + std::string{name(each.kind)};
    }
    if (said.kinds.empty()) said.kinds = name(Kind::other);
    return said;
}

bool same_kinds(std::string_view one, std::string_view other) {
    return sorted_kinds(one) == sorted_kinds(other);
}

}  // namespace raadspost::answer
