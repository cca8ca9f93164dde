#include "crm/triage/kinds.hpp"

#include "core/fold.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

const Choices& message_kinds() {
    static const Choices choices = {
        {"distributed", "Passed On"},
        {"listed", "Listed"},
        {"to_college", "Handed to the College"},
        {"agenda", "On the Agenda"},
        {"meeting", "Meeting"},
        {"question", "Question"},
        {"declined", "Declined"},
        {"redirect", "Another Address"},
        {"opt_out", "Wants No More"},
        {"receipt", "Receipt"},
        {"auto_reply", "Automatic Reply"},
        {"bounce_hard", "Undeliverable for Good"},
        {"bounce_soft", "Undeliverable for Now"},
        {"other", "Something Else"},
    };
    return choices;
}

const Choices& message_trusts() {
    static const Choices choices = {{"proven", "Proven"},
                                    {"linked", "Linked"},
                                    {"suggested", "Suggested"},
                                    {"unknown", "Unknown"},
                                    {"forged", "Forged"}};
    return choices;
}

std::vector<std::string> kinds_in(std::string_view kept) {
    std::vector<std::string> kinds;
    while (!kept.empty()) {
        const auto comma = std::min(kept.find(','), kept.size());
        std::string_view kind = kept.substr(0, comma);
        kept.remove_prefix(std::min(comma + 1, kept.size()));
        while (kind.starts_with(' ')) kind.remove_prefix(1);
        while (kind.ends_with(' ')) kind.remove_suffix(1);
        if (!kind.empty()) kinds.emplace_back(kind);
    }
    return kinds;
}

std::string kept_kinds(const std::vector<std::string>& kinds) {
    std::string kept;
    for (const std::string& kind : kinds) kept += (kept.empty() ? "" : ",") + kind;
    return kept;
}

KindWords::KindWords() {
    const Dict fields = call("raadspost.triage.message", "fields_get", {List{"kind"}}).as<Dict>();
    for (const Value& choice : fields.at("kind").as<Dict>().at("selection").as<List>())
        if (const auto& pair = choice.as<List>(); pair.at(0).holds<std::string>())
            words_[pair.at(0).as<std::string>()] = pair.at(1).as<std::string>();
}

std::string KindWords::of(std::string_view kept) const {
    std::string words;
    for (const std::string& kind : kinds_in(kept)) {
        const auto word = words_.find(kind);
        words += (words.empty() ? "" : ", ") + (word == words_.end() ? kind : word->second);
    }
    return words;
}

std::vector<std::string> KindWords::meant_by(std::string_view typed) const {
    std::vector<std::string> meant;
    for (const std::string& part : kinds_in(typed)) {
        const std::string beginning = " " + folded(part);
        std::vector<std::string> found;
        for (const auto& [kind, word] : words_)
            if ((" " + folded(word)).find(beginning) != std::string::npos) found.push_back(kind);
        if (found.empty()) throw UserError{"msg_triage_no_such_kind", {{"typed", part}}};
        if (found.size() > 1)
            throw UserError{"msg_triage_several_kinds", {{"typed", part}, {"kinds", of(kept_kinds(found))}}};
        if (std::ranges::find(meant, found.front()) == meant.end()) meant.push_back(found.front());
    }
    return meant;
}

}  // namespace raadspost::crm
