// A lending library: the module that shows, and tests, what the SDK for Tryton promises. Each function below
// gives one part of it; library.cpp puts them together. Nothing here is a product.
#pragma once

#include "tryton/module.hpp"

namespace library {

tryton::Model author();
tryton::Model genre();
tryton::Model book();
tryton::Model book_genre();
tryton::Model copy();
tryton::Model loan();
tryton::Model popularity();
tryton::Model configuration();
tryton::Model user();
tryton::Model acquire_start();
tryton::Model acquire_result();

tryton::Wizard acquire();
tryton::Wizard forget_reader();
tryton::Report label();
std::vector<tryton::Route> card_pages();

// What the tests call with a transaction open.
std::vector<tryton::Entry> trials();
std::vector<tryton::Entry> rates();

}  // namespace library
