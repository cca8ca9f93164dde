#include "crm/forgetting/forgotten_bytes.hpp"

#include "core/post/frozen.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/entities.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/sending/release.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <array>

namespace raadspost::crm {
namespace {

using namespace tryton;

constexpr const char* model = "raadspost.forgotten_bytes";

// In the order of KeptIn.
constexpr std::array<std::string_view, 3> keys = {"dispatches", "replies", "received"};

constexpr std::string_view key_of(KeptIn folder) {
    return keys[static_cast<std::size_t>(folder)];
}

std::filesystem::path folder_of(std::string_view key) {
    if (key == key_of(KeptIn::dispatches)) return frozen_folder();
    return key == key_of(KeptIn::replies) ? replies_folder() : received_folder();
}

}  // namespace

void forget_bytes(KeptIn folder, const std::vector<std::string>& files) {
    std::vector<std::tuple<std::string, std::string>> rows;
    for (const std::string& file : files) rows.emplace_back(key_of(folder), file);
    insert_rows<std::string, std::string>(model, {"folder", "file"}, rows);
}

std::int64_t wipe_forgotten_bytes() {
    Rows<Id, std::string, std::string> told{"select id, folder, file from raadspost_forgotten_bytes"};
    Ids wiped;
    for (const auto& [id, folder, file] : told) {
        const auto path = folder_of(folder);
        const auto done = without_gil([&] { return post::wipe_frozen(path, file); });
        if (done)
            wiped.push_back(id);
        else
            log(Level::error, done.problem().text);
    }
    if (!wiped.empty())
        in_short_transaction([&] { execute("delete from raadspost_forgotten_bytes where id in {}", wiped); });
    return static_cast<std::int64_t>(wiped.size());
}

tryton::Model forgotten_bytes() {
    return Model{model, "Kept Message That Is to Go"}
        .stored()
        .field(Char{"folder", "Folder"}.required())
        .field(Char{"file", "File"}.required())
        .method("wipe", [](const List&) { return Value{wipe_forgotten_bytes()}; });
}

}  // namespace raadspost::crm
