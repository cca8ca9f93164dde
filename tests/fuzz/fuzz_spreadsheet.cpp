// XLSX and ODS from anywhere: bounded, and every cell UTF-8.
#include "core/register/file/table.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace raadspost::registers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    TableSink sink;
    std::size_t width = 0;
    sink.header = [&](std::vector<std::string> header) { width = header.size(); };
    sink.row = [&](TableRow row) {
        if (row.cells.size() != width) std::abort();
        for (const auto& cell : row.cells)
            if (!is_utf8(cell)) std::abort();
    };
    sink.problem = [](raadspost::Problem) {};
    read_spreadsheet({reinterpret_cast<const char*>(bytes), size}, sink);
    return 0;
}
