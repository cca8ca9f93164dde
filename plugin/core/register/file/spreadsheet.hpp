// The two kinds of spreadsheet behind read_spreadsheet, and how their values become text. Internal to this
// folder. One thread.
#pragma once

#include "core/register/file/archive.hpp"
#include "core/register/rows.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::registers {

Result<Done> read_xlsx(Archive& archive, Rows& rows, Complaints& complaints);
Result<Done> read_ods(Archive& archive, Rows& rows, Complaints& complaints);

// One row under construction: cells by column, within the limits of a record.
class SheetRow {
public:
    void begin(std::size_t line);
    void put(std::size_t column, std::string_view value);
    // Hands the row to `rows`; false when reading should stop.
    [[nodiscard]] bool finish(Rows& rows, Complaints& complaints);
    std::size_t line() const { return line_; }

private:
    std::size_t line_ = 0, bytes_ = 0;
    std::vector<std::string> cells_;
    bool too_wide_ = false, too_long_ = false;
};

// "46099.0" -> "46099", "1.0E-1" -> "0.1"; other text unchanged.
std::string plain_number(std::string_view number);

}  // namespace raadspost::registers
