// Replies as a parser gives them when the bytes come in pieces of that size.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

template <class Reply, class Parser>
std::vector<Reply> replies_in_pieces(Parser parser, std::string_view bytes, std::size_t piece, bool& broken) {
    std::vector<Reply> replies;
    while (!bytes.empty()) {
        parser.feed(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        while (auto reply = parser.next()) replies.push_back(*std::move(reply));
    }
    broken = parser.broken();
    return replies;
}
