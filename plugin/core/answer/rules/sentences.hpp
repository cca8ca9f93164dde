// A text cut into sentences, and a sentence into clauses, so that "niet" denies only what stands beside it:
// "wordt niet geplaatst, maar is wel doorgestuurd" is one denial and one deed. Written for Dutch, fair to
// English; hard-wrapped lines are joined again. Pure; safe on any thread.
#pragma once

#include "core/answer/rules/folded_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::answer {

struct Sentence {
    std::string_view source;  // in the text that was cut; may hold line ends
    FoldedText folded;        // the letters of addresses and links are masked by "x"
    std::vector<std::pair<std::size_t, std::size_t>>
        clauses;            // from, to in folded.text; at least one, in order
    bool asks = false;      // ends with a question mark
    bool answered = false;  // and the writer answers it himself: "Spoed? Bel dan de bode."

    std::string_view clause(std::size_t i) const {
        return std::string_view{folded.text}.substr(clauses[i].first, clauses[i].second - clauses[i].first);
    }
    std::string line() const;  // the source on one line, cut short for a screen
};

// At most max_sentences; what comes behind is left out. The views point into `text`.
std::vector<Sentence> sentences(std::string_view text);

}  // namespace raadspost::answer
