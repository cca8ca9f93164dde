#include "crm/triage/triage_page.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/public_pages/page_answer.hpp"
#include "crm/triage/triage_message.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

Dict page_answer_shown(Id page_answer) {
    const std::string model = "raadspost.page_answer";
    const Record answer{model, page_answer};
    const std::string stop = answer.text("stop");
    Dict values{{"page_answer", page_answer},
                {"who", label_of_choice(model, "who", answer.text("who"))},
                {"case_name", case_in_words(answer.at<Id>("case"))},
                {"stop", stop.empty() ? std::string{} : label_of_choice(model, "stop", stop)}};
    for (const char* field : {"at", "words", "list_number", "list_date", "meeting_date", "new_address",
                              "remark", "likely_scanner"})
        values[field] = answer.get(field);
    return values;
}

bool judge_page_answer(Id page_answer, bool takes_over) {
    if (Rows<Id>{"select id from raadspost_page_answer where id = {} and state = 'to_judge'", page_answer}
            .empty())
        return false;
    if (takes_over)
        take_over({page_answer});
    else
        settle_page_answers({page_answer});
    return true;
}

Model triage_page() {
    const auto empty = [](const char* field) { return eval(field).is_empty(); };
    return Model{"raadspost.triage.page", "Judge an Answer on the Page"}
        .shown()
        .field(Many2One{"page_answer", "raadspost.page_answer", "Answer on the Page"}.readonly())
        .field(Char{"case_name", "About"}.readonly())
        .field(Char{"who", "Who"}.readonly())
        .field(TimestampField{"at", "When"}.readonly())
        .field(Char{"progress", "Still to Judge"}.readonly())
        .field(Char{"words", "What It Says"}.readonly().invisible(empty("words")))
        .field(Char{"list_number", "Number on the List"}.readonly().invisible(empty("list_number")))
        .field(DateField{"list_date", "Date of the List"}.readonly().invisible(empty("list_date")))
        .field(DateField{"meeting_date", "Date of the Meeting"}.readonly().invisible(empty("meeting_date")))
        .field(Char{"new_address", "Write Instead To"}.readonly().invisible(empty("new_address")))
        .field(Char{"stop", "Wants No More Of"}.readonly().invisible(empty("stop")))
        .field(Boolean{"likely_scanner", "Likely a Scanner"}.readonly().invisible(!eval("likely_scanner")))
        .field(Text{"remark", "Remark"}.readonly().invisible(empty("remark")))
        .field(Char{"typed", "Enter Takes Over, or Type"}.help(
            "The beginning of \"only read\" or of \"later\"."))
        .field(Integer{"judged", "Judged"})
        .field(Char{"passed_over", "Passed Over"});
}

}  // namespace raadspost::crm
