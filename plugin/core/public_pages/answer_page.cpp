#include "core/appeal/escape.hpp"
#include "core/appeal/fields.hpp"
#include "core/public_pages/answer.hpp"
#include "core/public_pages/layout.hpp"
#include "core/public_pages/limits.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace raadspost::public_pages {
namespace {

using appeal::dutch_date;
using appeal::dutch_enumeration;
using appeal::escaped_html;

struct Label {
    std::string_view key, words;
};
// As the form asks; outcome_words() has the same in the words of a record.
constexpr std::array<Label, 6> questions = {{
    {"passed_on", "Doorgestuurd aan de raadsleden"},
    {"listed", "Op de lijst van ingekomen stukken geplaatst"},
    {"to_college", "In handen van het college gesteld"},
    {"agenda", "Op de agenda van raad of commissie gezet"},
    {"meeting", "Wij gaan hierover graag in gesprek met u"},
    {"declined", "Niet doorgestuurd en niet behandeld"},
}};
constexpr std::array<Label, 11> words = {{
    {"receipt", "ontvangst bevestigd"},
    {"answered", "beantwoord"},
    {"passed_on", "doorgestuurd aan de raadsleden"},
    {"listed", "op de lijst van ingekomen stukken"},
    {"to_college", "in handen van het college gesteld"},
    {"agenda", "op de agenda"},
    {"meeting", "gesprek"},
    {"question", "vraag gesteld"},
    {"declined", "niet doorgestuurd en niet behandeld"},
    {"no_more", "geen post meer gewenst"},
    {"retracted", "ingetrokken"},
}};
constexpr std::array<Label, 3> who_choices = {{
    {"griffier", "De griffier of een medewerker van de griffie"},
    {"raadslid", "Een raadslid"},
    {"ander", "Iemand anders"},
}};
constexpr std::array<Label, 4> stop_choices = {{
    {"oproep", "Geen berichten meer over deze oproep"},
    {"vereniging", "Geen berichten meer van deze vereniging"},
    {"alles", "Geen berichten meer van alle verenigingen die dit systeem gebruiken"},
    // A choice cannot be taken back without a script, but for another one.
    {"niets", "Wij blijven graag berichten ontvangen"},
}};

// A name such as 's-Gravenhage stays on one line.
std::string names_html(std::string_view names) {
    constexpr std::string_view beginning = "&#39;s-";
    std::string html = escaped_html(names), out;
    std::string_view rest = html;
    for (std::size_t at = rest.find(beginning); at != std::string_view::npos; at = rest.find(beginning)) {
        const std::size_t end = std::min(rest.find_first_of(" ,", at), rest.size());
        out.append(rest.substr(0, at)).append("<span class=\"whole\">");
        out.append(rest.substr(at, end - at)).append("</span>");
        rest.remove_prefix(end);
    }
    return out.append(rest);
}

std::string outcome_of(const Recorded& recorded) {
    std::string text{outcome_words(recorded.kind)};
    if (!recorded.list_number.empty()) text += ", nummer " + recorded.list_number;
    if (recorded.list_date) text += ", lijst van " + dutch_date(*recorded.list_date);
    if (recorded.meeting_date) text += ", vergadering van " + dutch_date(*recorded.meeting_date);
    return text;
}

std::string recorded_words(std::string outcome, std::span<const std::string> days) {
    return std::move(outcome) + " (vastgelegd op " + dutch_enumeration(days) + ")";
}

std::string recorded_words(const Recorded& recorded) {
    return recorded_words(outcome_of(recorded), std::array{dutch_date(recorded.on)});
}

// Each outcome once, in the order in which they came.
std::string recorded_words(std::span<const Recorded> all) {
    std::vector<std::pair<std::string, std::vector<std::string>>> outcomes;  // and their days
    for (const Recorded& each : all) {
        std::string outcome = outcome_of(each);
        auto found = std::ranges::find(outcomes, outcome, [](const auto& known) { return known.first; });
        if (found == outcomes.end()) found = outcomes.insert(found, {std::move(outcome), {}});
        found->second.push_back(dutch_date(each.on));
    }
    std::string text;
    for (auto& [outcome, days] : outcomes)
        text += (text.empty() ? "" : "; ") + recorded_words(std::move(outcome), days);
    return text;
}

// The form on its page. An id is the field's name, with the choice behind it.
class AnswerForm {
public:
    AnswerForm(const Form& typed, std::span<const Mistake> mistakes) : typed_{typed}, mistakes_{mistakes} {}

    std::string out;

    void choices(std::string_view kind, std::string_view name, std::span<const Label> offered) {
        for (const Label& each : offered) choice(kind, name, each.key, each.words);
    }

    void choice(std::string_view kind, std::string_view name, std::string_view value,
                std::string_view label) {
        const std::string id = std::string{name} + "-" + std::string{value};
        out += "<div class=\"choice\"><input type=\"" + std::string{kind} + "\" id=\"" + escaped_html(id) +
               "\" name=\"" + escaped_html(name) + "\" value=\"" + escaped_html(value) + "\"";
        const auto said = typed_.all(name);
        if (std::ranges::find(said, value) != said.end()) out += " checked";
        out += described(name, false);
        out += "><label for=\"" + escaped_html(id) + "\">" + escaped_html(label) + "</label></div>\n";
    }

    void input(std::string_view kind, std::string_view name, std::string_view label, std::string_view hint,
               std::string_view more = {}) {
        open_field(name, label, hint);
        out += "<input type=\"" + std::string{kind} + "\" id=\"" + escaped_html(name) + "\" name=\"" +
               escaped_html(name) + "\" value=\"" + escaped_html(typed_.one(name)) + "\"" +
               std::string{more} + described(name, !hint.empty()) + "></div>\n";
    }

    void text(std::string_view name, std::string_view label, std::string_view hint) {
        open_field(name, label, hint);
        out += "<textarea rows=\"5\" maxlength=\"" + std::to_string(limits::remark_letters) + "\" id=\"" +
               escaped_html(name) + "\" name=\"" + escaped_html(name) + "\"" +
               described(name, !hint.empty()) + ">\n" + escaped_html(typed_.one(name)) +
               "</textarea></div>\n";
    }

    void wrong(std::string_view name) {
        for (const Mistake& each : mistakes_)
            if (each.field == name)
                out += "<span class=\"wrong\" id=\"" + escaped_html(name) + "-fout\">" +
                       escaped_html(each.text) + "</span>\n";
    }

private:
    bool is_wrong(std::string_view name) const {
        return std::ranges::any_of(mistakes_, [&](const Mistake& each) { return each.field == name; });
    }
    std::string described(std::string_view name, bool hint) const {
        std::string by = hint ? escaped_html(name) + "-uitleg" : "";
        if (is_wrong(name)) by += (by.empty() ? "" : " ") + escaped_html(name) + "-fout";
        std::string attributes = is_wrong(name) ? " aria-invalid=\"true\"" : "";
        if (!by.empty()) attributes += " aria-describedby=\"" + by + "\"";
        return attributes;
    }
    void open_field(std::string_view name, std::string_view label, std::string_view hint) {
        out += "<div class=\"field\"><label for=\"" + escaped_html(name) + "\">" + escaped_html(label) +
               "</label>\n";
        if (!hint.empty())
            out += "<span class=\"hint\" id=\"" + escaped_html(name) + "-uitleg\">" + escaped_html(hint) +
                   "</span>\n";
        wrong(name);
    }

    const Form& typed_;
    const std::span<const Mistake> mistakes_;
};

void ask_council(AnswerForm& form, const AskedCouncil& council) {
    const std::string& code = council.code;
    form.out += "<fieldset id=\"" + escaped_html(code) + "\"><legend>De raad van " +
                names_html(council.name) + "</legend>\n";
    form.wrong(code + ".uitkomst");
    form.out += "<p class=\"hint\">Kies alles wat van toepassing is.</p>\n";
    form.choices("checkbox", code + ".uitkomst", questions);
    form.input("text", code + ".nummer", "Nummer op de lijst",
               "Alleen als de oproep op de lijst van ingekomen stukken staat.",
               " maxlength=\"30\" autocomplete=\"off\"");
    form.input("date", code + ".datum", "Datum van de lijst", "", "");
    form.input("date", code + ".vergadering", "Datum van de vergadering",
               "Alleen als de oproep op de agenda staat.");
    const auto told = [](const Recorded& each) { return each.from_this_page; };
    if (std::ranges::any_of(council.recorded, told)) {
        form.out +=
            "<h3>Eerder via deze pagina doorgegeven</h3>\n<p class=\"hint\">Vink aan wat niet (meer) "
            "klopt.</p>\n";
        for (const Recorded& each : council.recorded)
            if (told(each))
                form.choice("checkbox", code + ".vervalt", each.kind,
                            "Klopt niet meer: " + recorded_words(each));
    }
    form.out += "</fieldset>\n";
}

std::string recorded_now(const MessageFacts& facts) {
    std::string out = "<h2>Wat er nu is vastgelegd</h2>\n<ul>\n";
    for (const AskedCouncil& council : facts.councils) {
        out += "<li>" + escaped_html(council.name) + ": ";
        out += escaped_html(council.recorded.empty() ? "nog niets" : recorded_words(council.recorded)) +
               "</li>\n";
    }
    return out + "</ul>\n";
}

std::string summary(std::span<const Mistake> mistakes, const MessageFacts& facts) {
    std::string out =
        "<div class=\"note bad\" role=\"alert\" id=\"fouten\"><h2>Uw antwoord is nog niet "
        "vastgelegd</h2>\n<ul>\n";
    for (const Mistake& each : mistakes) {
        // To the first control of what is wrong.
        std::string target = each.field;
        if (target == "wie") target = "wie-griffier";
        if (target == "antwoord" && !facts.councils.empty())
            target = facts.councils.front().code + ".uitkomst";
        if (target.ends_with(".uitkomst")) target += "-passed_on";
        out += "<li><a href=\"#" + escaped_html(target) + "\">" + escaped_html(each.text) + "</a></li>\n";
    }
    return out + "</ul></div>\n";
}

}  // namespace

std::string_view outcome_words(std::string_view kind) {
    const auto found = std::ranges::find(words, kind, &Label::key);
    return found == words.end() ? std::string_view{} : found->words;
}

std::string_view who_words(Who who) {
    switch (who) {
        case Who::griffier:
            return "de griffie";
        case Who::councillor:
            return "een raadslid";
        case Who::somebody_else:
            return "iemand anders";
    }
    return {};
}

std::vector<std::string> small_print(const MessageFacts& facts) {
    const std::string mail = link("mailto:" + facts.sender_address, facts.sender_address);
    std::vector<std::string> lines;
    lines.push_back("Deze pagina is van " + escaped_html(facts.house.association) +
                    (facts.postal_address.empty() ? "" : ", " + escaped_html(facts.postal_address)) + ", " +
                    mail + ", verantwoordelijk voor het gebruik van deze gegevens.");
    lines.push_back(escaped_html(facts.address_source) + (facts.address_source.empty() ? "" : " ") +
                    "Het adres wordt gebruikt om de raad te benaderen namens " +
                    escaped_html(facts.house.association) + " (gerechtvaardigd belang).");
    lines.push_back(
        "Van een antwoord bewaart de vereniging wat u invult, het tijdstip en het soort browser; geen "
        "IP-adres. Deze pagina plaatst geen cookies en volgt u niet.");
    lines.push_back("Inzien, verbeteren, verwijderen of bezwaar maken kan bij " + mail +
                    (facts.unsubscribe_link.empty()
                         ? std::string{}
                         : " of " + link(facts.unsubscribe_link, "door u af te melden")) +
                    ". U kunt een klacht indienen bij de Autoriteit Persoonsgegevens.");
    return lines;
}

std::string answer_page(const MessageFacts& facts, const Form& typed, std::span<const Mistake> mistakes) {
    AnswerForm form{typed, mistakes};
    form.out += std::string{"<h1>"} +
                (facts.councils.size() == 1 ? "Wat doet de raad van " : "Wat doen de raden van ") +
                names_html(facts.council_names) + " met deze oproep?</h1>\n";
    if (!mistakes.empty()) form.out += summary(mistakes, facts);
    form.out += "<p>" + escaped_html(facts.house.association) + " stuurde de griffie" +
                (facts.sent_on ? " op " + dutch_date(*facts.sent_on) : "") + " de oproep <strong>" +
                escaped_html(facts.subject) + "</strong> (kenmerk " + escaped_html(facts.reference) + ").";
    if (!facts.web_version_link.empty())
        form.out += " " + link(facts.web_version_link, "Lees het bericht") + ".";
    form.out +=
        "</p>\n" +
        paragraph(
            "Vul in wat u weet; de rest mag leeg blijven. Er wordt pas iets vastgelegd als u op de knop "
            "onderaan drukt, en u kunt uw antwoord later op deze pagina wijzigen.");
    form.out += recorded_now(facts);
    form.out += "<h2>Uw antwoord</h2>\n<form method=\"post\" accept-charset=\"utf-8\">\n";
    form.out += "<fieldset id=\"wie\"><legend>Wie antwoordt er?</legend>\n";
    form.wrong("wie");
    form.choices("radio", "wie", who_choices);
    form.out += "</fieldset>\n";
    for (const AskedCouncil& council : facts.councils) ask_council(form, council);
    form.out += "<fieldset><legend>Verder</legend>\n";
    form.input("email", "adres", "Ander e-mailadres voor berichten aan de griffie",
               "Als onze berichten voortaan naar een ander adres moeten.",
               " maxlength=\"254\" autocomplete=\"off\"");
    form.text("opmerking", "Opmerking of vraag aan de vereniging", "Een medewerker leest dit.");
    form.out += "</fieldset>\n<fieldset><legend>Geen berichten meer?</legend>\n";
    form.out += paragraph("Alleen invullen als de griffie minder of geen berichten wil.");
    form.choices("radio", "stop", stop_choices);
    form.out += "</fieldset>\n<p><button type=\"submit\">Antwoord vastleggen</button></p>\n</form>\n";
    return document((mistakes.empty() ? "" : "Fout: ") + ("Antwoord op: " + facts.subject), facts.house,
                    form.out, small_print(facts));
}

std::string answered_page(const MessageFacts& facts, const Answer& answer, bool waits) {
    std::string out = "<h1>Dank u wel</h1>\n<div class=\"note good\" role=\"status\">\n";
    if (waits)
        out += paragraph(
            "Uw antwoord is bewaard. Omdat u antwoordde als " +
            std::string{answer.who == Who::councillor ? "raadslid" : "iemand anders dan de griffie"} +
            " kijkt een medewerker van de vereniging ernaar voordat het bij de raad wordt vastgelegd.");
    else
        out += paragraph("Uw antwoord is vastgelegd.");
    if (!answer.new_address.empty())
        out += paragraph("Het nieuwe adres " + answer.new_address +
                         " wordt gebruikt zodra een medewerker het heeft bevestigd.");
    if (!answer.remark.empty()) out += paragraph("Uw opmerking wordt door een medewerker gelezen.");
    if (answer.stop != Stop::nothing && !waits)
        out += paragraph("De griffie krijgt niet meer wat u hebt afgemeld.");
    out += "</div>\n" + recorded_now(facts);
    out += "<p>" + link(facts.answer_link, "Antwoord wijzigen of aanvullen") + "</p>\n";
    return document("Dank u wel", facts.house, out, small_print(facts));
}

}  // namespace raadspost::public_pages
