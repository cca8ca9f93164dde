// The signs by which automatic mail is known: in headers, in the subject, in sentences. Each says one thing;
// what follows from all of them is decided in core/answer/auto_reply.cpp. Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::automatic {

enum class HeaderSign {
    none,
    slight,    // a null return path, "Precedence: bulk": of machines, and of more
    machine,   // says that a machine sent it (RFC 3834, X-Auto-Response-Suppress: All, ...)
    vacation,  // says that it is an absence note
};

struct HeaderFinding {
    HeaderSign sign = HeaderSign::none;
    std::string line;  // "auto-submitted: auto-replied"
};

HeaderFinding header_sign(const Received& received);

// Over folded text (core/answer/rules/folded_text.hpp): the whole subject, or one sentence.
bool subject_says_absent(std::string_view folded);     // "Afwezig: ...", "Out of office"
bool subject_says_automatic(std::string_view folded);  // "Automatisch antwoord: ...", "Ontvangstbevestiging"
bool subject_is_of_ticket(std::string_view folded);  // "[Ticket#2026031] ...": so do people who answer there
bool subject_answers(std::string_view folded);    // "RE: ..." before what a machine may have written; "...?"
bool speaks_of_another(std::string_view folded);  // "onze wethouder is met verlof"

enum class Says {
    nothing,
    absent,     // "ik ben afwezig t/m"
    left,       // "is niet meer werkzaam bij"
    unread,     // "deze mailbox wordt niet gelezen"
    automatic,  // "dit is een automatisch bericht"
    confirm,    // "klik om te bevestigen dat u een mens bent"
};

// The weightiest thing that each sentence says.
std::vector<Says> says(std::span<const std::string_view> folded);
// What was done with the letter: "doorgestuurd aan de raadsleden"; a person's answer. What is only possible
// ("kan", "indien") is no deed.
bool tells_deed(std::string_view folded);
bool says_received(std::string_view folded);  // "wij hebben uw bericht ontvangen"

bool says_nobody_reads(std::string_view folded);       // of an unread mailbox: not merely given up
bool speaks_of_the_griffier(std::string_view folded);  // "de griffier is donderdag weer op kantoor"
bool speaks_for_itself(std::string_view folded);       // "ik", "wij", "de griffie"
bool is_every_week(std::string_view folded);           // "op vrijdag is de griffie niet bezet"
bool names_deputy(
    std::string_view folded);  // "voor dringende zaken", "neem contact op met", "please contact"
bool names_return(std::string_view folded);  // "vanaf ... weer", "back on", "tot en met"

}  // namespace raadspost::answer::automatic
