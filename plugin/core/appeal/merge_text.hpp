// A text with {{fields}}: compiled once, where every mistake is reported with its place, and rendered for
// each council.
//   {{griffier}}              the value; it is an error if it is empty
//   {{griffier|griffie}}      the first of the alternatives that is not empty. An alternative is a field if
//   it is the
//                             exact name of one, else literal text; "in quotes" it is always literal. A
//                             single word with an underscore that is no field is an error: it can only be a
//                             misspelt one.
//   {{griffier|}}             may be empty
//   {{#field}}...{{/field}}   only if the field is filled; {{^field}}...{{/field}} only if not. A line that
//   holds
//                             nothing but section marks leaves no line behind.
//   {{! remark }}             leaves nothing
// Values are inserted, never read again: a value "{{kenmerk}}" stays those letters. Not mustache's library:
// that one reports no place, has no fallbacks, and escapes for HTML only. A MergeText is immutable: safe on
// any thread.
#pragma once

#include "core/appeal/fields.hpp"
#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::appeal {

// What the result is going to be, hence how values (never the staff's own text) are escaped.
enum class Target : std::uint8_t {
    text,    // as is, control characters but newline and tab dropped
    html,    // & < > " ' as entities
    markup,  // light mark-up (markup.hpp): punctuation made harmless, line breaks to spaces, addresses to
             // links
    header,  // a header field: any control character is a Problem "appeal_header_control", also in the
             // staff's text
};

// Limits on what staff may paste.
struct MergeLimits {
    static constexpr std::size_t source_bytes = 256 * 1024;
    static constexpr std::size_t section_depth = 16;
};

struct TextPlace {
    std::size_t line = 1;    // from 1
    std::size_t column = 1;  // from 1, in characters, not bytes
};

struct EmptyField {
    Field field;
    TextPlace place;
};

struct MergeProgram;  // the compiled steps

class MergeText {
public:
    // The first problem in the text: appeal_unknown_field, appeal_section_open, appeal_section_unopened,
    // appeal_section_crossed, appeal_braces_open, appeal_field_missing, appeal_text_too_long,
    // appeal_text_not_utf8, appeal_sections_too_deep, appeal_header_control.
    static Result<MergeText> compile(std::string_view source, Target target);
    // All problems, in order of place; empty if compile() would succeed.
    static std::vector<Problem> check(std::string_view source, Target target);

    // Problem "appeal_empty_field" with place and field name if a value without fallback is empty.
    Result<std::string> render(const FieldValues& values) const;
    // Every such place at once; for the list of councils concerned.
    std::vector<EmptyField> empty_fields(const FieldValues& values) const;
    // Fields that occur anywhere in the text, each once: what a caller has to look up.
    std::vector<Field> fields() const;

private:
    explicit MergeText(std::shared_ptr<const MergeProgram> program);
    std::shared_ptr<const MergeProgram> program_;
};

std::string place_text(TextPlace place);  // "line 3, column 14"

}  // namespace raadspost::appeal
