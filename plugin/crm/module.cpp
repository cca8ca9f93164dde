// module.cpp - the one list of what Raadspost adds to the host.
#include "tryton/module.hpp"

#include "crm/answers/mail_reader.hpp"
#include "crm/appeal/sample_appeals.hpp"
#include "crm/country/country.hpp"
#include "crm/entities.hpp"
#include "crm/public_pages/routes.hpp"
#include "crm/sending/entries.hpp"

namespace raadspost::crm {

tryton::Module wiring() {
    tryton::Module module;
    module.name = "raadspost";
    module.models = {
        appeal(),         appeal_council(),  approval_sample(),
        approval_start(), association(),     attachment(),
        case_record(),    configuration(),   council(),
        event(),          dispatch(),        dispatch_case(),
        griffie(),        griffie_council(), meeting_place(),
        recipient(),      signatory(),       step(),
        suppression(),    village(),         ledger_number(),
        rate_token(),     sender_record(),   sending(),
        arm_start(),      decision_start(),
    };
    // The terms' tables before the members', whose upgrade fills them.
    for (auto electing :
         {election, election_council, council_term, council_member, recess, compute_elections_start})
        module.models.push_back(electing());
    for (auto following_up : {outcome, outcome_correction_start, outcome_start, plan_day, plan_decision,
                              plan_decision_start, plan_line, plan_look, plan_run, plan_simulation,
                              plan_simulation_start, step_approval_choice, step_approval_start})
        module.models.push_back(following_up());
    for (auto importing :
         {import_column, import_line, import_mapping, import_record, import_start, party, past_mailing})
        module.models.push_back(importing());
    module.models.push_back(page_answer());
    module.models.push_back(forgotten_bytes());
    module.routes = public_routes();
    for (auto answering : {mail_source, received_message, message_origin, message_candidate, message_effect,
                           example, example_score, rereading, rereading_line})
        module.models.push_back(answering());
    for (auto judging : {answer_rules, answer_rules_difference, triage_done, triage_message, triage_page,
                         contact, contact_start, reply, reply_start, sent_copy, to_do})
        module.models.push_back(judging());
    module.wizards = {import_register(),   approve_appeal(),     concerned_councils(),
                      compute_elections(), arm_sending_wizard(), decide_dispatches()};
    for (auto deciding :
         {approve_step, correct_outcome, decide_plan, dispatches_of_day, log_outcome, simulate_plan})
        module.wizards.push_back(deciding());
    module.wizards.push_back(erase_party());
    for (auto judging : {triage, change_contact, log_contact, write_reply_wizard})
        module.wizards.push_back(judging());
    module.entries = sending_entries();
    for (const auto& entry : intake_entries()) module.entries.push_back(entry);
    module.entries.push_back({"load_country", load_country_entry});
    module.entries.push_back({"load_samples", load_samples_entry});
    module.jobs = {{"raadspost.dispatch", "send_slice", "Send What Is Ready"},
                   {"raadspost.mail.source", "read_slice", "Take In Mail"}};
    return module;
}

}  // namespace raadspost::crm

using raadspost::crm::wiring;
TRYTON_MODULE(_raadspost, wiring)
