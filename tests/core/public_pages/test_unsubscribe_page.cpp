#include "core/public_pages/unsubscribe_page.hpp"

#include <boost/test/unit_test.hpp>

#include "core/public_pages/layout.hpp"
#include "core/public_pages/notice_page.hpp"

using namespace raadspost;
using namespace raadspost::public_pages;

namespace {

std::optional<Stop> read(const std::string& body) {
    return read_unsubscribe(*read_form("application/x-www-form-urlencoded", body));
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_a_form_stops) {
    BOOST_TEST((read("List-Unsubscribe=One-Click") == Stop::association));
    BOOST_TEST((read("") == Stop::association));
    BOOST_TEST((read("pagina=ja") == Stop::nothing));  // our page, submitted with nothing chosen
    BOOST_TEST((read("pagina=ja&omvang=oproep") == Stop::appeal));
    BOOST_TEST((read("pagina=ja&omvang=vereniging") == Stop::association));
    BOOST_TEST((read("omvang=alles") == Stop::all));
    for (const char* other : {"omvang=iets", "omvang=alles&omvang=oproep", "confirm=1",
                              "List-Unsubscribe=yes", "List-Unsubscribe=One-Click&omvang=alles"})
        BOOST_TEST(!read(other), other);
}

BOOST_AUTO_TEST_CASE(the_page_asks_and_chooses_nothing) {
    MessageFacts facts;
    facts.house.association = "Dorpen <Samen>";
    facts.subject = "Een \"plek\"";
    const std::string page = unsubscribe_page(facts);
    BOOST_TEST(page.find(" checked") == std::string::npos);
    BOOST_TEST(page.find("method=\"post\"") != std::string::npos);
    BOOST_TEST(page.find("Dorpen &lt;Samen&gt;") != std::string::npos);
    BOOST_TEST(page.find("<script") == std::string::npos);
    BOOST_TEST(unsubscribe_page(facts, true).find("role=\"alert\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_page_tells_what_is_stopped_already_and_asks_for_more_only) {
    const auto offers = [](Stop stopped) {
        MessageFacts facts;
        facts.house.association = "Dorpen Samen";
        facts.stopped = stopped;
        const std::string page = unsubscribe_page(facts);
        // The link of the mistake leads to a choice that is there.
        const std::string wrong = unsubscribe_page(facts, true);
        if (const auto at = wrong.find("href=\"#"); at != std::string::npos)
            BOOST_TEST(wrong.find("id=\"" + wrong.substr(at + 7, wrong.find('"', at + 7) - at - 7)) !=
                       std::string::npos);
        BOOST_TEST((page.find("is al afgemeld") != std::string::npos) == (stopped != Stop::nothing));
        std::string found;
        for (const char* each : {"oproep", "vereniging", "alles"})
            if (page.find("value=\"" + std::string{each} + "\"") != std::string::npos)
                found += std::string{each} + " ";
        return found;
    };
    BOOST_TEST(offers(Stop::nothing) == "oproep vereniging alles ");
    BOOST_TEST(offers(Stop::appeal) == "vereniging alles ");
    BOOST_TEST(offers(Stop::association) == "alles ");
    BOOST_TEST(offers(Stop::all) == "");
}

BOOST_AUTO_TEST_CASE(notices_tell_nothing_and_differ_in_status_only_by_kind) {
    BOOST_TEST(status_of(Notice::unknown_link) == 404);
    BOOST_TEST(status_of(Notice::too_often) == 429);
    BOOST_TEST(status_of(Notice::busy) == 503);
    BOOST_TEST(status_of(Notice::not_understood) == 400);
    BOOST_TEST(status_of(Notice::not_kept) == 410);
    BOOST_TEST(notice_page(Notice::unknown_link).find("Deze link werkt niet") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_policy_allows_the_one_style_sheet_and_nothing_else) {
    const std::string policy = policy_of_pages();
    BOOST_TEST(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    BOOST_TEST(policy.find("unsafe") == std::string::npos);
    BOOST_TEST(policy.find("script-src") == std::string::npos);
    BOOST_TEST(policy.find("frame-ancestors 'none'") != std::string::npos);
    std::string headers;
    for (const auto& [name, value] : safe_headers(policy)) headers += name + ": " + value + "\n";
    for (const char* expected : {"Cache-Control: no-store", "Referrer-Policy: same-origin",
                                 "X-Content-Type-Options: nosniff", "X-Robots-Tag: noindex"})
        BOOST_TEST(headers.find(expected) != std::string::npos, expected);
}

BOOST_AUTO_TEST_CASE(a_page_is_in_the_colour_of_its_association_made_readable) {
    const std::string green = document("Titel", {"Dorpen", "#0B6B3A"}, "", {});
    BOOST_TEST(green.find(":root{--accent:#0b6b3a}") != std::string::npos);
    // Far too light for words on a light ground.
    const std::string yellow = document("Titel", {"Dorpen", "#ffe600"}, "", {});
    BOOST_TEST(yellow.find("--accent:#ffe600") == std::string::npos);
    BOOST_TEST(document("Titel", {"Dorpen", "</style>"}, "", {}).find("</style><") == std::string::npos);
    BOOST_TEST(policy_of_pages("#0b6b3a") != policy_of_pages());
    BOOST_TEST(policy_of_pages("").starts_with("default-src 'none'; style-src 'sha256-"));
}

BOOST_AUTO_TEST_CASE(a_file_name_stays_within_its_header) {
    BOOST_TEST(content_disposition("Brief aan Súd\"west\r\nX: y.pdf", true) ==
               "inline; filename=\"Brief aan S__d_west__X_ y.pdf\"; "
               "filename*=UTF-8''Brief%20aan%20S%C3%BAd%22west%0D%0AX%3A%20y.pdf");
}
