// The wizard that begins an import: choose a file, say what its columns mean where they do not say it
// themselves, then look at what would change.
#include "crm/entities.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/register/import.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {
namespace {

using namespace tryton;
using namespace registers;

constexpr std::size_t sample_rows = 20;

struct Chosen {
    ImportKind kind;
    std::vector<SourceFile> files;

    const std::string& bytes() const { return files.front().bytes; }
};

std::optional<SourceFile> file_in(const Record& form, const std::string& field) {
    const Value file = form.get(field);
    if (!file.holds<Bytes>() || file.as<Bytes>().data.empty()) return std::nullopt;
    const std::string name = form.text(field + "_name");
    return SourceFile{name.empty() ? "-" : name, file.as<Bytes>().data};
}

Chosen chosen(Session& session) {
    const Record form = session.form("start");
    const auto kind = import_kind(form.text("kind"));
    if (!kind) throw UserError{"msg_import_kind"};
    auto file = file_in(form, "file");
    if (!file) throw UserError{"msg_import_empty"};
    Chosen all{*kind, {*std::move(file)}};
    if (*kind == ImportKind::elections)
        if (auto earlier = file_in(form, "earlier_file")) all.files.push_back(*std::move(earlier));
    return all;
}

Choices fields_of_tables() {
    Choices choices{{"", "Not Imported"}};
    std::set<std::string> seen;
    for (const TableKind kind : {TableKind::griffie_addresses, TableKind::meeting_places,
                                 TableKind::past_mailings, TableKind::opt_outs, TableKind::recesses})
        for (const KnownField& field : known_fields(kind))
            if (seen.insert(std::string{field.key}).second)
                choices.emplace_back(std::string{field.key}, std::string{field.english});
    return choices;
}

// The host would write it, as text, into the wizard's session: three times as long as all the reading takes.
void forget_file(Session& session) {
    session.form("start").set("file", Value{});
    session.form("start").set("earlier_file", Value{});
}

std::string after_start(Session& session) {
    const Chosen file = chosen(session);
    return table_kind(file.kind, file.bytes()) ? "mapping" : "preview";
}

Dict proposed_columns(Session& session) {
    const Chosen file = chosen(session);
    const TableKind kind = *table_kind(file.kind, file.bytes());
    Table table;
    Mapping mapping;
    without_gil([&] {
        table = table_of(file.bytes(), sample_rows);
        mapping = propose_mapping(kind, table.header, table.rows);
    });
    if (table.header.empty() && !table.problems.empty())
        throw UserError{"msg_import_unreadable", {{"reason", sentence(table.problems.front())}}};
    if (table.header.empty()) throw UserError{"msg_import_no_columns"};
    List columns;
    for (std::size_t n = 0; n < table.header.size(); ++n) {
        std::string sample;
        for (const TableRow& row : table.rows)
            if (sample.empty() && n < row.cells.size()) sample = quoted(row.cells[n]);
        columns.push_back(Dict{{"number", n},
                               {"name", table.header[n]},
                               {"sample", sample},
                               {"field", n < mapping.size() ? mapping[n] : ""}});
    }
    return {{"columns", std::move(columns)}};
}

// A sentence for what no column, or more than one, is said to hold.
std::string column_sentence(const Problem& problem, const Mapping& mapping,
                            const std::vector<std::string>& names) {
    std::string claimed;
    int claims = 0;
    for (std::size_t n = 0; n < mapping.size(); ++n) {
        if (mapping[n] != problem.found) continue;
        claimed += (claims++ > 0 ? ", " : "") + names[n];
    }
    return claims > 1 ? translated("msg_import_column_twice", {{"columns", claimed}})
                      : translated("msg_import_column_" + problem.found);
}

// Told while the columns are on the screen: a preview in which every row is refused helps nobody.
Mapping told_columns(Session& session, TableKind kind) {
    Mapping mapping;
    std::vector<std::string> names;
    for (const Record& column : session.form("mapping").many("columns")) {
        const auto number = column.at<std::size_t>("number");
        if (mapping.size() <= number) {
            mapping.resize(number + 1);
            names.resize(number + 1);
        }
        mapping[number] = column.text("field");
        names[number] = quoted(column.text("name"));
    }
    std::string lacks;
    for (const Problem& problem : check_mapping(kind, mapping))
        lacks += "\n" + column_sentence(problem, mapping, names);
    if (!lacks.empty()) throw UserError{"msg_import_columns", {{"lacks", lacks}}};
    return mapping;
}

Dict open_preview(Session& session, Dict&) {
    const Chosen file = chosen(session);
    Mapping mapping;
    if (const auto kind = table_kind(file.kind, file.bytes())) mapping = told_columns(session, *kind);
    const Id import = preview_import(file.kind, file.files, mapping);
    forget_file(session);
    return {{"res_id", Ids{import}}};
}

}  // namespace

tryton::Model import_start() {
    return Model{"raadspost.import_register.start", "Import"}
        .shown()
        .field(Selection{"kind", "Kind", import_kinds()}.required().starts_as("councils"))
        .field(Binary{"file", "File"}.named_by("file_name").required())
        .field(Char{"file_name", "File Name"})
        .field(Binary{"earlier_file", "Result of the Election Before"}
                   .named_by("earlier_file_name")
                   .invisible(eval("kind") != "elections")
                   .help("Tells which councillors are new, since their names are not kept."))
        .field(Char{"earlier_file_name", "File Name"}.invisible(eval("kind") != "elections"));
}

tryton::Model import_mapping() {
    return Model{"raadspost.import_register.mapping", "Columns"}.shown().field(
        One2Many{"columns", "raadspost.import_register.column", "mapping", "Columns"});
}

tryton::Model import_column() {
    return Model{"raadspost.import_register.column", "Column"}
        .shown()
        .field(Many2One{"mapping", "raadspost.import_register.mapping", "Columns"})
        .field(Integer{"number", "Number"}.readonly())
        .field(Char{"name", "Column"}.readonly())
        .field(Char{"sample", "Example"}.readonly())
        .field(Selection{"field", "Is Imported As", fields_of_tables()});
}

tryton::Wizard import_register() {
    return Wizard{"raadspost.import_register"}
        .start("start")
        .form("start", "raadspost.import_register.start", "raadspost.import_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Continue", "read", "tryton-forward", true}})
        .step("read", after_start)
        .form("mapping", "raadspost.import_register.mapping", "raadspost.import_mapping_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Preview", "preview", "tryton-forward", true}},
              proposed_columns)
        .action("preview", "raadspost.act_import_preview", open_preview);
}

}  // namespace raadspost::crm
