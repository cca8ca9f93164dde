#include "core/register/eml_document.hpp"

#include "core/council/code.hpp"
#include "core/register/dates.hpp"
#include "core/register/roo_fields.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace raadspost::registers {

using namespace std::chrono;

namespace {

constexpr std::string_view eml_namespace = "urn:oasis:names:tc:evs:schema:eml";
constexpr days within_reach{60};  // of a voting day; nomination lies 44 days before it

// Both kinds of file have the same element Election, each in a place of its own.
constexpr XmlPath of_definition = xml_path("ElectionEvent/Election");
constexpr XmlPath of_result = xml_path("Result/Election");
constexpr XmlPath election_path = xml_path("Election");

constexpr XmlPath at(std::string_view names) {
    return xml_path(names, election_path);
}

constexpr XmlPath in_selection(std::string_view names) {
    return xml_path(names, at("Contest/Selection"));
}

std::optional<std::int32_t> number_in(std::string_view text) {
    const std::string digits = trimmed(text);
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

// The year in the id of an election: "GR2018_DenHelder".
std::optional<year> year_in(std::string_view election) {
    const auto value = election.size() < 6 ? std::nullopt : number_in(election.substr(2, 4));
    return value ? std::optional{year{*value}} : std::nullopt;
}

}  // namespace

Document::Document(const KnownFacts& known, std::string place, Complaints& complaints)
    : known_{known}, place_{std::move(place)}, complaints_{complaints}, reader_{*this} {
    election_.place = place_;
}

std::optional<CouncilElection> Document::election() {
    if (const auto& problem = reader_.problem()) {
        complaints_.add(problem->id, place_ + ", " + problem->place, problem->found, problem->text);
        return std::nullopt;
    }
    if (!check_identity() || !settle_date()) return std::nullopt;
    if (election_.kind == CouncilElection::Kind::result)
        election_.seats = static_cast<std::int32_t>(election_.members.size());
    if (too_many_ || election_.seats == 0) {
        complain("register_eml_incomplete", election_.election,
                 "The file names nobody who was elected, or far more than a council can have; it was not "
                 "imported. "
                 "Fetch it again.");
        return std::nullopt;
    }
    if (election_.seats && *election_.seats % 2 == 0)
        complain("register_seats_even", std::to_string(*election_.seats),
                 "The council has an even number of seats, which the law does not know; look at it.");
    return std::move(election_);
}

void Document::begin(std::string_view name, std::string_view qualified, const XmlAttributes& attributes,
                     std::size_t depth) {
    if (depth == 1) return check_root(name, qualified, attributes);
    XmlPath& path = paths_[depth];
    path = below(paths_[depth - 1], name);
    const bool is_result = election_.kind == CouncilElection::Kind::result;
    if (path == (is_result ? of_result : of_definition)) path = election_path;
    text_.clear();
    wanted_ = false;
    switch (path) {
        case at("ElectionIdentifier"):
            election_.election = attributes.get("Id");
            line_ = reader_.line();
            break;
        case at("ElectionIdentifier/ElectionDomain"):
            domain_ = attributes.get("Id");
            break;
        case at("Contest/Selection"):
            is_candidate_ = false;
            elected_ = true;
            break;
        case in_selection("AffiliationIdentifier"):
            list_number_ = number_in(attributes.get("Id")).value_or(0);
            list_name_.clear();
            break;
        case in_selection("Candidate"):
            is_candidate_ = true;
            member_ = {};
            break;
        case in_selection("Candidate/CandidateIdentifier"):
            member_.position = number_in(attributes.get("Id")).value_or(0);
            break;
        case in_selection("Candidate/CandidateFullName/PersonName/NameLine"):
            wanted_ = attributes.get("NameType") == "Initials";
            break;
        case at("ElectionIdentifier/ElectionCategory"):
        case at("ElectionIdentifier/ElectionDate"):
        case at("NumberOfSeats"):
        case at("RegisteredParties/RegisteredParty/RegisteredAppellation"):
        case in_selection("AffiliationIdentifier/RegisteredName"):
        case in_selection("Candidate/CandidateFullName/PersonName/FirstName"):
        case in_selection("Candidate/CandidateFullName/PersonName/NamePrefix"):
        case in_selection("Candidate/CandidateFullName/PersonName/LastName"):
        case in_selection("Ranking"):
        case in_selection("Elected"):
            wanted_ = true;
            break;
        default:
            break;
    }
}

void Document::text(std::string_view piece) {
    if (wanted_ && text_.size() + piece.size() <= max_xml_text_bytes) text_ += piece;
}

void Document::end(std::string_view, std::size_t depth) {
    if (depth == 1) return;
    const std::string value = wanted_ ? trimmed(text_) : std::string{};
    wanted_ = false;
    switch (paths_[depth]) {
        case at("ElectionIdentifier/ElectionCategory"):
            category_ = value;
            break;
        case at("ElectionIdentifier/ElectionDate"):
            date_ = value;
            break;
        case at("NumberOfSeats"):
            election_.seats = number_in(value);
            break;
        case at("RegisteredParties/RegisteredParty/RegisteredAppellation"):
            list_name_ = value;
            add_list();
            break;
        case in_selection("AffiliationIdentifier/RegisteredName"):
            list_name_ = value;
            break;
        case in_selection("AffiliationIdentifier"):
            add_list();
            break;
        case in_selection("Candidate/CandidateFullName/PersonName/NameLine"):
            if (!value.empty()) member_.initials = value;
            break;
        case in_selection("Candidate/CandidateFullName/PersonName/FirstName"):
            member_.first_name = value;
            break;
        case in_selection("Candidate/CandidateFullName/PersonName/NamePrefix"):
            member_.prefix = value;
            break;
        case in_selection("Candidate/CandidateFullName/PersonName/LastName"):
            member_.last_name = value;
            break;
        case in_selection("Ranking"):
            member_.by_preference = value == "1";
            break;
        case in_selection("Elected"):
            elected_ = value != "no";
            break;
        case at("Contest/Selection"):
            if (is_candidate_ && elected_) add_member();
            break;
        default:
            break;
    }
}

void Document::check_root(std::string_view name, std::string_view qualified,
                          const XmlAttributes& attributes) {
    paths_[1] = xml_root_path;
    const std::string id = quoted(attributes.get("Id"));
    if (name != "EML" || attributes.own_namespace(qualified) != eml_namespace)
        return reader_.stop({"register_eml_root", at_line(reader_.line()), quoted(qualified),
                             "This XML is no EML; expected the electoral council's element EML."});
    if (id != "110a" && id != "520")
        return reader_.stop(
            {"register_eml_kind", at_line(reader_.line()), id,
             "This file is EML " + id + "; only 110a (an election) and 520 (who was elected) are imported."});
    election_.kind = id == "520" ? CouncilElection::Kind::result : CouncilElection::Kind::definition;
}

void Document::add_list() {
    if (list_name_.empty()) {
        list_name_ = "Lijst " + std::to_string(list_number_);
        complaints_.add("register_eml_list_unnamed", place_ + ", " + at_line(reader_.line()), list_name_,
                        "A list has no name; it is called " + list_name_ + " here.");
    }
    if (election_.lists.size() < max_elected)
        election_.lists.push_back(list_name_);
    else
        too_many_ = true;
}

void Document::add_member() {
    if (election_.members.size() >= max_elected) {
        too_many_ = true;
        return;
    }
    const std::string whose = list_name_ + ", " + std::to_string(member_.position);
    if (election_.lists.empty() && election_.members.empty())
        complaints_.add("register_eml_list_missing", place_ + ", " + at_line(reader_.line()), whose,
                        "Somebody was elected before any list is named; counted, without a list.");
    if (member_.last_name.empty())
        complaints_.add("register_eml_name_missing", place_ + ", " + at_line(reader_.line()), whose,
                        "Somebody who was elected has no last name; counted, as new.");
    member_.list_name = list_name_;
    member_.list_number = list_number_;
    election_.members.push_back(std::move(member_));
    member_ = {};
}

bool Document::check_identity() {
    if (category_ != "GR" && !category_.empty()) {
        complain("register_eml_category", category_,
                 "This is no election of a municipal council (GR) but one of category " + quoted(category_) +
                     "; it was not imported.");
        return false;
    }
    if (line_ == 0 || category_.empty() || domain_.empty()) {
        complain(
            "register_eml_incomplete", election_.election,
            "The file does not say which election it is about: id, category or domain is missing. It was not "
            "imported.");
        return false;
    }
    const auto code = council_code(domain_);
    const auto councils = code ? known_.councils.find(*code) : CouncilsMeant{};
    if (councils.size() != 1) {
        complain("register_eml_domain", domain_,
                 "No council is known by the code " + quoted(domain_) + "; the file was not imported.");
        return false;
    }
    election_.council = councils.front();
    return true;
}

// The day in the file, where an election is known on it; else the known election that it must mean: Den
// Helder's result of 2018 bears the day of nomination.
bool Document::settle_date() {
    const auto day = day_of(date_);
    const auto fits = [&](const KnownElection& each) {
        if (!day) return each.voting_day.year() == year_in(election_.election);
        return abs(sys_days{*day} - sys_days{each.voting_day}) <= within_reach;
    };
    const auto end = known_.elections.end();
    auto meant = std::ranges::find(known_.elections, day, &KnownElection::voting_day);
    const bool exact = meant != end;
    if (!exact) meant = std::ranges::find_if(known_.elections, fits);
    if (meant == end || (!exact && std::find_if(meant + 1, end, fits) != end)) {
        complain("register_eml_date", date_,
                 "No election of councils is known on the day in this file; it was not imported. Add the "
                 "election first, if there was one.");
        return false;
    }
    election_.voting_day = meant->voting_day;
    if (day != meant->voting_day)
        complain("register_eml_date_other", date_,
                 "The file has another day than the election that it must mean, that of " +
                     iso(meant->voting_day) + "; imported as that one.");
    return true;
}

void Document::complain(std::string id, std::string_view found, std::string text) {
    complaints_.add(std::move(id), line_ == 0 ? place_ : place_ + ", " + at_line(line_), found,
                    std::move(text));
}

}  // namespace raadspost::registers
