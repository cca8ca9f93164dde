// GeoJSON from anywhere: places have a name, a kind and a key.
#include "core/council/table.hpp"
#include "core/register/geojson.hpp"

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

using namespace raadspost;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const CouncilIndex councils{councils_2026()};
    std::istringstream in{std::string{reinterpret_cast<const char*>(bytes), size}};
    registers::Sink<MeetingPlace> sink;
    sink.record = [](const MeetingPlace& place) {
        if (place.name.empty() || place.kind.empty()) std::abort();
        registers::keyed(place);
    };
    sink.problem = [](const Problem& problem) {
        if (problem.id.empty() || problem.text.empty()) std::abort();
    };
    registers::read_geojson(in, councils, sink);
    return 0;
}
