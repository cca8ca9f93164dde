// Tables of any origin as rows of text: CSV in the shapes that spreadsheets and newsletter tools write it
// (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; line ends inside quotes), XLSX and ODS. The first
// row that is not blank is the header. Streams: a row is handed out and forgotten. Never throws on input;
// what is broken becomes a Problem and reading goes on with the next line. One reader per thread.
//
// Own CSV reader: libcsv counts no lines, knows no limits, and after one lost quote takes the rest of the
// file for a field. Own XLSX/ODS reader over libzip and expat: to refuse entities and zip bombs every part
// must be unpacked and parsed anyway, and what we checked is then exactly what we read; liborcus would read
// it a second time without limits.
#pragma once

#include "core/register/sink.hpp"

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::registers {

struct TableRow {
    std::size_t line = 0;  // 1-based: line of the text file on which the row begins, or row of the sheet
    std::vector<std::string> cells;  // UTF-8, trimmed; as many as the header has columns
};

struct TableSink {
    std::function<void(std::vector<std::string>)> header;  // once, before the first row
    std::function<void(TableRow)> row;
    std::function<void(Problem)> problem;
};

struct Table {
    std::vector<std::string> header;
    std::vector<TableRow> rows;
    std::vector<Problem> problems;
};

// Problems: register_empty, register_encoding, register_unclosed_quote, register_too_long,
// register_too_many_columns, register_more_cells (a row with more cells than the header),
// register_too_many_rows.
void read_csv(std::istream& in, const TableSink& sink);

// XLSX or ODS, the first sheet that has rows. Dates come as 2026-03-18, numbers as shortest decimal, booleans
// as "1" and "0". Further problems: register_archive, register_not_a_spreadsheet, register_bomb,
// register_doctype, register_xml, register_encrypted.
void read_spreadsheet(std::string_view bytes, const TableSink& sink);

// By the first bytes: a zip is a spreadsheet, everything else CSV. An old .xls is refused with a sentence of
// its own.
void read_table(std::string_view bytes, const TableSink& sink);

// The same into memory, within the limits; `first_rows` as for the first page of a preview.
Table table_of(std::string_view bytes, std::size_t first_rows = max_rows);

// The text as UTF-8: unchanged when it is, otherwise taken for Windows-1252.
std::string utf8_of(std::string_view text);

}  // namespace raadspost::registers
