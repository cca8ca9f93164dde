#include "core/register/file/table.hpp"
#include "sheet_sample.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace raadspost::registers;
using Cells = std::vector<std::string>;

namespace {

Table table_in(const sample::Parts& parts) {
    const auto bytes = sample::packed(parts);
    return table_of({bytes.data(), bytes.size()});
}

bool has(const Table& table, const std::string& id) {
    return std::ranges::any_of(table.problems, [&](const auto& problem) { return problem.id == id; });
}

const std::string strings =
    "<si><t>name</t></si><si><r><t>ma</t></r><r><t>il</t></r><rPh><t>x</t></rPh></si><si><t>A &amp; "
    "B</t></si>";
const std::string styles =
    "<numFmts><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"171\" "
    "formatCode=\"[Red]0 &quot;days&quot;\"/>"
    "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
    "numFmtId=\"14\"/><xf "
    "numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>";
const std::string header =
    "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"D3\" "
    "t=\"inlineStr\"><is><t>date</t></is></c></row>";

}  // namespace

BOOST_AUTO_TEST_CASE(an_xlsx_is_read_with_its_dates_and_row_numbers) {
    const Table table =
        table_in(sample::xlsx(header + "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c "
                                       "r=\"B5\"><v>1.0000000000000001E-1</v></c><c r=\"D5\" "
                                       "s=\"1\"><v>46099</v></c></row><row><c "
                                       "t=\"str\"><f>A1</f><v>made</v></c><c><v>0612345678</v></c><c/><c "
                                       "s=\"2\"><v>46099.75</v></c></row><row r=\"9\"><c r=\"A9\" "
                                       "t=\"b\"><v>1</v></c><c r=\"B9\" t=\"e\"><v>#N/A</v>"
                                       "</c><c r=\"D9\" s=\"3\"><v>46099</v></c></row>",
                              strings, styles));
    BOOST_TEST(table.problems.empty());
    BOOST_TEST(table.header == (Cells{"name", "mail", "", "date"}), boost::test_tools::per_element());
    BOOST_REQUIRE(table.rows.size() == 3u);
    BOOST_TEST(table.rows[0].cells == (Cells{"A & B", "0.1", "", "2026-03-18"}),
               boost::test_tools::per_element());
    BOOST_TEST(table.rows[0].line == 5u);
    BOOST_TEST(table.rows[1].line == 6u);
    BOOST_TEST(table.rows[1].cells == (Cells{"made", "612345678", "", "2026-03-18"}),
               boost::test_tools::per_element());
    BOOST_TEST(table.rows[2].cells == (Cells{"1", "", "", "46099"}), boost::test_tools::per_element());
    const Table old_mac =
        table_in(sample::xlsx(header + "<row r=\"4\"><c r=\"D4\" s=\"1\"><v>44637</v></c></row>", strings,
                              styles, "<workbookPr date1904=\"1\"/>"));
    BOOST_REQUIRE(old_mac.rows.size() == 1u);
    BOOST_TEST(old_mac.rows[0].cells[3] == "2026-03-18");
}

BOOST_AUTO_TEST_CASE(an_ods_is_read_with_its_repetitions) {
    const Table table = table_in(sample::ods(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
        "table:number-columns-repeated=\"1024\"/>"
        "</table:table-row><table:table-row><table:table-cell "
        "office:value-type=\"string\"><text:p>name</text:p>"
        "</table:table-cell><table:table-cell "
        "office:value-type=\"string\"><text:p>day</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated=\"1022\"/></table:table-row><table:table-row "
        "table:number-rows-repeated=\"2\"><table:table-cell "
        "office:value-type=\"string\"><office:annotation><text:p>hidden"
        "</text:p></office:annotation><text:p>A<text:s "
        "text:c=\"2\"/>B</text:p><text:p>C</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-18T09:00:00\"><text:p>18 "
        "mrt</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell "
        "table:number-columns-repeated=\"2\" "
        "office:value-type=\"float\" "
        "office:value=\"7.0\"><text:p>7,0</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>"));
    BOOST_TEST(table.problems.empty());
    BOOST_TEST(table.header == (Cells{"name", "day"}), boost::test_tools::per_element());
    BOOST_REQUIRE(table.rows.size() == 3u);
    BOOST_TEST(table.rows[0].line == 4u);
    BOOST_TEST(table.rows[0].cells == (Cells{"A  B\nC", "2026-03-18"}), boost::test_tools::per_element());
    BOOST_TEST(table.rows[1].line == 5u);
    BOOST_TEST(table.rows[2].cells == (Cells{"7", "7"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_several_sheets_the_first_that_shows_is_read_and_the_others_are_told) {
    auto parts =
        sample::xlsx(header + "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c></row>", strings, styles);
    const std::string choices =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData></worksheet>";
    for (auto& [name, bytes] : parts) {
        if (name == "xl/worksheets/sheet1.xml") bytes = choices;
        if (name == "xl/workbook.xml")
            bytes =
                "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Choices\" state=\"hidden\" r:id=\"rId1\"/>"
                "<sheet name=\"North\" r:id=\"rId2\"/><sheet name=\"South\" r:id=\"rId3\"/>"
                "<sheet name=\"Nothing\" r:id=\"rId4\"/></sheets></workbook>";
        if (name == "xl/_rels/workbook.xml.rels")
            bytes =
                "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
                "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/>"
                "<Relationship Id=\"rId3\" Target=\"worksheets/sheet3.xml\"/>"
                "<Relationship Id=\"rId4\" Target=\"worksheets/sheet4.xml\"/></Relationships>";
    }
    parts.emplace_back("xl/worksheets/sheet3.xml", choices);
    parts.emplace_back("xl/worksheets/sheet4.xml", "<worksheet><sheetData/></worksheet>");
    const Table table = table_in(parts);
    BOOST_TEST(table.header == (Cells{"name", "mail", "", "date"}), boost::test_tools::per_element());
    BOOST_REQUIRE(table.problems.size() == 1u);
    BOOST_TEST(table.problems[0].id == "register_other_sheets");
    BOOST_TEST(table.problems[0].found == "South");
}

BOOST_AUTO_TEST_CASE(hostile_spreadsheets_are_refused) {
    const std::string blank(30'000'000, ' ');
    const std::string row = "<row><c t=\"s\"><v>0</v></c></row>";
    const std::string types = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet>&a;</worksheet>";
    struct Row {
        std::string what, id;
        sample::Parts parts;
    };
    auto doctype = sample::xlsx("");
    doctype[5].second = types;
    auto broken = sample::xlsx("<row>");
    const std::vector<Row> rows = {
        {"bomb", "register_bomb", sample::xlsx(row + blank, strings)},
        {"bomb beside it", "register_bomb", {{"content.xml", "<a/>"}, {"Pictures/a", blank}}},
        {"document type", "register_doctype", doctype},
        {"broken part", "register_xml", broken},
        {"no spreadsheet", "register_not_a_spreadsheet", {{"word/document.xml", "<a/>"}}},
        {"no rows", "register_empty", sample::xlsx("")},
        {"too wide", "register_too_many_columns",
         sample::xlsx(header + "<row r=\"4\"><c r=\"ZZZ4\"><v>1</v></c></row>", strings)},
        {"endless reference", "register_too_many_columns",
         sample::xlsx(header + "<row r=\"4\"><c r=\"" + std::string(100, 'Z') + "4\"><v>1</v></c></row>",
                      strings)},
        {"repeated for ever", "register_too_many_columns",
         sample::ods("<table:table-row><table:table-cell "
                     "office:value-type=\"string\"><text:p>a</text:p></table:table-cell>"
                     "</table:table-row><table:table-row "
                     "table:number-rows-repeated=\"99999999999999999999\"><table:table-cell "
                     "table:number-columns-repeated=\"99999999\"><text:p>b</text:p></table:table-cell></"
                     "table:table-row>")},
    };
    for (const Row& bad : rows) BOOST_TEST_CONTEXT(bad.what) {
            const Table table = table_in(bad.parts);
            BOOST_TEST(has(table, bad.id));
            BOOST_TEST(table.rows.empty());
        }
}

BOOST_AUTO_TEST_CASE(a_damaged_archive_never_fails_otherwise) {
    const auto whole =
        sample::packed(sample::xlsx(header + "<row r=\"4\"><c r=\"A4\"><v>1</v></c></row>", strings, styles));
    BOOST_TEST(table_of({whole.data(), whole.size()}).rows.size() == 1u);
    for (std::size_t length = 4; length < whole.size(); length += 7) {
        const std::vector<char> cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)};
        const Table table = table_of({cut.data(), cut.size()});
        BOOST_TEST(!table.problems.empty());
    }
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        auto turned = whole;
        turned[at] = static_cast<char>(turned[at] ^ 0x55);
        const Table table = table_of({turned.data(), turned.size()});
        // Without its first bytes it is taken for CSV, whose lines end wherever a byte says so.
        BOOST_TEST(table.rows.size() <= (at < 4 ? whole.size() : 1u));
    }
}
