// Beneath rows.hpp: rows on their way into a model's table, a Python list per column. Callers use insert_rows
// and update_rows instead. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tryton::detail {

class Batch {
public:
    // With `with_ids` the first cell of each row is the id of the record to change.
    Batch(std::string_view model, std::span<const std::string_view> fields, bool with_ids);

    // Row by row, each with all its cells in order.
    template <class T>
    void add(const T& cell) {
        if constexpr (Optional<T>::value) {
            if (cell)
                add(*cell);
            else
                put_null();
        } else if constexpr (std::integral<T> && !std::same_as<T, bool>) {
            put(static_cast<std::int64_t>(cell));
        } else if constexpr (std::convertible_to<const T&, std::string_view>) {
            put(std::string_view{cell});
        } else {
            put(cell);
        }
    }

    Ids insert();
    // `only_if` is SQL about the row as it stands, aliased t: "t.state = 'claimed'"; others are left alone.
    std::int64_t update(std::string_view only_if = {});

private:
    void put_null();
    void put(std::int64_t cell);
    void put(bool cell);
    void put(double cell);
    void put(std::string_view cell);
    void put(const Bytes& cell);
    void put(const Date& cell);
    void put(const DateTime& cell);
    void put(const Value& cell);
    void append(_object* python);  // takes over the reference

    std::string model_;
    std::vector<std::string> fields_;
    std::vector<Object> columns_;
    std::size_t cells_ = 0;
};

}  // namespace tryton::detail
