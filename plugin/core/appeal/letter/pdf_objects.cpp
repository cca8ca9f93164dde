#include "core/appeal/letter/pdf_objects.hpp"

#include "core/appeal/letter/deflated.hpp"

#include <algorithm>
#include <charconv>

namespace raadspost::appeal {
namespace {

constexpr std::string_view stream_end = "endstream\n", length_key = "/Length ";

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
    std::size_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + std::min(at, text.size()), text.data() + text.size(), value);
    return error == std::errc{} ? std::optional{value} : std::nullopt;
}

std::size_t skip_zeros(std::string_view text, std::size_t at) {
    while (at + 1 < text.size() && text[at] == '0' && text[at + 1] >= '0' && text[at + 1] <= '9') ++at;
    return at;
}

// One line of the cross-reference stream, 7.5.8.3: free (0), at an offset (1), or in an object stream (2).
struct Entry {
    unsigned char kind = 0;
    std::size_t first = 0;   // offset, or number of the object stream
    std::size_t second = 0;  // generation, or place in the object stream
};
constexpr std::string_view entry_widths = "[1 4 2]";

void append_entry(std::string& table, const Entry& entry) {
    table += static_cast<char>(entry.kind);
    for (int shift = 24; shift >= 0; shift -= 8) table += static_cast<char>(entry.first >> shift & 0xFF);
    for (int shift = 8; shift >= 0; shift -= 8) table += static_cast<char>(entry.second >> shift & 0xFF);
}

void append_stream(std::string& out, std::size_t number, const std::string& entries, std::string_view bytes) {
    out += std::to_string(number) + " 0 obj\n<< " + entries + " /Filter /FlateDecode /Length " +
           std::to_string(bytes.size()) + " >>\nstream\n";
    out += bytes;
    out += "\nendstream\nendobj\n";
}

}  // namespace

std::optional<std::size_t> pdf_number_after(std::string_view text, std::string_view key) {
    const auto at = text.rfind(key);
    return at == std::string_view::npos ? std::nullopt : number_at(text, at + key.size());
}

bool PdfObjects::read(std::string_view bytes) {
    bytes_ = bytes;
    const auto table = pdf_number_after(bytes, "startxref");
    if (!table || *table + 8 > bytes.size() || bytes.substr(*table, 7) != "xref\n0 ") return false;
    const auto count = number_at(bytes, *table + 7);
    const auto trailer = bytes.find("trailer", *table);
    if (!count || trailer == std::string_view::npos) return false;
    constexpr std::size_t entry = 20;
    const std::size_t first = bytes.find('\n', *table + 5) + 1;
    if (first + *count * entry > bytes.size()) return false;
    const auto root = pdf_number_after(bytes.substr(trailer), "/Root");
    const auto info = pdf_number_after(bytes.substr(trailer), "/Info");
    if (!root || !info || *root >= *count) return false;
    root_ = *root;
    info_ = *info;
    for (std::size_t i = 1; i < *count; ++i) {
        const auto offset = number_at(bytes, skip_zeros(bytes, first + i * entry));
        if (!offset || *offset >= *table) return false;
        order_.emplace_back(*offset, i);
    }
    std::sort(order_.begin(), order_.end());
    head_ = bytes.substr(0, order_.empty() ? 0 : order_.front().first);
    objects_.resize(*count);
    for (std::size_t i = 0; i < order_.size(); ++i) {
        const std::size_t end = i + 1 < order_.size() ? order_[i + 1].first : *table;
        const auto object = bytes.substr(order_[i].first, end - order_[i].first);
        const auto begin = object.find("obj\n");
        const auto finish = object.rfind("endobj");
        if (begin == std::string_view::npos || finish == std::string_view::npos || finish < begin + 4)
            return false;
        objects_[order_[i].second] = object.substr(begin + 4, finish - begin - 4);
    }
    return true;
}

void PdfObjects::extend(std::size_t number, std::string_view entries) {
    std::string bytes{now(number)};
    bytes.insert(std::min<std::size_t>(2, bytes.size()), ' ' + std::string{entries});
    replace(number, std::move(bytes));
}

std::size_t PdfObjects::add(std::string bytes) {
    const std::size_t number = objects_.size();
    objects_.emplace_back();
    order_.emplace_back(0, number);
    replace(number, std::move(bytes));
    return number;
}

std::string_view PdfObjects::now(std::size_t number) const {
    const auto changed = changed_.find(number);
    return changed == changed_.end() ? objects_[number] : std::string_view{changed->second};
}

// cairo tells the length of a stream in an object of its own behind it, as it knows it only then.
std::optional<std::size_t> PdfObjects::length_object_of(std::string_view stream) const {
    const std::string_view head = stream.substr(0, stream.find("stream\n"));
    const auto at = head.find(length_key);
    if (at == std::string_view::npos) return std::nullopt;
    const auto number = number_at(head, at + length_key.size());
    const auto behind = number ? at + length_key.size() + std::to_string(*number).size() : 0;
    if (!number || *number >= objects_.size() || head.substr(behind, 4) != " 0 R") return std::nullopt;
    return number;
}

std::string PdfObjects::written() const {
    std::string out{head_};
    out.reserve(bytes_.size());
    std::vector<Entry> entries(objects_.size() + 2);
    const std::size_t together = objects_.size(), table = together + 1;
    std::vector<std::size_t> small;
    std::vector<bool> left_out(objects_.size());
    for (const auto& [_, number] : order_) {
        const std::string_view object = now(number);
        if (!object.ends_with(stream_end)) {
            small.push_back(number);
            continue;
        }
        entries[number] = {1, out.size(), 0};
        out += std::to_string(number) + " 0 obj\n";
        if (const auto length = length_object_of(object)) {
            const auto at = object.find(length_key) + length_key.size();
            out += object.substr(0, at);
            out += std::to_string(number_at(now(*length), 0).value_or(0));
            out += object.substr(object.find('R', at) + 1);
            left_out[*length] = true;
        } else {
            out += object;
        }
        out += "endobj\n";
    }
    std::string places, objects;
    std::size_t count = 0;
    for (const std::size_t number : small) {
        if (left_out[number]) continue;
        entries[number] = {2, together, count++};
        places += std::to_string(number) + ' ' + std::to_string(objects.size()) + ' ';
        objects += now(number);
    }
    entries[together] = {1, out.size(), 0};
    append_stream(out, together,
                  "/Type /ObjStm /N " + std::to_string(count) + " /First " + std::to_string(places.size()),
                  deflated(places + objects, Effort::quick));
    // Free numbers form a ring through 0 (7.5.4).
    constexpr std::size_t never_again = 65535;
    std::size_t next_free = 0;
    for (std::size_t number = objects_.size(); number-- > 0;)
        if (number == 0 || entries[number].kind == 0)
            entries[number] = {0, std::exchange(next_free, number), number == 0 ? never_again : 1};
    const std::size_t begin = out.size();
    entries[table] = {1, begin, 0};
    std::string rows;
    for (const Entry& entry : entries) append_entry(rows, entry);
    append_stream(out, table,
                  "/Type /XRef /Size " + std::to_string(entries.size()) + " /W " + std::string{entry_widths} +
                      " /Root " + std::to_string(root_) + " 0 R /Info " + std::to_string(info_) + " 0 R",
                  deflated(rows, Effort::quick));
    return out + "startxref\n" + std::to_string(begin) + "\n%%EOF\n";
}

}  // namespace raadspost::appeal
