// Tables of labels (tab-separated, a header line first), read strictly: a column that nobody knows, one that
// is missing, a line with too few fields or a value that no label may have ends the evaluation. A silent
// misspelling would judge nothing. Values; safe on any thread.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::evaluate {

struct Row {
    std::map<std::string, std::string, std::less<>> fields;
    std::size_t line = 0;

    const std::string& operator[](std::string_view column) const { return fields.find(column)->second; }
};

struct Table {
    std::filesystem::path path;
    std::vector<Row> rows;
};

// Exactly these columns, in any order. Problems name file and line.
Result<Table> read_table(const std::filesystem::path& path, std::span<const std::string_view> columns);

// Every value of the column, or with a separator every piece of it, is one of `allowed`.
Result<Done> check_labels(const Table& table, std::string_view column,
                          std::span<const std::string_view> allowed, char separator = '\0');

std::vector<std::string> pieces(std::string_view text, char separator);  // none of an empty text

// Whether the file begins with a header line that names this column: how a set is recognised.
bool has_column(const std::filesystem::path& path, std::string_view column);

Result<std::string> read_bytes(const std::filesystem::path& path);

}  // namespace raadspost::evaluate
