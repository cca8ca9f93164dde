#include "core/register/rows.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace raadspost::registers {
namespace {

void clean(std::string& cell) {
    for (char& c : cell)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) c = ' ';
    constexpr std::string_view no_break_space = "\xC2\xA0";
    for (auto at = cell.find(no_break_space); at != std::string::npos; at = cell.find(no_break_space, at))
        cell.replace(at, no_break_space.size(), " ");
    constexpr std::string_view blank = " \t\n";
    cell.erase(cell.find_last_not_of(blank) + 1);
    cell.erase(0, std::min(cell.find_first_not_of(blank), cell.size()));
}

}  // namespace

bool Rows::take(std::size_t line, std::vector<std::string> cells) {
    for (std::string& cell : cells) clean(cell);
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
    if (cells.empty()) return true;
    if (columns_ == 0) {
        columns_ = cells.size();
        sink_.header(std::move(cells));
        return true;
    }
    if (cells.size() > columns_) {
        complaints_.add("register_more_cells", at_line(line), cells.back(),
                        "This row has " + std::to_string(cells.size()) + " cells, the header has " +
                            std::to_string(columns_) +
                            "; it is left out, because its values may stand in the wrong columns. Look for a "
                            "separator inside a text.");
        return true;
    }
    if (++rows_ > max_rows) {
        complaints_.add(
            "register_too_many_rows", at_line(line), std::to_string(max_rows),
            "The table has more than " + std::to_string(max_rows) + " rows; the rest is not read.");
        return false;
    }
    cells.resize(columns_);
    sink_.row({line, std::move(cells)});
    return true;
}

void Rows::finish() {
    if (columns_ == 0)
        complaints_.add("register_empty", "", "",
                        "There is no header and no row in this file; check that it is the right file.");
}

void read_table(std::string_view bytes, const TableSink& sink) {
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return read_spreadsheet(bytes, sink);
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
        Complaints{sink.problem}.add(
            "register_not_a_spreadsheet", "", "",
            "This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a "
            "password, or as CSV.");
        return;
    }
    std::istringstream in{std::string{bytes}};
    read_csv(in, sink);
}

Table table_of(std::string_view bytes, std::size_t first_rows) {
    Table table;
    TableSink sink;
    sink.header = [&](std::vector<std::string> header) { table.header = std::move(header); };
    sink.row = [&](TableRow row) {
        if (table.rows.size() < first_rows) table.rows.push_back(std::move(row));
    };
    sink.problem = [&](Problem problem) { table.problems.push_back(std::move(problem)); };
    read_table(bytes, sink);
    return table;
}

}  // namespace raadspost::registers
