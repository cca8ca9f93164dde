// The Netherlands and their twelve provinces as the host's own country and subdivisions. A fresh host has
// none; what is there is used as it is. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <unordered_map>

namespace raadspost::crm {

// Ids of the host's subdivisions by ISO code ("NL-NH"); makes those that are missing.
std::unordered_map<std::string, tryton::Id> provinces_by_iso();

// The ISO code by id, without making any.
std::unordered_map<tryton::Id, std::string> iso_of_provinces();

}  // namespace raadspost::crm
