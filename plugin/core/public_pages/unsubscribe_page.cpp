#include "core/public_pages/unsubscribe_page.hpp"

#include "core/appeal/escape.hpp"
#include "core/public_pages/layout.hpp"

#include <tuple>

namespace raadspost::public_pages {
namespace {

using appeal::escaped_html;

std::string choice(std::string_view value, const std::string& label, bool wrong) {
    const std::string id = "omvang-" + std::string{value};
    return "<div class=\"choice\"><input type=\"radio\" required id=\"" + id + "\" name=\"omvang\" value=\"" +
           std::string{value} + "\"" +
           (wrong ? " aria-invalid=\"true\" aria-describedby=\"omvang-fout\"" : "") + "><label for=\"" + id +
           "\">" + escaped_html(label) + "</label></div>\n";
}

// "berichten over de oproep ‘Een plek’"
std::string what_stops(const MessageFacts& facts, Stop stop) {
    if (stop == Stop::appeal) return "berichten over de oproep ‘" + facts.subject + "’";
    if (stop == Stop::association) return "berichten van " + facts.house.association;
    return "berichten van de verenigingen in dit systeem";
}

std::string stopped_already(const MessageFacts& facts) {
    return "<div class=\"note good\">" +
           paragraph("Dit adres is al afgemeld: het krijgt geen " + what_stops(facts, facts.stopped) +
                     " meer.") +
           "</div>\n";
}

std::string mistaken(const MessageFacts& facts) {
    return paragraph("Vergissing? Laat het weten aan " + facts.sender_address +
                     ", dan draait de vereniging het terug.");
}

}  // namespace

std::optional<Stop> read_unsubscribe(const Form& form) {
    if (form.fields.empty() || is_one_click(form)) return Stop::association;
    // The hidden field tells our form, sent without a choice, from the empty body of a mail client.
    for (const auto& [name, value] : form.fields)
        if (name != "omvang" && name != "pagina") return std::nullopt;
    if (!form.has("omvang")) return Stop::nothing;
    const std::string_view scope = form.one("omvang");
    if (scope == "oproep") return Stop::appeal;
    if (scope == "vereniging") return Stop::association;
    if (scope == "alles") return Stop::all;
    return std::nullopt;
}

std::string unsubscribe_page(const MessageFacts& facts, bool nothing_chosen) {
    std::string main = "<h1>Geen berichten meer ontvangen</h1>\n";
    std::string choices, first;
    for (const auto& [stop, value, label] :
         {std::tuple{Stop::appeal, "oproep", std::string{"Berichten over deze oproep"}},
          std::tuple{Stop::association, "vereniging", "Alle berichten van " + facts.house.association},
          std::tuple{Stop::all, "alles",
                     std::string{"Alle berichten, ook van de andere verenigingen in dit systeem"}}}) {
        if (stop <= facts.stopped) continue;
        if (first.empty()) first = value;
        choices += choice(value, label, nothing_chosen);
    }
    if (nothing_chosen && !choices.empty())
        main += "<div class=\"note bad\" role=\"alert\"><p><a href=\"#omvang-" + first +
                "\">Kies wat de griffie niet meer wil ontvangen.</a> Er is nog niets gewijzigd.</p></div>\n";
    if (facts.stopped != Stop::nothing) main += stopped_already(facts);
    if (choices.empty())
        return document("Geen berichten meer ontvangen", facts.house, main + mistaken(facts),
                        small_print(facts));
    main += paragraph(
        facts.house.association + " schrijft de griffie van " + facts.council_names + " over de oproep ‘" +
        facts.subject +
        "’. Kies hieronder wat de griffie niet meer wil ontvangen. Dat geldt voor het adres waaraan "
        "dit bericht was gericht.");
    main +=
        "<form method=\"post\" accept-charset=\"utf-8\">\n<input type=\"hidden\" name=\"pagina\" "
        "value=\"ja\">\n<fieldset><legend>Wat wilt u niet meer "
        "ontvangen?</legend>\n";
    if (nothing_chosen) main += "<span class=\"wrong\" id=\"omvang-fout\">Maak een keuze.</span>\n";
    main += choices + "</fieldset>\n<p><button type=\"submit\">Afmelden</button></p>\n</form>\n";
    if (!facts.answer_link.empty())
        main += "<p>Liever laten weten wat de raad met de oproep doet? " +
                link(facts.answer_link, "Geef een antwoord") + ".</p>\n";
    return document("Geen berichten meer ontvangen", facts.house, main, small_print(facts));
}

std::string unsubscribed_page(const MessageFacts& facts, Stop stop) {
    const std::string main = "<h1>U bent afgemeld</h1>\n<div class=\"note good\" role=\"status\">\n" +
                             paragraph("De griffie van " + facts.council_names +
                                       " krijgt op dit adres geen " + what_stops(facts, stop) + " meer.") +
                             "</div>\n" + mistaken(facts);
    return document("U bent afgemeld", facts.house, main, small_print(facts));
}

}  // namespace raadspost::public_pages
