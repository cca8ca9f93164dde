#include "core/answer/delivery_report/groups.hpp"

#include "core/answer/delivery_report/address.hpp"
#include "core/ascii.hpp"

#include <array>

namespace raadspost::answer::report {
namespace {

enum class Field { final_recipient, original_recipient, actual_recipient, action, status, diagnostic, other };

struct FieldName {
    std::string_view name;
    Field field;
};
constexpr std::array<FieldName, 6> field_names = {{
    {"final-recipient", Field::final_recipient},
    {"original-recipient", Field::original_recipient},
    {"x-actual-recipient", Field::actual_recipient},
    {"action", Field::action},
    {"status", Field::status},
    {"diagnostic-code", Field::diagnostic},
}};

Field field_of(std::string_view name) {
    for (const FieldName& each : field_names)
        if (same_address(name, each.name)) return each.field;
    return Field::other;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

std::string first_word(std::string_view value) {
    std::string word;
    for (const char c : trimmed(value)) {
        if (lowered(c) < 'a' || lowered(c) > 'z') break;
        word += lowered(c);
    }
    return word;
}

// RFC 3464 2.3.6: "smtp; 550 ..."; some leave the type off, and their text may hold a semicolon too.
std::string_view without_type(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (semicolon == std::string_view::npos ||
        trimmed(value.substr(0, semicolon)).find(' ') != std::string_view::npos)
        return trimmed(value);
    return trimmed(value.substr(semicolon + 1));
}

// Collects fields into groups. Some systems leave out the empty line between two recipients: a field that
// comes a second time begins the next group.
class Collector {
public:
    void take(Field field, std::string_view value) {
        if (field == Field::other) return;
        if (field != Field::diagnostic && seen_[static_cast<std::size_t>(field)]) end_group();
        seen_[static_cast<std::size_t>(field)] = true;
        switch (field) {
            case Field::final_recipient:
                group_.final_recipient = field_address(value);
                break;
            case Field::original_recipient:
                group_.original_recipient = field_address(value);
                break;
            case Field::actual_recipient:
                if (group_.original_recipient.empty()) group_.original_recipient = field_address(value);
                break;
            case Field::action:
                group_.action = first_word(value);
                break;
            case Field::status:
                group_.status = std::string(trimmed(value));
                break;
            case Field::diagnostic:
                if (!group_.diagnostic.empty()) group_.diagnostic += ' ';
                group_.diagnostic += without_type(value);
                break;
            case Field::other:
                break;
        }
    }

    // Only what speaks of a recipient counts: the message's own group has no such field.
    void end_group() {
        if (seen_[0] || seen_[1] || !group_.action.empty()) groups_.push_back(std::move(group_));
        group_ = {};
        seen_ = {};
    }

    std::vector<Group> finish() {
        end_group();
        return std::move(groups_);
    }

private:
    Group group_;
    std::array<bool, field_names.size()> seen_{};
    std::vector<Group> groups_;
};

}  // namespace

std::vector<Group> groups(const std::vector<Headers>& delivery_status) {
    Collector collector;
    for (const Headers& headers : delivery_status) {
        for (const Header& header : headers) collector.take(field_of(header.name), header.value);
        collector.end_group();
    }
    return collector.finish();
}

std::vector<Group> groups_in_text(std::string_view text) {
    Collector collector;
    Field open = Field::other;
    std::string value;
    const auto close = [&] {
        collector.take(open, value);
        open = Field::other;
        value.clear();
    };
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (open != Field::other && !line.empty() && (line.front() == ' ' || line.front() == '\t')) {
            value += ' ';
            value += trimmed(line);
            continue;
        }
        close();
        const std::string_view bare = trimmed(line);
        if (bare.empty()) continue;  // gateways double the line ends; a repeated field ends the group as well
        const std::size_t colon = bare.find(':');
        if (colon == std::string_view::npos || colon > 20) continue;
        open = field_of(trimmed(bare.substr(0, colon)));
        if (open != Field::other) value = std::string(trimmed(bare.substr(colon + 1)));
    }
    close();
    return collector.finish();
}

}  // namespace raadspost::answer::report
