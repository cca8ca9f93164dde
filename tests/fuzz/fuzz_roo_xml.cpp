// The ROO export from anywhere: the reader must end, and what it hands out must be usable.
#include "core/council/code.hpp"
#include "core/register/roo.hpp"

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

using namespace raadspost;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::istringstream in{std::string{reinterpret_cast<const char*>(bytes), size}};
    registers::Sink<registers::RooCouncil> sink;
    const auto today = std::chrono::year{2026} / std::chrono::November / 20;
    sink.record = [&](const registers::RooCouncil& council) {
        const bool ended = council.ends && *council.ends <= today;
        if (!is_council_code(council.code) || (council.name.empty() && !ended)) std::abort();
        if (registers::keyed(council).key != council.code) std::abort();
        if (registers::ending_of(council).key != council.code) std::abort();
    };
    sink.problem = [](const Problem& problem) {
        if (problem.id.empty() || problem.text.empty() ||
            problem.found.size() > 2 * registers::max_found_bytes)
            std::abort();
    };
    registers::read_roo_xml(in, today, sink);
    return 0;
}
