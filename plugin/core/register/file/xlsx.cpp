#include "core/register/dates.hpp"
#include "core/register/file/spreadsheet.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <utility>

namespace raadspost::registers {
namespace {

// ECMA-376 part 1, 18: workbook, relationships, shared strings, styles and sheet are separate parts.

std::optional<std::size_t> number_of(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

class Part : public XmlHandler {
public:
    void end(std::string_view, std::size_t) override {}
    void text(std::string_view) override {}
};

class Workbook final : public Part {
public:
    void begin(std::string_view name, std::string_view, const XmlAttributes& attributes,
               std::size_t) override {
        // A hidden one holds what cells may choose from, or what nobody wants to see.
        if (name == "sheet" && sheets.size() < max_columns &&
            (attributes.get("state").empty() || attributes.get("state") == "visible"))
            sheets.push_back({std::string{attributes.get("id")}, std::string{attributes.get("name")}});
        if (name == "workbookPr")
            from_1904 = attributes.get("date1904") == "1" || attributes.get("date1904") == "true";
    }
    struct Named {
        std::string id, name;  // of the relationship; on the tab
    };
    std::vector<Named> sheets;  // in the order of the tabs
    bool from_1904 = false;
};

// Whether anything stands on a sheet.
class AnyCell final : public Part {
public:
    void begin(std::string_view name, std::string_view, const XmlAttributes&, std::size_t) override {
        found = found || name == "v" || name == "t";
    }
    bool found = false;
};

class Relationships final : public Part {
public:
    void begin(std::string_view name, std::string_view, const XmlAttributes& attributes,
               std::size_t) override {
        if (name != "Relationship" || target_of.size() >= max_archive_entries) return;
        std::string target{attributes.get("Target")};
        target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        target_of.emplace(attributes.get("Id"), std::move(target));
    }
    std::map<std::string, std::string, std::less<>> target_of;
};

class SharedStrings final : public Part {
public:
    void begin(std::string_view name, std::string_view, const XmlAttributes&, std::size_t) override {
        if (name == "rPh") phonetic_ = true;
        in_text_ = name == "t" && !phonetic_;
    }
    void end(std::string_view name, std::size_t) override {
        in_text_ = false;
        if (name == "rPh") phonetic_ = false;
        if (name == "si" && ends_.size() < max_shared_strings) ends_.push_back(all_.size());
    }
    void text(std::string_view piece) override {
        if (in_text_ && all_.size() + piece.size() <= max_shared_string_bytes) all_ += piece;
    }
    std::string_view get(std::size_t index) const {
        if (index >= ends_.size()) return {};
        const std::size_t from = index == 0 ? 0 : ends_[index - 1];
        return std::string_view{all_}.substr(from, ends_[index] - from);
    }

private:
    std::string all_;  // one after the other; a string ends where ends_ says
    std::vector<std::size_t> ends_;
    bool in_text_ = false, phonetic_ = false;
};

// A number is a date only by its format.
class Styles final : public Part {
public:
    void begin(std::string_view name, std::string_view, const XmlAttributes& attributes,
               std::size_t) override {
        if (name == "cellXfs") in_cell_formats_ = true;
        const auto format = number_of(attributes.get("numFmtId"));
        if (name == "numFmt" && format && shows_date_.size() < max_archive_entries)
            shows_date_[*format] = is_date_format(attributes.get("formatCode"));
        if (name == "xf" && in_cell_formats_ && formats_.size() < max_shared_strings)
            formats_.push_back(format.value_or(0));
    }
    void end(std::string_view name, std::size_t) override {
        if (name == "cellXfs") in_cell_formats_ = false;
    }
    bool is_date(std::size_t style) const {
        if (style >= formats_.size()) return false;
        const std::size_t format = formats_[style];
        if (const auto own = shows_date_.find(format); own != shows_date_.end()) return own->second;
        return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
               (format >= 50 && format <= 58);
    }

private:
    static bool is_date_format(std::string_view code) {
        bool in_quotes = false, in_brackets = false;
        for (std::size_t i = 0; i < code.size(); ++i) {
            const char c = code[i];
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_quotes = !in_quotes;
            else if (in_quotes)
                continue;
            else if (c == '[')
                in_brackets = true;
            else if (c == ']')
                in_brackets = false;
            else if (!in_brackets && (c == 'd' || c == 'D' || c == 'y' || c == 'Y' || c == 'j' || c == 'J'))
                return true;
        }
        return false;
    }

    std::map<std::size_t, bool> shows_date_;
    std::vector<std::size_t> formats_;
    bool in_cell_formats_ = false;
};

class Sheet final : public Part {
public:
    Sheet(const SharedStrings& strings, const Styles& styles, bool from_1904, Rows& rows,
          Complaints& complaints)
        : strings_{strings}, styles_{styles}, from_1904_{from_1904}, rows_{rows}, complaints_{complaints} {}

    void begin(std::string_view name, std::string_view, const XmlAttributes& attributes,
               std::size_t) override {
        if (stopped_) return;
        if (name == "row") {
            row_.begin(number_of(attributes.get("r")).value_or(row_.line() + 1));
            next_column_ = 0;
        } else if (name == "c") {
            column_ = column_of(attributes.get("r"));
            type_ = attributes.get("t");
            style_ = number_of(attributes.get("s")).value_or(0);
            value_.clear();
        }
        in_value_ = name == "v" || name == "t";
    }
    void end(std::string_view name, std::size_t) override {
        in_value_ = false;
        if (stopped_) return;
        if (name == "c") {
            row_.put(column_, shown());
            next_column_ = column_ + 1;
        } else if (name == "row") {
            stopped_ = !row_.finish(rows_, complaints_);
        }
    }
    void text(std::string_view piece) override {
        if (in_value_ && value_.size() <= max_field_bytes) value_ += piece;
    }

private:
    // "AB12" -> 27; a cell without a reference stands behind the one before.
    std::size_t column_of(std::string_view reference) const {
        std::size_t column = 0;
        for (const char c : reference) {
            if (c < 'A' || c > 'Z') break;
            column = std::min<std::size_t>(column * 26 + static_cast<std::size_t>(c - 'A') + 1, 100'000);
        }
        return column == 0 ? next_column_ : column - 1;
    }
    std::string shown() const {
        if (type_ == "s") return std::string{strings_.get(number_of(value_).value_or(max_shared_strings))};
        if (type_ == "e") return {};  // #N/A and the like
        if (type_ == "d") return value_.substr(0, 10);
        if (!type_.empty() && type_ != "n") return value_;
        if (styles_.is_date(style_)) {
            double serial = 0;
            const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
            if (error == std::errc{} && end == value_.data() + value_.size())
                if (const auto day = day_of_serial(serial, from_1904_)) return iso(*day);
        }
        return plain_number(value_);
    }

    const SharedStrings& strings_;
    const Styles& styles_;
    const bool from_1904_;
    Rows& rows_;
    Complaints& complaints_;
    SheetRow row_;
    std::size_t column_ = 0, next_column_ = 0, style_ = 0;
    std::string type_, value_;
    bool in_value_ = false, stopped_ = false;
};

}  // namespace

Result<Done> read_xlsx(Archive& archive, Rows& rows, Complaints& complaints) {
    Workbook workbook;
    Relationships relationships;
    SharedStrings strings;
    Styles styles;
    const std::pair<const char*, XmlHandler*> parts[] = {{"xl/workbook.xml", &workbook},
                                                         {"xl/_rels/workbook.xml.rels", &relationships},
                                                         {"xl/sharedStrings.xml", &strings},
                                                         {"xl/styles.xml", &styles}};
    for (const auto& [name, handler] : parts)
        if (auto done = archive.read(name, *handler); !done) return done;
    // The first with anything on it is read; of others it is only told that they are there.
    std::string others;
    for (const auto& [id, name] : workbook.sheets) {
        const auto target = relationships.target_of.find(id);
        if (target == relationships.target_of.end()) continue;
        if (rows.has_header()) {
            // One that cannot be read spoils nothing of the first.
            AnyCell any;
            if (!archive.read(target->second, any) || any.found)
                others += (others.empty() ? "" : ", ") + name;
            continue;
        }
        Sheet sheet{strings, styles, workbook.from_1904, rows, complaints};
        if (auto done = archive.read(target->second, sheet); !done) return done;
    }
    if (!others.empty())
        complaints.add("register_other_sheets", "", others,
                       "Only the first sheet was read; save the others as files of their own.");
    return Done{};
}

}  // namespace raadspost::registers
