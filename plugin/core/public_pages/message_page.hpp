// The web version of a message as it was sent: the words of our own HTML mail in the layout of our pages,
// with its letters to open. Reads only mail that we made ourselves, whose hash the caller has checked; it is
// no way to show mail of others. Pure functions: safe on any thread.
#pragma once

#include "core/public_pages/answer.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::public_pages {

// An attachment that can be opened on a page of its own.
struct Enclosure {
    std::string address;  // of its page
    std::string file_name;
    std::size_t bytes = 0;
};

// `html` is the mail's HTML (core/appeal/message_html.cpp); where it is not of that make the plain `text` is
// shown instead.
std::string message_page(const MessageFacts& facts, std::string_view html, std::string_view text,
                         const std::vector<Enclosure>& enclosures);

// The part of our mail between its <main> marks, without its own styles; empty if there is none.
std::string words_of_mail(std::string_view html);

}  // namespace raadspost::public_pages
