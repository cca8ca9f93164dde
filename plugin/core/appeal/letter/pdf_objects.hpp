// The objects of a PDF that cairo made: read, changed, added to, and written again in half the room. cairo
// writes each of the hundred small objects of a tagged letter in plain text with a line of its own in the
// cross-reference table; here they go together into one deflated object stream, and the table is a stream as
// well (PDF 1.5, 7.5.7 and 7.5.8 of ISO 32000-1; every reader since 2003 knows them). Knows cairo's layout
// and nothing of other PDFs. Refers to the bytes that it read: they must outlive it. One thread at a time.
#pragma once

#include "core/no_host.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::appeal {

// The number that follows the last occurrence of `key`.
std::optional<std::size_t> pdf_number_after(std::string_view text, std::string_view key);

class PdfObjects {
public:
    // False if the bytes are not as cairo writes them.
    bool read(std::string_view bytes);

    std::size_t root() const { return root_; }
    std::size_t size() const { return objects_.size(); }  // numbers run from 1 to below it
    std::string_view object(std::size_t number) const { return objects_[number]; }  // as it was read

    void replace(std::size_t number, std::string bytes) { changed_[number] = std::move(bytes); }
    // Entries added right after the dictionary's opening bracket.
    void extend(std::size_t number, std::string_view entries);
    std::size_t add(std::string bytes);

    std::string written() const;

private:
    std::string_view now(std::size_t number) const;
    std::optional<std::size_t> length_object_of(std::string_view stream) const;

    std::string_view bytes_, head_;
    std::vector<std::string_view> objects_;
    std::vector<std::pair<std::size_t, std::size_t>> order_;  // offset, number
    std::map<std::size_t, std::string> changed_;
    std::size_t root_ = 0, info_ = 0;
};

}  // namespace raadspost::appeal
