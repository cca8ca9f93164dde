#include "core/post/mime/header.hpp"

#include <fmt/chrono.h>

#include <algorithm>

#include "core/post/mime/quoting.hpp"
#include "core/post/wire/mailbox.hpp"

namespace raadspost::post::mime {
namespace {

constexpr std::size_t line_letters = 76;  // RFC 2047 2: of a line with an encoded word
// Of a word: in quotes they may become twice as many, and no line may have more than 998 (RFC 5322 2.1.1).
constexpr std::size_t most_letters = 480;

// Folding and unfolding would lose blanks at an edge or beside each other; text that looks like an encoded
// word would be decoded; a word that is too long for a line cannot be folded.
bool needs_encoding(std::string_view text) {
    std::size_t word = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x80) return true;
        if (text[i] != ' ')
            ++word;
        else if (i == 0 || i + 1 == text.size() || text[i + 1] == ' ')
            return true;
        else
            word = 0;
        if (word > most_letters) return true;
    }
    return text.find("=?") != std::string_view::npos;
}

// A header line in the making. Knows how full its last line is.
class Line {
public:
    Line(std::string& headers, std::string_view name) : text_{headers}, begun_{headers.size()} {
        text_ += name;
        text_ += ':';
    }
    ~Line() { text_ += "\r\n"; }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // A blank and the word, on a new line where it does not fit.
    void word(std::string_view word) {
        if (text_.size() - begun_ + 1 + word.size() > line_letters && has_words_) fold();
        text_ += ' ';
        text_ += word;
        has_words_ = true;
    }
    void words(std::string_view words) {
        while (!words.empty()) {
            const std::size_t end = std::min(words.find(' '), words.size());
            word(words.substr(0, end));
            words.remove_prefix(std::min(end + 1, words.size()));
        }
    }
    // RFC 2047, Q; none is split inside a letter. (Not B: GMime itself loses what follows a padded word.)
    void encoded_words(std::string_view text) {
        constexpr std::string_view opened = "=?utf-8?q?", closed = "?=";
        std::string encoded;
        for (std::size_t at = 0; at < text.size();) {
            const std::string letter = encoded_letter(text, at, '=');
            if (text_.size() - begun_ + 1 + opened.size() + encoded.size() + letter.size() + closed.size() >
                line_letters) {
                word(std::string{opened} + encoded + std::string{closed});
                fold();
                encoded.clear();
            }
            encoded += letter;
        }
        word(std::string{opened} + encoded + std::string{closed});
    }

private:
    void fold() {
        text_ += "\r\n";
        begun_ = text_.size();
    }
    std::string& text_;
    std::size_t begun_;  // the last line
    bool has_words_ = false;
};

bool needs_quotes(std::string_view person) {
    return std::ranges::any_of(person, [](char letter) { return letter != ' ' && !is_atext(letter); });
}

}  // namespace

void append_words(std::string& headers, std::string_view name, std::string_view words) {
    Line line{headers, name};
    if (needs_encoding(words))
        line.encoded_words(words);
    else
        line.words(words);
}

void append_mailbox(std::string& headers, std::string_view name, std::string_view person,
                    std::string_view address) {
    Line line{headers, name};
    if (person.empty()) return line.word(address);
    if (needs_encoding(person))
        line.encoded_words(person);
    else
        line.words(needs_quotes(person) ? quoted(person) : std::string{person});
    line.word('<' + std::string{address} + '>');
}

bool append_date(std::string& headers, std::chrono::sys_seconds moment) {
    using namespace std::chrono;
    if (moment < sys_days{1900y / 1 / 1} || moment >= sys_days{10000y / 1 / 1}) return false;
    append_as_it_stands(
        headers, "Date",
        fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(moment.time_since_epoch().count())));
    return true;
}

void append_as_it_stands(std::string& headers, std::string_view name, std::string_view value) {
    headers += name;
    headers += ": ";
    for (const char letter : value) {
        if (letter == '\n') headers += '\r';
        headers += letter;
    }
    headers += "\r\n";
}

}  // namespace raadspost::post::mime
