// Prints, for each line of its input (a text, its line ends written as \n), its sentences as the weights see
// them, one behind the other: the folded text, then for each clause the names of the rules' words in it with
// a comma between. A sentence ends with 0x1e; its parts are parted by 0x1f. For make_guesses.py, which learns
// from them.
#include "core/answer/classify.hpp"

#include <cstdio>
#include <iostream>
#include <string>

using namespace raadspost::answer;

int main() {
    constexpr char between_parts = '\x1f', end_of_sentence = '\x1e';
    const auto rules = Rules::parse(default_rules());
    if (!rules) return std::fprintf(stderr, "%s\n", rules.problem().text.c_str()), 1;
    for (std::string text; std::getline(std::cin, text);) {
        for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos;)
            text.replace(at, 2, 1, '\n');
        const auto cut = sentences(text);
        const auto found = searched(*rules, cut);
        std::size_t clause = 0;
        for (const Sentence& sentence : cut) {
            std::cout << sentence.folded.text;
            for (std::size_t i = 0; i < sentence.clauses.size() && clause < found.words.size();
                 ++i, ++clause) {
                std::cout << between_parts;
                for (std::size_t word = 0; word < rules->words().size(); ++word)
                    if (found.words[clause].test(word)) std::cout << rules->words()[word] << ',';
            }
            std::cout << end_of_sentence;
        }
        std::cout << '\n';
    }
    return 0;
}
