#include "crm/appeal/appeal_preview.hpp"

#include "crm/appeal/appeal_check.hpp"
#include "crm/message/message_loader.hpp"
#include "crm/problem_sentence.hpp"
#include "tryton/error.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

const std::vector<std::string> preview_depends = {"id",     "subject",     "message",        "letter_subject",
                                                  "letter", "association", "preview_council"};

namespace {

Dict no_preview(std::string problem) {
    return {{"preview_html", {}},
            {"preview_text", {}},
            {"preview_pdf", {}},
            {"preview_subject", {}},
            {"preview_problem", std::move(problem)}};
}

Dict preview_of(Id appeal, const UnsavedTexts& texts, std::optional<Id> council) {
    if (!council) return no_preview(translated("msg_preview_choose_council"));
    if (const auto problems = check_wording(texts); !problems.empty()) return no_preview(as_lines(problems));
    const auto inputs = MessageLoader{}.preview(appeal, texts, {*council});
    Renderer renderer;
    const auto draft = without_gil([&] { return render_draft(inputs.front(), renderer); });
    if (!draft) return no_preview(sentence(draft.problem()));
    Dict shown = no_preview({});
    shown["preview_subject"] = draft->message.subject;
    shown["preview_html"] = Bytes{draft->message.html};
    shown["preview_text"] = draft->message.text;
    if (!draft->letters.empty()) shown["preview_pdf"] = Bytes{draft->letters.front()};
    return shown;
}

Dict preview_of(const Record& appeal) {
    const Value id = appeal.get("id");
    const auto link = [&](const char* field) { return appeal.get(field).as<std::optional<Id>>(); };
    try {
        return preview_of(id.is_null() ? 0 : id.as<Id>(),
                          {.subject = appeal.text("subject"),
                           .message = appeal.text("message"),
                           .letter_subject = appeal.text("letter_subject"),
                           .letter = appeal.text("letter"),
                           .association = link("association").value_or(0),
                           .with_letter = true},
                          link("preview_council"));
    } catch (const UserError& error) {
        // A form that cannot be previewed must still open.
        return no_preview(translated(error.message(), error.variables()));
    }
}

}  // namespace

void refresh_preview(Record& appeal) {
    for (const auto& [field, value] : preview_of(appeal)) appeal.set(field, value);
}

std::map<std::string, Values> previews(const Ids& appeals, const std::vector<std::string>& names) {
    std::map<std::string, Values> found;
    for (const Record& appeal : browse("raadspost.appeal", appeals)) {
        const Dict shown = preview_of(appeal);
        for (const std::string& name : names)
            if (const auto value = shown.find(name); value != shown.end())
                found[name][appeal.id()] = value->second;
    }
    return found;
}

}  // namespace raadspost::crm
