#include "core/register/file/spreadsheet.hpp"

#include "core/register/file/table.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace raadspost::registers {

void SheetRow::begin(std::size_t line) {
    line_ = line;
    bytes_ = 0;
    cells_.clear();
    too_wide_ = too_long_ = false;
}

void SheetRow::put(std::size_t column, std::string_view value) {
    if (value.empty()) return;
    bytes_ += value.size();
    if (column >= max_columns) {
        too_wide_ = true;
    } else if (value.size() > max_field_bytes || bytes_ > max_record_bytes) {
        too_long_ = true;
    } else {
        if (cells_.size() <= column) cells_.resize(column + 1);
        cells_[column] = value;
    }
}

bool SheetRow::finish(Rows& rows, Complaints& complaints) {
    const std::string first = cells_.empty() ? std::string{} : cells_.front();
    if (too_wide_ || too_long_) {
        complaints.add(
            too_wide_ ? "register_too_many_columns" : "register_too_long", at_line(line_), first,
            too_wide_ ? "This row has more than " + std::to_string(max_columns) + " columns; it is left out."
                      : "A cell is longer than " + std::to_string(max_field_bytes) +
                            " bytes, or the row as a whole too long; it is left out.");
        return true;
    }
    return rows.take(line_, std::exchange(cells_, {}));
}

std::string plain_number(std::string_view number) {
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
        return std::string{number};
    std::array<char, 400> text{};
    const auto written =
        std::abs(value) < 1e15 && value == std::trunc(value)
            ? std::to_chars(text.data(), text.data() + text.size(), static_cast<long long>(value))
            : std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return {text.data(), written.ptr};
}

void read_spreadsheet(std::string_view bytes, const TableSink& sink) {
    Complaints complaints{sink.problem};
    const auto tell = [&](const Problem& problem) {
        complaints.add(problem.id, problem.place, problem.found, problem.text);
    };
    auto archive = Archive::open(bytes);
    if (!archive) return tell(archive.problem());
    Rows rows{sink, complaints};
    const bool xlsx = archive->has("xl/workbook.xml");
    if (!xlsx && !archive->has("content.xml")) {
        complaints.add(
            "register_not_a_spreadsheet", "", "",
            "This archive holds no spreadsheet (XLSX or ODS). Save the table as XLSX, ODS or CSV.");
        return;
    }
    const auto done = xlsx ? read_xlsx(*archive, rows, complaints) : read_ods(*archive, rows, complaints);
    if (!done) return tell(done.problem());
    rows.finish();
}

}  // namespace raadspost::registers
