// Prints, for each line of its input (a text, its line ends written as \n), which words of the rules stand in
// each clause: names with a comma between, clauses with a bar. For make_guesses.py, which learns from them.
#include "core/answer/classify.hpp"

#include <cstdio>
#include <iostream>
#include <string>

using namespace raadspost::answer;

int main() {
    const auto rules = Rules::parse(default_rules());
    if (!rules) return std::fprintf(stderr, "%s\n", rules.problem().text.c_str()), 1;
    for (std::string text; std::getline(std::cin, text);) {
        for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos;)
            text.replace(at, 2, 1, '\n');
        for (const Words& clause : searched(*rules, sentences(text)).words) {
            for (std::size_t word = 0; word < rules->words().size(); ++word)
                if (clause.test(word)) std::cout << rules->words()[word] << ',';
            std::cout << '|';
        }
        std::cout << '\n';
    }
    return 0;
}
