#include "tryton/module.hpp"

#include "tryton/inside/builder.hpp"
#include "tryton/rows.hpp"

#include <openssl/evp.h>
#include <memory>

namespace tryton {

using namespace detail;

namespace {

// Classes and routes are made once: the host calls register() again when its pool restarts.
struct Made {
    py::list models, wizards, reports;
    bool done = false;
};

void make(const Module& module, Made& made) {
    for (const Model& model : module.models) made.models.append(Builder::build(model));
    if (!module.jobs.empty()) made.models.append(Builder::build_jobs(module.jobs));
    for (const Wizard& wizard : module.wizards) made.wizards.append(Builder::build(wizard));
    for (const Report& report : module.reports) made.reports.append(Builder::build(report));
    for (const Route& route : module.routes) Builder::serve(route);
    made.done = true;
}

}  // namespace

std::optional<std::string> configured(const std::string& section, const std::string& name) {
    const py::object value =
        imported("trytond.config", "config").attr("get")(section, name, py::arg("default") = py::none());
    if (value.is_none()) return std::nullopt;
    return py::str(value).cast<std::string>();
}

Filestore Filestore::of_current_database(const std::string& prefix) {
    return {configured("database", "path").value_or("") + '/' + prefix};
}

std::string Filestore::path(const std::string& id) const {
    return directory + '/' + id.substr(0, 2) + '/' + id.substr(2, 2) + '/' + id;
}

std::string Filestore::id_of(std::string_view content) const {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(content.data(), content.size(), digest, &size, EVP_md5(), nullptr);  // a name, not a proof
    std::string id;
    for (unsigned int i = 0; i < size; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        id += digits[digest[i] >> 4];
        id += digits[digest[i] & 15];
    }
    return id;
}

_object* detail::make_extension(const char* name, Module (*wiring)()) {
    try {
        // Lives as long as the process, like the module itself.
        auto* const module = new Module{wiring()};
        auto* const made = new Made;
        static PyModuleDef definition = {
            PyModuleDef_HEAD_INIT, name, nullptr, -1, nullptr, nullptr, nullptr, nullptr, nullptr};
        set_module_name(module->name);
        auto extension = py::reinterpret_steal<py::module_>(PyModule_Create(&definition));
        extension.def("register", [module, made] {
            if (!made->done) make(*module, *made);
            const py::object enlist = imported("trytond.pool", "Pool").attr("register");
            enlist(*py::tuple(made->models), py::arg("module") = module->name, py::arg("type_") = "model");
            enlist(*py::tuple(made->wizards), py::arg("module") = module->name, py::arg("type_") = "wizard");
            enlist(*py::tuple(made->reports), py::arg("module") = module->name, py::arg("type_") = "report");
        });
        extension.def("unique_indexes", [module] {
            py::list names;
            for (const Model& model : module->models)
                for (const std::string& index : Builder::unique_indexes(model)) names.append(index);
            return names;
        });
        for (const Entry& entry : module->entries) {
            extension.attr(entry.name.c_str()) = py::cpp_function([call = entry.call](const py::args& a) {
                return to_python(call(from_python(py::list(a)).as<List>()));
            });
        }
        return extension.release().ptr();
    } catch (py::error_already_set& error) {
        error.restore();
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_ImportError, error.what());
    }
    return nullptr;
}

}  // namespace tryton
