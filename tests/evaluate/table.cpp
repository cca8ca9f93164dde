#include "evaluate/table.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace raadspost::evaluate {
namespace {

Problem problem(const std::filesystem::path& path, std::size_t line, const std::string& found,
                const std::string& why) {
    const std::string place = path.string() + (line == 0 ? "" : ":" + std::to_string(line));
    return Problem{"labels", place, found, place + ": " + why};
}

std::string listed(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string{name};
    return text;
}

std::vector<std::string> columns_of(const std::string& line) {
    return pieces(line, '\t');
}

bool take_line(std::istream& in, std::string& line) {
    if (!std::getline(in, line)) return false;
    if (line.ends_with('\r')) line.pop_back();
    return true;
}

}  // namespace

std::vector<std::string> pieces(std::string_view text, char separator) {
    std::vector<std::string> out;
    if (text.empty()) return out;
    for (std::size_t start = 0;;) {
        const std::size_t end = text.find(separator, start);
        out.emplace_back(text.substr(start, end == std::string_view::npos ? end : end - start));
        if (end == std::string_view::npos) return out;
        start = end + 1;
    }
}

Result<Table> read_table(const std::filesystem::path& path, std::span<const std::string_view> columns) {
    std::ifstream in{path, std::ios::binary};
    std::string line;
    if (!take_line(in, line))
        return problem(path, 0, {}, "there is no table; expected the columns " + listed(columns));
    const std::vector<std::string> header = columns_of(line);
    for (const std::string& name : header)
        if (std::ranges::find(columns, name) == columns.end())
            return problem(path, 1, name, "unknown column '" + name + "'; known are " + listed(columns));
    for (const std::string_view name : columns)
        if (std::ranges::count(header, name) != 1)
            return problem(path, 1, std::string{name},
                           "the column '" + std::string{name} + "' must stand there once");
    Table table{path, {}};
    for (std::size_t number = 2; take_line(in, line); ++number) {
        if (line.empty()) continue;
        const std::vector<std::string> fields = pieces(line, '\t');
        if (fields.size() != header.size())
            return problem(path, number, line.substr(0, 80),
                           std::to_string(header.size()) + " fields expected, " +
                               std::to_string(fields.size()) + " found");
        Row row;
        row.line = number;
        for (std::size_t i = 0; i < header.size(); ++i) row.fields.emplace(header[i], fields[i]);
        table.rows.push_back(std::move(row));
    }
    return table;
}

Result<Done> check_labels(const Table& table, std::string_view column,
                          std::span<const std::string_view> allowed, char separator) {
    for (const Row& row : table.rows) {
        const std::string& value = row[column];
        const auto labels = separator == '\0' ? std::vector<std::string>{value} : pieces(value, separator);
        for (const std::string& label : labels)
            if (std::ranges::find(allowed, label) == allowed.end())
                return problem(table.path, row.line, label,
                               "unknown label '" + label + "' in column '" + std::string{column} +
                                   "'; known are " + listed(allowed));
    }
    return Done{};
}

bool has_column(const std::filesystem::path& path, std::string_view column) {
    std::ifstream in{path, std::ios::binary};
    std::string line;
    return take_line(in, line) && std::ranges::count(columns_of(line), column) > 0;
}

Result<std::string> read_bytes(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in || std::filesystem::is_directory(path)) return problem(path, 0, {}, "this file cannot be read");
    return std::string{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

}  // namespace raadspost::evaluate
