#include "crm/register/election_reading.hpp"

#include "core/calendar/election_days.hpp"
#include "core/register/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

namespace raadspost::crm {
namespace {

using namespace registers;
using namespace std::chrono;

constexpr year first_year{2010}, last_year{2042};

constexpr days near{60};

// What the CRM has, and of the law what lies near none of it: a day that a person corrected counts once.
std::vector<KnownElection> days_of(const Known& known) {
    std::vector<KnownElection> all = known.elections;
    const auto add = [&](const calendar::ElectionDays& law) {
        const bool there = std::ranges::any_of(all, [&](const KnownElection& each) {
            return abs(sys_days{each.voting_day} - sys_days{law.voting_day}) <= near;
        });
        if (!there) all.push_back({law.nomination_day, law.voting_day});
    };
    for (year y = first_year; y <= last_year; ++y)
        if (calendar::is_regular_year(y)) add(calendar::regular_election(y));
    for (const auto& each : calendar::reorganisations()) add(calendar::reorganisation_election(each.year));
    return all;
}

// A tab or a line end inside a name would split its row.
std::string in_one_cell(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
}

std::vector<MemberRow> rows_of(const std::vector<ElectedMember>& members) {
    std::vector<MemberRow> rows;
    for (const ElectedMember& each : members)
        rows.push_back({'?', name_key(each), in_one_cell(full_name(each)), in_one_cell(each.list_name),
                        each.list_number, each.position, each.by_preference});
    return rows;
}

std::int64_t whole(std::string_view digits) {
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

struct Files {
    std::optional<CouncilElection> definition, result;
};

void add_record(const std::string& key, const Files& files, Reading& reading) {
    Keyed record{key, {}, files.result ? files.result->place : files.definition->place};
    if (files.definition) record.put("seats", files.definition->seats);
    if (files.result) {
        const auto elected = static_cast<std::int32_t>(files.result->members.size());
        if (!files.definition || !files.definition->seats) record.put("seats", std::optional{elected});
        if (files.definition && files.definition->seats && *files.definition->seats != elected)
            reading.problems.push_back(
                {"register_eml_seats_differ", files.result->place,
                 std::to_string(elected) + " / " + std::to_string(*files.definition->seats),
                 "There are more seats than people elected, or fewer; the definition's number is used."});
        record.put(member_rows, to_rows(rows_of(files.result->members)));
    }
    reading.records.push_back(std::move(record));
}

}  // namespace

std::string to_rows(const std::vector<MemberRow>& members) {
    std::string text;
    for (const MemberRow& each : members) {
        if (!text.empty()) text += '\n';
        text += each.is_new;
        for (const std::string& cell :
             {std::to_string(each.list_number), std::to_string(each.position),
              std::string{each.by_preference ? "1" : "2"}, each.sort_name, each.name, each.list_name})
            text += '\t' + cell;
    }
    return text;
}

std::vector<MemberRow> members_in(std::string_view rows) {
    std::vector<MemberRow> members;
    while (!rows.empty()) {
        std::string_view row = rows.substr(0, rows.find('\n'));
        rows.remove_prefix(std::min(rows.size(), row.size() + 1));
        std::array<std::string_view, 7> cells;
        for (std::string_view& cell : cells) {
            cell = row.substr(0, row.find('\t'));
            row.remove_prefix(std::min(row.size(), cell.size() + 1));
        }
        members.push_back({cells[0].empty() ? '?' : cells[0][0], std::string{cells[4]}, std::string{cells[5]},
                           std::string{cells[6]}, whole(cells[1]), whole(cells[2]), cells[3] == "1"});
    }
    return members;
}

void read_elections(const std::vector<SourceFile>& files, const Known& known, Reading& reading) {
    const auto elections = days_of(known);
    std::map<std::string, Files> found;
    std::vector<std::string> order;
    const Sink<CouncilElection> sink{
        [&](CouncilElection each) {
            const std::string key = each.council + "/" + iso(each.voting_day);
            Files& of_council = found[key];
            if (!of_council.definition && !of_council.result) order.push_back(key);
            auto& place =
                each.kind == CouncilElection::Kind::result ? of_council.result : of_council.definition;
            // A zip often holds the same result twice. Another one for the same council is a person's to
            // choose.
            if (place && place->members != each.members)
                reading.problems.push_back({"register_duplicate", each.place, each.election,
                                            "This council's result stands in the files a second time, and is "
                                            "another one; the first one is used."});
            if (!place) place = std::move(each);
        },
        [&](Problem problem) { reading.problems.push_back(std::move(problem)); }};
    for (const SourceFile& file : files) read_eml(file.bytes, file.name, known.councils, elections, sink);
    for (const std::string& key : order) add_record(key, found[key], reading);
}

}  // namespace raadspost::crm
