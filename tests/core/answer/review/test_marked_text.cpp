#include "core/answer/review/marked_text.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

using raadspost::answer::marked;
using Lines = std::vector<std::string>;

namespace {

std::string with(std::string_view text, const Lines& lines) {
    return marked(text, lines);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_sentence_is_marked_where_it_stands) {
    BOOST_TEST(with("Dag,\nHij staat op de lijst. Groet\n", {"Hij staat op de lijst."}) ==
               "Dag,\n▶ Hij staat op de lijst. ◀ Groet\n");
}

BOOST_AUTO_TEST_CASE(lines_that_were_broken_are_found_again) {
    BOOST_TEST(
        with("Uw brief is\n  doorgestuurd aan de raad.\n", {"Uw brief is doorgestuurd aan de raad."}) ==
        "▶ Uw brief is\n  doorgestuurd aan de raad. ◀\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_was_cut_short_is_marked_as_far_as_it_goes) {
    BOOST_TEST(with("Een lange zin zonder einde.", {"Een lange zin…"}) == "▶ Een lange zin ◀ zonder einde.");
}

BOOST_AUTO_TEST_CASE(several_lines_are_marked_and_none_twice) {
    BOOST_TEST(with("Een. Twee. Drie.", {"Drie.", "Een. Twee.", "Twee."}) == "▶ Een. Twee. ◀ ▶ Drie. ◀");
}

BOOST_AUTO_TEST_CASE(what_does_not_occur_leaves_the_text_alone) {
    for (const Lines& lines :
         {Lines{}, Lines{"Iets anders."}, Lines{""}, Lines{" \n"}, Lines{"…"}, Lines{"Een tekst. En meer"}})
        BOOST_TEST(with("Een tekst.", lines) == "Een tekst.");
    BOOST_TEST(with("", {"Een"}) == "");
}
