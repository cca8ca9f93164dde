#include "core/register/file/xml.hpp"

#include "core/ascii.hpp"
#include "core/windows_1252.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

namespace raadspost::registers {
namespace {

std::string_view local_name_of(std::string_view qualified) {
    const auto colon = qualified.find(':');
    return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view local_name) const {
    for (const char** pair = pairs_; *pair; pair += 2)
        if (local_name_of(pair[0]) == local_name) return pair[1];
    return {};
}

std::string_view XmlAttributes::own_namespace(std::string_view qualified_name) const {
    const auto colon = qualified_name.find(':');
    for (const char** pair = pairs_; *pair; pair += 2) {
        const std::string_view name = pair[0];
        const bool own =
            colon == std::string_view::npos
                ? name == "xmlns"
                : name.starts_with("xmlns:") && name.substr(6) == qualified_name.substr(0, colon);
        if (own) return pair[1];
    }
    return {};
}

XmlReader::XmlReader(XmlHandler& handler)
    : handler_{handler}, parser_{XML_ParserCreate(nullptr), &XML_ParserFree} {
    if (!parser_) throw std::bad_alloc{};
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &on_begin, &on_end);
    XML_SetCharacterDataHandler(parser_.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &on_doctype);
    XML_SetUnknownEncodingHandler(parser_.get(), &on_encoding, nullptr);
}

bool XmlReader::feed(std::string_view block, bool last) {
    if (problem_) return false;
    while (true) {  // expat counts in int
        const auto piece = block.substr(0, std::min<std::size_t>(block.size(), read_block_bytes));
        block.remove_prefix(piece.size());
        const bool final = last && block.empty();
        if (XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), final) != XML_STATUS_OK) {
            if (!problem_) explain(final);
            return false;
        }
        if (block.empty()) return true;
    }
}

void XmlReader::stop(Problem problem) {
    if (problem_) return;
    problem_ = std::move(problem);
    XML_StopParser(parser_.get(), XML_FALSE);
}

std::size_t XmlReader::line() const {
    return XML_GetCurrentLineNumber(parser_.get());
}

void XmlReader::on_begin(void* self, const char* name, const char** attributes) {
    auto& reader = *static_cast<XmlReader*>(self);
    if (reader.problem_) return;  // expat may still finish an empty element after a stop
    if (++reader.depth_ > max_xml_depth) {
        reader.stop({"register_too_deep", at_line(reader.line()), quoted(name),
                     "Elements are nested more than " + std::to_string(max_xml_depth) +
                         " deep; reading stopped here. Check that it is the right file."});
        return;
    }
    reader.handler_.begin(local_name_of(name), name, XmlAttributes{attributes}, reader.depth_);
}

void XmlReader::on_end(void* self, const char* name) {
    auto& reader = *static_cast<XmlReader*>(self);
    if (reader.problem_) return;
    reader.handler_.end(local_name_of(name), reader.depth_--);
}

void XmlReader::on_text(void* self, const char* text, int length) {
    auto& reader = *static_cast<XmlReader*>(self);
    if (!reader.problem_) reader.handler_.text({text, static_cast<std::size_t>(length)});
}

void XmlReader::on_doctype(void* self, const char* name, const char*, const char*, int) {
    // Refusing the declaration itself refuses every entity that it could declare.
    auto& reader = *static_cast<XmlReader*>(self);
    reader.stop({"register_doctype", at_line(reader.line()), quoted(name),
                 "The file declares a document type, which these files never do and which can hide an "
                 "attack; it was not "
                 "read further."});
}

int XmlReader::on_encoding(void*, const char* name, XML_Encoding* encoding) {
    const std::string folded_name = lowered(std::string_view{name});
    if (folded_name != "windows-1252" && folded_name != "cp1252") return XML_STATUS_ERROR;
    for (std::size_t byte = 0; byte < 256; ++byte)
        encoding->map[byte] = static_cast<int>(code_point_of_windows_1252(static_cast<unsigned char>(byte)));
    encoding->data = nullptr;
    encoding->convert = nullptr;
    encoding->release = nullptr;
    return XML_STATUS_OK;
}

void XmlReader::explain(bool last) {
    const XML_Error error = XML_GetErrorCode(parser_.get());
    const std::string place = at_line(line());
    switch (error) {
        case XML_ERROR_NO_ELEMENTS:
        case XML_ERROR_UNCLOSED_TOKEN:
        case XML_ERROR_PARTIAL_CHAR:
        case XML_ERROR_UNCLOSED_CDATA_SECTION:
            if (last) {
                problem_ = {"register_truncated", place, "",
                            "The file ends before its XML does; what was complete before this line has been "
                            "read. Fetch "
                            "the file again."};
                return;
            }
            break;
        case XML_ERROR_UNKNOWN_ENCODING:
        case XML_ERROR_INCORRECT_ENCODING:
            problem_ = {"register_encoding", place, "",
                        "The file says that it is written in an encoding that is not known, or it is written "
                        "in another "
                        "one. Save it as UTF-8."};
            return;
        default:
            break;
    }
    problem_ = {"register_xml", place, XML_ErrorString(error),
                std::string{"The XML is broken here ("} + XML_ErrorString(error) +
                    "); what was complete before this line has been read. Fetch the file again, or check its "
                    "encoding."};
}

}  // namespace raadspost::registers
