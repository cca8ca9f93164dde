// What the XML and the CSV readers of the ROO share: a record under construction, in which either reader puts
// what it finds under the register's own names, and the end of a record, where it is checked, counted and
// handed out. Internal to this folder. Values; one thread.
#pragma once

#include "core/register/dates.hpp"
#include "core/register/roo.hpp"

#include <string>
#include <string_view>
#include <unordered_set>

namespace raadspost::registers {

struct RooAddress {
    std::string type;  // "Bezoekadres", "Postadres", "Woo-Adres"
    std::string addition, province, longitude, latitude;
    Address address;
};

struct RooPerson {
    std::string name, email;
    std::optional<std::chrono::year_month_day> until;
};

struct RooRecord {
    RooCouncil council;
    bool is_municipality = false;
    RooAddress address;             // the one being read
    std::string function;           // likewise
    std::vector<RooPerson> people;  // of that function, the last one being read
    std::string value, label;       // of the pair being read
    bool from_deputy = false;       // council.griffier comes from the function "Griffier"

    void set_places(std::string_view comma_list);
    void add_party(std::string_view party, std::optional<std::int32_t> seats);
    void set_identifier(std::string_view name, std::string_view code);
    void set_woo_index(std::string_view category, std::string_view url);
    void set_telephone(std::string_view number, std::string_view label_of_it);
    void set_mailbox(std::string_view mailbox, std::string_view label_of_it);
    void set_website(std::string_view url, std::string_view label_of_it);
    void add_address();
    void add_people(std::chrono::year_month_day today);
};

// Counts and hands out. A record without a code, and a code that was there before, is refused with a problem.
class RooHarvest {
public:
    RooHarvest(std::chrono::year_month_day on, const Sink<RooCouncil>& sink, Complaints& complaints)
        : today{on}, sink_{sink}, complaints_{complaints} {}
    void take(RooRecord record);

    const std::chrono::year_month_day today;
    RooSummary summary;

private:
    const Sink<RooCouncil>& sink_;
    Complaints& complaints_;
    std::unordered_set<std::string> codes_;
};

std::string trimmed(std::string_view text);
std::optional<std::int32_t> count_of(std::string_view text);  // a non-negative whole number
std::optional<double> degrees_of(std::string_view text);      // decimal point or comma

}  // namespace raadspost::registers
