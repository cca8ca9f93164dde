#include "core/public_pages/answer.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost;
using namespace raadspost::public_pages;
using std::chrono::year;

namespace {

MessageFacts shared_office() {
    MessageFacts facts;
    facts.house.association = "Dorpen & Samen";
    facts.sender_address = "post@dorpensamen.example";
    facts.address_source = "opgave van de griffie";
    facts.subject = "Een <plek> in elk dorp";
    facts.reference = "R1-GM0518";
    facts.sent_on = year{2026} / 3 / 2;
    facts.council_names = "'s-Gravenhage, Súdwest-Fryslân en Bergen (NH.)";
    facts.web_version_link = "https://post.example/raadspost/bericht/abc";
    facts.answer_link = "https://post.example/raadspost/antwoord/abc";
    facts.unsubscribe_link = "javascript:alert(1)";
    facts.councils = {{"GM0518", "'s-Gravenhage", {}},
                      {"GM1900",
                       "Súdwest-Fryslân",
                       {{"listed", year{2026} / 4 / 1, "28<b>", year{2026} / 4 / 16, {}, true}}},
                      {"GM0373", "Bergen (NH.)", {{"passed_on", year{2026} / 3 / 5, "", {}, {}, false}}}};
    return facts;
}

std::size_t count(const std::string& text, std::string_view piece) {
    std::size_t found = 0;
    for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
    return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_is_chosen_beforehand) {
    const std::string page = answer_page(shared_office());
    BOOST_TEST(page.find(" checked") == std::string::npos);
    BOOST_TEST(page.find("role=\"alert\"") == std::string::npos);
    BOOST_TEST(count(page, "<fieldset") == 3u + 3u);  // who, each council, the rest, stopping
    BOOST_TEST(
        page.find("<h1>Wat doen de raden van <span class=\"whole\">&#39;s-Gravenhage</span>, Súdwest-") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_recorded_is_shown_and_only_what_was_told_here_can_be_taken_back) {
    const std::string page = answer_page(shared_office());
    BOOST_TEST(page.find("lijst van ingekomen stukken, nummer 28&lt;b&gt;, lijst van 16 april 2026 "
                         "(vastgelegd op 1 april 2026)") != std::string::npos);
    BOOST_TEST(count(page, ".vervalt\"") == 1u);
    BOOST_TEST(page.find("GM1900.vervalt") != std::string::npos);
    BOOST_TEST(page.find("&#39;s-Gravenhage: nog niets") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_recorded_more_than_once_is_said_once) {
    MessageFacts facts = shared_office();
    facts.councils[0].recorded = {{"receipt", year{2026} / 4 / 16, "", {}, {}, false},
                                  {"passed_on", year{2026} / 4 / 20, "", {}, {}, false},
                                  {"receipt", year{2026} / 4 / 29, "", {}, {}, false},
                                  {"listed", year{2026} / 5 / 1, "3", {}, {}, false},
                                  {"listed", year{2026} / 5 / 2, "4", {}, {}, false},
                                  {"receipt", year{2026} / 5 / 27, "", {}, {}, false}};
    BOOST_TEST(answer_page(facts).find(
                   "ontvangst bevestigd (vastgelegd op 16 april 2026, 29 april 2026 en 27 mei 2026); "
                   "doorgestuurd aan de raadsleden (vastgelegd op 20 april 2026); "
                   "op de lijst van ingekomen stukken, nummer 3 (vastgelegd op 1 mei 2026); "
                   "op de lijst van ingekomen stukken, nummer 4 (vastgelegd op 2 mei 2026)") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_field_has_a_label_and_every_id_is_one) {
    const std::string page = answer_page(shared_office());
    BOOST_TEST(count(page, "<input") + count(page, "<textarea") == count(page, "<label for="));
    std::vector<std::string> ids;
    for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1))
        ids.push_back(page.substr(at + 5, page.find('"', at + 5) - at - 5));
    std::sort(ids.begin(), ids.end());
    BOOST_TEST((std::adjacent_find(ids.begin(), ids.end()) == ids.end()));
}

BOOST_AUTO_TEST_CASE(who_made_a_mistake_finds_what_was_typed_and_why_it_is_wrong) {
    const Form typed{
        {{"wie", "raadslid"}, {"GM1900.datum", "31-2-2026"}, {"opmerking", "</textarea><script>x"}}};
    const std::vector<Mistake> mistakes = {{"GM1900.datum", "Dit is geen bruikbare datum."}};
    const std::string page = answer_page(shared_office(), typed, mistakes);
    BOOST_TEST(count(page, " checked") == 1u);
    BOOST_TEST(page.find("value=\"31-2-2026\"") != std::string::npos);
    BOOST_TEST(page.find("<script") == std::string::npos);
    BOOST_TEST(page.find("<title>Fout: ") != std::string::npos);
    BOOST_TEST(page.find("href=\"#GM1900.datum\"") != std::string::npos);
    BOOST_TEST(page.find("aria-invalid=\"true\" aria-describedby=\"GM1900.datum-fout\"") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(it_says_who_writes_whence_the_address_comes_and_how_to_object) {
    const std::string page = answer_page(shared_office());
    for (const char* words :
         {"Dorpen &amp; Samen", "opgave van de griffie", "mailto:post@dorpensamen.example",
          "Autoriteit Persoonsgegevens", "geen IP-adres"})
        BOOST_TEST(page.find(words) != std::string::npos, words);
    BOOST_TEST(page.find("javascript:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_page_after_it_tells_what_happens_with_the_answer) {
    Answer answer;
    answer.who = Who::griffier;
    BOOST_TEST(answered_page(shared_office(), answer, false).find("is vastgelegd") != std::string::npos);
    answer.who = Who::councillor;
    answer.new_address = "nieuw@x.example";
    const std::string waits = answered_page(shared_office(), answer, true);
    BOOST_TEST(waits.find("raadslid") != std::string::npos);
    BOOST_TEST(waits.find("nieuw@x.example") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_outcome_has_words) {
    for (const std::string_view kind : offered_outcomes()) BOOST_TEST(!outcome_words(kind).empty(), kind);
    BOOST_TEST(outcome_words("<b>") == "");
    BOOST_TEST(contradict("declined", "listed"));
    BOOST_TEST(contradict("passed_on", "declined"));
    BOOST_TEST(!contradict("passed_on", "listed"));
    BOOST_TEST(!contradict("declined", "meeting"));
}
