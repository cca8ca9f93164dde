// Dates as griffies write them, read on Tuesday 10 February 2026.
#include "core/answer/extract/dates.hpp"
#include "core/answer/extract/list_entry.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <string>

using namespace raadspost::answer;

namespace {

constexpr std::chrono::sys_days written = std::chrono::year{2026} / 2 / 10;

struct Read {
    const char* text;
    const char* expected;  // with blanks between several
};
std::ostream& operator<<(std::ostream& out, const Read& read) {
    return out << read.text;
}

const Read reads[] = {
    {"donderdag 12 februari a.s.", "2026-02-12"},
    {"van 26 februari 2026", "2026-02-26"},
    {"26 februari a.s., ter kennisname", "2026-02-26"},  // two marks behind a word once looped for ever
    {"3 mrt. 2026", "2026-03-03"},
    {"d.d. 12-03-2026", "2026-03-12"},
    {"van 12.03.2026", "2026-03-12"},
    {"lis 17/04/26", "2026-04-17"},
    {"2026-04-17", "2026-04-17"},
    {"van 24-2", "2026-02-24"},
    {"raad 19/2", "2026-02-19"},
    {"nummer 12-2", ""},
    {"om 19.30 uur", ""},
    {"1e maart", "2026-03-01"},
    {"march 5th", "2026-03-05"},
    {"5th of march 2026", "2026-03-05"},
    {"12 januari", "2026-01-12"},
    {"12 december", "2025-12-12"},
    {"12 december a.s.", "2026-12-12"},
    {"9 februari jl.", "2026-02-09"},
    {"12 maart jl.", "2025-03-12"},
    {"30 februari 2026", ""},
    {"31 april", ""},
    {"volgende week dinsdag", "2026-02-17"},
    {"dinsdag volgende week", "2026-02-17"},
    {"aanstaande donderdag", "2026-02-12"},
    {"donderdag", "2026-02-12"},
    {"dinsdag", "2026-02-17"},
    {"afgelopen vrijdag", "2026-02-06"},
    {"vrijdag jl.", "2026-02-06"},
    {"morgen", "2026-02-11"},
    {"24 en 25 februari", "2026-02-24 2026-02-25"},
    {"tussen 3 maart en 4 april 2026", "2026-03-03 2026-04-04"},
    {"de brief van 9 februari komt op 5 maart", "2026-02-09 2026-03-05"},
    {"0 februari en 99 maart", ""},
};

struct Entry {
    const char* text;
    const char* number;
};
std::ostream& operator<<(std::ostream& out, const Entry& entry) {
    return out << entry.text;
}

const Entry entries[] = {
    {"Staat als nr. 28 op de LIS.", "28"},
    {"Op de lijst onder nummer C-03.", "C-03"},
    {"Als stuk 6d toegevoegd aan de lijst.", "6d"},
    {"Onder 5.c op de lijst van ingekomen stukken.", "5.c"},
    {"Lijst ingekomen stukken, punt III/5.", "III/5"},
    {"Op de lijst, onder nummer zeventien.", "17"},
    {"Op de lijst onder nr. tweeënveertig.", "42"},
    {"Ingekomen stuk A12 op de lijst van 5 maart.", "A12"},
    {"Agendapunt 4, lijst ingekomen stukken.", ""},
    {"Artikel 34 zegt dat het op de lijst komt.", ""},
    {"Op de lijst ingekomen stukken van 17/04/2026.", ""},
    {"Op de lijst ingekomen stukken van 5 maart 2026.", ""},
    {"Zaaknummer 10457733, op de lijst gezet.", ""},
};

}  // namespace

BOOST_DATA_TEST_CASE(dates_are_read, boost::unit_test::data::make(reads), each) {
    std::string found;
    for (const DateFound& date : dates_in(each.text, written)) {
        char day[16];
        std::snprintf(day, sizeof day, "%04d-%02u-%02u", static_cast<int>(date.day.year()),
                      static_cast<unsigned>(date.day.month()), static_cast<unsigned>(date.day.day()));
        found += (found.empty() ? "" : " ") + std::string{day};
    }
    BOOST_TEST(found == each.expected);
}

BOOST_DATA_TEST_CASE(numbers_of_the_list_are_read, boost::unit_test::data::make(entries), each) {
    const std::string text = each.text;
    std::string found;
    for (const Sentence& sentence : sentences(text))
        if (found.empty()) found = list_number(sentence);
    BOOST_TEST(found == each.number);
}
