// module.cpp - the one list of what Raadspost adds to the host.
#include "tryton/module.hpp"

#include "crm/entities.hpp"

namespace raadspost::crm {

tryton::Module wiring() {
    tryton::Module module;
    module.name = "raadspost";
    module.models = {
        appeal(),     appeal_council(),  approval_sample(), approval_start(), association(),
        attachment(), case_record(),     configuration(),   council(),        event(),
        griffie(),    griffie_council(), meeting_place(),   recipient(),      signatory(),
        step(),       suppression(),     village(),
    };
    module.wizards = {approve_appeal()};
    return module;
}

}  // namespace raadspost::crm

using raadspost::crm::wiring;
TRYTON_MODULE(_raadspost, wiring)
