#include "core/public_pages/layout.hpp"

#include "core/appeal/colour.hpp"
#include "core/appeal/escape.hpp"
#include "core/appeal/markup.hpp"
#include "core/base64.hpp"

#include <openssl/evp.h>
#include <array>
#include <stdexcept>

namespace raadspost::public_pages {
namespace {

using appeal::escaped_html;

// Colours: at least 4.5:1 for words and 3:1 for the edges of fields and for the focus, in either scheme.
// Fields and buttons are 44 pixels high; boxes to tick 24. --accent, the association's own colour, is set
// before.
constexpr std::string_view style_sheet = R"css(
:root{color-scheme:light dark;--ground:#f3f4f6;--card:#fff;--words:#22252a;--soft:#55595f;--line:#d9dce1;--edge:#6b7079;--on-accent:#fff;--bad:#a4262c;--bad-ground:#fdf3f4;--good:#1d6b3a;--good-ground:#eef7f0}
@media (prefers-color-scheme:dark){:root{--ground:#111214;--card:#1c1e21;--words:#e8e6e3;--soft:#b4b2ae;--line:#3c3f44;--edge:#8d9199;--on-accent:#111214;--bad:#ff9a9f;--bad-ground:#3a2022;--good:#8fd6a6;--good-ground:#1b3023}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--words);font:16px/1.6 Lato,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word}
.card{max-width:44rem;margin:0 auto;background:var(--card);padding:1.25rem}
@media (min-width:48rem){.card{margin:2rem auto;padding:2.25rem 2.75rem;border-radius:.5rem}}
header{border-bottom:1px solid var(--line);padding-bottom:.75rem;margin-bottom:1.5rem}
header p{margin:0;font-weight:700;color:var(--accent)}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}
h2{font-size:1.2rem;line-height:1.35;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p,ul,ol{margin:0 0 1rem}
ul,ol{padding-left:1.5rem}
hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
a{color:var(--accent)}
:focus-visible,input[type=date]:focus-within{outline:3px solid var(--accent);outline-offset:2px}
fieldset{border:1px solid var(--edge);border-radius:.375rem;margin:0 0 1.5rem;padding:.25rem 1rem 1rem;min-width:0}
legend{font-weight:700;font-size:1.1rem;padding:0 .375rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;min-height:44px}
.choice input{flex:none;width:1.5rem;height:1.5rem;margin:.05rem 0 0;accent-color:var(--accent)}
.choice label{flex:1;min-width:0}
.whole{white-space:nowrap}
.field{margin:.75rem 0}
.field label{display:block;font-weight:700}
.hint,.small{color:var(--soft);font-size:.9375rem}
.hint{margin:0 0 .25rem;display:block;font-weight:400}
input[type=text],input[type=email],input[type=date],textarea{width:100%;max-width:26rem;min-height:44px;padding:.5rem .625rem;border:1px solid var(--edge);border-radius:.25rem;background:var(--card);color:var(--words);font:inherit}
textarea{max-width:100%;min-height:7rem;display:block}
input[type=date]{max-width:13rem}
button,.button{display:inline-block;min-height:44px;padding:.625rem 1.5rem;border:0;border-radius:.25rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:700;text-decoration:none;cursor:pointer}
.wrong{color:var(--bad);font-weight:700;margin:.25rem 0;display:block}
.note{border-left:4px solid;padding:.75rem 1rem;margin:0 0 1.5rem;border-radius:.25rem}
.note :last-child{margin-bottom:0}
.note.bad{border-color:var(--bad);background:var(--bad-ground)}
.note.good{border-color:var(--good);background:var(--good-ground)}
.note h2{margin-top:0}
footer{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem}
footer p{color:var(--soft);font-size:.9375rem;margin-bottom:.5rem}
)css";

// Of all grounds on which the accent stands, in either scheme, those on which it is hardest to read.
constexpr appeal::Colour light_ground{0xF3 / 255.0, 0xF4 / 255.0, 0xF6 / 255.0};
constexpr appeal::Colour dark_ground{0x1B / 255.0, 0x30 / 255.0, 0x23 / 255.0};

std::string styles(std::string_view colour) {
    const appeal::Colour house = appeal::house_colour(colour);
    return ":root{--accent:" + hex(readable_on(light_ground, house)) +
           "}\n@media (prefers-color-scheme:dark){:root{--accent:" + hex(readable_on(dark_ground, house)) +
           "}}" + std::string{style_sheet};
}

std::string sha256_source(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 is not available in this OpenSSL"};
    return "'sha256-" + base64({reinterpret_cast<const char*>(digest.data()), size}) + "'";
}

}  // namespace

std::string document(std::string_view title, const House& house, std::string_view main,
                     const std::vector<std::string>& small_print) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n"
        // Or phones make links of list numbers.
        "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>";
    out.append(escaped_html(title))
        .append("</title>\n<style>")
        .append(styles(house.colour))
        .append("</style>\n");
    out += "</head>\n<body>\n<div class=\"card\">\n";
    if (!house.association.empty())
        out.append("<header><p>").append(escaped_html(house.association)).append("</p></header>\n");
    out.append("<main>\n").append(main).append("</main>\n");
    if (!small_print.empty()) {
        out += "<footer>\n";
        for (const std::string& each : small_print) out.append("<p>").append(each).append("</p>\n");
        out += "</footer>\n";
    }
    return out + "</div>\n</body>\n</html>\n";
}

std::string policy_of_pages(std::string_view colour) {
    return "default-src 'none'; style-src " + sha256_source(styles(colour)) +
           "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

const std::string& policy_of_files() {
    static const std::string policy =
        "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    return policy;
}

std::vector<std::pair<std::string, std::string>> safe_headers(std::string_view policy) {
    return {{"Content-Security-Policy", std::string{policy}},
            {"Cache-Control", "no-store"},
            // "no-referrer" would make browsers post with Origin: null, which the host refuses.
            {"Referrer-Policy", "same-origin"},
            {"X-Content-Type-Options", "nosniff"},
            {"X-Robots-Tag", "noindex, nofollow, noarchive"},
            {"X-Frame-Options", "DENY"},
            {"Cross-Origin-Resource-Policy", "same-origin"},
            {"Permissions-Policy", "interest-cohort=(), geolocation=(), camera=(), microphone=()"}};
}

std::string content_disposition(std::string_view file_name, bool show) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string plain, percent;
    for (const char letter : file_name) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool safe = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '_';
        plain += safe || byte == ' ' ? letter : '_';
        if (safe)
            percent += letter;
        else
            percent.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return std::string{show ? "inline" : "attachment"} + "; filename=\"" + plain + "\"; filename*=UTF-8''" +
           percent;
}

std::string paragraph(std::string_view text) {
    return "<p>" + escaped_html(text) + "</p>\n";
}

std::string link(std::string_view address, std::string_view text) {
    if (!appeal::is_safe_address(address)) return escaped_html(text);
    return "<a href=\"" + escaped_html(address) + "\">" + escaped_html(text) + "</a>";
}

}  // namespace raadspost::public_pages
