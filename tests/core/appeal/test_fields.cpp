#include "core/appeal/fields.hpp"

#include "core/appeal/greeting.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

using namespace raadspost::appeal;

BOOST_AUTO_TEST_CASE(every_field_is_described_and_found_by_its_name) {
    std::set<std::string_view> names, labels;
    for (const FieldDescription& description : known_fields()) {
        BOOST_TEST_CONTEXT(description.name) {
            BOOST_TEST((field_named(description.name) == description.field));
            BOOST_TEST(&description_of(description.field) == &description);
            BOOST_TEST(names.insert(description.name).second);
            BOOST_TEST(labels.insert(description.label).second);
            BOOST_TEST(description.description.ends_with('.'));
            BOOST_TEST(!description.example.empty());
            BOOST_TEST(description.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") ==
                       std::string_view::npos);
        }
    }
    BOOST_TEST(names.size() == field_count);
    BOOST_TEST(!field_named("burgemeester").has_value());
    BOOST_TEST(!field_named("Gemeente").has_value());
    // {{griffier|griffie}} is documented to mean the word: a field of that name would change every letter
    // that has it.
    BOOST_TEST(!field_named("griffie").has_value());
}

BOOST_AUTO_TEST_CASE(blank_values_and_a_zero_number_are_not_filled) {
    FieldValues values;
    BOOST_TEST(!values.filled(Field::griffier));
    values.set(Field::griffier, " \t\n").set(Field::zetels, std::int64_t{0}).set(Field::gemeente, "0");
    BOOST_TEST(!values.filled(Field::griffier));
    BOOST_TEST(!values.filled(Field::zetels));
    BOOST_TEST(values.filled(Field::gemeente));
}

BOOST_AUTO_TEST_CASE(numbers_have_dutch_thousands) {
    struct Row {
        std::int64_t number;
        std::string text;
    };
    for (const Row& row : std::vector<Row>{{0, "0"},
                                           {999, "999"},
                                           {1000, "1.000"},
                                           {27545, "27.545"},
                                           {1234567, "1.234.567"},
                                           {-1500, "-1.500"}})
        BOOST_TEST(FieldValues{}.set(Field::inwoners, row.number)[Field::inwoners] == row.text);
}

BOOST_AUTO_TEST_CASE(names_are_enumerated_as_in_a_sentence) {
    const std::vector<std::string> names = {"Anna", "Bea", "Cor", "Dirk"};
    const auto of = [&](std::size_t count, std::size_t most) {
        return dutch_enumeration(std::span{names}.first(count), most);
    };
    BOOST_TEST(of(0, 3) == "");
    BOOST_TEST(of(1, 3) == "Anna");
    BOOST_TEST(of(2, 3) == "Anna en Bea");
    BOOST_TEST(of(3, 3) == "Anna, Bea en Cor");
    BOOST_TEST(of(4, 3) == "Anna, Bea, Cor en 1 ander");
    BOOST_TEST(of(4, 2) == "Anna, Bea en 2 andere");
    BOOST_TEST(of(4, 0) == "Anna en 3 andere");
}

BOOST_AUTO_TEST_CASE(a_griffier_is_greeted_as_in_a_letter) {
    struct Row {
        std::string_view name, greeting;
    };
    for (const Row& row : std::vector<Row>{{"", "Geachte griffier"},
                                           {" \t", "Geachte griffier"},
                                           {"Mw. drs. A.B. Tromp", "Geachte mevrouw Tromp"},
                                           {"Mw. A.B. van der Meer", "Geachte mevrouw Van der Meer"},
                                           {"mevrouw A. van Duinen", "Geachte mevrouw Van Duinen"},
                                           {"Mevr. Anna de Vries", "Geachte mevrouw Anna de Vries"},
                                           {"Dhr. mr. J.H. 't Hart", "Geachte heer 't Hart"},
                                           {"De heer ir. K. Bos-Vlieg MSc", "Geachte heer Bos-Vlieg"},
                                           {"Dhr. P. Özdemir, MA", "Geachte heer Özdemir"},
                                           {"dhr A. ", "Geachte griffier"},
                                           {"Mw.", "Geachte griffier"},
                                           {"Mw. J. v.d. Berg", "Geachte mevrouw Van der Berg"},
                                           {"Dhr. P. v. Dijk", "Geachte heer Van Dijk"},
                                           {"Mw. A. (Anneke) de Vries", "Geachte mevrouw De Vries"},
                                           {"Dhr. X. Ma", "Geachte heer Ma"},
                                           {"Vacature", "Geachte griffier"},
                                           {"n.v.t.", "Geachte griffier"},
                                           {"(vacant)", "Geachte griffier"},
                                           {")(", "Geachte )"},
                                           {"drs. A. Jansen", "Geachte drs. A. Jansen"},
                                           {"de griffier", "Geachte griffier"},
                                           {"Heerema", "Geachte Heerema"}})
        BOOST_TEST_CONTEXT(row.name) {
            BOOST_TEST(greeting_of(row.name) == row.greeting);
        }
}

BOOST_AUTO_TEST_CASE(dates_are_dutch) {
    using namespace std::chrono;
    BOOST_TEST(dutch_date(2026y / 11 / 18) == "18 november 2026");
    BOOST_TEST(dutch_date(2027y / 3 / 1) == "1 maart 2027");
    BOOST_TEST(dutch_date(2026y / 2 / 30) == "");
}
