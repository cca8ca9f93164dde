#include "core/register/mapping.hpp"

#include "core/council/table.hpp"
#include "core/register/values.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;

namespace {

const CouncilIndex& councils() {
    static const CouncilIndex index{councils_2026()};
    return index;
}

struct Imported {
    Mapping mapping;
    std::vector<Keyed> records;
    std::vector<Problem> refused, oddities;
};

Imported imported(TableKind kind, const std::string& text) {
    const Table table = table_of(text);
    Imported all;
    all.mapping = propose_mapping(kind, table.header, table.rows);
    for (const TableRow& row : table.rows) {
        auto record = read_row(kind, all.mapping, row, councils(), all.oddities);
        if (record)
            all.records.push_back(*record);
        else
            all.refused.push_back(record.problem());
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(mailboxes_in_cells) {
    const std::pair<const char*, const char*> cells[] = {
        {"d'artagnan@heemstede.example", "d'artagnan@heemstede.example"},
        {"'griffie@heemstede.example'", "griffie@heemstede.example"},
        {"'griffie@heemstede.example", "griffie@heemstede.example"},
        {"Griffie <GRIFFIE@Heemstede.Example.>", "griffie@heemstede.example"},
        {"mailto:griffie@heemstede.example", "griffie@heemstede.example"},
        {"*@heemstede.example", ""},
        {"geen", ""}};
    for (const auto& [cell, mailbox] : cells)
        BOOST_TEST(mailbox_in(cell).value_or("") == mailbox, cell << ": " << mailbox_in(cell).value_or(""));
}

BOOST_AUTO_TEST_CASE(words_of_newsletter_tools) {
    const std::pair<const char*, const char*> words[] = {
        {"Opt-out", "opted_out"},       {"unsubscribe", "opted_out"},   {"Unsubscribed", "opted_out"},
        {"afmelding", "opted_out"},     {"wil geen post", "opted_out"}, {"heeft zich afgemeld", "opted_out"},
        {"uitgeschreven", "opted_out"}, {"niet afgemeld", ""},          {"not unsubscribed", ""},
        {"afgeleverd", "delivered"},    {"geopend", "delivered"},       {"opened", "delivered"},
        {"not delivered", "bounced"},   {"Niet afgeleverd", "bounced"}, {"niet bezorgd", "bounced"},
        {"not opened", "sent"},         {"niet geopend", "sent"},       {"niet verzonden", ""},
        {"verzonden", "sent"},          {"Hard bounce", "bounced"}};
    for (const auto& [word, status] : words)
        BOOST_TEST(value_of("status", word).value_or("") == status,
                   word << ": " << value_of("status", word).value_or(""));
}

BOOST_AUTO_TEST_CASE(columns_of_any_name_are_proposed) {
    struct Row {
        TableKind kind;
        std::string text;
        Mapping mapping;
    };
    using enum TableKind;
    const std::vector<Row> rows = {
        {griffie_addresses,
         "Gemeente;E-mail griffie;Griffier;Tel.\nHeemstede;a@heemstede.nl;B;1",
         {"council", "email", "griffier", "telephone"}},
        {griffie_addresses,
         "Gemeentenaam,Gemeentecode,Emailadres\nHeemstede,0397,a@x.example",
         {"", "council", "email"}},
        {griffie_addresses,
         "Municipality;E-mail address;Registrar\nHeemstede;a@x.example;B",
         {"council", "email", "griffier"}},
        {griffie_addresses, "a;b\nGM0397;a@x.example\nGM0473;b@x.example", {"council", "email"}},
        {griffie_addresses, "Mail;Mailbox\n18-03-2026;a@x.example", {"", "email"}},
        {griffie_addresses,
         "CBS-code;Straat;Huisnr.;PC;Woonplaats;E-mail (griffie)\n0397;P;1;2101 HA;H;a@x.example",
         {"council", "street", "house_number", "postcode", "place", "email"}},
        {meeting_places,
         "cbs_code,gemeente,stembureau_id,naam,postcode,soort\nGM0397,Heemstede,1,De Spil,2101 HA,MFA",
         {"council", "", "source_id", "name", "postcode", "kind"}},
        {meeting_places,
         "Naam locatie;Type;Plaats;Breedtegraad;Lengtegraad;Beheerder;Noodsteunpunt\nA;MFA;H;52,3;4,6;S;ja",
         {"name", "kind", "place", "latitude", "longitude", "operated_by", "emergency_point"}},
        {past_mailings,
         "E-mailadres;Verzonden op;Onderwerp;Status\na@x.example;16-06-2025;Oproep;verzonden",
         {"email", "date", "subject", "status"}},
        {opt_outs,
         "Email Address,Unsubscribed at,Reason\na@x.example,2026-01-02,none",
         {"email", "date", "reason"}},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.text) {
            const Table table = table_of(row.text);
            BOOST_TEST(propose_mapping(row.kind, table.header, table.rows) == row.mapping,
                       boost::test_tools::per_element());
            BOOST_TEST(check_mapping(row.kind, row.mapping).empty());
        }
}

BOOST_AUTO_TEST_CASE(an_unusable_mapping_is_told_before_reading) {
    using enum TableKind;
    BOOST_TEST(check_mapping(griffie_addresses, {"council", ""}).size() == 1u);
    BOOST_TEST(check_mapping(meeting_places, {"kind"}).size() == 1u);
    BOOST_TEST(check_mapping(past_mailings, {"subject"}).size() == 2u);
    BOOST_TEST(check_mapping(opt_outs, {"email", "email"}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(griffie_rows_become_records_or_a_clear_problem) {
    const auto all = imported(TableKind::griffie_addresses,
                              "Gemeente;E-mail;Griffier;Postcode\n"
                              "Gemeente Heemstede;Griffie <Griffie@Heemstede.nl>;Mw. A;2101ha\n"
                              "'s-Gravenhage;mailto:griffie@denhaag.example;;\n"
                              "Bergen;griffie@x.example;;\n"
                              "Atlantis;griffie@y.example;;\n"
                              "Zandvoort;geen;;\n"
                              "Zandvoort;;;\n"
                              ";griffie@zandvoort.nl;;\n"
                              "Hilversum;a@hilversum.nl, b@hilversum.nl;;99\n");
    BOOST_REQUIRE(all.records.size() == 4u);
    BOOST_TEST(all.records[0].key == "GM0397");
    BOOST_TEST(all.records[0].fields.at("email") == "griffie@heemstede.nl");
    BOOST_TEST(all.records[0].fields.at("postcode") == "2101 HA");
    BOOST_TEST(all.records[0].place == "line 2");
    BOOST_TEST(all.records[1].key == "GM0518");
    BOOST_TEST(all.records[1].fields.at("email") == "griffie@denhaag.example");
    BOOST_TEST(all.records[2].key == "GM0473");
    BOOST_TEST(all.records[3].fields.at("email") == "a@hilversum.nl");
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"register_council_ambiguous", "line 4"},
        {"register_council_unknown", "line 5"},
        {"register_mailbox", "line 6"},
        {"register_mailbox_missing", "line 7"}};
    BOOST_REQUIRE(all.refused.size() == refused.size());
    for (std::size_t i = 0; i < refused.size(); ++i) {
        BOOST_TEST(all.refused[i].id == refused[i].first);
        BOOST_TEST(all.refused[i].place == refused[i].second);
    }
    BOOST_TEST(all.refused[0].text.find("GM0373 or GM0893") != std::string::npos);
    BOOST_REQUIRE(all.oddities.size() == 2u);
    BOOST_TEST(all.oddities[0].id == "register_value");
    BOOST_TEST(all.oddities[1].id == "register_several_mailboxes");
}

BOOST_AUTO_TEST_CASE(meeting_places_are_read_with_dutch_decimals) {
    const auto all = imported(
        TableKind::meeting_places,
        "Naam;Soort;Adres;Postcode;Plaats;Lat;Lon;Rolstoel;Status;Noodsteunpunt\n"
        "De Schakel;dorpshuis;1e Dorpsstraat 12 a;2101ha;Heemstede;52,3465;4,6193;beperkt;bedreigd;Ja\n"
        "MFA De Spil;;Plein;;Zandvoort;4,5;52,3;;;\n"
        ";MFA;;;;;;;;\n");
    BOOST_REQUIRE(all.records.size() == 2u);
    const auto& fields = all.records[0].fields;
    BOOST_TEST(fields.at("kind") == "dorpshuis");
    BOOST_TEST(fields.at("street") == "1e Dorpsstraat");
    BOOST_TEST(fields.at("house_number") == "12 a");
    BOOST_TEST(fields.at("latitude") == "52.3465");
    BOOST_TEST(fields.at("wheelchair") == "limited");
    BOOST_TEST(fields.at("place_status") == "threatened");
    BOOST_TEST(fields.at("emergency_point") == "1");
    BOOST_TEST(fields.at("council") == "GM0397");
    BOOST_TEST(all.records[0].key == "2101HA/schakel");
    BOOST_TEST(all.records[1].fields.at("kind") == "mfa");
    BOOST_TEST(!all.records[1].fields.contains("latitude"));  // swapped: told, not guessed
    BOOST_TEST(all.oddities.size() == 2u);
    BOOST_REQUIRE(all.refused.size() == 1u);
    BOOST_TEST(all.refused[0].id == "register_name_missing");
}

BOOST_AUTO_TEST_CASE(the_past_is_read) {
    const auto all =
        imported(TableKind::past_mailings,
                 "Gemeente;E-mail;Datum;Onderwerp;Status;Uitkomst\n"
                 "Heemstede;;16 juni 2025;Oproep dorpen;Verzonden;Geplaatst op lijst ingekomen stukken\n"
                 ";a@x.example;45824;Oproep;Hard bounce;\n"
                 "Heemstede;;morgen;Oproep;;\n"
                 "Heemstede;;2025-06-16;Oproep;zwevend;\n");
    BOOST_REQUIRE(all.records.size() == 3u);
    BOOST_TEST(all.records[0].key == "GM0397 2025-06-16 Oproep dorpen");
    BOOST_TEST(all.records[0].fields.at("status") == "sent");
    BOOST_TEST(all.records[0].fields.at("outcome") == "listed");
    BOOST_TEST(all.records[1].key == "a@x.example 2025-06-16 Oproep");
    BOOST_TEST(all.records[1].fields.at("status") == "bounced");
    BOOST_TEST(all.records[2].fields.at("status_as_written") == "zwevend");
    BOOST_REQUIRE(all.refused.size() == 1u);
    BOOST_TEST(all.refused[0].id == "register_date");
    BOOST_TEST(all.refused[0].place == "line 4");
    const auto opted = imported(TableKind::opt_outs, "E-mail;Reden\nA@X.example;wil niet\nniemand;\n");
    BOOST_REQUIRE(opted.records.size() == 1u);
    BOOST_TEST(opted.records[0].key == "a@x.example");
    BOOST_TEST(opted.refused.size() == 1u);
}

BOOST_AUTO_TEST_CASE(dates_are_read_as_people_write_them) {
    for (const char* text : {"2026-03-18", "18-03-2026", "18/3/2026", "18.3.26", "20260318",
                             "2026-03-18T09:00:00", "2026-03-18 09:00", "18 maart 2026", "18 mrt. 2026",
                             "wo 18 maart 2026", "Woensdag 18-03-2026", "46099", "46099,5"})
        BOOST_TEST_CONTEXT(text) BOOST_TEST(date_of(text).value_or("none") == "2026-03-18");
    for (const char* wrong : {"", "morgen", "31-02-2026", "2026", "18-03", "18 voorbeeld 2026", "99999999",
                              "1", "-5", "123456789012345678901234567890", "18-03-3026"})
        BOOST_TEST_CONTEXT(wrong) BOOST_TEST(date_of(wrong).value_or("none") == "none");
}

BOOST_AUTO_TEST_CASE(real_polling_stations_are_read_as_meeting_places) {
    const std::filesystem::path file = std::filesystem::path{RAADSPOST_SHARED_DIR} /
                                       "data/osm/ontmoetingsplekken_uit_stembureaus_GR2022.csv";
    if (!std::filesystem::exists(file)) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        return;
    }
    std::ifstream in{file, std::ios::binary};
    const auto all = imported(TableKind::meeting_places, {std::istreambuf_iterator<char>{in}, {}});
    BOOST_TEST(all.records.size() == 1'660u);
    BOOST_TEST(all.refused.empty());
    std::vector<std::string> keys;
    std::size_t with_kind = 0;
    for (const Keyed& record : all.records) {
        keys.push_back(record.key);
        with_kind += !record.fields.at("kind").empty();
    }
    std::ranges::sort(keys);
    const auto unique = static_cast<std::size_t>(std::ranges::unique(keys).begin() - keys.begin());
    BOOST_TEST_MESSAGE(unique << " houses behind 1660 polling stations; kind known of " << with_kind << "; "
                              << all.oddities.size() << " oddities");
    BOOST_TEST(unique < 1'500u);
    BOOST_TEST(unique > 1'000u);
    BOOST_TEST(with_kind == 1'660u);
}

BOOST_AUTO_TEST_CASE(recesses_of_regions_and_of_councils) {
    const auto all = imported(TableKind::recesses,
                              "Naam;Regio;Van;Tot en met\n"
                              "Zomerreces 2026;Noord;04-07-2026;16-08-2026\n"
                              "Zomerreces 2026;regio midden;2026-07-18;2026-08-30\n"
                              "Kerstreces;;19-12-2026;03-01-2027\n"
                              "Meireces;GM0397;25 april 2026;3 mei 2026\n"
                              ";Zandvoort;25-04-2026;03-05-2026\n"
                              "Ergens;Atlantis;25-04-2026;03-05-2026\n"
                              "Waar;Bergen;25-04-2026;03-05-2026\n"
                              "Wanneer;Zuid;;03-05-2026\n"
                              "Terug;Zuid;03-05-2026;25-04-2026\n");
    std::vector<std::string> keys;
    for (const Keyed& record : all.records) keys.push_back(record.key);
    const std::vector<std::string> expected = {"noord 2026-07-04", "midden 2026-07-18", "alle 2026-12-19",
                                               "GM0397 2026-04-25", "GM0473 2026-04-25"};
    BOOST_TEST(keys == expected, boost::test_tools::per_element());
    BOOST_REQUIRE(all.records.size() == 5u);
    BOOST_TEST(all.records[0].fields.at("region") == "noord");
    BOOST_TEST(all.records[2].fields.at("region").empty());
    BOOST_TEST(all.records[3].fields.at("council") == "GM0397");
    BOOST_TEST(all.records[3].fields.at("to_day") == "2026-05-03");
    BOOST_TEST(all.records[4].fields.at("name") == "Reces 2026");
    std::vector<std::string> refused;
    for (const Problem& problem : all.refused) refused.push_back(problem.id + " " + problem.place);
    const std::vector<std::string> why = {"register_council_unknown line 7",
                                          "register_council_ambiguous line 8", "register_date line 9",
                                          "register_days line 10"};
    BOOST_TEST(refused == why, boost::test_tools::per_element());
}
