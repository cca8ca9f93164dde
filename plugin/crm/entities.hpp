// The models that this module adds to the host, one function per concept in alphabetical order. Each makes a
// value that tells the fields and behaviour of one model; module.cpp hands them all to the host. Nothing here
// keeps state, so the order of calls does not matter. [gil-held], once when the module is registered.
#pragma once

#include "tryton/model.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

tryton::Model answer_rules();
tryton::Model answer_rules_difference();
tryton::Model appeal();
tryton::Model appeal_council();
tryton::Model approval_sample();
tryton::Model approval_start();
tryton::Model arm_start();
tryton::Model association();
tryton::Model attachment();
tryton::Model case_record();
tryton::Model compute_elections_start();
tryton::Model configuration();
tryton::Model contact();
tryton::Model contact_start();
tryton::Model council();
tryton::Model council_member();
tryton::Model council_term();
tryton::Model decision_start();
tryton::Model dispatch();
tryton::Model dispatch_case();
tryton::Model election();
tryton::Model election_council();
tryton::Model event();
tryton::Model example();
tryton::Model example_score();
tryton::Model forgotten_bytes();
tryton::Model griffie();
tryton::Model griffie_council();
tryton::Model import_column();
tryton::Model import_line();
tryton::Model import_mapping();
tryton::Model import_record();
tryton::Model import_start();
tryton::Model ledger_number();
tryton::Model mail_source();
tryton::Model meeting_place();
tryton::Model message_candidate();
tryton::Model message_effect();
tryton::Model message_origin();
tryton::Model outcome();
tryton::Model outcome_correction_start();
tryton::Model outcome_start();
tryton::Model page_answer();
tryton::Model party();
tryton::Model past_mailing();
tryton::Model plan_day();
tryton::Model plan_decision();
tryton::Model plan_decision_start();
tryton::Model plan_line();
tryton::Model plan_look();
tryton::Model plan_run();
tryton::Model plan_simulation();
tryton::Model plan_simulation_start();
tryton::Model rate_token();
tryton::Model received_message();
tryton::Model recess();
tryton::Model recipient();
tryton::Model reply();
tryton::Model reply_start();
tryton::Model rereading();
tryton::Model rereading_line();
tryton::Model sender_record();
tryton::Model sending();
tryton::Model sent_copy();
tryton::Model signatory();
tryton::Model step();
tryton::Model step_approval_choice();
tryton::Model step_approval_start();
tryton::Model suppression();
tryton::Model to_do();
tryton::Model triage_done();
tryton::Model triage_message();
tryton::Model triage_page();
tryton::Model village();

tryton::Wizard approve_appeal();
tryton::Wizard approve_step();
tryton::Wizard arm_sending_wizard();
tryton::Wizard compute_elections();
tryton::Wizard concerned_councils();
tryton::Wizard change_contact();
tryton::Wizard correct_outcome();
tryton::Wizard decide_dispatches();
tryton::Wizard decide_plan();
tryton::Wizard dispatches_of_day();
tryton::Wizard erase_party();
tryton::Wizard import_register();
tryton::Wizard log_contact();
tryton::Wizard log_outcome();
tryton::Wizard simulate_plan();
tryton::Wizard triage();
tryton::Wizard write_reply_wizard();

}  // namespace raadspost::crm
