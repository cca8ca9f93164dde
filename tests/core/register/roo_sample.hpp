// Small ROO exports for tests, put together from parts, so that each test shows only what it is about.
#pragma once

#include <sstream>
#include <string>

namespace raadspost::registers::sample {

inline std::string municipality(const std::string& code, const std::string& name,
                                const std::string& inside = {}) {
    return " <p:organisatie p:systeemId=\"1\" "
           "p:resourceIdentifierTOOI=\"https://identifier.overheid.nl/tooi/id/gemeente/gm" +
           code + "\">\n  <p:naam>Gemeente " + name +
           "</p:naam>\n  <p:types><p:type>Gemeente</p:type></p:types>\n" + inside + " </p:organisatie>\n";
}

inline std::string xml_export(const std::string& organisations, const std::string& version = "2.6.9") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p:overheidsorganisaties "
           "xmlns:p=\"https://organisaties.overheid.nl/static/schema/oo/export/" +
           version + "\">\n<p:organisaties>\n" + organisations +
           "</p:organisaties>\n</p:overheidsorganisaties>\n";
}

inline std::string official(const std::string& name, const std::string& function,
                            const std::string& more = {}) {
    return "<p:functie><p:naam>" + function + "</p:naam><p:medewerkers><p:medewerker><p:naam>" + name +
           "</p:naam>" + more + "</p:medewerker></p:medewerkers></p:functie>";
}

}  // namespace raadspost::registers::sample
