// approve_appeal.cpp - the wizard in which a second person looks at messages as they would go out, and
// approves.
#include "crm/appeal/appeal_check.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

Id appeal_of(Session& session) {
    const Ids ids = session.active_ids();
    if (ids.empty()) throw UserError{"msg_appeal_save_first"};
    return ids.front();
}

Dict samples(Session& session) {
    const Id appeal = appeal_of(session);
    return {{"name", Record{"raadspost.appeal", appeal}.text("name")},
            {"hash", approval_hash(appeal)},
            {"samples", as_list(approval_samples(appeal))}};
}

std::string approve(Session& session) {
    const Id appeal = appeal_of(session);
    // What was looked at must be what is approved, also if somebody saved a change meanwhile.
    if (session.form("start").text("hash") != approval_hash(appeal)) throw UserError{"msg_appeal_changed"};
    call_on("raadspost.appeal", "approve", {appeal});
    return "end";
}

// Refines the action so that the list holds only the councils with an empty value.
Dict concerned(Session& session, Dict& action) {
    std::string ids;
    for (const TextProblem& each : check_appeal(appeal_of(session)))
        for (const Id council : each.councils) ids += (ids.empty() ? "" : ", ") + std::to_string(council);
    if (ids.empty()) throw UserError{"msg_appeal_all_concerned"};
    action["pyson_domain"] = "[[\"id\", \"in\", [" + ids + "]]]";
    return {};
}

}  // namespace

List as_list(std::vector<ApprovalSample> samples) {
    List shown;
    for (ApprovalSample& each : samples) {
        Dict sample{
            {"kind", each.kind},           {"council", each.council},   {"characters", each.characters},
            {"subject", each.subject},     {"text", each.text},         {"html", Bytes{each.html}},
            {"html_name", "bericht.html"}, {"letter_name", "brief.pdf"}};
        if (!each.letter.empty()) sample["letter"] = Bytes{std::move(each.letter)};
        shown.emplace_back(std::move(sample));
    }
    return shown;
}

Model approval_start() {
    return Model{"raadspost.appeal.approve.start", "Approve"}
        .shown()
        .field(Char{"name", "Appeal"}.readonly())
        .field(Char{"hash", "Content (SHA-256)"}.readonly())
        .field(One2Many{"samples", "raadspost.appeal.approve.sample", "", "Messages"}
                   .option("field", {})
                   .readonly());
}

Model approval_sample() {
    return Model{"raadspost.appeal.approve.sample", "Message"}
        .shown()
        .field(Selection{
            "kind", "Chosen As", {{"shortest", "Shortest"}, {"longest", "Longest"}, {"random", "At Random"}}}
                   .readonly())
        .field(Char{"council", "Council"}.readonly())
        .field(Integer{"characters", "Characters"}.readonly())
        .field(Char{"subject", "Subject"}.readonly())
        .field(Text{"text", "Mail as Plain Text"}.readonly())
        .field(Char{"html_name", "File Name of the Mail"}.readonly())
        .field(Binary{"html", "Mail"}.named_by("html_name").readonly())
        .field(Char{"letter_name", "File Name of the Letter"}.readonly())
        .field(Binary{"letter", "Letter"}.named_by("letter_name").readonly());
}

Wizard approve_appeal() {
    return Wizard{"raadspost.appeal.approve"}
        .start("start")
        .form("start", "raadspost.appeal.approve.start", "raadspost.approval_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Approve", "approve", "tryton-ok", true}}, samples)
        .step("approve", approve);
}

Wizard concerned_councils() {
    return Wizard{"raadspost.appeal.concerned"}.start("open").action(
        "open", "raadspost.act_council_concerned", concerned);
}

}  // namespace raadspost::crm
