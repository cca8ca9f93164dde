// Inside of the SDK only: turns the values of model.hpp, wizard.hpp and report.hpp into the host's classes.
// Done once per process; the host may register the same classes again.
#pragma once

#include "tryton/inside/python.hpp"
#include "tryton/module.hpp"

namespace tryton {

namespace detail {

// A value for each record that was asked for, whether the getter knew it or not.
py::dict values_as_dict(const Ids& asked, const Values& values, bool many);
py::list list_of(const std::set<std::string>& names);

}  // namespace detail

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
    struct Parts {
        detail::py::dict body;    // the class as it will be
        detail::py::list held;    // holds the class once it exists, for super()
        detail::py::dict remote;  // name -> RPC
        detail::py::dict button_looks;
    };
    static detail::py::object plain(const Field& field);
    static detail::py::object computed(const Field& field, const std::string& getter_name, Parts& parts);
    static void add_field(const Field& field, const Model& model, Parts& parts);
    static void add_groups(const Model& model, Parts& parts);
    static void add_actions(const Model& model, Parts& parts);
    static void add_hooks(const Model& model, Parts& parts);
    static void add_names(const Model& model, Parts& parts);
    static void add_set_up(const Model& model, Parts& parts);
};

}  // namespace tryton
