// The country that the project ships: the 342 councils of 2026 with a griffie each, for a first set-up
// without any download, and made-up villages and meeting places for a demonstration. [gil-held], in a
// transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>

namespace raadspost::crm {

struct CountryOptions {
    // Every website and griffie gets an address below this domain ("griffie.test"), so that nothing real is
    // ever mailed. Empty: the councils' own domains, addresses unconfirmed as any guess.
    std::string domain_suffix;
    bool with_meeting_places = false;  // invented ones, the same on every run
};

struct CountryCounts {
    std::size_t councils = 0, griffies = 0, villages = 0, meeting_places = 0;  // that were made
};

// What is there already stays as it is: a second run makes nothing.
CountryCounts load_country(const CountryOptions& options);

// The same as an entry of the extension: takes one dict with the options' names, gives a dict of counts.
tryton::Value load_country_entry(const tryton::List& arguments);

}  // namespace raadspost::crm
