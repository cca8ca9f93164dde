#include "core/appeal/merge_text.hpp"

#include "core/appeal/escape.hpp"
#include "core/appeal/markup.hpp"
#include "core/shortened.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace raadspost::appeal {

struct MergeProgram {
    struct Alternative {
        std::optional<Field> field;  // else literal
        std::string literal;
    };
    struct Step {
        enum class Kind { literal, value, if_filled, if_empty, end };
        Kind kind;
        TextPlace place;
        std::string literal;
        std::vector<Alternative> alternatives;  // value
        Field field{};                          // sections
        std::size_t end = 0;                    // sections: index of their end
    };
    Target target;
    std::vector<Step> steps;
};

namespace {

using Step = MergeProgram::Step;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string quoted(std::string_view text) {
    const std::string_view beginning = shortened(text, 60);
    return std::string{beginning} + (beginning.size() < text.size() ? "..." : "");
}

Problem problem_at(TextPlace place, std::string id, std::string_view found, std::string text) {
    return {std::move(id), place_text(place), quoted(found), std::move(text)};
}

// One word with an underscore can only be meant as a field's name.
bool looks_like_field(std::string_view text) {
    return text.find('_') != std::string_view::npos &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

std::string place_text(TextPlace place) {
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

namespace {

// Reads a source line by line, because no mark may span lines; goes on after a mistake so that all are told
// at once.
class Compiler {
public:
    using Alternative = MergeProgram::Alternative;

    Compiler(std::string_view source, Target target) {
        program_.target = target;
        if (source.size() > MergeLimits::source_bytes) {
            add({1, 1}, "appeal_text_too_long", "", "the text is longer than 256 kB; shorten it");
            return;
        }
        const std::string prepared =
            target == Target::markup ? bullets_as_dashes(source) : std::string{source};
        source = prepared;
        for (std::size_t line = 1; !source.empty() || line == 1; ++line) {
            const auto end = source.find('\n');
            const bool last = end == std::string_view::npos;
            std::string_view text = source.substr(0, end);
            if (text.ends_with('\r')) text.remove_suffix(1);
            read_line(line, text, last);
            if (last) break;
            source.remove_prefix(end + 1);
        }
        for (const std::size_t open : open_) {
            const Step& step = program_.steps[open];
            const auto name = description_of(step.field).name;
            add(step.place, "appeal_section_open", name,
                "the section {{#" + std::string{name} + "}} is never closed; write {{/" + std::string{name} +
                    "}}");
        }
        // A section that was never closed is found last but may stand first.
        std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
            return std::pair{a.first.line, a.first.column} < std::pair{b.first.line, b.first.column};
        });
    }

    std::vector<Problem> problems() const {
        std::vector<Problem> out;
        for (const auto& [place, problem] : problems_) out.push_back(problem);
        return out;
    }
    MergeProgram take() && { return std::move(program_); }

private:
    void add(TextPlace place, std::string id, std::string_view found, std::string text) {
        problems_.emplace_back(place, problem_at(place, std::move(id), found, std::move(text)));
    }

    void read_line(std::size_t line, std::string_view text, bool last) {
        check_characters(line, text, last);
        const bool marks_only = is_marks_only(text);
        std::size_t column = 1;
        const auto literal = [&](std::string_view part) {
            if (part.empty() || marks_only) return column += characters(part);
            if (const auto stray = part.find("}}"); stray != std::string_view::npos)
                add({line, column + characters(part.substr(0, stray))}, "appeal_braces_open",
                    part.substr(stray), "}} without {{ before it; write a field as {{name}}");
            else if (column > 1 && part.starts_with('}'))
                add({line, column}, "appeal_braces_open", part, "one } too many; a field ends in two");
            program_.steps.push_back(Step{Step::Kind::literal, {line, column}, std::string{part}, {}});
            return column += characters(part);
        };
        while (!text.empty()) {
            const auto open = text.find("{{");
            literal(text.substr(0, open));
            if (open == std::string_view::npos) break;
            text.remove_prefix(open);
            const auto close = text.find("}}", 2);
            if (close == std::string_view::npos || text.find("{{", 2) < close) {
                add({line, column}, "appeal_braces_open", text,
                    "{{ without }} on the same line; close the field with }}");
                column += 2;
                text.remove_prefix(2);
                continue;
            }
            read_mark({line, column}, trimmed(text.substr(2, close - 2)));
            column += characters(text.substr(0, close + 2));
            text.remove_prefix(close + 2);
        }
        if (!last && !marks_only)
            program_.steps.push_back(Step{Step::Kind::literal, {line, column}, "\n", {}});
    }

    // A line of nothing but section marks and remarks, which leaves no line behind.
    static bool is_marks_only(std::string_view text) {
        text = trimmed(text);
        if (text.empty()) return false;
        while (!text.empty()) {
            const auto close = text.find("}}");
            if (!text.starts_with("{{") || close == std::string_view::npos) return false;
            const std::string_view mark = trimmed(text.substr(2, close - 2));
            if (mark.empty() || std::string_view{"#^/!"}.find(mark[0]) == std::string_view::npos)
                return false;
            text = trimmed(text.substr(close + 2));
        }
        return true;
    }

    void check_characters(std::size_t line, std::string_view text, bool last) {
        if (!is_utf8(text))
            add({line, 1}, "appeal_text_not_utf8", "", "the line is not UTF-8; type it again");
        if (program_.target != Target::header) return;
        for (std::size_t at = 0, column = 1; at < text.size(); ++column)
            if (is_control(next_code_point(text, at)))
                return add({line, column}, "appeal_header_control", "",
                           "a subject cannot hold a control character; remove it");
        if (!last)
            add({line, characters(text) + 1}, "appeal_header_control", "",
                "a subject is one line; remove the line break");
    }

    static std::size_t characters(std::string_view text) {
        return static_cast<std::size_t>(std::count_if(
            text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }

    std::optional<Field> known(TextPlace place, std::string_view name) {
        if (name.empty()) {
            add(place, "appeal_field_missing", "{{}}",
                "no field between the braces; write its name, as in {{gemeente}}");
            return std::nullopt;
        }
        const auto field = field_named(name);
        if (!field)
            add(place, "appeal_unknown_field", name,
                "there is no field \"" + quoted(name) + "\"; pick one from the list of fields");
        return field;
    }

    void read_mark(TextPlace place, std::string_view mark) {
        if (mark.starts_with('!')) return;
        if (mark.starts_with('#')) return open(place, Step::Kind::if_filled, trimmed(mark.substr(1)));
        if (mark.starts_with('^')) return open(place, Step::Kind::if_empty, trimmed(mark.substr(1)));
        if (mark.starts_with('/')) return close(place, trimmed(mark.substr(1)));
        Step step{Step::Kind::value, place, {}, {}};
        auto bar = mark.find('|');
        step.alternatives.push_back({known(place, trimmed(mark.substr(0, bar))), {}});
        while (bar != std::string_view::npos) {
            mark.remove_prefix(bar + 1);
            bar = mark.find('|');
            step.alternatives.push_back(alternative(place, trimmed(mark.substr(0, bar))));
        }
        program_.steps.push_back(std::move(step));
    }

    Alternative alternative(TextPlace place, std::string_view text) {
        if (text.find_first_of("{}") != std::string_view::npos)
            add(place, "appeal_braces_open", text, "a fallback cannot hold a brace; write it without");
        if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"'))
            return {std::nullopt, std::string{text.substr(1, text.size() - 2)}};
        if (const auto field = field_named(text)) return {field, {}};
        if (looks_like_field(text)) known(place, text);
        return {std::nullopt, std::string{text}};
    }

    void open(TextPlace place, Step::Kind kind, std::string_view name) {
        const auto field = known(place, name);
        if (open_.size() >= MergeLimits::section_depth)
            return add(place, "appeal_sections_too_deep", name,
                       "sections within sections, too deep; simplify the text");
        Step step{kind, place, {}, {}};
        // An unknown one is opened all the same, lest its end be called a second mistake.
        unknown_.push_back(field ? std::string{} : std::string{name});
        step.field = field.value_or(Field::gemeente);
        open_.push_back(program_.steps.size());
        program_.steps.push_back(std::move(step));
    }

    void close(TextPlace place, std::string_view name) {
        if (open_.empty())
            return add(place, "appeal_section_unopened", name,
                       "the section \"" + quoted(name) + "\" is closed but was never opened");
        Step& begin = program_.steps[open_.back()];
        const std::string_view expected =
            unknown_.back().empty() ? description_of(begin.field).name : unknown_.back();
        if (name != expected)
            add(place, "appeal_section_crossed", name,
                "{{/" + quoted(name) + "}} closes the section \"" + std::string{expected} +
                    "\"; close the inner section first");
        begin.end = program_.steps.size();
        open_.pop_back();
        unknown_.pop_back();
        program_.steps.push_back(Step{Step::Kind::end, place, {}, {}});
    }

    MergeProgram program_{};
    std::vector<std::size_t> open_;     // indices of sections not closed yet
    std::vector<std::string> unknown_;  // beside open_: the name, if it is no field
    std::vector<std::pair<TextPlace, Problem>> problems_;
};

std::string address_in_markup(const std::string& value) {
    if (is_safe_address(value) && value.find_first_of("<>\\") == std::string::npos) return '<' + value + '>';
    return escaped_markup(value);
}

bool is_blank(std::string_view value) {
    return value.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The first alternative that says something; a zero only where nothing else does; else the last, which is
// empty.
const MergeProgram::Alternative& chosen(const Step& step, const FieldValues& values) {
    for (const auto& alternative : step.alternatives)
        if (!alternative.field || values.filled(*alternative.field)) return alternative;
    for (const auto& alternative : step.alternatives)
        if (!is_blank(values[*alternative.field])) return alternative;
    return step.alternatives.back();
}

bool has_control(std::string_view value) {
    for (std::size_t at = 0; at < value.size();)
        if (is_control(next_code_point(value, at))) return true;
    return false;
}

// Line by line; one that is empty parts paragraphs, several do no more.
std::string lines_in_markup(std::string_view value) {
    std::string out;
    while (!value.empty()) {
        const auto end = std::min(value.find('\n'), value.size());
        out += escaped_markup(value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
        if (!value.empty()) out += '\n';
    }
    return out;
}

std::string escaped(const std::string& value, Target target, FieldKind kind) {
    switch (target) {
        case Target::html:
            return escaped_html(value);
        case Target::markup:
            if (kind == FieldKind::lines) return lines_in_markup(value);
            return kind == FieldKind::address ? address_in_markup(value) : escaped_markup(value);
        case Target::text:
        case Target::header:
            break;
    }
    return escaped_text(value);
}

}  // namespace

MergeText::MergeText(std::shared_ptr<const MergeProgram> program) : program_{std::move(program)} {}

Result<MergeText> MergeText::compile(std::string_view source, Target target) {
    Compiler compiler{source, target};
    if (auto problems = compiler.problems(); !problems.empty()) return std::move(problems.front());
    return MergeText{std::make_shared<const MergeProgram>(std::move(compiler).take())};
}

std::vector<Problem> MergeText::check(std::string_view source, Target target) {
    return Compiler{source, target}.problems();
}

Result<std::string> MergeText::render(const FieldValues& values) const {
    using Kind = Step::Kind;
    std::string out;
    for (std::size_t at = 0; at < program_->steps.size(); ++at) {
        const auto& step = program_->steps[at];
        if (step.kind == Kind::literal) out += step.literal;
        if (step.kind == Kind::if_filled && !values.filled(step.field)) at = step.end;
        if (step.kind == Kind::if_empty && values.filled(step.field)) at = step.end;
        if (step.kind != Kind::value) continue;
        const auto& alternative = chosen(step, values);
        if (!alternative.field) {
            out += alternative.literal;
            continue;
        }
        const std::string& value = values[*alternative.field];
        const auto& description = description_of(*alternative.field);
        if (is_blank(value))
            return problem_at(step.place, "appeal_empty_field", description.name,
                              "the field \"" + std::string{description.name} +
                                  "\" is empty for this council; fill it in, or give a fallback: {{" +
                                  std::string{description.name} + "|...}}");
        if (program_->target == Target::header && has_control(value))
            return problem_at(step.place, "appeal_header_control", description.name,
                              "the value of \"" + std::string{description.name} +
                                  "\" holds a line break or control character and cannot stand in a subject");
        out += escaped(value, program_->target, description.kind);
    }
    return out;
}

std::vector<EmptyField> MergeText::empty_fields(const FieldValues& values) const {
    using Kind = Step::Kind;
    std::vector<EmptyField> out;
    for (std::size_t at = 0; at < program_->steps.size(); ++at) {
        const auto& step = program_->steps[at];
        if (step.kind == Kind::if_filled && !values.filled(step.field)) at = step.end;
        if (step.kind == Kind::if_empty && values.filled(step.field)) at = step.end;
        if (step.kind != Kind::value) continue;
        const auto& field = chosen(step, values).field;
        if (field && is_blank(values[*field])) out.push_back({*field, step.place});
    }
    return out;
}

std::vector<Field> MergeText::fields() const {
    using Kind = Step::Kind;
    std::array<bool, field_count> seen{};
    for (const auto& step : program_->steps) {
        if (step.kind == Kind::if_filled || step.kind == Kind::if_empty)
            seen[static_cast<std::size_t>(step.field)] = true;
        for (const auto& alternative : step.alternatives)
            if (alternative.field) seen[static_cast<std::size_t>(*alternative.field)] = true;
    }
    std::vector<Field> out;
    for (std::size_t i = 0; i < field_count; ++i)
        if (seen[i]) out.push_back(static_cast<Field>(i));
    return out;
}

}  // namespace raadspost::appeal
