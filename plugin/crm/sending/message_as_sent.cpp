#include "crm/sending/message_as_sent.hpp"

#include "core/post/frozen.hpp"
#include "core/post/readable.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/sending/release.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// Each file is read once, whichever of the fields are asked for.
std::map<std::string, Values> messages(const Ids& dispatches, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    const auto folder = frozen_folder();
    for (const auto& [id, file, hash] : Rows<Id, std::optional<std::string>, std::optional<std::string>>{
             "select id, bytes_file, bytes_hash from raadspost_dispatch where id in {}", dispatches}) {
        found["raw_name"][id] = std::to_string(id) + ".eml";
        if (!file) continue;
        const auto bytes = post::thaw(folder, *file, hash.value_or(""));
        if (!bytes) {
            found["readable"][id] = sentence(bytes.problem());
            continue;
        }
        found["raw"][id] = Bytes{*bytes};
        const auto readable = post::read_readable(*bytes);
        if (!readable) {
            found["readable"][id] = sentence(readable.problem());
            continue;
        }
        found["readable"][id] = readable->text;
        std::string parts;
        for (const post::ReadablePart& part : readable->parts)
            parts += part.media_type + (part.file_name.empty() ? "" : "  " + part.file_name) + "  (" +
                     std::to_string(part.bytes) + " B)\n";
        found["parts"][id] = parts;
    }
    return found;
}

}  // namespace

void add_message_as_sent(Model& dispatch) {
    dispatch.fields({Char{"raw_name", "File Name"}, Binary{"raw", "Message as Sent"}.named_by("raw_name"),
                     Text{"readable", "Text"}, Text{"parts", "Parts"}},
                    messages);
}

}  // namespace raadspost::crm
