#include "core/appeal/samples.hpp"

#include "samples_data.hpp"

#include <array>
#include <string>

namespace raadspost::appeal {
namespace {

// The arrays end in one zero byte that is not part of the file.
template <std::size_t size>
constexpr std::string_view bytes(const char (&file)[size]) {
    return {file, size - 1};
}

template <std::size_t size>
constexpr std::string_view one_line(const char (&file)[size]) {
    std::string_view text = bytes(file);
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

constexpr std::array<SampleSignatory, 2> dorpen_signatories{{
    {"Jolien Veldkamp-Hoekstra", "voorzitter", "Landelijke Vereniging voor Kleine Kernen", {}},
    {"Sjoerd ten Brinke", "voorzitter", "Provinciale vereniging van kleine kernen", {}},
}};
constexpr std::array<SampleSignatory, 1> eenzaamheid_signatories{{
    {"Het kernteam", "namens alle partners", "Nationale Coalitie tegen Eenzaamheid", {}},
}};
constexpr std::array<SampleSignatory, 4> samen_signatories{{
    {"drs. Marijke van den Oudenrijn-Schaapherder", "directeur", "Stichting Vaste Stek", bytes(stek_png)},
    {"Tom Okkerse", "voorzitter", "Buurthuis Verbond", bytes(buurthuizen_png)},
    {"Nour el Amrani", "bestuurslid", "Taalcafé Nederland", bytes(taalcafe_png)},
    {"Hessel Wiarda", "directeur", "Vereniging Mantelkring", bytes(mantel_png)},
}};

const std::array<Sample, 3> all{{
    {"dorpen", "Dorpen voor de verkiezingen", "Landelijke Vereniging voor Kleine Kernen", "#1F5C4D",
     bytes(dorpen_png), "Postbus 12, 8440 AA Heerenveen", "oproep@kleinekernen.example",
     "www.kleinekernen.example", one_line(dorpen_subject_txt), bytes(dorpen_message_txt),
     one_line(dorpen_letter_subject_txt), bytes(dorpen_letter_txt), dorpen_signatories},
    {"eenzaamheid", "Coalitie tegen eenzaamheid na de verkiezingen", "Nationale Coalitie tegen Eenzaamheid",
     "#87214A", bytes(eenzaamheid_png), "Postbus 345, 3500 GK Utrecht", "kernteam@coalitie.example",
     "www.coalitie.example", one_line(eenzaamheid_subject_txt), bytes(eenzaamheid_message_txt),
     one_line(eenzaamheid_letter_subject_txt), bytes(eenzaamheid_letter_txt), eenzaamheid_signatories},
    {"samen", "Vier organisaties samen", "Vaste Stek, namens vier organisaties", "#294F85", bytes(stek_png),
     "Postbus 678, 3800 AH Amersfoort", "brief@vastestek.example", "www.vastestek.example",
     one_line(samen_subject_txt), bytes(samen_message_txt), one_line(samen_letter_subject_txt),
     bytes(samen_letter_txt), samen_signatories},
}};

std::vector<Logo> decoded(std::string_view png, std::string_view owner) {
    if (png.empty()) return {};
    auto logo = Logo::from_file(std::as_bytes(std::span{png}), "Logo " + std::string{owner});
    if (!logo) return {};
    return {*std::move(logo)};
}

}  // namespace

std::span<const Sample> samples() {
    return all;
}

Letterhead sample_letterhead(const Sample& sample) {
    const std::string association{sample.association}, postal{sample.postal_address};
    return {association, decoded(sample.logo_png, sample.association), std::string{sample.colour},
            association + " \xC2\xB7 " + postal,
            postal + " \xC2\xB7 " + std::string{sample.sender_address} + " \xC2\xB7 " +
                std::string{sample.website}};
}

std::vector<Signatory> sample_signatories(const Sample& sample) {
    std::vector<Signatory> out;
    for (const SampleSignatory& s : sample.signatories)
        out.push_back({std::string{s.name}, std::string{s.function}, std::string{s.organisation},
                       decoded(s.logo_png, s.organisation)});
    return out;
}

}  // namespace raadspost::appeal
