// Looks for the phrases of many patterns at once (phrases.hpp): at the begin of each word along a tree of all
// their strings, which lies close together in memory; what was found of a phrase waits for its next part.
// What it costs depends on the text, not on the number of patterns. ASCII is to be in lower case. Built
// first, then read-only: safe on any thread.
#pragma once

#include "core/answer/patterns/found_patterns.hpp"
#include "core/answer/patterns/phrases.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_tree_nodes = std::size_t{1} << 20;  // about the octets of all strings

class PhraseSearch {
public:
    PhraseSearch();
    // False where they are too many or too long: then this one is not looked for.
    bool add(const Phrase& phrase, std::uint8_t pattern);
    // Needed once, behind the last.
    void compile();
    // The patterns of which a phrase stands in the text.
    PatternBits found_in(std::string_view text) const;
    // The same of each text.
    std::vector<PatternBits> found_in(std::span<const std::string_view> texts) const;

private:
    // Of a string: the number of its part; of a phrase of one part the pattern's, and this.
    using Label = std::uint32_t;
    static constexpr Label whole_phrase = Label{1} << 31;
    // Parts that others must follow are kept where they stand, each kind of them in a place of its own.
    struct Part {
        Gap before;
        std::uint16_t previous = no_place, own = no_place;
        std::uint8_t pattern = 0;
    };
    static constexpr std::uint16_t no_place = 0xFFFF;
    // A node's children stand at `children` + their sign's column, where their parent is named; in the column
    // of no sign where in labels_ its list is.
    struct Node {
        std::uint32_t children : 29 = 0;
        std::uint32_t has_labels : 1 = 0;
        std::uint32_t has_runs : 1 = 0;
        std::uint32_t letters_follow : 1 = 0;  // or digits: a run of letters before it may end at any of them
        std::uint32_t parent = no_node;
    };
    static constexpr std::uint32_t no_node = 0xFFFFFFFF, no_parent = no_node - 1;
    struct Branch {
        char sign;
        std::uint32_t node;
    };
    // Until compile(): the tree as it grows.
    struct Grown {
        std::vector<Branch> branches;
        std::vector<Label> labels;
    };
    class Search;

    std::uint32_t grow(std::uint32_t from, std::string_view text);
    void number_columns();
    std::uint32_t place_for(const Grown& node);
    const Node* child(const Node& node, std::uint8_t column) const {
        const Node* const at = &nodes_[node.children + column];
        return at->parent == static_cast<std::uint32_t>(&node - nodes_.data()) ? at : nullptr;
    }

    // Strings begin at the first root; at the others behind letters of the same word, any or some.
    static constexpr std::uint32_t roots = 3, at_edges = 0, behind_any = 1, behind_some = 2;
    std::vector<Grown> grown_;
    std::vector<Part> parts_;
    std::uint16_t places_ = 0;
    std::array<std::uint8_t, 256> columns_{};  // by sign; no_sign: stands in no string
    static constexpr std::uint8_t no_sign = 0;
    // By the last bits of two octets: whether a string that is looked for inside words may begin with them.
    static constexpr std::size_t pair_bits = 6;
    std::bitset<std::size_t{1} << 2 * pair_bits> inside_;
    static std::size_t pair(char first, char second) {
        constexpr unsigned bits = (1U << pair_bits) - 1;
        return (static_cast<unsigned>(first) & bits) << pair_bits | (static_cast<unsigned>(second) & bits);
    }
    std::vector<Node> nodes_;
    std::vector<Label> labels_;  // lists: how many, then each
    std::size_t first_free_ = 0;
};

}  // namespace raadspost::answer
