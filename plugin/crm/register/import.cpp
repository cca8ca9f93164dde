// The import and its lines as records of the CRM.
#include "crm/register/import.hpp"

#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

// What a person waits for without wondering; nothing on the screen moves meanwhile.
constexpr std::chrono::seconds patience{3};

Value apply(const Ids& imports) {
    for (const Id import : imports) apply_import(import, patience);
    return "reload";
}

Value apply_one_piece(const List& arguments) {
    apply_import(arguments.at(0).as<Id>(), {});
    return {};
}

Value stop(const Ids& imports) {
    write("raadspost.import",
          search("raadspost.import", {where("id", "in", imports), where("state", "=", "applying")}),
          {{"state", "stopped"}});
    return "reload";
}

Value discard(const Ids& imports) {
    execute(
        "delete from raadspost_import_line where import_ in "
        "(select id from raadspost_import where id in {} and state = 'preview')",
        imports);
    write("raadspost.import",
          search("raadspost.import", {where("id", "in", imports), where("state", "=", "preview")}),
          {{"state", "discarded"}});
    return "reload";
}

void refuse_change(const Ids& lines, Dict& values) {
    if (!values.contains("take_over")) return;
    const Rows<Id> closed{
        "select l.id from raadspost_import_line l join raadspost_import i on i.id = l.import_ "
        "where l.id in {} and i.state <> 'preview'",
        lines};
    if (!closed.empty()) throw UserError{"msg_import_closed"};
}

}  // namespace

tryton::Choices import_kinds() {
    return {{"councils", "Register of Government Organisations"},
            {"elections", "Elections and Results (EML)"},
            {"griffie_addresses", "Griffie Addresses"},
            {"meeting_places", "Meeting Places"},
            {"past_mailings", "Earlier Mailings"},
            {"opt_outs", "Opt-Outs"},
            {"recesses", "Recesses"}};
}

tryton::Model import_record() {
    const Pyson closed = eval("state") != "preview", at_rest = eval("state") != "applying";
    return Model{"raadspost.import", "Import"}
        .stored()
        .shown()
        .ordered_by("id", "DESC")
        .field(Char{"name", "File"}.required().readonly())
        .field(Selection{"kind", "Kind", import_kinds()}.required().readonly())
        .field(Selection{"state",
                         "State",
                         {{"preview", "Preview"},
                          {"applying", "Half-Way"},
                          {"applied", "Applied"},
                          {"stopped", "Stopped Half-Way"},
                          {"discarded", "Discarded"}}}
                   .required()
                   .readonly()
                   .starts_as("preview"))
        .field(Float{"progress", "Progress"}.readonly().invisible(eval("state") == "preview"))
        .field(Integer{"reached", "Reached"}.readonly())
        .field(DateTimeField{"applied_at", "Applied At"}.readonly())
        .field(Many2One{"applied_by", "res.user", "Applied By"}.readonly())
        .field(Integer{"added", "New"}.readonly())
        .field(Integer{"changed", "Changed"}.readonly())
        .field(Integer{"unchanged", "Unchanged"}.readonly())
        .field(Integer{"gone", "Gone"}.readonly())
        .field(Integer{"refused", "Refused"}.readonly())
        .field(Integer{"warned", "To Look At"}.readonly())
        .field(Integer{"kept", "Kept Edits"}.readonly().help(
            "Records in which a person's edit differs from the source and stays."))
        .field(One2Many{"lines", "raadspost.import.line", "import_", "Lines"}.readonly())
        .button("apply", apply, {.invisible = closed})
        .button("go_on", apply, {.invisible = at_rest})
        .button("stop", stop, {.invisible = at_rest})
        .method("apply_one_piece", apply_one_piece)
        .button("discard", discard, {.invisible = closed});
}

tryton::Model import_line() {
    return Model{"raadspost.import.line", "Import Line"}
        .stored()
        .shown()
        .ordered_by("id")
        .named_by("label")
        .field(Many2One{"import_", "raadspost.import", "Import"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .indexed())
        .field(Char{"key", "Key"}.readonly())
        .field(Char{"label", "Name"}.readonly())
        .field(Selection{"change",
                         "Change",
                         {{"added", "New"},
                          {"changed", "Changed"},
                          {"unchanged", "Unchanged"},
                          {"gone", "Gone"},
                          {"refused", "Refused"},
                          {"warning", "To Look At"}}}
                   .required()
                   .readonly()
                   .indexed())
        .field(Char{"place", "Place in the File"}.readonly())
        .field(Text{"details", "What Changes"}.readonly())
        .field(Text{"kept", "Kept Edits"}.readonly().help(
            "What a person wrote and stays, and what the source says."))
        .field(Boolean{"take_over", "Take Over"}
                   .starts_as(false)
                   .readonly(eval("kept").is_empty())
                   .help("Replace the person's edit by what the source says."))
        .field(Text{"reason", "Reason"}.readonly())
        .field(Text{"source_values", "Values of the Source"}.readonly())
        .before_write(refuse_change);
}

}  // namespace raadspost::crm
