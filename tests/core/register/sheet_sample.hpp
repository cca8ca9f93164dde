// Spreadsheets for tests, packed on the spot: a test states the XML parts and gets the archive's bytes.
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace raadspost::registers::sample {

using Parts = std::vector<std::pair<std::string, std::string>>;

// The bytes lie in a buffer of exactly their size.
inline std::vector<char> packed(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    zip_source_keep(target);
    for (const auto& [name, text] : parts) {
        const auto index = zip_file_add(
            archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
        // The same bytes every time: the clock once decided whether a test passed.
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 1'600'000'000, 0);
    }
    zip_close(archive);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::vector<char> bytes(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return bytes;
}

inline Parts xlsx(const std::string& sheet_data, const std::string& strings = {},
                  const std::string& styles = {}, const std::string& workbook_properties = {}) {
    return {{"xl/workbook.xml",
             "<workbook xmlns:r=\"urn:r\">" + workbook_properties +
                 "<sheets><sheet name=\"Empty\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Data\" "
                 "sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels",
             "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship "
             "Id=\"rId2\" "
             "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
            {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
            {"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"},
            {"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
            {"xl/worksheets/sheet2.xml", "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>"}};
}

inline Parts ods(const std::string& rows) {
    return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
            {"content.xml",
             "<office:document-content xmlns:office=\"urn:o\" xmlns:table=\"urn:t\" "
             "xmlns:text=\"urn:x\"><office:body>"
             "<office:spreadsheet><table:table table:name=\"Empty\"/><table:table table:name=\"Data\">" +
                 rows + "</table:table></office:spreadsheet></office:body></office:document-content>"}};
}

}  // namespace raadspost::registers::sample
