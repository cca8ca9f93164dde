// Colours of an association's house style, made readable: WCAG 2.1 contrast, and the nearest shade that
// reaches it. Pure functions: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::appeal {

struct Colour {
    double red = 0, green = 0, blue = 0;  // sRGB, 0..1

    friend bool operator==(const Colour&, const Colour&) = default;
};

inline constexpr Colour white{1, 1, 1};
inline constexpr double readable_contrast = 4.5;  // WCAG AA for text below 18 points

std::optional<Colour> parsed_colour(std::string_view text);  // "#1F5C8B" or "1f5c8b"
std::string hex(Colour colour);                              // "#1f5c8b"
double contrast(Colour one, Colour other);                   // 1..21

// The colour itself where it is readable on `ground`, else mixed with black or white until it is.
Colour readable_on(Colour ground, Colour colour);

// The house colour as given, the project's own blue where it is none; readable on white.
Colour house_colour(std::string_view text);

}  // namespace raadspost::appeal
