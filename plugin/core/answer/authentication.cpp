#include "core/answer/authentication.hpp"

#include "core/fold.hpp"
#include "core/letter_set.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace raadspost::answer {
namespace {

struct Token {
    enum class Kind : std::uint8_t { word, equals, semicolon };
    Kind kind;
    std::string_view text;
};

bool is_space(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

// Words, quoted strings, "=" and ";", without comments (RFC 5322, section 3.2). What follows a comment or a
// quoted string that never ends is not read. The tokens point into `text`, where quoted strings lose their
// backslashes.
std::vector<Token> tokens_of(std::string& text) {
    constexpr LetterSet behind_words{" \t\r\n;=(\""};
    std::vector<Token> tokens;
    tokens.reserve(text.size() / 6);
    for (std::size_t i = 0; i < text.size();) {
        const char letter = text[i];
        if (is_space(letter)) {
            ++i;
        } else if (letter == '(') {
            for (std::size_t depth = 0; i < text.size(); ++i) {
                if (text[i] == '\\')
                    ++i;
                else if (text[i] == '(')
                    ++depth;
                else if (text[i] == ')' && --depth == 0)
                    break;
            }
            ++i;
        } else if (letter == ';' || letter == '=') {
            tokens.push_back({letter == ';' ? Token::Kind::semicolon : Token::Kind::equals, {}});
            ++i;
        } else if (letter == '"') {
            const std::size_t begin = ++i;
            std::size_t end = begin;
            for (; i < text.size() && text[i] != '"'; ++i) {
                if (text[i] == '\\' && i + 1 < text.size()) ++i;
                text[end++] = text[i];
            }
            if (i >= text.size()) return tokens;
            ++i;
            tokens.push_back({Token::Kind::word, trimmed(std::string_view{text}.substr(begin, end - begin))});
        } else {
            const std::size_t end = behind_words.first_in(text, i);
            tokens.push_back({Token::Kind::word, std::string_view{text}.substr(i, end - i)});
            i = end;
        }
    }
    return tokens;
}

struct Property {
    std::string_view name;  // "header.d"
    std::string_view value;
};

struct Finding {
    std::string_view method;  // "dkim"
    std::string_view result;
    std::vector<Property> properties;

    std::string_view property(std::string_view name) const {
        const auto found = std::ranges::find(properties, name, &Property::name);
        return found == properties.end() ? std::string_view{} : found->value;
    }
};

// word "=" word, again and again; the first is the method. Anything else between semicolons makes no finding.
std::optional<Finding> finding_of(std::span<const Token> tokens) {
    Finding finding;
    for (std::size_t i = 0; i < tokens.size(); i += 3) {
        const bool fits = i + 2 < tokens.size() && tokens[i].kind == Token::Kind::word &&
                          tokens[i + 1].kind == Token::Kind::equals &&
                          tokens[i + 2].kind == Token::Kind::word;
        if (!fits) return i == 0 ? std::nullopt : std::optional{finding};
        const std::string_view name = tokens[i].text, value = tokens[i + 2].text;
        if (i == 0) {
            finding.method = name.substr(0, name.find('/'));
            finding.result = value;
        } else {
            finding.properties.push_back({name, value});
        }
    }
    return finding.method.empty() ? std::nullopt : std::optional{finding};
}

struct Results {
    std::string_view server;
    std::vector<Finding> findings;
};

// Of a header in lower case, into which they point.
Results results_of(std::string& header) {
    const std::vector<Token> tokens = tokens_of(header);
    Results results;
    if (tokens.empty() || tokens.front().kind != Token::Kind::word) return results;
    results.server = tokens.front().text;
    const auto semicolon = [](const Token& token) { return token.kind == Token::Kind::semicolon; };
    auto from = std::ranges::find_if(tokens, semicolon);
    while (from != tokens.end()) {
        const auto to = std::find_if(++from, tokens.end(), semicolon);
        if (auto finding = finding_of({from, to})) results.findings.push_back(std::move(*finding));
        from = to;
    }
    return results;
}

Verdict verdict_of(std::string_view result) {
    if (result == "pass") return Verdict::pass;
    return result == "fail" || result == "hardfail" ? Verdict::fail : Verdict::none;
}

std::string domain_of(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return folded_mailbox(at == std::string_view::npos ? address : address.substr(at + 1));
}

// The same, or one below the other, as DMARC's relaxed alignment for names of two labels and more.
bool is_aligned(std::string_view one, std::string_view other) {
    if (one.size() > other.size()) std::swap(one, other);
    if (one.find('.') == std::string_view::npos) return false;
    return other.ends_with(one) &&
           (other.size() == one.size() || other[other.size() - one.size() - 1] == '.');
}

Verdict sender_of(const Authentication& found, std::string_view dmarc_domain, std::string_view spf_domain) {
    if (found.dmarc == Verdict::fail) return Verdict::fail;
    if (found.from_domain.empty()) return Verdict::none;
    if (found.dmarc == Verdict::pass)
        return dmarc_domain == found.from_domain ? Verdict::pass : Verdict::none;
    const bool is_signed = std::ranges::any_of(found.signatures, [&](const SignedBy& each) {
        return each.verdict == Verdict::pass && is_aligned(each.domain, found.from_domain);
    });
    if (is_signed || (found.spf == Verdict::pass && is_aligned(spf_domain, found.from_domain)))
        return Verdict::pass;
    return found.spf == Verdict::fail && found.dkim != Verdict::pass ? Verdict::fail : Verdict::none;
}

// A pass is believed of those only whom we know to write such headers.
void forget_passes(Authentication& found) {
    for (Verdict* each : {&found.dmarc, &found.spf, &found.dkim})
        if (*each == Verdict::pass) *each = Verdict::none;
    std::erase_if(found.signatures, [](const SignedBy& each) { return each.verdict == Verdict::pass; });
}

}  // namespace

Authentication authentication(const Received& received, std::string_view authserv_id) {
    Authentication found;
    const auto fields = std::ranges::count(received.headers, "from", &Header::name);
    if (received.from.size() == 1 && fields == 1)
        found.from_domain = domain_of(received.from.front().address);
    const std::string configured = folded_mailbox(authserv_id);
    std::string lowered;
    Results results;
    for (const Header& header : received.headers) {
        if (header.name != "authentication-results") continue;
        lowered = folded_mailbox(header.value);
        results = results_of(lowered);
        found.checked = configured.empty() || results.server == configured;
        if (found.checked) break;
    }
    if (!found.checked) return found;

    std::string dmarc_domain, spf_domain;
    bool dmarc_seen = false;
    for (const Finding& finding : results.findings) {
        const Verdict verdict = verdict_of(finding.result);
        if (finding.method == "dmarc") {
            // Two that differ: somebody got a semicolon past the server.
            found.dmarc = dmarc_seen && found.dmarc != verdict ? Verdict::fail : verdict;
            dmarc_domain = domain_of(finding.property("header.from"));
            dmarc_seen = true;
        } else if (finding.method == "dkim") {
            std::string_view domain = finding.property("header.d");
            if (domain.empty()) domain = finding.property("header.i");
            found.signatures.push_back({domain_of(domain), verdict});
            if (verdict != Verdict::none && found.dkim != Verdict::pass) found.dkim = verdict;
        } else if (finding.method == "spf" && !finding.property("smtp.mailfrom").empty()) {
            found.spf = verdict;
            spf_domain = domain_of(finding.property("smtp.mailfrom"));
        }
    }
    if (configured.empty()) {
        found.checked = false;
        forget_passes(found);
    }
    found.sender = sender_of(found, dmarc_domain, spf_domain);
    return found;
}

}  // namespace raadspost::answer
