// signatory.cpp - an organisation that signs an appeal, in the order in which they stand under the letter.
#include "crm/appeal/approval.hpp"
#include "crm/appeal/logo.hpp"
#include "crm/entities.hpp"

namespace raadspost::crm {

using namespace tryton;

Model signatory() {
    return Model{"raadspost.signatory", "Signatory"}
        .stored()
        .shown()
        .ordered_by("sequence")
        .named_by("name")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Integer{"sequence", "Sequence"})
        .field(Char{"name", "Name"}.required())
        .field(Char{"function", "Position"})
        .field(Char{"organisation", "Organisation"})
        .field(Binary{"logo", "Logo"}.help("A PNG or JPEG picture; printed small beside the name."))
        .validates([](const Ids& ids) { check_logos("raadspost_signatory", ids); })
        .after_save([](const Ids& ids) { lapse_approval(appeals_of("raadspost.signatory", ids)); })
        .before_delete([](const Ids& ids) { refuse_unless_draft("raadspost.signatory", ids); });
}

}  // namespace raadspost::crm
