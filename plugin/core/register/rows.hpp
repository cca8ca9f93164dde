// What CSV and spreadsheets have in common once a row is cells: the first row that is not blank is the
// header, blank rows are passed over, short rows are filled up, rows that are too wide are refused, cells are
// trimmed and freed of control characters. Internal to this folder. One thread.
#pragma once

#include "core/register/file/table.hpp"

#include <string>
#include <vector>

namespace raadspost::registers {

class Rows {
public:
    Rows(const TableSink& sink, Complaints& complaints) : sink_{sink}, complaints_{complaints} {}

    // Cells are UTF-8. False when there have been too many rows and reading should stop.
    [[nodiscard]] bool take(std::size_t line, std::vector<std::string> cells);
    bool has_header() const { return columns_ != 0; }
    void finish();  // at the end of the input: a table without a header is a problem

private:
    const TableSink& sink_;
    Complaints& complaints_;
    std::size_t columns_ = 0;  // 0: no header yet
    std::size_t rows_ = 0;
};

}  // namespace raadspost::registers
