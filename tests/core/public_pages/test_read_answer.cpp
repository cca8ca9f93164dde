#include "core/public_pages/answer.hpp"

#include <boost/test/unit_test.hpp>

#include "core/public_pages/limits.hpp"

using namespace raadspost;
using namespace raadspost::public_pages;
using std::chrono::year;

namespace {

constexpr std::chrono::year_month_day today{year{2026} / 4 / 3};

std::vector<AskedCouncil> shared_office() {
    return {{"GM1900", "Súdwest-Fryslân", {}},
            {"GM0518",
             "'s-Gravenhage",
             {{"passed_on", today, "", {}, {}, true}, {"listed", today, "12", {}, {}, false}}}};
}

Result<AnswerRead> read(const std::string& body) {
    return read_answer(*read_form("application/x-www-form-urlencoded", body), shared_office(), today);
}

std::string mistakes(const std::string& body) {
    const auto form = read(body);
    if (!form) return form.problem().id;
    std::string fields;
    for (const Mistake& each : form->mistakes) fields += each.field + " ";
    return fields;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_council_of_an_office_is_answered_apart) {
    const auto form = read(
        "wie=griffier&GM1900.uitkomst=passed_on&GM1900.uitkomst=listed&GM1900.nummer=+28+&GM1900.datum=2026-"
        "04-16"
        "&GM0518.uitkomst=declined&GM0518.vervalt=passed_on&adres=Raad%40SWF.example+&opmerking=+Dag%0D%"
        "0Adag+");
    BOOST_REQUIRE(form);
    BOOST_TEST(form->mistakes.empty());
    const Answer& answer = form->answer;
    BOOST_TEST((answer.who == Who::griffier));
    BOOST_REQUIRE(answer.councils.size() == 2u);
    BOOST_TEST(answer.councils[0].outcomes == (std::vector<std::string>{"passed_on", "listed"}),
               boost::test_tools::per_element());
    BOOST_TEST(answer.councils[0].list_number == "28");
    BOOST_TEST((answer.councils[0].list_date == year{2026} / 4 / 16));
    BOOST_TEST(answer.councils[1].outcomes == std::vector<std::string>{"declined"},
               boost::test_tools::per_element());
    BOOST_TEST(answer.councils[1].taken_back == std::vector<std::string>{"passed_on"},
               boost::test_tools::per_element());
    BOOST_TEST(answer.new_address == "raad@swf.example");
    BOOST_TEST(answer.remark == "Dag\ndag");
    BOOST_TEST((answer.stop == Stop::nothing));
}

BOOST_AUTO_TEST_CASE(a_number_or_a_date_says_what_it_belongs_to) {
    const auto form = read("wie=raadslid&GM1900.nummer=28&GM0518.vergadering=12-5-2026");
    BOOST_REQUIRE(form);
    BOOST_TEST(form->answer.councils[0].outcomes == std::vector<std::string>{"listed"},
               boost::test_tools::per_element());
    BOOST_TEST(form->answer.councils[1].outcomes == std::vector<std::string>{"agenda"},
               boost::test_tools::per_element());
    BOOST_TEST((form->answer.councils[1].meeting_date == year{2026} / 5 / 12));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_by_its_field) {
    const struct {
        const char *body, *fields;
    } cases[] = {
        {"", "wie "},
        {"GM1900.uitkomst=listed", "wie "},
        {"wie=griffier", "antwoord "},
        {"wie=griffier&GM1900.nummer=&GM1900.datum=&adres=&opmerking=+", "antwoord "},
        {"wie=griffier&GM1900.uitkomst=declined&GM1900.uitkomst=listed", "GM1900.uitkomst "},
        {"wie=griffier&GM1900.uitkomst=declined&GM1900.nummer=28", "GM1900.uitkomst "},
        {"wie=griffier&GM1900.datum=31-2-2026", "GM1900.datum "},
        {"wie=griffier&GM1900.datum=2026-13-01", "GM1900.datum "},
        {"wie=griffier&GM1900.datum=1926-01-01", "GM1900.datum "},
        {"wie=griffier&GM1900.datum=2036-01-01", "GM1900.datum "},
        {"wie=griffier&GM1900.datum=morgen", "GM1900.datum "},
        {"wie=griffier&GM1900.datum=1-2-3-2026", "GM1900.datum "},
        {"wie=griffier&GM1900.vergadering=x", "GM1900.vergadering "},
        {"wie=griffier&adres=griffie", "adres "},
        {"wie=griffier&adres=a@b.example%0ABcc:c@d.example", "adres "},
        {"wie=griffier&GM0518.uitkomst=passed_on&GM0518.vervalt=passed_on", "GM0518.uitkomst "},
        // Taken back by somebody else meanwhile: nothing is left to do, and nothing else was said.
        {"wie=griffier&GM1900.vervalt=passed_on", "antwoord "},
        {"wie=griffier&stop=alles", ""},
        {"wie=griffier&stop=niets", "antwoord "},
        {"wie=ander&opmerking=x", ""},
    };
    for (const auto& each : cases)
        BOOST_TEST_CONTEXT(each.body) BOOST_TEST(mistakes(each.body) == each.fields);
    BOOST_TEST(mistakes("wie=griffier&GM1900.nummer=" + std::string(limits::list_number_letters + 1, '1')) ==
               "GM1900.nummer ");
    BOOST_TEST(mistakes("wie=griffier&opmerking=" + std::string(limits::remark_letters + 1, 'x')) ==
               "opmerking ");
}

BOOST_AUTO_TEST_CASE(a_form_that_is_not_ours_is_not_read) {
    for (const char* body :
         {"wie=burgemeester", "wie=griffier&wie=raadslid", "wie=griffier&GM0001.uitkomst=listed",
          "wie=griffier&GM1900.uitkomst=receipt", "wie=griffier&GM1900.uitkomst=<script>",
          "wie=griffier&GM0518.vervalt=alles", "wie=griffier&stop=iets",
          "wie=griffier&stop=", "wie=griffier&extra=1", "wie=griffier&adres=a&adres=b", "confirm=1"})
        BOOST_TEST(mistakes(body) == "form_unreadable", body);
}

BOOST_AUTO_TEST_CASE(what_staff_recorded_cannot_be_taken_back_here) {
    const auto form = read("wie=griffier&GM0518.vervalt=listed&opmerking=x");
    BOOST_REQUIRE(form);
    BOOST_TEST(form->answer.councils.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_becomes_outcomes_that_correct_only_what_was_told_here) {
    const AskedCouncil asked{"GM1900",
                             "Súdwest-Fryslân",
                             {{"passed_on", today, "", {}, {}, true},
                              {"listed", today, "28", year{2026} / 4 / 16, {}, true},
                              {"declined", today, "", {}, {}, false}}};
    const auto told = [&](std::vector<std::string> outcomes, std::string number = "",
                          std::vector<std::string> back = {}) {
        std::string text;
        for (const NewOutcome& each :
             changes_of(asked, {"GM1900", std::move(outcomes), std::move(number), {}, {}, std::move(back)})) {
            text += each.kind + each.list_number + "(";
            for (const std::size_t n : each.replaces) text += std::to_string(n);
            text += ")";
        }
        return text;
    };
    BOOST_TEST(told({"passed_on", "listed"}) == "");      // stands already
    BOOST_TEST(told({"listed"}, "28") == "");             // the same once more
    BOOST_TEST(told({"listed"}, "29") == "listed29(1)");  // corrected: both are kept
    BOOST_TEST(told({"meeting"}) == "meeting()");
    BOOST_TEST(told({"declined"}) == "declined(01)");  // what staff told stays beside it
    BOOST_TEST(told({}, "", {"listed"}) == "retracted(1)");
    BOOST_TEST(told({"declined"}, "", {"listed"}) == "declined(01)");
    BOOST_TEST(told({}, "", {"declined"}) == "");  // told by staff, not here
}
