#include "core/council/membership.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost;

namespace {

ElectedMember person(const char* initials, const char* first_name, const char* prefix,
                     const char* last_name) {
    ElectedMember member;
    member.initials = initials;
    member.first_name = first_name;
    member.prefix = prefix;
    member.last_name = last_name;
    return member;
}

std::string key(const char* initials, const char* prefix, const char* last_name) {
    return name_key(person(initials, "", prefix, last_name));
}

struct RenewalCase {
    const char* name;
    std::vector<std::string> elected, previous;
    std::vector<bool> is_new;
    std::vector<std::size_t> doubtful;
};

const RenewalCase renewals[] = {
    {"one stays, one comes",
     {key("A.P.", "van der", "Have"), key("B.", "", "Nieuw")},
     {key("A.P.", "van der", "Have"), key("C.", "", "Oud")},
     {false, true},
     {}},
    {"written otherwise",
     {key("A. P.", "Van der", "Have"), key("O.F.", "", "L\xC3\xB6mmerse")},
     {key("AP", "van der", "have"), key("o.f.", "", "Lommerse")},
     {false, false},
     {}},
    {"the prefix stands before the last name",
     {key("A.", "van de", "Berg")},
     {key("A.", "", "van de Berg")},
     {false},
     {}},
    {"another prefix is another person", {key("A.", "de", "Vries")}, {key("A.", "", "Vries")}, {true}, {}},
    {"other initials are another person", {key("A.", "de", "Vries")}, {key("B.", "de", "Vries")}, {true}, {}},
    {"further initials", {key("A.P.M.", "de", "Vries")}, {key("A.", "de", "Vries")}, {false}, {0}},
    {"further initials, two who may be meant",
     {key("A.", "de", "Vries")},
     {key("A.P.", "de", "Vries"), key("A.M.", "de", "Vries")},
     {true},
     {0}},
    {"further initials, two who may mean it",
     {key("A.P.", "de", "Vries"), key("A.M.", "de", "Vries")},
     {key("A.", "de", "Vries")},
     {true, true},
     {0, 1}},
    {"a double name", {key("A.", "de", "Vries-Jansen")}, {key("A.", "de", "Vries")}, {false}, {0}},
    {"half of a double name", {key("A.", "", "Jansen")}, {key("A.", "de", "Vries - Jansen")}, {false}, {0}},
    {"a longer name only", {key("A.", "", "Jansens")}, {key("A.", "", "Jansen")}, {true}, {}},
    {"namesakes now",
     {key("J.", "de", "Jong"), key("J.", "de", "Jong")},
     {key("J.", "de", "Jong")},
     {false, true},
     {0, 1}},
    {"namesakes before",
     {key("J.", "de", "Jong")},
     {key("J.", "de", "Jong"), key("J.", "de", "Jong")},
     {false},
     {0}},
    {"nobody's name", {key("", "", ""), key("A.", "", "Have")}, {key("", "", "")}, {true, true}, {0}},
    {"nobody sat before", {key("A.", "", "Have")}, {}, {true}, {}},
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_name_is_written_in_full) {
    BOOST_TEST(full_name(person("A.P.", "Annelies", "van der", "Have")) == "A.P. (Annelies) van der Have");
    BOOST_TEST(full_name(person("O.F.", "", "", "Lommerse")) == "O.F. Lommerse");
    BOOST_TEST(full_name(person("", "", "", "")).empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_sorted_by_its_last_part) {
    BOOST_TEST(key("A.P.", "van der", "Have") == "have|ap|van der");
    BOOST_TEST(key("A.P.", "", "van der Have") == "have|ap|van der");
    BOOST_TEST(key("IJ.", "'t", "H\xC3\xA9rtog") == "hertog|ij|t");
}

BOOST_AUTO_TEST_CASE(who_sat_before_returns) {
    for (const RenewalCase& each : renewals) BOOST_TEST_CONTEXT(each.name) {
            const Renewal renewal = renewal_of(each.elected, each.previous);
            BOOST_TEST(renewal.is_new == each.is_new, boost::test_tools::per_element());
            BOOST_TEST(renewal.doubtful == each.doubtful, boost::test_tools::per_element());
            BOOST_TEST(static_cast<std::size_t>(renewal.new_count() + renewal.returning_count()) ==
                       each.elected.size());
        }
}
