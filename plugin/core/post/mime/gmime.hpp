// GMime, held by owners and set up once. For whoever reads or encodes mail in the core; GMime's objects
// are used by one thread at a time, its set-up by all.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>

#include "core/no_host.hpp"

namespace raadspost::post::mime {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, FreeText>;

struct FreeParser {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};

// Before anything else of GMime. Never shut down: threads may still read mail at exit.
void set_up();

inline std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string{} : std::string{text};
}

}  // namespace raadspost::post::mime
