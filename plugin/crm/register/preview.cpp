// What an import would change: reading, comparing, and storing the answer line by line.
#include "core/council/address.hpp"
#include "core/council/table.hpp"
#include "core/register/compare.hpp"
#include "crm/country/provinces.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/register/import.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {
namespace {

using namespace tryton;
using namespace registers;

using Line = std::tuple<Id, std::string, std::string, std::string, std::string, std::string, std::string,
                        std::string, std::string>;

std::string_view key_of(Change change) {
    switch (change) {
        case Change::added:
            return "added";
        case Change::changed:
            return "changed";
        case Change::unchanged:
            return "unchanged";
        case Change::gone:
            return "gone";
        case Change::refused:
            return "refused";
    }
    return "refused";
}

// Values as a person reads them: days as 18-03-2026, and by their names what the files tell by code.
class Words {
public:
    Words() : line_{translated("msg_import_line")} {
        for (auto& [code, name] :
             Rows<std::string, std::string>{"select code, name from raadspost_council union all select code, "
                                            "name from country_subdivision "
                                            "where code like 'NL-%'"})
            names_.emplace(std::move(code), std::move(name));
    }

    bool knows(const std::string& code) const { return names_.contains(code); }

    std::string of(const std::string& value) const {
        const auto name = names_.find(value);
        if (name != names_.end()) return name->second;
        const bool is_day = value.size() == 10 && value[4] == '-' && value[7] == '-' &&
                            value.find_first_not_of("0123456789-") == std::string::npos;
        return is_day ? value.substr(8) + value.substr(4, 4) + value.substr(0, 4) : value;
    }

    // "line 12" in the language of whoever imports.
    std::string of_place(const std::string& place) const {
        constexpr std::string_view line = "line ";
        const auto at = place.rfind(line);
        if (at == std::string::npos) return place;
        const std::size_t number = at + line.size();  // a code may stand behind it
        if (place.find_first_of("0123456789", number) != number) return place;
        return place.substr(0, at) + line_ + " " + place.substr(number);
    }

    // "GM0402/2026-03-18", where the record itself has no name.
    std::string of_key(const std::string& key) const {
        const auto slash = key.find('/');
        return slash == std::string::npos ? of(key)
                                          : of(key.substr(0, slash)) + ' ' + of(key.substr(slash + 1));
    }

private:
    std::map<std::string, std::string> names_;
    std::string line_;
};

// A field as the user sees it: its label, and the words of a selection.
struct Shown {
    std::string label;
    std::map<std::string, std::string> choices;
};

std::map<std::string, std::string> choices_in(const Dict& definition) {
    std::map<std::string, std::string> choices;
    const auto selection = definition.find("selection");
    if (selection == definition.end() || !selection->second.holds<List>()) return choices;
    for (const Value& choice : selection->second.as<List>())
        if (const auto& pair = choice.as<List>(); pair.at(0).holds<std::string>())
            choices[pair.at(0).as<std::string>()] = pair.at(1).as<std::string>();
    return choices;
}

// One call per model, not per line.
std::map<std::string, Shown> labels(const Target& target) {
    std::map<std::string, Shown> columns, seen;
    std::map<std::string, List> asked;
    for (const std::string& field : target.fields()) {
        const auto [model, column] = target.column(field);
        asked[model].push_back(column);
    }
    for (const auto& [model, names] : asked) {
        List arguments;
        arguments.push_back(names);  // braces would make the names themselves the arguments
        const Value definitions = call(model, "fields_get", arguments);
        for (const auto& [column, definition] : definitions.as<Dict>()) {
            const Dict& told = definition.as<Dict>();
            seen[model + '.' + column] = {told.at("string").as<std::string>(), choices_in(told)};
        }
    }
    for (const std::string& field : target.fields()) {
        const auto [model, column] = target.column(field);
        columns[field] = seen[model + '.' + column];
    }
    return columns;
}

std::string described(const std::vector<FieldChange>& fields, bool kept,
                      const std::map<std::string, Shown>& labels, const Words& words) {
    std::string text;
    for (const FieldChange& field : fields) {
        if (field.kept != kept) continue;
        const auto known = labels.find(field.field);
        const auto value = [&](const std::string& told) {
            if (told.empty()) return std::string{"-"};
            if (known != labels.end())
                if (const auto choice = known->second.choices.find(told);
                    choice != known->second.choices.end())
                    return choice->second;
            return quoted(words.of(told));
        };
        if (!text.empty()) text += '\n';
        text += (known == labels.end() ? field.field : known->second.label) + ": " + value(field.present) +
                " \xE2\x86\x92 " + value(field.imported);
    }
    return text;
}

std::vector<Keyed> only_known(const Target& target, const std::vector<Keyed>& records) {
    std::vector<Keyed> known;
    known.reserve(records.size());
    const auto& fields = target.fields();
    for (const Keyed& record : records) {
        Keyed& kept = known.emplace_back(Keyed{record.key, {}, record.place});
        for (const auto& [name, value] : record.fields)
            if (std::find(fields.begin(), fields.end(), name) != fields.end())
                kept.fields.emplace(name, value);
    }
    return known;
}

std::string name_of(const Keyed& record) {
    for (const char* field : {"name", "griffier", "email", "mailbox"})
        if (const auto found = record.fields.find(field);
            found != record.fields.end() && !found->second.empty())
            return found->second;
    return record.key;
}

// A table of griffiers does not make the councils go that it does not name. No origin: nothing goes.
void forget_other_wholes(std::vector<RecordChange>& changes, const std::vector<Keyed>& last_imported,
                         const std::string& origin) {
    std::set<std::string_view> of_this_whole;
    for (const Keyed& record : last_imported)
        if (const auto from = record.fields.find("origin");
            from != record.fields.end() && from->second == origin)
            of_this_whole.insert(record.key);
    std::erase_if(changes, [&](const RecordChange& change) {
        return change.change == Change::gone && !of_this_whole.contains(change.key);
    });
}

// A guess gives way like nothing at all; people see nevertheless what it was.
void show_guesses(std::vector<RecordChange>& changes, const Existing& today) {
    for (RecordChange& change : changes) {
        const auto guessed = today.guesses.find(change.key);
        if (guessed == today.guesses.end()) continue;
        for (FieldChange& field : change.fields)
            if (const auto guess = guessed->second.find(field.field);
                field.present.empty() && guess != guessed->second.end())
                field.present = guess->second;
    }
}

// A municipality that stands there twice, ended and alive, is alive.
void take_endings(Reading& reading, const Existing& today) {
    std::set<std::string> codes;
    for (const Keyed& record : reading.records) codes.insert(record.key);
    for (Keyed& record : reading.ended)
        if (today.ids.contains(record.key) && codes.insert(record.key).second)
            reading.records.push_back(std::move(record));
}

// The same few sentences for thousands of lines: each is looked up once.
class Sentences {
public:
    const std::string& of(const Problem& problem) {
        const auto [known, is_new] = seen_.try_emplace({problem.id, problem.found});
        if (is_new) known->second = sentence(problem);
        return known->second;
    }

private:
    std::map<std::pair<std::string, std::string>, std::string> seen_;
};

struct Tally {
    std::map<std::string, std::int64_t, std::less<>> of;
    std::int64_t kept = 0;
};

}  // namespace

std::unique_ptr<Target> target_of(ImportKind kind) {
    switch (kind) {
        case ImportKind::councils:
            return council_target();
        case ImportKind::elections:
            return election_target();
        case ImportKind::griffie_addresses:
            return griffie_target();
        case ImportKind::meeting_places:
            return meeting_place_target();
        case ImportKind::past_mailings:
            return past_mailing_target();
        case ImportKind::opt_outs:
            return opt_out_target();
        case ImportKind::recesses:
            return recess_target();
    }
    throw UserError{"msg_import_kind"};
}

std::vector<KnownElection> known_elections() {
    std::vector<KnownElection> elections;
    for (const auto& [nomination_day, voting_day] :
         Rows<std::optional<Date>, Date>{"select nomination_day, voting_day from raadspost_election"})
        elections.push_back({nomination_day.value_or(voting_day), voting_day});
    return elections;
}

CouncilIndex council_index(ImportKind kind) {
    std::vector<Council> councils;
    const auto provinces = iso_of_provinces();
    for (auto& [code, name, website, province] :
         Rows<std::string, std::string, std::optional<std::string>, std::optional<Id>>{
             "select code, name, website, province from raadspost_council"}) {
        Council council;
        council.code = std::move(code);
        council.name = std::move(name);
        council.website_domain = domain_of(website.value_or(""));
        if (province)
            if (const auto iso = provinces.find(*province); iso != provinces.end())
                council.province = iso->second;
        councils.push_back(std::move(council));
    }
    // The register brings the councils themselves; of all else they are what it is attached to.
    if (councils.empty() && kind == ImportKind::councils) return CouncilIndex{councils_2026()};
    // Results of councils that are no more tell who is new at their successors.
    if (kind == ImportKind::elections)
        for (const Merger& merger : mergers())
            if (std::ranges::find(councils, merger.from, &Council::code) == councils.end()) {
                Council& ended = councils.emplace_back();
                ended.code = merger.from;
                ended.name = merger.from_name;
            }
    return CouncilIndex{councils};
}

tryton::Id preview_import(ImportKind kind, const std::vector<SourceFile>& files, const Mapping& mapping) {
    const std::unique_ptr<Target> target = target_of(kind);
    const CouncilIndex councils = council_index(kind);
    const Existing today = target->existing();
    const Known known{councils, known_elections(),
                      Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())}};

    Reading reading;
    std::vector<RecordChange> changes;
    without_gil([&] {
        reading = read_register(kind, files, mapping, known);
        take_endings(reading, today);
        target->complete(reading.records, reading.problems);
        for (Keyed& record : reading.records) {
            target->conform(record.fields);
            if (!reading.origin.empty()) record.fields["origin"] = reading.origin;
        }
        changes = compare(today.present, only_known(*target, reading.records), today.last_imported);
        show_guesses(changes, today);
        forget_other_wholes(changes, today.last_imported, target->tells_all() ? reading.origin : "");
    });
    for (Problem& problem : target->doubts(reading.records, today))
        reading.problems.push_back(std::move(problem));

    const auto label_of = labels(*target);
    const Words words;
    std::map<std::string, const Keyed*> present;
    for (const Keyed& record : today.present) present.emplace(record.key, &record);

    const Id import =
        create("raadspost.import", {{{"name", files.front().name}, {"kind", key_of(kind)}}}).front();
    Tally tally;
    Sentences sentences;
    std::vector<Line> lines;
    lines.reserve(changes.size() + reading.problems.size());
    std::size_t read = 0;
    for (const RecordChange& change : changes) {
        // compare() keeps the order of what was read; the records that have gone follow.
        const Keyed* record = read < reading.records.size() ? &reading.records[read++] : nullptr;
        const auto there = present.find(change.key);
        const Keyed* named = record && !name_of(*record).empty() ? record
                             : there != present.end()            ? there->second
                                                                 : nullptr;
        std::string kept = described(change.fields, true, label_of, words);
        tally.kept += kept.empty() ? 0 : 1;
        ++tally.of[std::string{key_of(change.change)}];
        // A council by its own name, not by whose name stands beside it.
        const std::string label = !named || words.knows(change.key) ? change.key : name_of(*named);
        lines.emplace_back(import, change.key, words.of_key(label), std::string{key_of(change.change)},
                           record ? words.of_place(record->place) : "",
                           described(change.fields, false, label_of, words), std::move(kept),
                           change.problem ? sentences.of(*change.problem) : "",
                           record ? to_json(record->fields) : "");
    }
    for (const Problem& problem : reading.problems) {
        const char* as = is_warning(problem) ? "warning" : "refused";
        ++tally.of[as];
        lines.emplace_back(import, "", problem.found, as, words.of_place(problem.place), "", "",
                           sentences.of(problem), "");
    }
    insert_rows<Id, std::string, std::string, std::string, std::string, std::string, std::string, std::string,
                std::string>(
        "raadspost.import.line",
        {"import_", "key", "label", "change", "place", "details", "kept", "reason", "source_values"}, lines);
    write("raadspost.import", {import},
          {{"added", tally.of["added"]},
           {"changed", tally.of["changed"]},
           {"unchanged", tally.of["unchanged"]},
           {"gone", tally.of["gone"]},
           {"refused", tally.of["refused"]},
           {"warned", tally.of["warning"]},
           {"kept", tally.kept}});
    return import;
}

}  // namespace raadspost::crm
