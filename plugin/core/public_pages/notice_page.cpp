#include "core/public_pages/notice_page.hpp"

#include "core/public_pages/layout.hpp"

#include <array>
#include <string_view>

namespace raadspost::public_pages {
namespace {

struct Words {
    int status;
    std::string_view title, text;
};

constexpr Words words_of(Notice notice) {
    switch (notice) {
        case Notice::unknown_link:
            break;
        case Notice::too_often:
            return {
                429, "Te veel aanvragen",
                "Vanaf dit adres kwamen in korte tijd veel aanvragen. Probeer het over een minuut opnieuw."};
        case Notice::busy:
            return {503, "Even geduld",
                    "Het is nu te druk om deze pagina te tonen. Probeer het over een minuut opnieuw."};
        case Notice::not_understood:
            return {400, "Formulier niet begrepen",
                    "Het formulier kwam niet aan zoals een browser het verstuurt. Er is niets vastgelegd. "
                    "Open de "
                    "link uit het bericht opnieuw en probeer het nog eens."};
        case Notice::not_kept:
            return {410, "Bericht niet meer bewaard",
                    "De tekst van dit bericht wordt na enige tijd niet meer bewaard. Vraag de afzender om "
                    "een kopie."};
    }
    return {
        404, "Deze link werkt niet",
        "De link is onvolledig, verlopen of ingetrokken. Open de link opnieuw vanuit het bericht, of neem "
        "contact op met de afzender van het bericht."};
}

}  // namespace

const std::string& notice_page(Notice notice) {
    static const auto pages = [] {
        std::array<std::string, 5> made;
        for (std::size_t n = 0; n < made.size(); ++n) {
            const Words words = words_of(static_cast<Notice>(n));
            made[n] = document(words.title, {},
                               "<h1>" + std::string{words.title} + "</h1>\n" + paragraph(words.text), {});
        }
        return made;
    }();
    return pages.at(static_cast<std::size_t>(notice));
}

int status_of(Notice notice) {
    return words_of(notice).status;
}

}  // namespace raadspost::public_pages
