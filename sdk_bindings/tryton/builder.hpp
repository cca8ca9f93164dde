// Inside of the SDK only: turns the values of model.hpp, wizard.hpp and report.hpp into the host's classes.
// Done once per process; the host may register the same classes again.
#pragma once

#include "tryton/module.hpp"
#include "tryton/python.hpp"

namespace tryton {

class Builder {
public:
    static detail::py::object build(const Model& model);
    static detail::py::object build(const Wizard& wizard);
    static detail::py::object build(const Report& report);
    static detail::py::object build_jobs(const std::vector<Job>& jobs);
    static void serve(const Route& route);
    // Names of our unique indexes on a table, for those who must be sure that they exist.
    static std::vector<std::string> unique_indexes(const Model& model);

private:
    struct Parts;
    static void add_field(const Field& field, const Model& model, Parts& parts);
    static void add_groups(const Model& model, Parts& parts);
    static void add_actions(const Model& model, Parts& parts);
    static void add_hooks(const Model& model, Parts& parts);
    static void add_names(const Model& model, Parts& parts);
    static void add_set_up(const Model& model, Parts& parts);
};

}  // namespace tryton
