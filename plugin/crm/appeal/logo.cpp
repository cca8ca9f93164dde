#include "crm/appeal/logo.hpp"

#include "core/appeal/letter.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <optional>
#include <span>

namespace raadspost::crm {

using namespace tryton;

void check_logos(const std::string& table, const Ids& records) {
    for (const auto& [logo] :
         Rows<std::optional<Bytes>>{"select logo from " + table + " where id in {}", records}) {
        if (!logo || logo->data.empty()) continue;
        const auto picture = appeal::Logo::from_file(std::as_bytes(std::span{logo->data}), {});
        if (!picture) throw UserError{"msg_" + picture.problem().id};
    }
}

}  // namespace raadspost::crm
