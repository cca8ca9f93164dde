// Tells libFuzzer where the code went, so that it can search GCC's programs, which are those that run. At the
// beginning of each block GCC calls __sanitizer_cov_trace_pc, and keeps no count; libFuzzer counts nothing
// there, and wants an array of counts. The linker sends the calls here (--wrap).
#include <cstddef>
#include <cstdint>

extern "C" {
// The linker's. Addresses change with each start, distances to it do not.
extern const char __executable_start;
void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end);
void __wrap___sanitizer_cov_trace_pc();
void __sanitizer_cov_trace_cmpf(float, float);
void __sanitizer_cov_trace_cmpd(double, double);
}

namespace {

// The largest target has 60,000 blocks, of which one in five then shares its place with another.
constexpr std::size_t places = std::size_t{1} << 17;
std::uint8_t counts[places];

[[gnu::constructor, gnu::no_sanitize_coverage]] void hand_over() {
    __sanitizer_cov_8bit_counters_init(counts, counts + places);
}

}  // namespace

[[gnu::no_sanitize_coverage, gnu::no_sanitize("address", "undefined")]] void
__wrap___sanitizer_cov_trace_pc() {
    const auto at = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)) -
                    reinterpret_cast<std::uintptr_t>(&__executable_start);
    ++counts[at % places];
}

// GCC tells of compared fractions, too, of which libFuzzer makes nothing.
void __sanitizer_cov_trace_cmpf(float, float) {}
void __sanitizer_cov_trace_cmpd(double, double) {}
