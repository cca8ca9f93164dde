// Beneath rows.hpp: a statement of the host's connection and the cells of its rows, read in place. Callers
// use Rows and execute instead. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tryton::detail {

// One cell of a fetched row; lives as long as the Cursor's rows do.
class Cell {
public:
    explicit Cell(_object* python) : python_{python} {}
    bool is_null() const;
    void read(std::int64_t& out) const;
    void read(int& out) const;
    void read(bool& out) const;
    void read(double& out) const;
    void read(std::string& out) const;
    void read(Bytes& out) const;
    void read(Date& out) const;      // also of the text that SQLite gives for min and max
    void read(DateTime& out) const;  // likewise
    void read(Value& out) const;

private:
    _object* python_;
};

class Cursor {
public:
    // `{}` is the next parameter; see rows.hpp.
    Cursor(std::string_view sql, const List& parameters);
    std::size_t fetch();  // the next rows; 0 at the end
    Cell cell(std::size_t row, std::size_t column) const;
    std::int64_t affected() const;

private:
    Object cursor_, batch_;
    std::size_t columns_ = 0;
};

template <class T>
void take(const Cell& cell, T& out) {
    if constexpr (Optional<T>::value) {
        if (cell.is_null())
            out = std::nullopt;
        else
            cell.read(out.emplace());
    } else {
        cell.read(out);
    }
}

}  // namespace tryton::detail
