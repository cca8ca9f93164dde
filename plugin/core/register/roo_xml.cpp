#include "core/register/roo.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"
#include "core/fold.hpp"
#include "core/register/file/xml.hpp"
#include "core/register/file/xml_path.hpp"
#include "core/register/roo_fields.hpp"

#include <array>
#include <string>
#include <utility>

namespace raadspost::registers {
namespace {

// A path below the organisation.
constexpr XmlPath at(std::string_view names) {
    return xml_path(names);
}

constexpr std::array<std::string_view, 4> namespaces = {
    "https://organisaties.overheid.nl/static/schema/oo/export/",
    "https://almanak.overheid.nl/static/schema/oo/export/", "http://almanak.overheid.nl/schema/export/",
    "http://almanak.overheid.nl/static/schema/oo/export/"};

class Export final : public XmlHandler {
public:
    Export(std::chrono::year_month_day today, const Sink<RooCouncil>& sink)
        : reader_{*this}, complaints_{sink.problem}, harvest_{today, sink, complaints_} {}

    RooSummary read(std::istream& in) {
        std::string block(read_block_bytes, '\0');
        bool more = true;
        while (more) {
            in.read(block.data(), static_cast<std::streamsize>(block.size()));
            const auto got = static_cast<std::size_t>(in.gcount());
            const bool last = got < block.size();
            more = reader_.feed({block.data(), got}, last) && !last;
        }
        if (const auto& problem = reader_.problem()) {
            complaints_.add(problem->id, problem->place, problem->found, problem->text);
        } else {
            harvest_.summary.complete = true;
        }
        return harvest_.summary;
    }

    void begin(std::string_view name, std::string_view qualified, const XmlAttributes& attributes,
               std::size_t depth) override {
        if (depth == 1) return check_root(name, attributes.own_namespace(qualified));
        text_.clear();
        if (skipping_from_ != 0) return;
        if (record_depth_ == 0) {
            if (depth <= 3 && (name == "organisatie" || name == "gemeente"))
                begin_record(name, attributes, depth);
            return;
        }
        const XmlPath path = below(paths_[depth - record_depth_ - 1], name);
        paths_[depth - record_depth_] = path;
        begin_element(path, attributes, depth);
    }

    void end(std::string_view, std::size_t depth) override {
        if (skipping_from_ != 0) {
            if (depth == skipping_from_) skipping_from_ = 0;
            return;
        }
        if (record_depth_ == 0) return;
        if (depth == record_depth_) {
            record_depth_ = 0;
            harvest_.take(std::move(record_));
            return;
        }
        end_element(paths_[depth - record_depth_]);
        text_.clear();
    }

    void text(std::string_view piece) override {
        if (record_depth_ == 0 || skipping_from_ != 0) return;
        if (text_.size() + piece.size() <= max_xml_text_bytes) {
            text_ += piece;
        } else if (!text_too_long_) {
            text_too_long_ = true;
            complaints_.add(
                "register_too_long", at_line(reader_.line()), piece,
                "A text is longer than " + std::to_string(max_xml_text_bytes) + " bytes; it was cut.");
        }
    }

private:
    void check_root(std::string_view name, std::string_view space) {
        for (const auto known : namespaces)
            if (space.starts_with(known)) {
                harvest_.summary.version = space.substr(known.size());
                return;
            }
        const bool right_root = name == "overheidsorganisaties";
        std::string found{space.empty() ? name : space};
        reader_.stop(
            {right_root ? "register_namespace" : "register_not_roo", at_line(reader_.line()), quoted(found),
             right_root ? "The file's namespace is not that of an export of organisaties.overheid.nl; it was "
                          "not read."
                        : "This XML is no export of organisaties.overheid.nl; expected the root element "
                          "overheidsorganisaties."});
    }

    void begin_record(std::string_view name, const XmlAttributes& attributes, std::size_t depth) {
        record_depth_ = depth;
        paths_[0] = xml_root_path;
        text_too_long_ = false;
        record_ = RooRecord{};
        record_.council.line = reader_.line();
        record_.is_municipality = name == "gemeente";
        record_.council.system_id = attributes.get("systeemId");
        record_.council.tooi = attributes.get("resourceIdentifierTOOI");
        record_.council.owms = attributes.get("resourceIdentifierOWMS");
    }

    void begin_element(XmlPath path, const XmlAttributes& attributes, std::size_t depth) {
        switch (path) {
            case at("organisaties"):  // its departments, which have mailboxes and functions of their own
            case at("bestuursorganen"):
            case at("deelnemendeOrganisaties"):
                skipping_from_ = depth;
                break;
            case at("adressen/adres"):
            case at("contact/bezoekAdres/adres"):
            case at("contact/postAdres/adres"):
                record_.address = RooAddress{};
                break;
            case at("adressen/adres/centroide"):
            case at("contact/bezoekAdres/adres/centroide"):
                record_.address.longitude = attributes.get("lon");
                record_.address.latitude = attributes.get("lat");
                break;
            case at("contact/telefoonnummers/telefoonnummer"):
            case at("contact/emailadressen/emailadres"):
            case at("contact/internetadressen/internetadres"):
            case at("raad/partijen/partij"):
            case at("zetels/zetel"):
            case at("woo/wooIndex/documentLocatie"):
                record_.value.clear(), record_.label.clear();
                break;
            case at("functies/functie"):
                record_.function.clear();
                record_.people.clear();
                break;
            case at("functies/functie/medewerkers/medewerker"):
                if (record_.people.size() < max_roo_list_items) record_.people.emplace_back();
                break;
            case at("identificatiecodes/resourceIdentifier"):
                record_.label = attributes.get("naam");
                break;
            default:
                break;
        }
    }

    void end_element(XmlPath path) {
        RooCouncil& council = record_.council;
        switch (path) {
            case at("naam"):
                council.official_name = trimmed(text_);
                break;
            case at("types/type"):
            case at("type"):
                if (folded(text_) == "gemeente") record_.is_municipality = true;
                break;
            case at("eindDatum"):
                council.ends = day_of(text_);
                break;
            case at("geografie/aantalInwoners"):
            case at("aantalInwoners"):
                council.inhabitants = count_of(text_);
                break;
            case at("geografie/bevatPlaatsen"):
                record_.set_places(text_);
                break;
            case at("raad/totaalZetels"):
            case at("totaalZetels"):
                council.seats = count_of(text_);
                break;
            case at("raad/partijen/partij/naam"):
            case at("zetels/zetel/partij"):
                record_.value = trimmed(text_);
                break;
            case at("raad/partijen/partij/aantalZetels"):
            case at("zetels/zetel/aantal"):
                record_.label = text_;
                break;
            case at("raad/partijen/partij"):
            case at("zetels/zetel"):
                record_.add_party(record_.value, count_of(record_.label));
                break;
            case at("ictuCode"):
            case at("ictuCode/ictuCode"):
                if (!trimmed(text_).empty()) council.ictu = trimmed(text_);  // the outer one ends blank
                break;
            case at("identificatiecodes/resourceIdentifier"):
                record_.set_identifier(record_.label, trimmed(text_));
                break;
            case at("woo/wooIndex/documentLocatie/informatiecategorie"):
                record_.label = text_;
                break;
            case at("woo/wooIndex/documentLocatie/url"):
                record_.value = trimmed(text_);
                break;
            case at("woo/wooIndex/documentLocatie"):
                record_.set_woo_index(record_.label, record_.value);
                break;
            default:
                if (!end_of_contact(path) && !end_of_address(path)) end_of_function(path);
        }
    }

    bool end_of_contact(XmlPath path) {
        switch (path) {
            case at("contact/telefoonnummers/telefoonnummer/nummer"):
            case at("contact/emailadressen/emailadres/email"):
            case at("contact/internetadressen/internetadres/url"):
                record_.value = trimmed(text_);
                return true;
            case at("contact/telefoonnummers/telefoonnummer/label"):
            case at("contact/emailadressen/emailadres/label"):
            case at("contact/internetadressen/internetadres/label"):
                record_.label = text_;
                return true;
            // Before 2.4.2 the element holds the text itself.
            case at("contact/telefoonnummers/telefoonnummer"):
                record_.set_telephone(value_or_text(), record_.label);
                return true;
            case at("contact/emailadressen/emailadres"):
                record_.set_mailbox(value_or_text(), record_.label);
                return true;
            case at("contact/internetadressen/internetadres"):
                record_.set_website(value_or_text(), record_.label);
                return true;
            case at("contact/emailadres"):
                record_.set_mailbox(trimmed(text_), "");
                return true;
            case at("contact/telefoon"):
                record_.set_telephone(trimmed(text_), "");
                return true;
            case at("contact/internet"):
                record_.set_website(trimmed(text_), "");
                return true;
            default:
                return false;
        }
    }

    bool end_of_address(XmlPath path) {
        RooAddress& address = record_.address;
        switch (path) {
            case at("adressen/adres/adresType"):
            case at("adressen/adres/type"):
                address.type = text_;
                return true;
            case at("adressen/adres/openbareRuimte"):
            case at("adressen/adres/straat"):
            case at("contact/bezoekAdres/adres/straat"):
                address.address.street = trimmed(text_);
                return true;
            case at("adressen/adres/huisnummer"):
            case at("contact/bezoekAdres/adres/huisnummer"):
                address.address.house_number = trimmed(text_);
                return true;
            case at("adressen/adres/toevoeging"):
                address.addition = trimmed(text_);
                return true;
            case at("adressen/adres/postbus"):
            case at("contact/postAdres/adres/postbus"):
                address.address.post_box = trimmed(text_);
                return true;
            case at("adressen/adres/postcode"):
            case at("contact/bezoekAdres/adres/postcode"):
            case at("contact/postAdres/adres/postcode"):
                address.address.postcode = trimmed(text_);
                return true;
            case at("adressen/adres/woonplaats"):
            case at("adressen/adres/plaats"):
            case at("contact/bezoekAdres/adres/plaats"):
            case at("contact/postAdres/adres/plaats"):
                address.address.place = trimmed(text_);
                return true;
            case at("adressen/adres/provincie"):
            case at("adressen/adres/provincieAfkorting"):
            case at("contact/bezoekAdres/adres/provincieAfkorting"):
                address.province = text_;
                return true;
            case at("adressen/adres"):
                record_.add_address();
                return true;
            case at("contact/bezoekAdres/adres"):
                address.type = "Bezoekadres", record_.add_address();
                return true;
            case at("contact/postAdres/adres"):
                address.type = "Postadres", record_.add_address();
                return true;
            default:
                return false;
        }
    }

    void end_of_function(XmlPath path) {
        if (path == at("functies/functie/naam"))
            record_.function = trimmed(text_);
        else if (path == at("functies/functie"))
            record_.add_people(harvest_.today);
        if (record_.people.empty()) return;
        RooPerson& person = record_.people.back();
        switch (path) {
            case at("functies/functie/medewerkers/medewerker/naam"):
                person.name = trimmed(text_);
                break;
            case at("functies/functie/medewerkers/medewerker/eindDatum"):
                person.until = day_of(text_);
                break;
            case at("functies/functie/medewerkers/medewerker/contact/emailadressen/emailadres/email"):
                if (person.email.empty()) person.email = trimmed(text_);
                break;
            default:
                break;
        }
    }

    std::string value_or_text() const { return record_.value.empty() ? trimmed(text_) : record_.value; }

    XmlReader reader_;
    Complaints complaints_;
    RooHarvest harvest_;
    RooRecord record_;
    std::array<XmlPath, max_xml_depth + 1> paths_{};
    std::size_t record_depth_ = 0;   // 0: outside a record
    std::size_t skipping_from_ = 0;  // 0: not skipping
    std::string text_;
    bool text_too_long_ = false;
};

}  // namespace

RooSummary read_roo_xml(std::istream& in, std::chrono::year_month_day today, const Sink<RooCouncil>& sink) {
    return Export{today, sink}.read(in);
}

}  // namespace raadspost::registers
