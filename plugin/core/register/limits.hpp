// Every limit that the readers of registers keep against hostile or broken input, in one place. A reader that
// meets one reports a Problem with the place, drops the record or stops, and never allocates beyond it. The
// numbers leave ten times the room that the largest real file needs (ROO 2026: 35 MB, 30,000 records; names
// below 200 bytes).
#pragma once

#include "core/no_host.hpp"

#include <cstddef>

namespace raadspost::registers {

inline constexpr std::size_t read_block_bytes = 64 * 1024;  // input is taken in pieces of this size

// A run of broken records must not fill memory with sentences; after this many one last problem says so.
inline constexpr std::size_t max_problems = 1'000;
inline constexpr std::size_t max_found_bytes = 80;  // what a Problem quotes of the input

// XML (ROO, and the parts of a spreadsheet).
inline constexpr std::size_t max_xml_depth = 64;
inline constexpr std::size_t max_xml_text_bytes = 64 * 1024;  // of one element
inline constexpr std::size_t max_xml_attributes = 64;
inline constexpr std::size_t max_roo_list_items = 1'000;  // parties, addresses, mailboxes of one organisation

// Tables.
inline constexpr std::size_t max_columns = 256;
inline constexpr std::size_t max_rows = 250'000;
inline constexpr std::size_t max_field_bytes = 64 * 1024;
inline constexpr std::size_t max_record_bytes = 1024 * 1024;  // one row, with the line ends inside quotes

// Spreadsheets: a zip of XML parts. Office writes 5:1 to 15:1; a row of blanks squeezes to 100:1.
inline constexpr std::size_t max_archive_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t max_archive_entries = 4'096;
inline constexpr std::size_t max_unpacked_bytes = 512 * 1024 * 1024;
inline constexpr std::size_t max_unpacked_ratio = 200;
inline constexpr std::size_t ratio_counts_from_bytes = 1024 * 1024;  // small parts may squeeze better
inline constexpr std::size_t max_shared_strings = 2'000'000;
inline constexpr std::size_t max_shared_string_bytes = 128 * 1024 * 1024;

// Elections: zips hold zips, with one council's file of 30 kB in the innermost; a town hall's whole count has
// 4 MB.
inline constexpr std::size_t max_archive_depth = 4;
inline constexpr std::size_t max_election_files = 8'192;  // in all archives together
inline constexpr std::size_t max_elected = 1'000;         // members or parties in one file

// GeoJSON.
inline constexpr std::size_t max_json_depth = 16;
inline constexpr std::size_t max_json_text_bytes = 16 * 1024;
inline constexpr std::size_t max_feature_properties = 256;

}  // namespace raadspost::registers
