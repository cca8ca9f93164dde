#include "core/register/roo.hpp"

#include "core/council/table.hpp"
#include "roo_sample.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;
using namespace std::chrono_literals;

namespace {

constexpr auto today = 2026y / std::chrono::November / 20;

struct Read {
    std::vector<RooCouncil> councils;
    std::vector<Problem> problems;
    RooSummary summary;

    bool has(const std::string& id) const { return find(id) != nullptr; }
    const Problem* find(const std::string& id) const {
        const auto found = std::ranges::find(problems, id, &Problem::id);
        return found == problems.end() ? nullptr : &*found;
    }
};

template <class Reader>
Read read_stream(Reader reader, std::istream& in) {
    Gathered<RooCouncil> gathered;
    const auto sink = gathered.sink();
    Read read;
    read.summary = reader(in, today, sink);
    read.councils = std::move(gathered.records);
    read.problems = std::move(gathered.problems);
    return read;
}

Read read_xml(const std::string& text) {
    std::istringstream in{text};
    return read_stream(read_roo_xml, in);
}

const std::filesystem::path shared = std::filesystem::path{RAADSPOST_SHARED_DIR} / "data/roo";

bool absent(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) return false;
    BOOST_TEST_MESSAGE("skipped: no " << file);
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_municipality_is_read_whole) {
    const auto read = read_xml(sample::xml_export(sample::municipality(
        "0397", "Heemstede",
        "<p:adressen><p:adres><p:adresType>Bezoekadres</p:adresType><p:openbareRuimte>Voorbeeldplein</"
        "p:openbareRuimte>"
        "<p:huisnummer>1</p:huisnummer><p:toevoeging>A</p:toevoeging><p:postcode>2101ha</p:postcode>"
        "<p:woonplaats>HEEMSTEDE</p:woonplaats><p:provincie>https://identifier.overheid.nl/tooi/id/provincie/"
        "pv27"
        "</p:provincie><p:centroide p:lon=\"4,61\" p:lat=\"52.34\"/></p:adres>"
        "<p:adres><p:type>Postadres</p:type><p:postbus>9</p:postbus><p:postcode>2100 AJ</p:postcode>"
        "<p:plaats>HEEMSTEDE</p:plaats></p:adres></p:adressen>"
        "<p:contact><p:telefoonnummers><p:telefoonnummer><p:nummer>14 "
        "023</p:nummer><p:label>algemeen</p:label>"
        "</p:telefoonnummer></p:telefoonnummers><p:emailadressen><p:emailadres><p:email>loket@heemstede.nl</"
        "p:email>"
        "<p:label>Omgevingsloket</p:label></p:emailadres><p:emailadres><p:email>Post@Heemstede.nl</p:email>"
        "<p:label>algemeen</p:label></p:emailadres></p:emailadressen><p:internetadressen><p:internetadres>"
        "<p:url>https://www.heemstede.nl</p:url></p:internetadres></p:internetadressen></p:contact>"
        "<p:geografie><p:aantalInwoners>27556</p:aantalInwoners><p:bevatPlaatsen>Heemstede, Ander "
        "dorp</p:bevatPlaatsen>"
        "</p:geografie><p:raad><p:totaalZetels>21</p:totaalZetels><p:partijen><p:partij><p:naam>Lijst A "
        "&amp; B</p:naam>"
        "<p:aantalZetels>12</p:aantalZetels></p:partij><p:partij><p:naam>Lijst "
        "C</p:naam><p:aantalZetels>9</p:aantalZetels>"
        "</p:partij></p:partijen></p:raad><p:functies>" +
            sample::official("Mw. drs. A. Voorbeeld", "Raadsgriffier",
                             "<p:contact><p:emailadressen><p:emailadres><p:email>Griffie@Heemstede.nl</"
                             "p:email></p:emailadres></p:emailadressen>"
                             "</p:contact>") +
            "</p:functies><p:identificatiecodes><p:resourceIdentifier p:naam=\"KVK-nummer\">12345678"
            "</p:resourceIdentifier><p:resourceIdentifier "
            "p:naam=\"OIN\">0001</p:resourceIdentifier><p:resourceIdentifier "
            "p:naam=\"rsin\">001</p:resourceIdentifier></p:identificatiecodes>")));
    BOOST_TEST(read.problems.empty());
    BOOST_TEST(read.summary.complete);
    BOOST_TEST(read.summary.version == "2.6.9");
    BOOST_REQUIRE(read.councils.size() == 1u);
    const RooCouncil& council = read.councils[0];
    BOOST_TEST(council.code == "GM0397");
    BOOST_TEST(council.name == "Heemstede");
    BOOST_TEST(council.official_name == "Gemeente Heemstede");
    BOOST_TEST(council.province == "NL-NH");
    BOOST_TEST((council.visiting_address == Address{"Voorbeeldplein", "1 A", "", "2101 HA", "HEEMSTEDE"}));
    BOOST_TEST((council.postal_address == Address{"", "", "9", "2100 AJ", "HEEMSTEDE"}));
    BOOST_TEST((council.coordinates == Coordinates{4.61, 52.34}));
    BOOST_TEST(council.telephone == "14 023");
    BOOST_TEST(council.general_email == "post@heemstede.nl");
    BOOST_TEST(council.griffie_email == "griffie@heemstede.nl");
    BOOST_TEST(council.griffier == "Mw. drs. A. Voorbeeld");
    BOOST_TEST(council.inhabitants.value_or(0) == 27'556);
    BOOST_TEST(council.places.size() == 2u);
    BOOST_REQUIRE(council.parties.size() == 2u);
    BOOST_TEST(council.parties[0].party == "Lijst A & B");
    BOOST_TEST(council.kvk == "12345678");
    BOOST_TEST(council.line == 4u);
    const Keyed record = keyed(council);
    BOOST_TEST(record.key == "GM0397");
    BOOST_TEST(record.fields.at("seats") == "21");
    BOOST_TEST(!record.fields.contains("roo_nothing"));
}

BOOST_AUTO_TEST_CASE(every_version_is_read_by_local_name) {
    for (const char* version : {"2.4.9", "2.5.0", "2.6.1", "2.6.3", "2.6.9", "2.6.13", "2.7"})
        BOOST_TEST_CONTEXT(version) {
            const auto read =
                read_xml(sample::xml_export(sample::municipality("0397", "Heemstede"), version));
            BOOST_TEST(read.councils.size() == 1u);
            BOOST_TEST(read.summary.version == version);
        }
    std::string other_prefix = sample::xml_export(sample::municipality("0397", "Heemstede"));
    for (auto at = other_prefix.find("p:"); at != std::string::npos; at = other_prefix.find("p:", at + 3))
        if (other_prefix.compare(at - 3, 3, "htt") != 0) other_prefix.replace(at, 2, "oo:");
    other_prefix.replace(other_prefix.find("xmlns:p="), 8, "xmlns:oo=");
    BOOST_TEST(read_xml(other_prefix).councils.size() == 1u);
    const auto old = read_xml(
        "<p:overheidsorganisaties "
        "xmlns:p='https://almanak.overheid.nl/static/schema/oo/export/2.4.6'><p:gemeenten>"
        "<p:gemeente><p:naam>Heemstede</p:naam><p:totaalZetels>21</"
        "p:totaalZetels><p:zetels><p:zetel><p:partij>Lijst A"
        "</p:partij><p:aantal>21</p:aantal></p:zetel></p:zetels><p:ictuCode><p:ictuCode>00397</p:ictuCode></"
        "p:ictuCode>"
        "</p:gemeente></p:gemeenten></p:overheidsorganisaties>");
    BOOST_REQUIRE(old.councils.size() == 1u);
    BOOST_TEST(old.councils[0].code == "GM0397");
    BOOST_TEST(old.councils[0].seats.value_or(0) == 21);
}

BOOST_AUTO_TEST_CASE(only_functions_of_the_municipality_itself_count) {
    const auto griffier_of = [](const std::string& functions) {
        const auto read = read_xml(sample::xml_export(sample::municipality("0397", "Heemstede", functions)));
        return read.councils.empty() ? std::string{"?"} : read.councils[0].griffier;
    };
    const auto registrar = sample::official("A", "Raadsgriffier"), deputy = sample::official("B", "Griffier");
    BOOST_TEST(griffier_of("<p:functies>" + deputy + registrar + "</p:functies>") == "A");
    BOOST_TEST(griffier_of("<p:functies>" + registrar + deputy + "</p:functies>") == "A");
    BOOST_TEST(griffier_of("<p:functies>" + deputy + "</p:functies>") == "B");
    BOOST_TEST(griffier_of("<p:bestuursorganen><p:bestuursorgaan><p:functies>" + registrar +
                           "</p:functies></p:bestuursorgaan></p:bestuursorganen>") == "");
    BOOST_TEST(griffier_of("<p:organisaties><p:organisatie><p:functies>" + registrar +
                           "</p:functies></p:organisatie></p:organisaties>") == "");
    BOOST_TEST(griffier_of("<p:functies>" +
                           sample::official("C", "Raadsgriffier", "<p:eindDatum>2026-01-01</p:eindDatum>") +
                           registrar + "</p:functies>") == "A");
    // The name of the function behind its people: the schema does not forbid it in later versions.
    BOOST_TEST(
        griffier_of("<p:functies><p:functie><p:medewerkers><p:medewerker><p:naam>D</p:naam></p:medewerker>"
                    "</p:medewerkers><p:naam>Raadsgriffier</p:naam></p:functie></p:functies>") == "D");
}

BOOST_AUTO_TEST_CASE(ended_ones_tell_their_end_and_other_organisations_are_left_out) {
    const auto read = read_xml(sample::xml_export(
        sample::municipality("0457", "Weesp", "<p:eindDatum>2022-03-24</p:eindDatum>") +
        sample::municipality("1696", "Wijdemeren", "<p:eindDatum>2027-01-01</p:eindDatum>") +
        sample::municipality(
            "0397", "Heemstede",
            "<p:organisaties>" + sample::municipality("0398", "Afdeling") + "</p:organisaties>") +
        "<p:organisatie><p:naam>Ministerie van "
        "Voorbeeld</p:naam><p:types><p:type>Ministerie</p:type></p:types>"
        "</p:organisatie>"));
    BOOST_REQUIRE(read.councils.size() == 3u);
    const std::map<std::string, std::string> weesp{{"active_to", "2022-03-23"}, {"successor", "GM0363"}};
    BOOST_TEST((ending_of(read.councils[0]).fields == weesp));
    const std::map<std::string, std::string> wijdemeren{{"active_to", "2026-12-31"}, {"successor", "GM0402"}};
    BOOST_TEST((ending_of(read.councils[1]).fields == wijdemeren));
    BOOST_TEST(read.councils[2].name == "Heemstede");
    BOOST_TEST(ending_of(read.councils[2]).fields.empty());
    BOOST_TEST(read.summary.organisations == 4u);
    BOOST_TEST(read.summary.ended == 1u);
}

BOOST_AUTO_TEST_CASE(bad_input_is_told_with_its_line_and_the_rest_is_read) {
    const auto good = sample::municipality("0397", "Heemstede");
    struct Row {
        std::string what, text, id, place;
        std::size_t councils;
    };
    const std::string whole = sample::xml_export(good + sample::municipality("0473", "Zandvoort"));
    const std::vector<Row> rows = {
        {"cut in the second record", whole.substr(0, whole.find("Zandvoort")), "register_truncated", "line 9",
         1},
        {"cut in a tag", whole.substr(0, whole.find("</p:organisaties>") + 5), "register_truncated",
         "line 12", 2},
        {"empty", "", "register_truncated", "line 1", 0},
        {"no XML", "code;name\r\nGM0397;Heemstede\r\n", "register_xml", "line 1", 0},
        {"broken in between", sample::xml_export(good + "<p:x></p:y>" + good), "register_xml", "line 8", 1},
        {"another namespace", "<p:overheidsorganisaties xmlns:p='https://example.test/'/>",
         "register_namespace", "line 1", 0},
        {"no namespace", "<overheidsorganisaties/>", "register_namespace", "line 1", 0},
        {"another document", "\n<EML Id='520'/>", "register_not_roo", "line 2", 0},
        {"document type",
         "<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n" + whole.substr(whole.find("<p:")),
         "register_doctype", "line 1", 0},
        {"undeclared entity", sample::xml_export("<p:organisatie>&bomb;</p:organisatie>"), "register_xml",
         "line 4", 0},
        {"bytes of another encoding",
         sample::xml_export(sample::municipality("0397",
                                                 "S\xFA"
                                                 "dwest")),
         "register_xml", "line 5", 0},
        {"too deep", sample::xml_export([] {
             std::string deep;
             for (int i = 0; i < 100; ++i) deep += "<p:organisatie>";
             return deep;
         }()),
         "register_too_deep", "line 4", 0},
        {"twice", sample::xml_export(good + good), "register_duplicate", "line 8, GM0397", 1},
        {"no code",
         sample::xml_export("<p:organisatie><p:naam>X</p:naam><p:types><p:type>Gemeente</p:type></p:types>"
                            "</p:organisatie>" +
                            good),
         "register_code_missing", "line 4", 1},
        {"unknown code", sample::xml_export(sample::municipality("9999", "Nieuwland")),
         "register_code_unknown", "line 4, GM9999", 1},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.what) {
            const auto read = read_xml(row.text);
            BOOST_TEST(read.councils.size() == row.councils);
            const Problem* problem = read.find(row.id);
            BOOST_REQUIRE(problem != nullptr);
            BOOST_TEST(problem->place == row.place);
            BOOST_TEST(!problem->text.empty());
        }
}

BOOST_AUTO_TEST_CASE(other_encodings_and_a_byte_order_mark_are_read) {
    const std::string text = sample::xml_export(sample::municipality("1900",
                                                                     "S\xFA"
                                                                     "dwest-Frysl\xE2n"));
    for (const char* encoding : {"windows-1252", "Windows-1252", "ISO-8859-1"}) {
        std::string encoded = text;
        encoded.replace(encoded.find("UTF-8"), 5, encoding);
        const auto read = read_xml(encoded);
        BOOST_REQUIRE(read.councils.size() == 1u);
        BOOST_TEST(read.councils[0].name == "Súdwest-Fryslân");
    }
    BOOST_TEST(read_xml("\xEF\xBB\xBF" + sample::xml_export(sample::municipality("0397", "Heemstede")))
                   .councils.size() == 1u);
    std::string unknown = text;
    unknown.replace(unknown.find("UTF-8"), 5, "EBCDIC-X");
    BOOST_TEST(read_xml(unknown).has("register_encoding"));
}

BOOST_AUTO_TEST_CASE(what_looks_wrong_is_warned_of) {
    struct Row {
        std::string id, inside;
    };
    const auto seats = [](const std::string& total, const std::string& of_party) {
        return "<p:geografie><p:aantalInwoners>27556</p:aantalInwoners></"
               "p:geografie><p:raad><p:totaalZetels>" +
               total + "</p:totaalZetels><p:partijen><p:partij><p:naam>A</p:naam><p:aantalZetels>" +
               of_party + "</p:aantalZetels></p:partij></p:partijen></p:raad>";
    };
    const std::vector<Row> rows = {
        {"register_seats_even", seats("20", "20")},
        {"register_seats_sum", seats("21", "20")},
        {"register_seats_statutory", seats("19", "19")},
        {"register_no_postal_address", ""},
        {"register_no_mailbox", ""},
        {"register_domains_differ",
         "<p:contact><p:emailadressen><p:emailadres><p:email>a@x.example</p:email></p:emailadres></"
         "p:emailadressen>"
         "<p:internetadressen><p:internetadres><p:url>https://y.example</p:url></p:internetadres></"
         "p:internetadressen>"
         "</p:contact>"},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.id) {
            const auto read =
                read_xml(sample::xml_export(sample::municipality("0397", "Heemstede", row.inside)));
            BOOST_TEST(read.councils.size() == 1u);
            BOOST_REQUIRE(read.has(row.id));
            BOOST_TEST(read.find(row.id)->place == "line 4, GM0397");
        }
    const auto right =
        read_xml(sample::xml_export(sample::municipality("0397", "Heemstede", seats("21", "21"))));
    for (const char* id : {"register_seats_even", "register_seats_sum", "register_seats_statutory"})
        BOOST_TEST(!right.has(id));
}

BOOST_AUTO_TEST_CASE(a_file_of_only_broken_records_does_not_fill_memory) {
    std::string many;
    for (int i = 0; i < 5'000; ++i)
        many += "<p:organisatie><p:types><p:type>Gemeente</p:type></p:types></p:organisatie>\n";
    const auto read = read_xml(sample::xml_export(many));
    BOOST_TEST(read.problems.size() == max_problems);
    BOOST_TEST(read.problems.back().id == "register_too_many_problems");
    const auto long_text = read_xml(sample::xml_export(sample::municipality(
        "0397", "Heemstede", "<p:beschrijving>" + std::string(2'000'000, 'x') + "</p:beschrijving>")));
    BOOST_TEST(long_text.has("register_too_long"));
    BOOST_TEST(long_text.councils.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_reconstructed_export_is_read) {
    const auto file = shared / "roo_export_2.6.9_reconstructed.xml";
    if (absent(file)) return;
    std::ifstream in{file, std::ios::binary};
    const auto read = read_stream(read_roo_xml, in);
    BOOST_TEST(read.summary.complete);
    BOOST_REQUIRE(read.councils.size() == 5u);
    BOOST_TEST(read.summary.councils == 4u);
    BOOST_TEST(read.summary.ended == 1u);
    BOOST_TEST(read.councils[0].code == "GM0397");
    BOOST_TEST(read.councils[0].griffie_email == "griffie@heemstede.nl");
    BOOST_TEST(read.councils[0].griffier.ends_with("Testgriffier"));
    BOOST_TEST(read.councils[0].kvk == "34381346");
    BOOST_TEST(read.councils[1].griffie_email == "");
    BOOST_TEST(read.has("register_seats_even"));
}

BOOST_AUTO_TEST_CASE(the_real_csv_export_is_read) {
    const auto file = shared / "Gemeenten_ROO_2026-01.csv";
    if (absent(file)) return;
    std::ifstream in{file, std::ios::binary};
    const auto read = read_stream(read_roo_csv, in);
    BOOST_REQUIRE(read.councils.size() == 342u);
    std::size_t parties = 0, addresses = 0, mailboxes = 0, provinces_known = 0, seats = 0, points = 0;
    for (const RooCouncil& council : read.councils) BOOST_TEST_CONTEXT(council.code) {
            const Council* known = find_council_2026(council.code);
            BOOST_REQUIRE(known != nullptr);
            provinces_known += council.province == known->province;
            parties += !council.parties.empty();
            addresses += !council.postal_address.empty();
            mailboxes += !council.general_email.empty();
            seats += council.seats.has_value();
            points += council.coordinates.has_value();
            BOOST_TEST(!council.website.empty());
        }
    BOOST_TEST_MESSAGE("real CSV: " << provinces_known << " provinces, " << parties << " with parties, "
                                    << addresses << " postal addresses, " << mailboxes << " mailboxes, "
                                    << seats << " seats, " << points << " coordinates, "
                                    << read.problems.size() << " warnings");
    BOOST_TEST(provinces_known >= 335u);
    BOOST_TEST(mailboxes == 324u);
    BOOST_TEST(parties >= 335u);
    BOOST_TEST(addresses == 342u);
    BOOST_TEST(!read.has("register_more_cells"));
}

BOOST_AUTO_TEST_CASE(griffiers_are_found_among_the_employees) {
    const std::string header =
        "\"Organisatie (onderdeel)\";\"Naam\";\"Functie\";\"Resource identifier v4.0 "
        "organisatie\";\"Resource identifier v5.0 "
        "organisatie\";\"Actieve beheerder ROO\"\r\n";
    const std::string uri = "\"x\";\"https://identifier.overheid.nl/tooi/id/gemeente/gm0397\";\"Ja\"\r\n";
    std::istringstream in{header + "\"G\";\"A\";\"Griffier\";" + uri + "\"G\";\"B\";\"Raadsgriffier\";" +
                          uri + "\"G\";\"C\";\"Raadslid\";" + uri +
                          "\"G\";\"D\";\"Raadsgriffier\";\"x\";\"\";\"Ja\"\r\n"};
    Gathered<RooEmployee> gathered;
    const auto sink = gathered.sink();
    read_roo_employees_csv(in, sink);
    BOOST_REQUIRE(gathered.records.size() == 1u);
    BOOST_TEST(gathered.records[0].name == "B");
    BOOST_TEST(gathered.records[0].code == "GM0397");
    BOOST_REQUIRE(gathered.problems.size() == 1u);
    BOOST_TEST(gathered.problems[0].place == "line 5");

    const auto file = shared / "medewerkers_Gemeenten_excerpt_pseudonymised.csv";
    if (absent(file)) return;
    std::ifstream real{file, std::ios::binary};
    Gathered<RooEmployee> found;
    const auto real_sink = found.sink();
    read_roo_employees_csv(real, real_sink);
    BOOST_TEST_MESSAGE("excerpt: " << found.records.size() << " griffiers");
    BOOST_TEST(!found.records.empty());
    BOOST_TEST(found.problems.empty());
}
