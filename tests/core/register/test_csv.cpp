#include "core/register/file/table.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace raadspost::registers;
using Cells = std::vector<std::string>;

namespace {

bool has(const Table& table, const std::string& id, const std::string& place) {
    return std::ranges::any_of(
        table.problems, [&](const auto& problem) { return problem.id == id && problem.place == place; });
}

std::string utf16(const std::string& ascii, bool big, bool mark) {
    std::string out = mark ? big ? "\xFE\xFF" : "\xFF\xFE" : "";
    for (const char c : ascii) {
        if (big) out += '\0';
        out += c;
        if (!big) out += '\0';
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_shape_of_csv_gives_the_same_table) {
    const std::string comma = "name,mail\nA,a@x.example\n\"B, C\",b@x.example\n";
    std::string mac = comma, windows, tabs = "name\tmail\nA\ta@x.example\nB, C\tb@x.example\n";
    std::ranges::replace(mac, '\n', '\r');
    for (const char c : comma) windows += c == '\n' ? std::string{"\r\n"} : std::string{c};
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"comma", comma},
        {"CR", mac},
        {"CRLF", windows},
        {"tab", tabs},
        {"semicolon", "name;mail\nA;a@x.example\n\"B, C\";b@x.example"},
        {"semicolon, commas inside", "name;mail\nA;a@x.example\nB, C;b@x.example"},
        {"bar", "name|mail\nA|a@x.example\nB, C|b@x.example"},
        {"hint", "sep=;\nname;mail\nA;a@x.example\nB, C;b@x.example\n"},
        {"mark", "\xEF\xBB\xBF" + comma},
        {"UTF-16 LE", utf16(comma, false, true)},
        {"UTF-16 BE", utf16(comma, true, true)},
        {"UTF-16 LE without a mark", utf16(windows, false, false)},
        {"blank lines", "\n\n" + comma + "\n,,\n \n"},
        {"trailing separators", "name;mail;;\nA;a@x.example;;\nB, C;b@x.example;\n"},
        {"padded", " name ; mail\r\n A;a@x.example \r\n\"B, C \";b@x.example"},
    };
    for (const auto& [what, text] : rows) BOOST_TEST_CONTEXT(what) {
            const Table table = table_of(text);
            BOOST_TEST(table.header == (Cells{"name", "mail"}), boost::test_tools::per_element());
            BOOST_REQUIRE(table.rows.size() == 2u);
            BOOST_TEST(table.rows[0].cells == (Cells{"A", "a@x.example"}), boost::test_tools::per_element());
            BOOST_TEST(table.rows[1].cells == (Cells{"B, C", "b@x.example"}),
                       boost::test_tools::per_element());
            BOOST_TEST(table.problems.empty());
        }
}

BOOST_AUTO_TEST_CASE(quotes_and_line_ends_inside_a_cell_are_kept_and_lines_counted) {
    const Table table = table_of("a;b\r\n\"say \"\"yes\"\"\";\"one\r\ntwo\"\r\nlast;6\" pipe\r\n");
    BOOST_REQUIRE(table.rows.size() == 2u);
    BOOST_TEST(table.rows[0].cells[0] == "say \"yes\"");
    BOOST_TEST(table.rows[0].cells[1] == "one\ntwo");
    BOOST_TEST(table.rows[0].line == 2u);
    BOOST_TEST(table.rows[1].line == 4u);
    BOOST_TEST(table.rows[1].cells[1] == "6\" pipe");
}

BOOST_AUTO_TEST_CASE(a_lost_quote_costs_one_line_only) {
    const Table at_end = table_of("a;b\n1;\"x\n2;y\n3;z\n");
    BOOST_TEST(has(at_end, "register_unclosed_quote", "line 2"));
    BOOST_REQUIRE(at_end.rows.size() == 2u);
    BOOST_TEST(at_end.rows[0].line == 3u);
    const Table closed_by_another = table_of("a;b\n1;\"x\n2;y\n3;\"z\"\n4;w\n");
    BOOST_TEST(has(closed_by_another, "register_unclosed_quote", "line 2"));
    BOOST_REQUIRE(closed_by_another.rows.size() == 3u);
    BOOST_TEST(closed_by_another.rows[1].cells[1] == "z");
    std::string many = "a;b\n1;\"x\n";
    for (int i = 0; i < 3'000; ++i) many += "2;y\n";
    BOOST_TEST(table_of(many).rows.size() == 3'000u);
}

BOOST_AUTO_TEST_CASE(windows_1252_is_recognised) {
    const Table table = table_of(
        "naam\nS\xFA"
        "dwest \x80\n");
    BOOST_REQUIRE(table.rows.size() == 1u);
    BOOST_TEST(table.rows[0].cells[0] == "Súdwest €");
    BOOST_TEST(has(table, "register_windows_1252", "line 2"));
}

BOOST_AUTO_TEST_CASE(limits_are_told_and_the_rest_is_read) {
    BOOST_TEST(has(table_of(""), "register_empty", ""));
    BOOST_TEST(has(table_of("\n \n;;\n"), "register_empty", ""));
    const Table wide = table_of("a;b\n1;2;3\n4;5\n");
    BOOST_TEST(has(wide, "register_more_cells", "line 2"));
    BOOST_TEST(wide.rows.size() == 1u);
    const Table columns = table_of("a;b\n" + std::string(300, ';') + "x\n4;5\n");
    BOOST_TEST(has(columns, "register_too_many_columns", "line 2"));
    BOOST_TEST(columns.rows.size() == 1u);
    const Table field = table_of("a;b\n1;" + std::string(max_field_bytes + 1, 'x') + "\n4;5\n");
    BOOST_TEST(has(field, "register_too_long", "line 2"));
    BOOST_TEST(field.rows.size() == 1u);
    const Table line = table_of("a;b\n1;" + std::string(3 * max_record_bytes, 'x') + "\n4;5\n");
    BOOST_TEST(has(line, "register_too_long", "line 2"));
    BOOST_REQUIRE(line.rows.size() == 1u);
    BOOST_TEST(line.rows[0].line == 3u);
    BOOST_TEST(has(table_of(std::string{"\xFF\xFE\0\0a\0\0\0", 8}), "register_encoding", "line 1"));
    BOOST_TEST(has(table_of("\xD0\xCF\x11\xE0 old Excel"), "register_not_a_spreadsheet", ""));
    const Table zeros = table_of(std::string{"a;b\n1\0;2\n", 9});
    BOOST_REQUIRE(zeros.rows.size() == 1u);
    BOOST_TEST(zeros.rows[0].cells[0] == "1");
}

BOOST_AUTO_TEST_CASE(cutting_a_file_anywhere_never_fails) {
    const std::string text = "\xEF\xBB\xBFn;m\r\n\"a\r\nb\";\"c\"\"d\"\r\n\xE2\x82\xAC;x\r\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        // An exact-size buffer, so that the memory checker sees an overread.
        const std::vector<char> exact{text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length)};
        const Table table = table_of({exact.data(), exact.size()});
        BOOST_TEST(table.rows.size() <= 3u);
    }
}
