// Bulk rows: SQL through the host's own connection, thousands of rows as C++ tuples. [gil-held], inside a
// transaction.
//
// `{}` in the SQL stands for the next parameter, on SQLite and PostgreSQL alike; a parameter that is a list
// of ids or texts goes behind `in`: Rows<Id, std::string>{"select id, name from party_party where id in {}",
// ids}. Reads see what the connection sees and pass over the host's access rules: put the rule into the SQL,
// or check first. Bulk writes do what the host's own write does and raw SQL forgets: create/write user and
// date, history, required fields, the record cache; they do not run triggers, validation or on-write hooks.
#pragma once

#include "tryton/batch.hpp"
#include "tryton/cursor.hpp"

#include <array>
#include <string_view>
#include <tuple>
#include <vector>

namespace tryton {

template <class... Ts>
class Rows : public std::vector<std::tuple<Ts...>> {
public:
    template <class... Parameters>
    explicit Rows(std::string_view sql, const Parameters&... parameters) {
        each(sql, {Value{parameters}...}, [this](Ts&&... cells) { this->emplace_back(std::move(cells)...); });
    }

    // For results that should not lie in memory at once: calls `visit(Ts&&...)` for each row.
    template <class Visit>
    static void each(std::string_view sql, const List& parameters, Visit&& visit) {
        detail::Cursor cursor{sql, parameters};
        while (const std::size_t fetched = cursor.fetch()) {
            for (std::size_t row = 0; row < fetched; ++row) {
                std::tuple<Ts...> cells;
                std::size_t column = 0;
                std::apply([&](Ts&... cell) { (detail::take(cursor.cell(row, column++), cell), ...); },
                           cells);
                std::apply([&](Ts&... cell) { visit(std::move(cell)...); }, cells);
            }
        }
    }
};

// Runs a statement; how many rows it touched. The record cache is not told: use update_rows for the host's
// own fields.
template <class... Parameters>
std::int64_t execute(std::string_view sql, const Parameters&... parameters) {
    return detail::Cursor{sql, {Value{parameters}...}}.affected();
}
// The same with as many parameters as the list has.
inline std::int64_t execute_with(std::string_view sql, const List& parameters) {
    return detail::Cursor{sql, parameters}.affected();
}

// Inserts rows into a model's table and gives their ids in order. `fields` names a stored field per tuple
// element.
template <class... Ts>
Ids insert_rows(std::string_view model, const std::array<std::string_view, sizeof...(Ts)>& fields,
                const std::vector<std::tuple<Ts...>>& rows) {
    detail::Batch batch{model, fields, false};
    for (const auto& row : rows) std::apply([&](const Ts&... cell) { (batch.add(cell), ...); }, row);
    return batch.insert();
}

// Writes fields of many records, each with its own values; the first element of a row is the record's id.
template <class... Ts>
std::int64_t update_rows(std::string_view model, const std::array<std::string_view, sizeof...(Ts)>& fields,
                         const std::vector<std::tuple<Id, Ts...>>& rows, std::string_view only_if = {}) {
    detail::Batch batch{model, fields, true};
    for (const auto& row : rows) std::apply([&](const auto&... cell) { (batch.add(cell), ...); }, row);
    return batch.update(only_if);
}

// Forget what the host has cached of these records in this transaction, after SQL of one's own.
void forget_cached(std::string_view model, const Ids& ids);

}  // namespace tryton
