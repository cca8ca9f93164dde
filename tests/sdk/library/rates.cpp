// How fast rows travel: numbers of one run, for comparing.
#include "library.hpp"
#include "tryton/rows.hpp"

#include <chrono>

namespace library {

using namespace tryton;

namespace {

template <class Work>
double seconds_of(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Inserts, updates and reads so many loans of one copy; gives the seconds of each.
Value measure(const List& arguments) {
    const auto copy = arguments.at(0).as<Id>();
    const auto number = arguments.at(1).as<std::size_t>();
    const Date day{std::chrono::year{2026} / 3 / 18};
    std::vector<std::tuple<Id, std::string, Date, std::int64_t>> rows;
    for (std::size_t i = 0; i < number; ++i) rows.emplace_back(copy, "Reader " + std::to_string(i), day, 0);
    Ids ids;
    const double inserted = seconds_of([&] {
        ids = insert_rows<Id, std::string, Date, std::int64_t>(
            "library.loan", {"item", "reader", "lent_on", "reminders"}, rows);
    });
    std::vector<std::tuple<Id, std::string, std::int64_t>> changes;
    for (const Id id : ids) changes.emplace_back(id, "Reader again", 1);
    const double updated = seconds_of([&] {
        update_rows<std::string, std::int64_t>("library.loan", {"reader", "reminders"}, changes);
    });
    std::size_t read = 0;
    const double fetched = seconds_of([&] {
        read =
            Rows<Id, std::string, std::optional<Date>, std::int64_t>{
                "select id, reader, lent_on, reminders from library_loan where item = {}", copy}
                .size();
    });
    return List{inserted, updated, fetched, read};
}

}  // namespace

std::vector<Entry> rates() {
    return {{"measure", measure}};
}

}  // namespace library
