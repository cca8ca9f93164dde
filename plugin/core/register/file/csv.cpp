#include "core/register/file/table.hpp"
#include "core/register/file/text_lines.hpp"
#include "core/register/rows.hpp"
#include "core/windows_1252.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace raadspost::registers {
namespace {

constexpr std::size_t max_lines_in_a_record = 1'000;

// Cuts the lines of one record into cells. RFC 4180, read leniently: a quote inside an unquoted cell is a
// character.
class Cutter {
public:
    explicit Cutter(char separator) : separator_{separator} {}

    void add(std::string_view line) {
        if (open_) cells_.back() += '\n';
        for (std::size_t at = 0; at < line.size(); ++at) {
            const char c = line[at];
            if (open_) {
                if (c != '"')
                    put(c);
                else if (at + 1 < line.size() && line[at + 1] == '"')
                    put('"'), ++at;
                else
                    open_ = false;
            } else if (c == separator_) {
                finish_cell();
            } else if (c == '"' && !was_quoted_ && cells_.back().empty()) {
                open_ = was_quoted_ = true;
            } else {
                text_after_quote_ = text_after_quote_ || (was_quoted_ && c != ' ');
                put(c);
            }
        }
    }

    bool open() const { return open_; }
    bool text_after_quote() const { return text_after_quote_; }
    bool too_long() const { return too_long_; }
    bool too_many() const { return cells_.size() > max_columns; }
    std::vector<std::string> cells() && { return std::move(cells_); }

private:
    void put(char c) {
        if (cells_.back().size() < max_field_bytes)
            cells_.back() += c;
        else
            too_long_ = true;
    }
    void finish_cell() {
        was_quoted_ = false;
        if (cells_.size() <= max_columns)
            cells_.emplace_back();
        else
            cells_.back().clear();
    }

    char separator_;
    std::vector<std::string> cells_ = std::vector<std::string>(1);
    bool open_ = false, was_quoted_ = false, text_after_quote_ = false, too_long_ = false;
};

std::size_t count_outside_quotes(std::string_view line, char separator) {
    std::size_t count = 0;
    bool open = false;
    for (const char c : line)
        if (c == '"')
            open = !open;
        else if (c == separator && !open)
            ++count;
    return count;
}

class CsvReader {
public:
    CsvReader(std::istream& in, const TableSink& sink)
        : lines_{in}, complaints_{sink.problem}, rows_{sink, complaints_} {}

    void read() {
        find_separator();
        if (lines_.encoding() == TextLines::Encoding::utf32) {
            complaints_.add("register_encoding", at_line(1), "UTF-32",
                            "The file is written in UTF-32, which is not read. Save it as UTF-8.");
            return;
        }
        while (auto line = lines_.next()) {
            if (!read_record(std::move(*line))) break;
        }
        rows_.finish();
    }

private:
    void find_separator() {
        std::vector<TextLine> sample;
        while (sample.size() < 10) {
            auto line = lines_.next();
            if (!line) break;
            sample.push_back(std::move(*line));
        }
        // Excel's own hint.
        if (!sample.empty() && sample[0].text.size() == 5 && sample[0].text.starts_with("sep=")) {
            separator_ = sample[0].text[4];
            sample.erase(sample.begin());
        } else {
            choose_separator(sample);
        }
        lines_.hand_back(std::move(sample));
    }

    // The one that the lines have equally often; the header alone decides between equals.
    void choose_separator(const std::vector<TextLine>& sample) {
        const auto holds = [](std::string_view blank) {
            return [blank](const TextLine& line) {
                return line.text.find_first_not_of(blank) != std::string::npos;
            };
        };
        auto header = std::ranges::find_if(sample, holds(" \t;,|"));
        if (header == sample.end()) header = std::ranges::find_if(sample, holds(" "));
        if (header == sample.end()) return;
        std::pair<std::size_t, std::size_t> best{0, 0};
        for (const char separator : {';', ',', '\t', '|'}) {
            const auto in_header = count_outside_quotes(header->text, separator);
            if (in_header == 0) continue;
            const auto same =
                static_cast<std::size_t>(std::ranges::count_if(sample, [&](const TextLine& line) {
                    return count_outside_quotes(line.text, separator) == in_header;
                }));
            if (std::pair{same, in_header} > best) {
                best = {same, in_header};
                separator_ = separator;
            }
        }
    }

    bool read_record(TextLine first) {
        const std::size_t number = first.number;
        Cutter cutter{separator_};
        cutter.add(first.text);
        bool cut = first.cut;
        std::vector<TextLine> more;
        std::size_t bytes = first.text.size();
        bool lost = false;
        while (cutter.open() && !lost) {
            auto line = lines_.next();
            if (line) {
                bytes += line->text.size();
                cut = cut || line->cut;
                cutter.add(line->text);
                more.push_back(std::move(*line));
            }
            lost = !line || bytes > max_record_bytes || more.size() >= max_lines_in_a_record;
        }
        // A quote that was lost is "closed" by the opening quote of a later cell, and then letters follow.
        lost = lost || (!more.empty() && cutter.text_after_quote());
        if (lost) {
            complaints_.add("register_unclosed_quote", at_line(number), first.text,
                            "A quotation mark that opens on this line is not closed; the line is left out "
                            "and reading goes "
                            "on with the next one.");
            lines_.hand_back(std::move(more));
            return true;
        }
        if (cut || cutter.too_long()) {
            complaints_.add(
                "register_too_long", at_line(number), first.text,
                "A cell is longer than " + std::to_string(max_field_bytes) + " bytes; the row is left out.");
            return true;
        }
        if (cutter.too_many()) {
            complaints_.add(
                "register_too_many_columns", at_line(number), first.text,
                "This row has more than " + std::to_string(max_columns) + " columns; it is left out.");
            return true;
        }
        auto cells = std::move(cutter).cells();
        for (std::string& cell : cells) to_utf8(cell, number);
        return rows_.take(number, std::move(cells));
    }

    void to_utf8(std::string& cell, std::size_t number) {
        if (is_utf8(cell)) return;
        cell = utf8_of(cell);
        if (std::exchange(told_encoding_, true)) return;
        complaints_.add(
            "register_windows_1252", at_line(number), cell,
            "The file is not written in UTF-8; it was read as Windows-1252. Check the letters with accents.");
    }

    TextLines lines_;
    Complaints complaints_;
    Rows rows_;
    char separator_ = ',';
    bool told_encoding_ = false;
};

}  // namespace

void read_csv(std::istream& in, const TableSink& sink) {
    CsvReader{in, sink}.read();
}

std::string utf8_of(std::string_view text) {
    if (is_utf8(text)) return std::string{text};
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) append_utf8(out, code_point_of_windows_1252(static_cast<unsigned char>(c)));
    return out;
}

}  // namespace raadspost::registers
