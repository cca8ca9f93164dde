// CSV from anywhere, through to records: rows have the header's width, cells are UTF-8, and mapping never
// fails.
#include "core/council/table.hpp"
#include "core/register/file/table.hpp"
#include "core/register/mapping.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace raadspost;
using namespace raadspost::registers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const CouncilIndex councils{councils_2026()};
    if (size > 4 && bytes[0] == 'P' && bytes[1] == 'K') return 0;  // see fuzz_spreadsheet
    const Table table = table_of({reinterpret_cast<const char*>(bytes), size});
    for (const TableRow& row : table.rows) {
        if (row.cells.size() != table.header.size() || row.line == 0) std::abort();
        for (const auto& cell : row.cells)
            if (!is_utf8(cell)) std::abort();
    }
    for (const auto kind : {TableKind::griffie_addresses, TableKind::meeting_places, TableKind::past_mailings,
                            TableKind::opt_outs, TableKind::recesses}) {
        const Mapping mapping = propose_mapping(kind, table.header, table.rows);
        if (mapping.size() != table.header.size()) std::abort();
        std::vector<Problem> oddities;
        for (const TableRow& row : table.rows) {
            const auto record = read_row(kind, mapping, row, councils, oddities);
            if (record && record->key.empty()) std::abort();
            if (!record && record.problem().place.empty()) std::abort();
        }
    }
    return 0;
}
