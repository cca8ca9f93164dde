#include "core/register/file/spreadsheet.hpp"

#include <algorithm>
#include <charconv>

namespace raadspost::registers {
namespace {

// OpenDocument 1.3, part 3, 9.1: rows and cells that are alike are written once with a count. The counts are
// the writer's word only, so blank ones are skipped by arithmetic and filled ones are bounded.
constexpr std::size_t max_repeated_rows = 10'000;

std::size_t repeated(std::string_view count) {
    std::size_t value = 1;
    if (!count.empty()) std::from_chars(count.data(), count.data() + count.size(), value);
    return std::clamp<std::size_t>(value, 1, 100'000'000);
}

class Content final : public XmlHandler {
public:
    Content(Rows& rows, Complaints& complaints) : rows_{rows}, complaints_{complaints} {}

    void begin(std::string_view name, std::string_view, const XmlAttributes& attributes,
               std::size_t depth) override {
        if (stopped_ || skipping_from_ != 0) return;
        if (name == "annotation" || name == "shapes")
            skipping_from_ = depth;
        else if (name == "table")
            line_ = 0;
        else if (name == "table-row")
            begin_row(attributes);
        else if (name == "table-cell" || name == "covered-table-cell")
            begin_cell(attributes);
        else if (name == "p")
            begin_paragraph();
        else if (name == "s")
            text(std::string(std::min<std::size_t>(repeated(attributes.get("c")), 100), ' '));
        else if (name == "line-break" || name == "tab")
            text(" ");
    }
    void end(std::string_view name, std::size_t depth) override {
        if (skipping_from_ != 0) {
            if (depth == skipping_from_) skipping_from_ = 0;
            return;
        }
        if (stopped_) return;
        if (name == "p")
            in_paragraph_ = false;
        else if (name == "table-cell" || name == "covered-table-cell")
            end_cell();
        else if (name == "table-row")
            end_row();
        else if (name == "table")
            stopped_ = rows_.has_header();
    }
    void text(std::string_view piece) override {
        if (in_paragraph_ && skipping_from_ == 0 && text_.size() <= max_field_bytes) text_ += piece;
    }

private:
    void begin_row(const XmlAttributes& attributes) {
        row_.begin(line_ + 1);
        row_repeat_ = repeated(attributes.get("number-rows-repeated"));
        column_ = 0;
        cells_.clear();
    }
    void begin_cell(const XmlAttributes& attributes) {
        cell_repeat_ = repeated(attributes.get("number-columns-repeated"));
        type_ = attributes.get("value-type");
        value_ = type_ == "date"      ? attributes.get("date-value").substr(0, 10)
                 : type_ == "boolean" ? (attributes.get("boolean-value") == "true" ? "1" : "0")
                                      : attributes.get("value");
        text_.clear();
        paragraphs_ = 0;
    }
    void begin_paragraph() {
        in_paragraph_ = true;
        if (paragraphs_++ > 0) text("\n");
    }
    void end_cell() {
        std::string shown = value_.empty() || type_ == "string" ? text_
                            : type_ == "float" || type_ == "percentage" || type_ == "currency"
                                ? plain_number(value_)
                                : value_;
        if (!shown.empty())
            for (std::size_t i = 0; i < std::min(cell_repeat_, max_columns + 1); ++i)
                cells_.emplace_back(column_ + i, shown);
        column_ += cell_repeat_;
        if (cells_.size() > max_columns) cells_.resize(max_columns + 1);
    }
    void end_row() {
        const std::size_t times = cells_.empty() ? 0 : std::min(row_repeat_, max_repeated_rows);
        for (std::size_t i = 0; i < times && !stopped_; ++i) {
            row_.begin(line_ + 1 + i);
            for (const auto& [column, value] : cells_) row_.put(column, value);
            stopped_ = !row_.finish(rows_, complaints_);
        }
        line_ += row_repeat_;
    }

    Rows& rows_;
    Complaints& complaints_;
    SheetRow row_;
    std::vector<std::pair<std::size_t, std::string>> cells_;  // of the row, the filled ones
    std::string type_, value_, text_;
    std::size_t line_ = 0, column_ = 0, row_repeat_ = 1, cell_repeat_ = 1, paragraphs_ = 0,
                skipping_from_ = 0;
    bool in_paragraph_ = false, stopped_ = false;
};

}  // namespace

Result<Done> read_ods(Archive& archive, Rows& rows, Complaints& complaints) {
    Content content{rows, complaints};
    return archive.read("content.xml", content);
}

}  // namespace raadspost::registers
