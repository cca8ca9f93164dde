#include "core/register/compare.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost::registers;

namespace {

// One record with one field; "-" means that it is not there.
struct Row {
    std::string what, existing, imported, last;
    Change change;
    bool shown, kept;
};

const std::vector<Row> rows = {
    {"new", "-", "a", "-", Change::added, true, false},
    {"as it was", "a", "a", "a", Change::unchanged, false, false},
    {"the source changed", "a", "b", "a", Change::changed, true, false},
    {"a person changed it", "mine", "a", "a", Change::unchanged, true, true},
    {"both changed", "mine", "b", "a", Change::unchanged, true, true},
    {"both changed to the same", "b", "b", "a", Change::unchanged, false, false},
    {"typed before any import", "mine", "a", "-", Change::unchanged, true, true},
    {"empty before any import", "", "a", "-", Change::changed, true, false},
    {"a person emptied it", "", "a", "a", Change::unchanged, true, true},
    {"the source emptied it", "a", "", "a", Change::changed, true, false},
};

std::vector<Keyed> one(const std::string& value) {
    if (value == "-") return {};
    return {Keyed{"k", {{"email", value}}, "line 2"}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_persons_field_stays) {
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.what) {
            const auto changes = compare(one(row.existing), one(row.imported), one(row.last));
            BOOST_REQUIRE(changes.size() == 1u);
            BOOST_TEST((changes[0].change == row.change));
            BOOST_TEST(changes[0].fields.size() == (row.shown ? 1u : 0u));
            if (!row.shown) continue;
            const FieldChange& field = changes[0].fields[0];
            BOOST_TEST(field.kept == row.kept);
            BOOST_TEST(field.imported == row.imported);
            BOOST_TEST(field.present == (row.existing == "-" ? "" : row.existing));
            BOOST_TEST(field.last_imported == (row.last == "-" ? "" : row.last));
        }
}

BOOST_AUTO_TEST_CASE(applying_a_comparison_leaves_nothing_to_do) {
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.what) {
            auto existing = one(row.existing);
            const auto imported = one(row.imported);
            const auto changes = compare(existing, imported, one(row.last));
            if (existing.empty()) existing.push_back({"k", {}, ""});
            for (const FieldChange& field : changes[0].fields)
                if (!field.kept) existing[0].fields[field.field] = field.imported;
            const auto again = compare(existing, imported, imported);
            BOOST_TEST((again[0].change == Change::unchanged));
        }
}

BOOST_AUTO_TEST_CASE(what_the_source_does_not_name_is_left_alone) {
    const std::vector<Keyed> existing = {{"k", {{"email", "a"}, {"note", "mine"}}, ""}};
    const std::vector<Keyed> imported = {{"k", {{"email", "a"}}, ""}};
    const auto changes = compare(existing, imported, imported);
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes[0].change == Change::unchanged));
    BOOST_TEST(changes[0].fields.empty());
}

BOOST_AUTO_TEST_CASE(gone_and_refused_records_are_told) {
    const std::vector<Keyed> existing = {{"own", {}, ""}, {"z", {}, ""}, {"b", {}, ""}};
    const std::vector<Keyed> last = {{"z", {}, ""}, {"b", {}, ""}, {"deleted", {}, ""}};
    const std::vector<Keyed> imported = {{"n", {}, "line 2"}, {"n", {}, "line 3"}, {"", {}, "line 4"}};
    const auto changes = compare(existing, imported, last);
    BOOST_REQUIRE(changes.size() == 5u);
    BOOST_TEST((changes[0].change == Change::added));
    BOOST_TEST((changes[1].change == Change::refused));
    BOOST_REQUIRE(changes[1].problem.has_value());
    BOOST_TEST(changes[1].problem->id == "register_duplicate");
    BOOST_TEST(changes[1].problem->place == "line 3");
    BOOST_TEST(changes[2].problem->id == "register_key_missing");
    BOOST_TEST((changes[3].change == Change::gone));
    BOOST_TEST(changes[3].key == "b");
    BOOST_TEST(changes[4].key == "z");
}
