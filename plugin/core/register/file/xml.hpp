// Streaming XML for hostile input, over expat: elements by local name, no document type, no entities beyond
// the five of XML itself, bounded depth. The reader is fed blocks and calls its handler; a refusal or a fault
// stops it with one Problem that names the line. Not a general XML library: namespaces are told only for the
// root. One thread.
#pragma once

#include "core/register/sink.hpp"

#include <expat.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>

namespace raadspost::registers {

// The attributes of the element that has just begun; valid during the call only.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_{pairs} {}
    // By local name, so that "systeemId" finds "p:systeemId"; empty when absent.
    std::string_view get(std::string_view local_name) const;
    // The namespace that this element declares for its own prefix; empty when it declares none.
    std::string_view own_namespace(std::string_view qualified_name) const;

private:
    const char** pairs_;
};

class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    // `name` is the local name; `qualified` has its prefix. `depth` is 1 for the root.
    virtual void begin(std::string_view name, std::string_view qualified, const XmlAttributes& attributes,
                       std::size_t depth) = 0;
    virtual void end(std::string_view name, std::size_t depth) = 0;
    virtual void text(std::string_view piece) = 0;  // in pieces, as expat gives them
};

class XmlReader {
public:
    explicit XmlReader(XmlHandler& handler);

    // False when reading has stopped: see problem(). `last` tells that the input ends here; what is then open
    // is "register_truncated". Other problems: register_doctype, register_too_deep, register_xml,
    // register_encoding.
    [[nodiscard]] bool feed(std::string_view block, bool last);
    const std::optional<Problem>& problem() const { return problem_; }

    // For the handler: no further calls will come after this one.
    void stop(Problem problem);
    std::size_t line() const;

private:
    static void on_begin(void* self, const char* name, const char** attributes);
    static void on_end(void* self, const char* name);
    static void on_text(void* self, const char* text, int length);
    static void on_doctype(void* self, const char* name, const char*, const char*, int);
    static int on_encoding(void* self, const char* name, XML_Encoding* encoding);
    void explain(bool last);

    using Parser = std::remove_pointer_t<XML_Parser>;
    XmlHandler& handler_;
    std::unique_ptr<Parser, decltype(&XML_ParserFree)> parser_;
    std::size_t depth_ = 0;
    std::optional<Problem> problem_;
};

}  // namespace raadspost::registers
