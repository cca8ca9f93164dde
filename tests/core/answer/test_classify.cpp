// The rules that come along, on a table of invented sentences (sentences.tsv), and the conventions one by
// one.
#include "core/answer/classify.hpp"
#include "core/answer/weighing.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace raadspost::answer;

namespace {

const Rules& rules() {
    static const Rules made = [] {
        auto parsed = Rules::parse(default_rules());
        if (!parsed) throw std::runtime_error{parsed.problem().text};
        return std::move(*parsed);
    }();
    return made;
}

std::set<std::string> kinds_of(const std::string& text) {
    std::set<std::string> out;
    const auto cut = sentences(text);
    for (const Finding& each : classify(rules(), cut)) out.emplace(name(each.kind));
    if (out.empty()) out.emplace("other");
    return out;
}

// As read() does: rules and words weighed against each other.
std::set<std::string> kinds_understood(const std::string& text) {
    const auto cut = sentences(text);
    std::set<std::string> out;
    for (const Finding& each : understood(rules(), cut)) out.emplace(name(each.kind));
    if (out.empty()) out.emplace("other");
    return out;
}

std::set<std::string> pieces(const std::string& text) {
    std::set<std::string> out;
    std::stringstream in{text};
    for (std::string piece; std::getline(in, piece, ',');) out.insert(piece);
    return out;
}

std::string joined(const std::set<std::string>& all) {
    std::string out;
    for (const std::string& each : all) out += (out.empty() ? "" : ",") + each;
    return out;
}

struct Example {
    std::set<std::string> kinds;
    std::string text;
};

std::vector<Example> table(const std::string& file) {
    std::ifstream in{RAADSPOST_SOURCE_DIR "/tests/core/answer/" + file};
    std::vector<Example> out;
    bool header = true;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        if (std::exchange(header, false)) continue;
        const auto tab = line.find('\t'), end = line.find('\t', tab + 1);
        std::string text = line.substr(tab + 1, end - tab - 1);
        for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
            text.replace(at, 2, "\n");
        out.push_back({pieces(line.substr(0, tab)), text});
    }
    return out;
}

struct Told {
    const char* text;
    const char* kinds;
};
std::ostream& operator<<(std::ostream& out, const Told& told) {
    return out << told.text;
}

const Told conventions[] = {
    // A firm promise is as good as done; a possible or conditional one is not.
    {"Wij zullen uw brief doorsturen aan de raadsleden.", "distributed"},
    {"Wij zullen uw brief mogelijk doorsturen aan de raadsleden.", "receipt"},
    {"Uw brief is ontvangen. Indien het presidium instemt, wordt hij doorgestuurd aan de raadsleden.",
     "receipt"},
    // Denial.
    {"Uw brief wordt niet doorgestuurd aan de raadsleden.", "declined"},
    {"Uw brief wordt niet op de lijst van ingekomen stukken geplaatst, maar ter afdoening gezonden aan het "
     "college.",
     "to_college"},
    {"Uw brief is niet alleen op de lijst ingekomen stukken geplaatst.", "listed"},
    // What we asked, said back, is no answer.
    {"Wij hebben uw brief ontvangen. U vraagt ons deze te verspreiden onder de raadsleden.", "receipt"},
    // A receipt stands beside nothing but a new address.
    {"Dank voor uw brief, die wij hebben ontvangen. Hij is doorgestuurd aan de raadsleden.", "distributed"},
    {"Wij hebben uw brief ontvangen. Stuur uw mail voortaan naar raad@dorp.example.", "receipt,redirect"},
    // Put as a question.
    {"Zou u in de commissie een toelichting willen geven?", "meeting"},
    {"Wilt u uw mail voortaan sturen naar raad@dorp.example?", "redirect"},
    {"Wilt u ons van de verzendlijst halen?", "opt_out"},
    {"Is de brief ook aan het college gestuurd?", "question"},
    // Another time, another letter, and what was sent to the office say nothing of what it did.
    {"Wij hebben uw brief ontvangen. Twee jaar geleden is een oproep verspreid onder de raadsleden.",
     "receipt"},
    {"Op 3 maart heeft u een brief gestuurd aan de gemeenteraad. Wij hebben hem ontvangen.", "receipt"},
    {"Ontvangen. Ik leg uw brief eerst voor aan de fractievoorzitters.", "receipt"},
    {"Uw brief is ontvangen en ligt in het bakje van de griffier.", "receipt"},
    // Councillors who are only called members; members of something else.
    {"De leden hebben een afschrift ontvangen.", "distributed"},
    {"Uw brief is aan de leden van het presidium gestuurd. Wij hebben hem ontvangen.", "receipt"},
    // A verb that says little passes a letter on where councillors stand beside it.
    {"Ik heb uw brief in de postvakken van de raadsleden gestopt.", "distributed"},
    {"Ik heb uw brief ontvangen en op het prikbord gehangen.", "receipt"},
    // What stands on a list named before; a person on a list of speakers.
    {"De griffie maakt een lijst van alle ingekomen post. Uw brief is daarop gezet.", "listed"},
    {"Uw brief heeft op het overzicht van ingekomen stukken nummer 9 gekregen.", "listed"},
    {"Wij zetten u op de lijst voor de raadsmarkt, u krijgt daar een kraam.", "meeting"},
    // Treated by itself, besides.
    {"Uw brief, nr. 4 op de lijst van ingekomen stukken, wordt apart besproken in de commissie.",
     "agenda,listed"},
    // A day and an hour, or a place kept free.
    {"Wij verwachten u op 12 mei om 19.45 uur in de hal.", "meeting"},
    {"Voor u is een kwartier spreektijd ingeruimd.", "meeting"},
    // What is never passed on anywhere, and why no more mail is wanted, refuse nothing.
    {"Wij hebben uw brief ontvangen. Anonieme brieven leggen wij ter zijde.", "receipt"},
    {"Hier is geen behoefte aan. Wilt u ons adres uit uw bestand verwijderen?", "opt_out"},
    {"Hier is geen behoefte aan.", "declined"},
    {"Daar is een streep door gezet: uw brief valt af.", "declined"},
    // The letters of an address are no words.
    {"Ons nieuwe adres is ingekomenstukken@lis.example.", "redirect"},
    // Who wants no more mail; not who needs nothing more for this letter.
    {"Mogen wij van uw verzendlijst af?", "opt_out"},
    {"Laat u ons voortaan alstublieft met rust.", "opt_out"},
    {"Wilt u onze griffie niet meer meenemen in uw mailing?", "opt_out"},
    {"Uw brief staat op de lijst van ingekomen stukken van 4 juni. U kunt ons in het vervolg overslaan.",
     "listed,opt_out"},
    {"Uw brief is naar alle raadsleden gestuurd. Deze hoeft u ons dus niet meer toe te sturen.",
     "distributed"},
    {"Uw brief staat op de lijst van ingekomen stukken. Uw adres halen wij uit de openbare versie.",
     "listed"},
    {"Ook toekomstige oproepen kunt u achterwege laten.", "opt_out"},
    {"Wij hebben geen behoefte aan verdere correspondentie.", "opt_out"},
    {"Haalt u de griffie alstublieft uit uw adressenlijst.", "opt_out"},
    {"Wij bevestigen de ontvangst van uw mail.", "receipt"},
    {"Uw mail zat in de quarantaine, wij hebben hem eruit gehaald en aan de raadsleden gezonden.",
     "distributed"},
    // Told to go elsewhere, with an address or without; what one may do as well is none.
    {"De griffie heeft een nieuw postvak: raadspost@dorp.example.", "redirect"},
    {"Wilt u zich met dit verzoek wenden tot de griffie van de gemeente Heuvel?", "redirect"},
    {"Mail dat niet naar mij maar aan raad@dorp.example.", "redirect"},
    {"Wij sturen dit niet door; u kunt de raadsleden zelf mailen.", "declined"},
    // Handed on within the town hall.
    {"Ik heb uw brief op het bureau van de griffier gelegd.", "receipt"},
    {"Wij hebben uw mail doorgegeven aan de collega's van de griffie.", "receipt"},
    // The heading of an explanation asks nothing; what is asked beside an invitation does.
    {"Wat doen wij met uw bericht? Een medewerker leest het.", "receipt"},
    {"Wat doet uw vereniging precies in onze gemeente?", "question"},
    {"Komt u 12 mei bij ons langs? En heeft u cijfers over onze kernen?", "meeting,question"},
    {"Het is ons niet duidelijk wat u van de raad wilt.", "question"},
    {"Wij hebben uw brief ontvangen. Het is nog niet duidelijk wat het presidium doet.", "receipt"},
    {"Levert u de brief ook aan als toegankelijke pdf?", "question"},
    {"De bijlage kon ik eerst niet openen maar op kantoor lukte het wel.", "other"},
    // Not about our letter.
    {"Raadsflits: deze week over het zwembad. Uitschrijven kan onderaan.", "other"},
    {"Solliciteer voor 1 juni. Heb je vragen? Bel de griffier.", "other"},
    {"Beste collega's, wie heeft een voorbeeld van een verordening?", "other"},
    {"Sorry, dat was voor een ander bedoeld. U kunt die mail negeren.", "other"},
    {"Dank voor de bloemen, ze staan prachtig op de balie.", "other"},
    {"Ik heb uw oproep in deze nieuwsbrief gezet, en hem aan de raadsleden gestuurd.", "distributed"},
};

// Rules and weights were mended by the first four; the others are what to expect of mail that nobody has
// seen, which is why its misses are not told: they are not to be mended one by one.
struct SentenceSet {
    const char* file;
    std::size_t at_least;
    double kind_floor, macro_floor, right_floor;
    bool misses_told;
};
std::ostream& operator<<(std::ostream& out, const SentenceSet& set) {
    return out << set.file;
}
const SentenceSet sets[] = {
    {"sentences.tsv", 450, 0.9, 0.95, 0.95, true},
    {"more_sentences.tsv", 280, 0.9, 0.95, 0.95, true},
    {"replies.tsv", 250, 0.9, 0.95, 0.95, true},
    {"answers.tsv", 9600, 0.9, 0.97, 0.96, true},
    {"unseen_sentences.tsv", 200, 0.65, 0.88, 0.88, false},
    {"unseen_replies.tsv", 60, 0.5, 0.9, 0.9, false},
    {"unseen_answers.tsv", 260, 0.7, 0.9, 0.85, false},
    {"unseen_usual.tsv", 300, 0.65, 0.9, 0.91, false},
    {"unseen_hard.tsv", 360, 0.55, 0.85, 0.76, false},
    {"unseen_year.tsv", 340, 0.7, 0.89, 0.86, false},
};

}  // namespace

BOOST_DATA_TEST_CASE(conventions_hold, boost::unit_test::data::make(conventions), each) {
    BOOST_TEST(joined(kinds_of(each.text)) == each.kinds);
}

BOOST_DATA_TEST_CASE(most_of_what_griffies_write_is_understood, boost::unit_test::data::make(sets), set) {
    struct Count {
        double found = 0, missed = 0, false_alarms = 0;
    };
    std::map<std::string, Count> counts;
    std::size_t right = 0;
    const std::vector<Example> examples = table(set.file);
    BOOST_REQUIRE(examples.size() >= set.at_least);
    for (const Example& example : examples) {
        const auto found = kinds_understood(example.text);
        if (found == example.kinds)
            ++right;
        else if (set.misses_told)
            BOOST_TEST_MESSAGE(joined(example.kinds) << " != " << joined(found) << ": " << example.text);
        for (const auto& kind : example.kinds)
            (found.contains(kind) ? counts[kind].found : counts[kind].missed) += 1;
        for (const auto& kind : found)
            if (!example.kinds.contains(kind)) counts[kind].false_alarms += 1;
    }
    double sum = 0;
    for (const auto& [kind, count] : counts) {
        const double f1 = 2 * count.found / (2 * count.found + count.missed + count.false_alarms);
        BOOST_TEST(f1 >= set.kind_floor, kind << " has F1 " << f1);
        sum += f1;
    }
    BOOST_TEST_MESSAGE(set << ": " << right << " of " << examples.size() << ", macro-F1 "
                           << sum / static_cast<double>(counts.size()));
    BOOST_TEST(sum / static_cast<double>(counts.size()) >= set.macro_floor);
    BOOST_TEST(static_cast<double>(right) >= set.right_floor * static_cast<double>(examples.size()));
}

BOOST_AUTO_TEST_CASE(a_finding_tells_its_line_and_its_rule) {
    const std::string text =
        "Beste,\n\nDank.  Uw brief, waarvoor dank, is vandaag door de griffie\ndoorgestuurd aan de "
        "raadsleden.\n\nGroet";
    const auto cut = sentences(text);
    const auto found = classify(rules(), cut);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0].line ==
               "Uw brief, waarvoor dank, is vandaag door de griffie doorgestuurd aan de raadsleden.");
    BOOST_TEST(!found[0].rule.empty());
    BOOST_TEST(found[0].percent > 80);
}

BOOST_AUTO_TEST_CASE(the_most_important_kind_comes_first) {
    const std::string text =
        "Het is doorgestuurd aan de raadsleden. Uw brief staat op de lijst ingekomen stukken.";
    const auto cut = sentences(text);
    const auto found = classify(rules(), cut);
    BOOST_REQUIRE(found.size() == 2);
    BOOST_TEST((found[0].kind == Kind::listed && found[1].kind == Kind::distributed));
}

BOOST_AUTO_TEST_CASE(nothing_says_nothing) {
    BOOST_TEST(classify(rules(), sentences("")).empty());
    BOOST_TEST(classify(rules(), sentences("Lorem ipsum dolor sit amet.")).empty());
}
