// attachment.cpp - a file that goes along with every message of an appeal.
#include "crm/appeal/approval.hpp"

#include "core/ascii.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// Relays and gateways refuse much beyond 10 MB; base64 adds a third.
constexpr std::int64_t largest_attachment = 7 * 1024 * 1024;

// One of the kinds that council information systems take; nothing that can run.
const Choices media_types = {
    {"application/pdf", "PDF document"},
    {"image/png", "Picture (PNG)"},
    {"image/jpeg", "Photo (JPEG)"},
    {"text/calendar", "Appointment"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Spreadsheet (Excel)"},
    {"application/vnd.oasis.opendocument.text", "Text document (OpenDocument)"},
};

std::string media_type_of(const std::string& name) {
    const auto dot = name.rfind('.');
    const std::string ending = dot == std::string::npos ? "" : lowered(name.substr(dot + 1));
    if (ending == "pdf" || ending == "png") return (ending == "pdf" ? "application/" : "image/") + ending;
    if (ending == "jpg" || ending == "jpeg") return "image/jpeg";
    if (ending == "ics") return "text/calendar";
    if (ending == "docx") return media_types[4].first;
    if (ending == "xlsx") return media_types[5].first;
    if (ending == "odt") return media_types[6].first;
    return {};
}

void check_size(const Ids& ids) {
    for (const auto& each : browse("raadspost.attachment", ids)) {
        const auto size = each.at<std::int64_t>("bytes");
        if (size > largest_attachment)
            throw UserError{"raadspost.msg_attachment_too_large",
                            {{"name", each.text("name")}, {"size", (size + 1048575) / 1048576}}};
    }
}

}  // namespace

Model attachment() {
    return Model{"raadspost.attachment", "Attachment"}
        .stored()
        .shown()
        .ordered_by("id")
        .named_by("name")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Char{"name", "File name"}.required().on_change(
            {"name"}, [](Record& record) { record.set("media_type", media_type_of(record.text("name"))); }))
        .field(Binary{"content", "File"}.named_by("name").in_filestore("content_id", "raadspost").required())
        .field(Char{"content_id", "File in the file store"}.readonly())
        .field(Selection{"media_type", "Kind of file", media_types}.required())
        .field(Function{Integer{"bytes", "Size"},
                        [](const Ids& ids) {
                            Values sizes;
                            const auto scope = Scope::with({{"raadspost.attachment.content", "size"}});
                            for (const auto& row : read("raadspost.attachment", ids, {"id", "content"}))
                                sizes[row.at("id").as<Id>()] = row.at("content");
                            return sizes;
                        }})
        .validates(check_size)
        .after_save([](const Ids& ids) { lapse_approval(appeals_of("raadspost.attachment", ids)); })
        .before_delete([](const Ids& ids) { refuse_unless_draft("raadspost.attachment", ids); });
}

}  // namespace raadspost::crm
