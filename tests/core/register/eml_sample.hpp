// EML-NL files for tests: a test states what is unlike, and gets the file's text. Persons are invented.
#pragma once

#include <string>
#include <vector>

namespace raadspost::registers::sample {

struct EmlFile {
    std::string id = "520";
    std::string election = "GR2026_Heemstede";
    std::string category = "GR";
    std::string domain = "0397";
    std::string day = "2026-03-18";
    std::string body = {};  // inside Contest, or after it for a definition
};

inline std::string list(int number, const std::string& name) {
    return "<Selection><AffiliationIdentifier Id=\"" + std::to_string(number) + "\"><RegisteredName>" + name +
           "</RegisteredName></AffiliationIdentifier><Elected>yes</Elected></Selection>";
}

inline std::string elected(int position, const std::string& initials, const std::string& last_name,
                           const std::string& between = {}, int ranking = 1) {
    return "<Selection><Candidate><CandidateIdentifier Id=\"" + std::to_string(position) +
           "\"></CandidateIdentifier><CandidateFullName><xnl:PersonName><xnl:NameLine "
           "NameType=\"Initials\">" +
           initials + "</xnl:NameLine>" + between + "<xnl:LastName>" + last_name +
           "</xnl:LastName></xnl:PersonName></CandidateFullName><QualifyingAddress><xal:Locality>"
           "<xal:LocalityName>Heemstede</xal:LocalityName></xal:Locality></QualifyingAddress></Candidate>"
           "<Ranking>" +
           std::to_string(ranking) + "</Ranking><Elected>yes</Elected></Selection>";
}

// Two lists, three members.
inline std::string three_elected() {
    return list(1, "Heemsteeds Voorbeeld") +
           elected(1, "A.P.", "Have",
                   "<xnl:FirstName>Annelies</xnl:FirstName><xnl:NamePrefix>van der</xnl:NamePrefix>") +
           elected(4, "O.F.", "Lommer", "<xnl:NamePrefix></xnl:NamePrefix>", 2) + list(3, "Dorp &amp; Kern") +
           elected(2, "J.", "Brink");
}

inline std::string head(const EmlFile& file) {
    return "<ElectionIdentifier Id=\"" + file.election +
           "\"><ElectionName>Gemeenteraad</ElectionName>"
           "<ElectionCategory>" +
           file.category +
           "</ElectionCategory><kr:ElectionSubcategory>GR2"
           "</kr:ElectionSubcategory><kr:ElectionDomain Id=\"" +
           file.domain +
           "\">Heemstede</kr:ElectionDomain>"
           "<kr:ElectionDate>" +
           file.day + "</kr:ElectionDate></ElectionIdentifier>";
}

// One line without declaration, as the tool of 2022 wrote it.
inline std::string eml(const EmlFile& file) {
    return "<EML xmlns=\"urn:oasis:names:tc:evs:schema:eml\" xmlns:kr=\"http://www.kiesraad.nl/extensions\" "
           "xmlns:xal=\"urn:oasis:names:tc:ciq:xsdschema:xAL:2.0\" "
           "xmlns:xnl=\"urn:oasis:names:tc:ciq:xsdschema:xNL:2.0\" Id=\"" +
           file.id +
           "\" SchemaVersion=\"5\">"
           "<TransactionId>1</TransactionId>" +
           (file.id == "520" ? "<Result><Election>" + head(file) +
                                   "<Contest><ContestIdentifier Id=\"geen\"></ContestIdentifier>" +
                                   file.body + "</Contest></Election></Result>"
                             : "<ElectionEvent><EventIdentifier/><Election>" + head(file) +
                                   "<Contest><ContestIdentifier Id=\"geen\"/></Contest>" + file.body +
                                   "</Election></ElectionEvent>") +
           "</EML>";
}

inline std::string result() {
    EmlFile file;
    file.body = three_elected();
    return eml(file);
}

}  // namespace raadspost::registers::sample
