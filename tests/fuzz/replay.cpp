// Stands in for libFuzzer's main in the ordinary test run: calls the entry point with every file of the
// folders named on the command line, and with each file cut short at some hundred places, from buffers of
// exactly the right size.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int main(int count, char** folders) {
    std::size_t files = 0, runs = 0;
    for (int i = 1; i < count; ++i)
        for (const auto& entry : std::filesystem::directory_iterator{folders[i]}) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in{entry.path(), std::ios::binary};
            const std::vector<char> whole{std::istreambuf_iterator<char>{in}, {}};
            const std::size_t step = whole.size() / 100 + 1;
            ++files;
            for (std::size_t cut = 0; cut <= whole.size(); cut += step) {
                const std::vector<std::uint8_t> exact{whole.begin(),
                                                      whole.end() - static_cast<std::ptrdiff_t>(cut)};
                LLVMFuzzerTestOneInput(exact.data(), exact.size());
                ++runs;
            }
        }
    std::printf("%zu files, %zu runs\n", files, runs);
    return files == 0 ? 1 : 0;  // an empty corpus tests nothing
}
