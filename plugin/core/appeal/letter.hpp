// The letter of an appeal as PDF: A4, tagged, Dutch, searchable, fonts embedded, the same bytes for the same
// values. Letterhead and logos are prepared once and shared between threads (immutable). A LetterRenderer
// belongs to one thread at a time: it keeps fonts and the paragraphs that letters have in common, so make one
// per thread and reuse it. Layout is Dutch office practice (NEN 1026 / DIN 5008 B): window at the left,
// address from 50 to 90 mm.
#pragma once

#include "core/appeal/merge_text.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::appeal {

struct LogoLimits {
    static constexpr std::size_t bytes = 2 * 1024 * 1024;
    static constexpr int side = 4000;        // pixels
    static constexpr int stored_side = 480;  // scaled down to this: enough for print, keeps the PDF small
};

// A decoded logo, of a PNG or JPEG file. Problems: appeal_logo_too_large, and those of letter/picture.hpp.
class Logo {
public:
    static Result<Logo> from_file(std::span<const std::byte> file, std::string alternative_text);

    int width() const;
    int height() const;
    const std::string& alternative_text() const;  // read aloud instead of the picture
    struct Pixels;
    const Pixels& pixels() const { return *pixels_; }

private:
    explicit Logo(std::shared_ptr<const Pixels> pixels);
    std::shared_ptr<const Pixels> pixels_;
};

struct Letterhead {
    std::string association;
    std::vector<Logo> logo;   // none or one
    std::string colour;       // "#1F5C8B"; else the default
    std::string return_line;  // small line above the address: "LVKK, Postbus 1, 1234 AB Heerenbroek"
    std::string footer;       // "Postbus 1, 1234 AB Heerenbroek · www.lvkk.example · IBAN ..."
};

struct Signatory {
    std::string name;
    std::string function;
    std::string organisation;
    std::vector<Logo> logo;  // none or one
};

struct Letter {
    std::vector<std::string> addressee;  // at most 6 lines are set
    std::string reference;               // "ons kenmerk"
    std::chrono::year_month_day date;
    std::string place;                   // of writing; may be empty
    std::string subject;                 // plain text
    std::string markup;                  // merged (Target::markup): salutation, body, closing line
    std::vector<Signatory> signatories;  // in order
    std::string author;                  // document property; the association if empty
};

class LetterTemplate {
public:
    // Problems as of MergeText::compile; "place" starts with "subject, " or "letter, ".
    static Result<LetterTemplate> compile(std::string_view subject, std::string_view body);

    // Fills subject and markup of a letter.
    Result<Letter> render(const FieldValues& values, Letter letter) const;
    const MergeText& subject() const { return subject_; }
    const MergeText& body() const { return body_; }

private:
    LetterTemplate(MergeText subject, MergeText body);
    MergeText subject_;
    MergeText body_;
};

class LetterRenderer {
public:
    // Problem "appeal_fonts_missing" if the faces of the package fonts-lato are not installed.
    static Result<LetterRenderer> make();
    LetterRenderer(LetterRenderer&&) noexcept;
    LetterRenderer& operator=(LetterRenderer&&) noexcept;
    ~LetterRenderer();

    // The bytes of the PDF. Problems: appeal_letter_too_long (more than longest_letter pages),
    // appeal_letter_failed.
    Result<std::string> pdf(const Letterhead& letterhead, const Letter& letter);

private:
    struct State;
    explicit LetterRenderer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

inline constexpr int longest_letter = 20;  // pages

}  // namespace raadspost::appeal
