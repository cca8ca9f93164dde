// The routes of the public pages: /raadspost/bericht, /brief, /antwoord and /afmelden, each with a signed
// token and no database name. Opening a page changes nothing; only POST acts. Which threats this meets, by
// what, and which test shows it: threats.md. [gil-held], without a transaction.
#pragma once

#include "tryton/report.hpp"

#include <vector>

namespace raadspost::crm {

std::vector<tryton::Route> public_routes();

}  // namespace raadspost::crm
