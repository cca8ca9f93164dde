// A button that opens one of the module's own actions: a list, a wizard. [gil-held].
#pragma once

#include "tryton/model.hpp"
#include "tryton/record.hpp"

namespace raadspost::crm {

// `action`: its name in manifests/tryton.
inline tryton::Action opening(const char* action) {
    return [action](const tryton::Ids&) {
        return tryton::call("ir.action", "get_action_id", {tryton::xml_id("raadspost", action)});
    };
}

}  // namespace raadspost::crm
