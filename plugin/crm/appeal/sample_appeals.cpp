#include "crm/appeal/sample_appeals.hpp"

#include "core/appeal/samples.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// "Postbus 12, 8440 AA Heerenveen" -> street, postcode, city.
struct Postal {
    std::string street, postcode, city;
};

Postal taken_apart(std::string_view address) {
    const auto comma = address.find(", ");
    if (comma == std::string_view::npos) return {std::string{address}, "", ""};
    const std::string town{address.substr(comma + 2)};
    constexpr std::size_t postcode = 7;  // "8440 AA"
    if (town.size() <= postcode) return {std::string{address.substr(0, comma)}, "", town};
    return {std::string{address.substr(0, comma)}, town.substr(0, postcode), town.substr(postcode + 1)};
}

Value picture(std::string_view png) {
    return png.empty() ? Value{} : Value{Bytes{std::string{png}}};
}

Id association_of(const appeal::Sample& sample) {
    const std::string name{sample.association};
    if (const Ids known = search("raadspost.association", {where("name", "=", name)}); !known.empty())
        return known.front();
    const Postal postal = taken_apart(sample.postal_address);
    const Ids party = create("party.party", {{{"name", name}}});
    return create("raadspost.association",
                  {{{"name", name},
                    {"party", party.front()},
                    {"sender_name", name},
                    {"sender_email", sample.sender_address},
                    {"reply_to", sample.sender_address},
                    {"colour", sample.colour},
                    {"street", postal.street},
                    {"postcode", postal.postcode},
                    {"city", postal.city},
                    {"footer", std::string{sample.postal_address} + "\n" + std::string{sample.website}},
                    {"logo", picture(sample.logo_png)}}})
        .front();
}

Id appeal_of(const appeal::Sample& sample) {
    const std::string name{sample.title};
    if (const Ids known = search("raadspost.appeal", {where("name", "=", name)}); !known.empty())
        return known.front();
    const Id appeal = create("raadspost.appeal", {{{"name", name},
                                                   {"association", association_of(sample)},
                                                   {"subject", sample.subject},
                                                   {"message", sample.message},
                                                   {"letter_subject", sample.letter_subject},
                                                   {"letter", sample.letter}}})
                          .front();
    std::vector<Dict> signatories;
    for (const appeal::SampleSignatory& each : sample.signatories)
        signatories.push_back({{"appeal", appeal},
                               {"sequence", signatories.size() + 1},
                               {"name", each.name},
                               {"function", each.function},
                               {"organisation", each.organisation},
                               {"logo", picture(each.logo_png)}});
    create("raadspost.signatory", signatories);
    return appeal;
}

}  // namespace

Ids load_samples() {
    Ids appeals;
    for (const appeal::Sample& sample : appeal::samples()) appeals.push_back(appeal_of(sample));
    return appeals;
}

Value load_samples_entry(const List&) {
    return load_samples();
}

}  // namespace raadspost::crm
