#include "core/appeal/colour.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace raadspost::appeal {
namespace {

constexpr Colour own_blue{0x1F / 255.0, 0x4E / 255.0, 0x79 / 255.0};

double luminance(Colour colour) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// Rounded to the 8 bits that HTML can say, so that what is measured is what is shown.
Colour mixed(Colour one, Colour other, double share) {
    const auto part = [share](double a, double b) { return std::round((a + (b - a) * share) * 255) / 255; };
    return {part(one.red, other.red), part(one.green, other.green), part(one.blue, other.blue)};
}

}  // namespace

std::optional<Colour> parsed_colour(std::string_view text) {
    if (text.starts_with('#')) text.remove_prefix(1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits, 16);
    if (text.size() != 6 || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Colour{(bits >> 16 & 0xFF) / 255.0, (bits >> 8 & 0xFF) / 255.0, (bits & 0xFF) / 255.0};
}

std::string hex(Colour colour) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "#";
    for (const double part : std::array{colour.red, colour.green, colour.blue}) {
        const auto byte = static_cast<unsigned>(std::lround(std::clamp(part, 0.0, 1.0) * 255));
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

double contrast(Colour one, Colour other) {
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

Colour readable_on(Colour ground, Colour colour) {
    const Colour goal = luminance(ground) > 0.18 ? Colour{0, 0, 0} : white;
    for (double share = 0; share < 1; share += 0.05)
        if (const Colour shade = mixed(colour, goal, share); contrast(shade, ground) >= readable_contrast)
            return shade;
    return goal;
}

Colour house_colour(std::string_view text) {
    return readable_on(white, parsed_colour(text).value_or(own_blue));
}

}  // namespace raadspost::appeal
