// A whole module: the list of what it adds to the host, and the macro that makes the shared library the host
// imports.
//
//     Module library() { return {"library", {book(), author()}, {lend()}, {}, {}, {}, {}}; }
//     TRYTON_MODULE(_library, library)
//
// in one source file of the target `_library`; beside it an __init__.py of one line: `from ._library import
// register`.
#pragma once

#include "tryton/model.hpp"
#include "tryton/report.hpp"
#include "tryton/wizard.hpp"

namespace tryton {

struct Job {  // offered to administrators as a scheduled action (ir.cron)
    std::string model, method, label;
};

// A function of the extension itself, for programs that embed the host: called as _library.name(*arguments).
struct Entry {
    std::string name;
    std::function<Value(const List&)> call;
};

struct Module {
    std::string name;
    std::vector<Model> models;
    std::vector<Wizard> wizards;
    std::vector<Report> reports;
    std::vector<Route> routes;
    std::vector<Job> jobs;
    std::vector<Entry> entries;
};

// [gil-held] A setting of trytond.conf; empty optional when it is not set.
std::optional<std::string> configured(const std::string& section, const std::string& name);

// [gil-held] The host's filestore, for Binary fields kept there: where a file lies, so that C++ threads can
// read and write it without the GIL. The layout is the host's (trytond/filestore.py).
struct Filestore {
    static Filestore of_current_database(const std::string& prefix);
    std::string directory;
    std::string path(const std::string& id) const;      // [any-thread]
    std::string id_of(std::string_view content) const;  // [any-thread] what the host would name it
};

namespace detail {
_object* make_extension(const char* name, Module (*wiring)());
}

#define TRYTON_MODULE(extension, wiring)                                              \
    extern "C" __attribute__((visibility("default"))) _object* PyInit_##extension() { \
        return ::tryton::detail::make_extension(#extension, wiring);                  \
    }

}  // namespace tryton
