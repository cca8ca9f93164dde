#include "core/answer/new_text.hpp"

#include "core/answer/reply/attribution.hpp"
#include "core/answer/reply/copied_headers.hpp"
#include "core/answer/reply/lines.hpp"
#include "core/answer/reply/signature.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace raadspost::answer {
namespace {

using reply::Lines;

// Text below a long quotation: up to so many lines it is a footer or what a broken line left over.
constexpr std::size_t leftover_lines = 6;

enum class Role : std::uint8_t { blank, text, quoted, attribution, signature };

bool is_greeting(std::string_view line) {
    static const RE2 pattern{
        R"((?i)^\W*(geachte|beste|dag|hallo|hoi|goede(morgen|middag|navond|ndag|n)|goeie|l\.?s\.?|aan |dear|hi|hello|hey|sehr geehrte|liebe|bonjour|achte|bêste)\b.{0,80}$)"};
    return RE2::FullMatch(re2::StringPiece{line.data(), line.size()}, pattern);
}

class Reply {
public:
    explicit Reply(std::string_view text) : lines_{reply::lines_of(text)}, roles_(lines_.size(), Role::text) {
        end_ = reply::first_copy(lines_);
        find_roles();
    }

    NewText parts() {
        cut_quotation();
        NewText out;
        out.quoted = reply::joined(lines_, end_, lines_.size());
        take_signatures(out);
        return out;
    }

private:
    void find_roles() {
        bool fenced = false, signed_off = false;
        for (std::size_t i = 0; i < end_; ++i) {
            const std::string_view line = lines_[i];
            if (line.starts_with("```")) fenced = !fenced;
            if (reply::is_blank(line)) {
                roles_[i] = Role::blank;
            } else if (!fenced && reply::is_quoted(line)) {
                roles_[i] = Role::quoted;
                signed_off = false;
            } else if (!fenced && reply::is_signature_marker(line)) {
                roles_[i] = Role::signature;
                signed_off = true;
            } else if (signed_off || (!fenced && reply::is_device_line(line))) {
                roles_[i] = Role::signature;
            }
        }
        for (const reply::Span& span : reply::attributions(lines_, end_)) {
            if (span.first >= end_) break;
            // What was below "-- " up to here was a signature above the quotation.
            for (std::size_t i = span.first; i < std::min(span.last, end_); ++i)
                roles_[i] = Role::attribution;
            if (span.first > 0 && roles_[span.first - 1] == Role::signature) continue;
            for (std::size_t i = span.last; i < end_ && roles_[i] == Role::signature; ++i)
                if (!reply::is_device_line(lines_[i]) && !reply::is_signature_marker(lines_[i]))
                    roles_[i] = Role::text;
        }
    }

    // Moves end_ up to where the quotation begins, and takes attributions out of what stays.
    void cut_quotation() {
        for (std::size_t i = 0; i < end_; ++i) {
            if (roles_[i] != Role::attribution) continue;
            std::size_t last = i;
            while (last < end_ && roles_[last] == Role::attribution) ++last;
            if (is_cut(i, last)) {
                end_ = i;
                break;
            }
            i = last - 1;
        }
        // What is quoted at the end is no answer; with nothing written it is all there is.
        std::size_t last = end_;
        while (last > 0 && roles_[last - 1] != Role::text) --last;
        const bool quotes = std::any_of(roles_.begin() + static_cast<std::ptrdiff_t>(last),
                                        roles_.begin() + static_cast<std::ptrdiff_t>(end_), [](Role role) {
                                            return role == Role::quoted || role == Role::attribution;
                                        });
        if (quotes) {
            while (last < end_ && roles_[last] != Role::quoted && roles_[last] != Role::attribution) ++last;
            end_ = last;
        }
        while (end_ > 0 && (roles_[end_ - 1] == Role::blank || reply::is_rule(lines_[end_ - 1])) &&
               end_ < lines_.size())
            --end_;
    }

    // Whether the quotation that lines [first, last) introduce ends what was written.
    bool is_cut(std::size_t first, std::size_t last) const {
        const auto is = [this](Role role) {
            return [this, role](std::size_t i) { return roles_[i] == role; };
        };
        const auto count = [&](std::size_t from, std::size_t to, auto what) {
            std::size_t found = 0;
            for (std::size_t i = from; i < to; ++i) found += what(i);
            return found;
        };
        std::size_t next = last;
        while (next < end_ && roles_[next] == Role::blank) ++next;
        const bool quote_follows = next < end_ && roles_[next] == Role::quoted;
        const std::size_t above = count(0, first, is(Role::text));
        if (above == 0) return !quote_follows && count(last, end_, is(Role::quoted)) == 0;
        if (!quote_follows) return true;
        if (above == 1 && only_greeting_above(first)) return false;
        std::size_t runs = 0;  // of quoted lines, parted by text
        bool in_quote = false;
        for (std::size_t i = last; i < end_; ++i) {
            if (roles_[i] == Role::quoted && !in_quote) ++runs, in_quote = true;
            if (roles_[i] == Role::text) in_quote = false;
        }
        return runs == 1 && count(last, end_, is(Role::text)) <= leftover_lines;
    }

    bool only_greeting_above(std::size_t first) const {
        for (std::size_t i = 0; i < first; ++i)
            if (roles_[i] == Role::text && !is_greeting(reply::trimmed(lines_[i]))) return false;
        return true;
    }

    void take_signatures(NewText& out) const {
        Lines written;
        std::string signature;
        const auto sign = [&signature](std::string_view line) { (signature += line) += '\n'; };
        for (std::size_t i = 0; i < end_; ++i) {
            if (roles_[i] == Role::signature) {
                if (!reply::is_signature_marker(lines_[i])) sign(lines_[i]);
            } else if (roles_[i] != Role::attribution) {
                written.push_back(lines_[i]);
            }
        }
        const std::size_t legal = reply::first_disclaimer_line(written);
        out.disclaimer = reply::joined(written, legal, written.size());
        written.resize(legal);
        const std::size_t contact = reply::first_contact_line(written);
        out.signature = reply::joined(written, contact, written.size());
        written.resize(contact);
        out.signature += out.signature.empty() || signature.empty() ? "" : "\n";
        out.signature += signature;
        while (out.signature.ends_with('\n')) out.signature.pop_back();
        out.written = reply::joined(written, 0, written.size());
    }

    Lines lines_;
    std::vector<Role> roles_;
    std::size_t end_ = 0;  // of what may be written
};

}  // namespace

NewText new_text(std::string_view text) {
    return Reply{text}.parts();
}

}  // namespace raadspost::answer
