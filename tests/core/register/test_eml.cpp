#include "core/register/eml.hpp"

#include "core/council/table.hpp"
#include "eml_sample.hpp"
#include "sheet_sample.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;
using namespace std::chrono_literals;

namespace {

using std::chrono::February, std::chrono::January, std::chrono::March, std::chrono::November,
    std::chrono::October;

const KnownElection known[] = {
    {2014y / February / 3, 2014y / March / 19}, {2014y / February / 10, 2014y / March / 26},
    {2018y / February / 5, 2018y / March / 21}, {2022y / January / 31, 2022y / March / 16},
    {2026y / February / 2, 2026y / March / 18}, {2026y / October / 5, 2026y / November / 18}};

struct Read {
    std::vector<CouncilElection> records;
    std::vector<Problem> problems;
    EmlSummary summary;

    const Problem* find(const std::string& id) const {
        const auto found = std::ranges::find(problems, id, &Problem::id);
        return found == problems.end() ? nullptr : &*found;
    }
    std::string ids() const {
        std::string all;
        for (const Problem& each : problems) all += (all.empty() ? "" : " ") + each.id;
        return all;
    }
};

// From a buffer of exactly the input's size, so that reading beyond it is seen.
Read read_bytes(const char* bytes, std::size_t size, const std::string& name = "result.eml.xml") {
    static const CouncilIndex councils{councils_2026()};
    const auto exact = std::make_unique<char[]>(size);
    std::memcpy(exact.get(), bytes, size);
    Gathered<CouncilElection> gathered;
    const auto sink = gathered.sink();
    Read read;
    read.summary = read_eml({exact.get(), size}, name, councils, known, sink);
    read.records = std::move(gathered.records);
    read.problems = std::move(gathered.problems);
    return read;
}

Read read_text(const std::string& text, const std::string& name = "result.eml.xml") {
    return read_bytes(text.data(), text.size(), name);
}

Read read_zip(const sample::Parts& parts, const std::string& name = "all.zip") {
    const auto bytes = sample::packed(parts);
    return read_bytes(bytes.data(), bytes.size(), name);
}

std::string zip_of(const sample::Parts& parts) {
    const auto bytes = sample::packed(parts);
    return {bytes.begin(), bytes.end()};
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

const std::filesystem::path shared = std::filesystem::path{RAADSPOST_SHARED_DIR} / "data/eml";

std::string contents(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

bool absent(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) return false;
    BOOST_TEST_MESSAGE("skipped: no " << file);
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_result_is_read_whole) {
    const Read read = read_text(sample::result());
    BOOST_TEST(read.ids().empty(), read.ids());
    BOOST_REQUIRE(read.records.size() == 1u);
    const CouncilElection& election = read.records.front();
    BOOST_TEST((election.kind == CouncilElection::Kind::result));
    BOOST_TEST(election.council == "GM0397");
    BOOST_TEST(election.election == "GR2026_Heemstede");
    BOOST_TEST((election.voting_day == 2026y / March / 18));
    BOOST_TEST(election.seats.value_or(0) == 3);
    const std::vector<std::string> lists = {"Heemsteeds Voorbeeld", "Dorp & Kern"};
    BOOST_TEST(election.lists == lists, boost::test_tools::per_element());
    const std::vector<ElectedMember> members = {
        {"A.P.", "Annelies", "van der", "Have", "Heemsteeds Voorbeeld", 1, 1, true},
        {"O.F.", "", "", "Lommer", "Heemsteeds Voorbeeld", 1, 4, false},
        {"J.", "", "", "Brink", "Dorp & Kern", 3, 2, true}};
    BOOST_TEST((election.members == members));
    BOOST_TEST(read.summary.results == 1u);
}

BOOST_AUTO_TEST_CASE(a_definition_is_read_whole) {
    sample::EmlFile file{.id = "110a"};
    file.body =
        "<kr:NumberOfSeats>21</kr:NumberOfSeats><kr:RegisteredParties><kr:RegisteredParty>"
        "<kr:RegisteredAppellation>Een</kr:RegisteredAppellation></kr:RegisteredParty><kr:RegisteredParty>"
        "<kr:RegisteredAppellation>Twee</kr:RegisteredAppellation></kr:RegisteredParty></"
        "kr:RegisteredParties>";
    const Read read = read_text(sample::eml(file));
    BOOST_TEST(read.ids().empty(), read.ids());
    BOOST_REQUIRE(read.records.size() == 1u);
    BOOST_TEST((read.records[0].kind == CouncilElection::Kind::definition));
    BOOST_TEST(read.records[0].seats.value_or(0) == 21);
    BOOST_TEST(read.records[0].lists.size() == 2u);
    BOOST_TEST(read.records[0].members.empty());
}

BOOST_AUTO_TEST_CASE(prefixes_and_the_declaration_do_not_matter) {
    const std::string plain = sample::result();
    std::string prefixed = replaced(replaced(plain, "<", "<ns6:"), "<ns6:/", "</ns6:");
    for (const char* each : {"kr", "xal", "xnl"})
        prefixed = replaced(prefixed, std::string{"ns6:"} + each + ":", std::string{each} + "9:");
    prefixed = replaced(prefixed, "xmlns=", "xmlns:ns6=");
    for (const char* each : {"kr", "xal", "xnl"})
        prefixed = replaced(prefixed, std::string{"xmlns:"} + each, std::string{"xmlns:"} + each + "9");
    const std::string variants[] = {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + plain,
                                    "\xEF\xBB\xBF" + plain,
                                    "\n\n  " + plain,
                                    prefixed,
                                    "<!-- made by a tool -->" + plain,
                                    replaced(plain, "><", ">\r\n\t<")};
    const Read expected = read_text(plain);
    for (const std::string& variant : variants) {
        const Read read = read_text(variant);
        BOOST_TEST(read.ids().empty(), read.ids());
        BOOST_REQUIRE_MESSAGE(read.records.size() == 1u, variant.substr(0, 200));
        BOOST_TEST((read.records[0].members == expected.records[0].members));
    }
}

BOOST_AUTO_TEST_CASE(the_code_of_the_domain_decides) {
    sample::EmlFile file{.election = "GR2026_sGravenhage", .domain = "0518", .body = sample::three_elected()};
    BOOST_TEST(read_text(sample::eml(file)).records.at(0).council == "GM0518");
    file.election = "GR2026_Amsterdam";
    BOOST_TEST(read_text(sample::eml(file)).records.at(0).council == "GM0518");
    file.domain = "9999";
    const Read unknown = read_text(sample::eml(file));
    BOOST_TEST(unknown.records.empty());
    BOOST_REQUIRE(unknown.find("register_eml_domain"));
    BOOST_TEST(unknown.find("register_eml_domain")->found == "9999");
    BOOST_TEST(unknown.find("register_eml_domain")->place == "result.eml.xml, line 1");
    file.domain = "Heemstede";
    BOOST_TEST(read_text(sample::eml(file)).find("register_eml_domain"));
}

namespace {

struct DateCase {
    const char* name;
    const char* election;
    const char* day;
    const char* voting_day;  // "" when the file is lost
    const char* problem;
};

const DateCase dates[] = {
    {"the day itself", "GR2026_X", "2026-03-18", "2026-03-18", ""},
    {"a day beside another one that is known", "GR2014_X", "2014-03-26", "2014-03-26", ""},
    {"a reorganisation", "GR20261118_X", "2026-11-18", "2026-11-18", ""},
    {"the day of nomination, as Den Helder had it", "GR2018_X", "2018-02-05", "2018-03-21",
     "register_eml_date_other"},
    {"a day beside it", "GR2026_X", "2026-03-19", "2026-03-18", "register_eml_date_other"},
    {"no day, one election in that year", "GR2022_X", "", "2022-03-16", "register_eml_date_other"},
    {"no day, two elections in that year", "GR2026_X", "", "", "register_eml_date"},
    {"no day at all", "GR2026_X", "18 maart", "", "register_eml_date"},
    {"the thirty-first of February", "GR2022_X", "2022-02-31", "2022-03-16", "register_eml_date_other"},
    {"no election near", "GR2025_X", "2025-06-18", "", "register_eml_date"},
};

struct LostCase {
    const char* name;
    std::string text;
    const char* problem;
};

sample::EmlFile with(std::string sample::EmlFile::*member, const char* value) {
    sample::EmlFile file;
    file.body = sample::three_elected();
    file.*member = value;
    return file;
}

const LostCase lost[] = {
    {"polling stations", sample::eml(with(&sample::EmlFile::id, "110b")), "register_eml_kind"},
    {"candidates", sample::eml(with(&sample::EmlFile::id, "230b")), "register_eml_kind"},
    {"a count", sample::eml(with(&sample::EmlFile::id, "510b")), "register_eml_kind"},
    {"no kind", replaced(sample::result(), "Id=\"520\"", ""), "register_eml_kind"},
    {"the water board", sample::eml(with(&sample::EmlFile::category, "AB")), "register_eml_category"},
    {"no category", sample::eml(with(&sample::EmlFile::category, "")), "register_eml_incomplete"},
    {"no domain",
     replaced(sample::result(), "<kr:ElectionDomain Id=\"0397\">Heemstede</kr:ElectionDomain>", ""),
     "register_eml_incomplete"},
    {"a list of candidates that says it is a definition",
     replaced(replaced(sample::result(), "Result>", "CandidateList>"), "Id=\"520\"", "Id=\"110a\""),
     "register_eml_incomplete"},
    {"nobody was elected", sample::eml({}), "register_eml_incomplete"},
    {"no EML", "<html><body/></html>", "register_eml_root"},
    {"another namespace", replaced(sample::result(), "evs:schema:eml", "evs:schema:xml"),
     "register_eml_root"},
    {"cut short", sample::result().substr(0, 900), "register_truncated"},
    {"nothing", "", "register_truncated"},
    {"junk", "<Candidate>\n<Candidate>\n<Candidate>\n", "register_eml_root"},
    {"broken in the middle", replaced(sample::result(), "<Ranking>2", "<Ranking<>2"), "register_xml"},
    {"a document type", "<!DOCTYPE EML [<!ENTITY a 'b'>]>" + sample::result(), "register_doctype"},
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_wrong_date_means_the_known_election_near_it) {
    for (const DateCase& each : dates) BOOST_TEST_CONTEXT(each.name) {
            sample::EmlFile file{.election = each.election, .day = each.day, .body = sample::three_elected()};
            const Read read = read_text(sample::eml(file));
            BOOST_TEST(read.ids() == each.problem);
            BOOST_REQUIRE(read.records.size() == (*each.voting_day ? 1u : 0u));
            if (!*each.voting_day) continue;
            const auto day = read.records[0].voting_day;
            char text[16];
            std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                          static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
            BOOST_TEST(text == each.voting_day);
        }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_lost_says_why_and_the_others_are_read) {
    for (const LostCase& each : lost) BOOST_TEST_CONTEXT(each.name) {
            const Read alone = read_text(each.text);
            BOOST_TEST(alone.records.empty());
            BOOST_TEST(alone.ids() == each.problem);
            const Read among = read_zip({{"broken.eml.xml", each.text}, {"good.eml.xml", sample::result()}});
            BOOST_TEST(among.records.size() == 1u);
            BOOST_TEST(among.ids() == each.problem);
            for (const Problem& problem : among.problems)
                BOOST_TEST(problem.place.starts_with("all.zip, broken.eml.xml"), problem.place);
        }
}

BOOST_AUTO_TEST_CASE(a_place_names_file_and_line) {
    const std::string lines = replaced(sample::result(), "><", ">\n<");
    const Read read = read_text(lines.substr(0, lines.find("Lommer")));
    BOOST_REQUIRE(read.problems.size() == 1u);
    const std::string cut = lines.substr(0, lines.find("Lommer"));
    BOOST_TEST(read.problems[0].place ==
               "result.eml.xml, line " + std::to_string(1 + std::ranges::count(cut, '\n')));
}

BOOST_AUTO_TEST_CASE(what_is_odd_is_told_and_imported) {
    sample::EmlFile file;
    file.body = sample::list(5, "") + sample::elected(1, "A.", "Have") + sample::elected(2, "B.", "") +
                sample::elected(3, "C.", "Brink") + sample::elected(4, "", "Berg");
    const Read read = read_text(sample::eml(file));
    BOOST_TEST(read.ids() == "register_eml_list_unnamed register_eml_name_missing register_seats_even");
    BOOST_REQUIRE(read.records.size() == 1u);
    BOOST_TEST(read.records[0].members.size() == 4u);
    BOOST_TEST(read.records[0].members[0].list_name == "Lijst 5");
    BOOST_TEST(read.records[0].lists[0] == "Lijst 5");

    file.body = sample::elected(1, "A.", "Have");
    const Read listless = read_text(sample::eml(file));
    BOOST_TEST(listless.ids() == "register_eml_list_missing");
    BOOST_TEST(listless.records.size() == 1u);
}

BOOST_AUTO_TEST_CASE(zips_of_hundreds_and_zips_inside_zips_are_read) {
    sample::Parts parts;
    std::size_t number = 0;
    for (const Council& council : councils_2026()) {
        sample::EmlFile file{.domain = council.code.substr(2), .body = sample::three_elected()};
        const std::string name = "Resultaat_" + std::to_string(++number) + ".eml.xml";
        if (number % 2)
            parts.emplace_back(name, sample::eml(file));
        else
            parts.emplace_back("map/" + name + ".zip",
                               zip_of({{"Model_P22-2.pdf", "%PDF-1.7"},
                                       {"inner.zip", zip_of({{name, sample::eml(file)}})}}));
    }
    const Read read = read_zip(parts);
    BOOST_TEST(read.ids().empty(), read.ids().substr(0, 200));
    BOOST_TEST(read.records.size() == councils_2026().size());
    BOOST_TEST(read.summary.files == councils_2026().size());
    BOOST_TEST(read.records[1].place == "all.zip, Resultaat_2.eml.xml.zip, inner.zip, Resultaat_2.eml.xml");
}

BOOST_AUTO_TEST_CASE(one_line_of_megabytes_is_read) {
    sample::EmlFile file;
    for (int each = 0; each < 900; ++each)
        file.body += sample::list(each, std::string(3000, 'x')) + sample::elected(1, "A.", "Have");
    file.body += sample::list(1, "Dorp") + sample::elected(1, "A.", "Have");
    const std::string text = sample::eml(file);
    BOOST_TEST(text.size() > 2'000'000u);
    const Read read = read_text(text);
    BOOST_REQUIRE(read.records.size() == 1u);
    BOOST_TEST(read.records[0].members.size() == 901u);
}

BOOST_AUTO_TEST_CASE(hostile_zips_are_refused) {
    std::string nested = sample::result();
    for (int depth = 0; depth < 6; ++depth) nested = zip_of({{"in", nested}});
    const Read deep = read_text(nested, "deep.zip");
    BOOST_TEST(deep.ids() == "register_too_deep");

    const Read bomb = read_zip({{"a.eml.xml", std::string(40'000'000, ' ')}});
    BOOST_TEST(bomb.ids() == "register_zip_bomb");

    std::string damaged = zip_of({{"a.eml.xml", sample::result()}});
    const Read cut = read_text(damaged.substr(0, damaged.size() / 2), "cut.zip");
    BOOST_TEST(cut.ids() == "register_zip_damaged");
    BOOST_TEST(cut.problems[0].place == "cut.zip");

    sample::Parts many, three;
    for (int each = 0; each < 3000; ++each) many.emplace_back(std::to_string(each), "");
    const std::string inner = zip_of(many);
    for (const char* name : {"a", "b", "c"}) three.emplace_back(name, inner);
    BOOST_TEST(read_zip(three).ids() == "register_too_many");

    sample::EmlFile file;
    for (int each = 0; each < 1100; ++each) file.body += sample::elected(1, "A.", "Have");
    BOOST_TEST(read_text(sample::eml(file)).find("register_eml_incomplete"));
}

BOOST_AUTO_TEST_CASE(real_results_are_read) {
    if (absent(shared)) return;
    struct Expected {
        const char* file;
        const char* council;
        std::size_t members;
        const char* problems;
    };
    const Expected expected[] = {
        {"Resultaat_GR2014_Heemstede", "GM0397", 21, ""},
        {"Resultaat_GR2018_DenHelder", "GM0400", 31, "register_eml_date_other"},
        {"Resultaat_GR2018_Heemstede", "GM0397", 21, ""},
        {"Resultaat_GR2022_Bergen_L", "GM0893", 15, ""},
        {"Resultaat_GR2022_Bergen_NH", "GM0373", 21, ""},
        {"Resultaat_GR2022_Hengelo_O", "GM0164", 37, ""},
        {"Resultaat_GR2022_SudwestFryslan", "GM1900", 37, ""},
        {"Resultaat_GR2022_sGravenhage", "GM0518", 45, ""},
        {"Resultaat_GR2022_sHertogenbosch", "GM0796", 39, ""},
    };
    for (const Expected& each : expected) BOOST_TEST_CONTEXT(each.file) {
            const Read read =
                read_text(contents(shared / "resultaat_520" / (std::string{each.file} + ".eml.xml")));
            BOOST_TEST(read.ids() == each.problems);
            BOOST_REQUIRE(read.records.size() == 1u);
            BOOST_TEST(read.records[0].council == each.council);
            BOOST_TEST(read.records[0].members.size() == each.members);
        }
    const Read definition =
        read_text(contents(shared / "definitie_110/Verkiezingsdefinitie_GR2026_Stadskanaal.eml.xml"));
    BOOST_REQUIRE(definition.records.size() == 1u);
    BOOST_TEST(definition.records[0].seats.value_or(0) == 23);
    BOOST_TEST(definition.records[0].lists.size() == 10u);
    BOOST_TEST(definition.ids().empty());
}

BOOST_AUTO_TEST_CASE(every_real_file_is_read_or_says_why_not) {
    if (absent(shared)) return;
    sample::Parts parts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{shared})
        if (entry.path().extension() == ".xml")
            parts.emplace_back(entry.path().filename().string(), contents(entry.path()));
    const Read read = read_zip(parts);
    BOOST_TEST(read.summary.files == parts.size());
    BOOST_TEST(read.summary.results == 18u);
    BOOST_TEST(read.summary.definitions == 1u);
    std::size_t warnings = 0;
    for (const Problem& problem : read.problems)
        warnings += problem.id == "register_eml_date_other" || problem.id == "register_eml_list_unnamed";
    BOOST_TEST(read.problems.size() - warnings == parts.size() - read.records.size());
}

BOOST_AUTO_TEST_CASE(who_returned_to_a_real_council) {
    if (absent(shared)) return;
    const auto names_of = [](const char* file) {
        const Read read = read_text(contents(shared / "resultaat_520" / file));
        std::vector<std::string> names;
        for (const ElectedMember& member : read.records.at(0).members) names.push_back(name_key(member));
        return names;
    };
    const auto in_2018 = names_of("Resultaat_GR2018_Heemstede.eml.xml");
    const auto in_2022 = names_of("Resultaat_GR2022_Heemstede.eml.xml");
    const Renewal renewal = renewal_of(in_2022, in_2018);
    BOOST_TEST(renewal.new_count() == 14);  // counted by hand
}
