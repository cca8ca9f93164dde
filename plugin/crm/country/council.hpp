// What other concepts need of the council as a record: its folded search column, which also holds words of
// its griffies, and how councils are found. The model itself is in council.cpp. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <unordered_map>

namespace raadspost::crm {

// Writes sort_name and search_name of these councils anew where they are out of date: folded name, official
// name, code, mail domain, province and griffiers. Two queries for all of them, one bulk write.
void refresh_council_names(const tryton::Ids& councils);

// Gives these councils (all, when empty) the region of the school holidays where they have none: what a
// person chose stays.
void fill_regions(const tryton::Ids& councils = {});

// Ids by CBS code, of all councils, also those that no longer exist.
std::unordered_map<std::string, tryton::Id> councils_by_code();

// For the link fields of a council: how many records of `table` point to each of these councils.
std::string counting_by_council(const std::string& table, const std::string& condition = {});

// Makes a griffie with the guessed mailbox griffie@<domain> for each of these councils that has a website but
// no griffie with a mailbox. The guess is marked unconfirmed. Gives how many were made.
std::size_t propose_griffies(const tryton::Ids& councils);

}  // namespace raadspost::crm
