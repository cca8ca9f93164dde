#include "evaluate/report.hpp"
#include "evaluate/table.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <array>
#include <fstream>

namespace raadspost::evaluate {
namespace {

constexpr std::array<std::string_view, 2> columns = {"file", "label"};
constexpr std::array<std::string_view, 2> labels = {"auto", "human"};

// A table in a file of its own, gone afterwards.
class TableFile {
public:
    explicit TableFile(const std::string& bytes)
        : path{std::filesystem::temp_directory_path() / ("evaluate-" + std::to_string(getpid()) + ".tsv")} {
        std::ofstream{path, std::ios::binary} << bytes;
    }
    ~TableFile() { std::filesystem::remove(path); }
    TableFile(const TableFile&) = delete;
    TableFile& operator=(const TableFile&) = delete;

    const std::filesystem::path path;
};

std::string problem_of(const std::string& bytes) {
    const TableFile file{bytes};
    const auto table = read_table(file.path, columns);
    if (!table) return table.problem().text.substr(table.problem().text.find(".tsv") + 4);
    const auto done = check_labels(*table, "label", labels, ',');
    return done ? "" : done.problem().text.substr(done.problem().text.find(".tsv") + 4);
}

struct Wrong {
    const char* bytes;
    const char* problem;
};
std::ostream& operator<<(std::ostream& out, const Wrong& wrong) {
    return out << wrong.problem;
}

const Wrong wrongs[] = {
    {"file\tlabel\na\tauto\nb\thuman,auto\n\nc\t\n", ""},
    {"label\tfile\r\nauto\ta\r\n", ""},
    {"file\tlable\n", ":1: unknown column 'lable'; known are file, label"},
    {"file\n", ":1: the column 'label' must stand there once"},
    {"file\tlabel\tlabel\n", ":1: the column 'label' must stand there once"},
    {"file\tlabel\na\tauto\nb\n", ":3: 2 fields expected, 1 found"},
    {"file\tlabel\na\tautomatic\n", ":2: unknown label 'automatic' in column 'label'; known are auto, human"},
    {"file\tlabel\na\tauto, human\n", ":2: unknown label ' human' in column 'label'; known are auto, human"},
    {"", ": there is no table; expected the columns file, label"},
};

}  // namespace

BOOST_DATA_TEST_CASE(labels_are_read_strictly, boost::unit_test::data::make(wrongs)) {
    BOOST_TEST(problem_of(sample.bytes) == sample.problem);
}

BOOST_AUTO_TEST_CASE(scores_are_those_of_the_textbook) {
    Scores scores;
    scores.count({"listed"}, {"listed"});
    scores.count({"listed", "agenda"}, {"listed"});
    scores.count({"listed"}, {"question"});
    scores.count({}, {});
    const Score listed = scores.by_kind().at("listed");
    BOOST_TEST(listed.precision() == 1.0);
    BOOST_TEST(listed.recall() == 2.0 / 3, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(listed.f1() == 0.8, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(scores.by_kind().at("agenda").f1() == 0.0);
    // "question" was expected nowhere: it costs the precision of nothing else, and no kind of its own.
    BOOST_TEST(scores.macro_f1() == 0.4, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_report_is_text_and_json) {
    Report report{"replies", 2, {}, {}, {}};
    report.at_least("exact", 0.5, 0.9);
    report.at_most("milliseconds at most", 3, 1000);
    report.scores.count({"auto"}, {"auto"});
    report.miss("a.txt", "text", "één\nregel", "twee \"regels\"\x01");
    BOOST_TEST(!report.reached());
    BOOST_TEST(text(report).find("NOT REACHED") != std::string::npos);
    BOOST_TEST(text(report).find("één|regel") != std::string::npos);
    BOOST_TEST(json(report).find("\"at_least\": 0.9") != std::string::npos);
    BOOST_TEST(json(report).find("twee \\\"regels\\\"") != std::string::npos);
    report.figures.front().value = 0.9;
    BOOST_TEST(report.reached());
}

}  // namespace raadspost::evaluate
