#include "crm/problem_sentence.hpp"

#include "tryton/error.hpp"
#include "tryton/record.hpp"

#include <re2/re2.h>

namespace raadspost::crm {

std::string place_in_words(const std::string& place) {
    static const RE2 shape{"(?:(subject|message|letter), )*line (\\d+), column (\\d+)"};
    std::string part, line, column;
    if (!RE2::PartialMatch(place, shape, &part, &line, &column)) return place;
    std::string words = tryton::translated("msg_place_line", {{"line", line}, {"column", column}});
    if (part.empty()) return words;
    // "letter, subject, line 1": the letter has a subject of its own.
    if (place.starts_with("letter"))
        part = place.find("subject") == std::string::npos ? "letter" : "letter_subject";
    return tryton::translated("msg_place_" + part) + ", " + words;
}

std::string sentence(const Problem& problem) {
    const std::string id = "msg_" + problem.id;
    // A sentence that the module lacks must not hide what is wrong.
    if (tryton::count("ir.model.data",
                      {tryton::where("module", "=", "raadspost"), tryton::where("fs_id", "=", id)}) == 0)
        return problem.text;
    return tryton::translated(id, {{"place", place_in_words(problem.place)}, {"found", problem.found}});
}

}  // namespace raadspost::crm
