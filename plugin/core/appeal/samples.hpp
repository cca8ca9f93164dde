// Three appeals to begin with, in our own wording, for the demo and as a start for staff: village
// associations before the elections, a coalition against loneliness after them, and one with four
// signatories. The people, addresses and logos are invented. The texts stand in samples/ and are compiled in.
// Constant: safe on any thread.
#pragma once

#include "core/appeal/letter.hpp"

#include <span>
#include <string_view>

namespace raadspost::appeal {

struct SampleSignatory {
    std::string_view name, function, organisation;
    std::string_view logo_png;  // bytes of a PNG; may be empty
};

struct Sample {
    std::string_view key;    // "dorpen", "eenzaamheid", "samen"
    std::string_view title;  // Dutch, for a list
    std::string_view association;
    std::string_view colour;
    std::string_view logo_png;
    std::string_view postal_address, sender_address, website;
    std::string_view subject, message, letter_subject, letter;  // with fields and mark-up
    std::span<const SampleSignatory> signatories;
};

std::span<const Sample> samples();

// Letterhead and signatories of a sample, logos decoded.
Letterhead sample_letterhead(const Sample& sample);
std::vector<Signatory> sample_signatories(const Sample& sample);

}  // namespace raadspost::appeal
