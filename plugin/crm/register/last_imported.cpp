#include "crm/register/last_imported.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace raadspost::crm {

std::string to_json(const FieldTexts& fields) {
    Poco::JSON::Object object;
    for (const auto& [name, text] : fields) object.set(name, text);
    std::ostringstream out;
    object.stringify(out);
    return out.str();
}

FieldTexts from_json(std::string_view json) {
    if (json.empty()) return {};
    try {
        Poco::JSON::Parser parser;
        const auto object = parser.parse(std::string{json}).extract<Poco::JSON::Object::Ptr>();
        FieldTexts fields;
        for (const auto& [name, value] : *object)
            if (value.isString()) fields.emplace(name, value.extract<std::string>());
        return fields;
    } catch (const Poco::Exception&) {
        return {};
    }
}

}  // namespace raadspost::crm
