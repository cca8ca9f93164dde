// Rules' files: refused or compiled, and then used on a text.
#include "core/answer/classify.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace raadspost::answer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto rules = Rules::parse({reinterpret_cast<const char*>(data), size});
    if (!rules) {
        if (rules.problem().id.empty() || rules.problem().place.empty()) __builtin_trap();
        return 0;
    }
    const auto text =
        sentences("Uw brief is niet geplaatst, maar wel doorgestuurd aan de raad. Komt u langs?");
    for (const Finding& each : classify(*rules, text))
        if (each.percent < 1 || each.percent > 100 || each.sentence >= text.size()) __builtin_trap();
    return 0;
}
