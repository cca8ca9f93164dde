#include "core/council/code.hpp"
#include "core/fold.hpp"
#include "core/register/file/table.hpp"
#include "core/register/roo_fields.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace raadspost::registers {
namespace {

// "first;second;third", the way the export puts several values into one cell.
template <class Each>
void split(std::string_view list, char separator, Each each) {
    std::size_t items = 0;
    while (!list.empty() && ++items <= max_roo_list_items) {
        const auto end = std::min(list.find(separator), list.size());
        if (const std::string item = trimmed(list.substr(0, end)); !item.empty())
            each(std::string_view{item});
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

// "gemeente@x.example, label: algemeen" -> the value and its label.
std::pair<std::string, std::string> with_label(std::string_view item) {
    constexpr std::string_view mark = ", label:";
    const auto at = item.find(mark);
    if (at == std::string_view::npos) return {trimmed(item), ""};
    return {trimmed(item.substr(0, at)), trimmed(item.substr(at + mark.size()))};
}

// "adresType: Bezoekadres, openbareRuimte: Raadhuisplein, huisnummer: 1, ..."; keys of both generations.
RooAddress address_of(std::string_view item) {
    RooAddress address;
    split(item, ',', [&](std::string_view part) {
        const auto colon = part.find(':');
        if (colon == std::string_view::npos) return;
        const auto key = part.substr(0, colon);
        std::string value = trimmed(part.substr(colon + 1));
        if (key == "adresType" || key == "type")
            address.type = value;
        else if (key == "openbareRuimte" || key == "straat")
            address.address.street = value;
        else if (key == "huisnummer")
            address.address.house_number = value;
        else if (key == "toevoeging")
            address.addition = value;
        else if (key == "postbus")
            address.address.post_box = value;
        else if (key == "postcode")
            address.address.postcode = value;
        else if (key == "woonplaats" || key == "plaats")
            address.address.place = value;
        else if (key == "provincieAfkorting" || key == "provincie")
            address.province = value;
        else if (key == "centroideLongitude")
            address.longitude = value;
        else if (key == "centroideLatitude")
            address.latitude = value;
    });
    return address;
}

// "VVD (6)"; the number stands in the last brackets, because a party may have brackets of its own.
void add_party(RooRecord& record, std::string_view item) {
    const auto open = item.rfind('(');
    if (open == std::string_view::npos || !item.ends_with(')')) return;
    record.add_party(trimmed(item.substr(0, open)), count_of(item.substr(open + 1, item.size() - open - 2)));
}

// Columns by their folded names; a column that is not there reads as empty.
class Columns {
public:
    explicit Columns(const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) by_name_.emplace(folded(header[i]), i);
    }
    bool has(const std::string& name) const { return by_name_.contains(name); }
    std::string_view get(const TableRow& row, const std::string& name) const {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? std::string_view{} : std::string_view{row.cells[found->second]};
    }

private:
    std::unordered_map<std::string, std::size_t> by_name_;
};

RooRecord record_of(const TableRow& row, const Columns& columns) {
    const auto get = [&](const char* name) { return columns.get(row, name); };
    RooRecord record;
    RooCouncil& council = record.council;
    council.line = row.line;
    record.is_municipality = folded(get("type")) == "gemeente";
    council.official_name = get("officiele naam");
    council.tooi = get("tooi uri");
    council.owms = get("owms uri");
    council.kvk = get("kvk nummer");
    council.oin = get("oin");
    council.ictu = get("organisatiecode");
    council.ends = day_of(get("einddatum"));
    council.inhabitants = count_of(get("aantal inwoners"));
    council.seats = count_of(get("totaal aantal zetels"));
    record.set_places(get("bevat plaatsen"));
    split(get("raad partij aantal zetels"), ';', [&](std::string_view item) { add_party(record, item); });
    split(get("adressen type toelichting straat huisnummer toevoeging postbus postcode plaats regio "
              "provincieafkorting land "
              "centroidelatitude centroidelongitude centroiderdx centroiderdy"),
          ';', [&](std::string_view item) {
              record.address = address_of(item);
              record.add_address();
          });
    split(get("telefoonnummers"), ';', [&](std::string_view item) {
        const auto [number, label] = with_label(item);
        record.set_telephone(number, label);
    });
    split(get("e mail adressen"), ';', [&](std::string_view item) {
        const auto [mailbox, label] = with_label(item);
        record.set_mailbox(mailbox, label);
    });
    split(get("internetpaginas"), ';', [&](std::string_view item) {
        const auto [url, label] = with_label(item);
        record.set_website(url, label);
    });
    return record;
}

}  // namespace

RooSummary read_roo_csv(std::istream& in, std::chrono::year_month_day today, const Sink<RooCouncil>& sink) {
    Complaints complaints{sink.problem};
    RooHarvest harvest{today, sink, complaints};
    Columns columns{{}};
    harvest.summary.complete = true;
    TableSink table;
    table.header = [&](std::vector<std::string> header) {
        columns = Columns{header};
        if (columns.has("officiele naam") && columns.has("type") && columns.has("tooi uri")) return;
        harvest.summary.complete = false;
        complaints.add("register_not_roo", at_line(1), header.front(),
                       "This table is no export of organisaties.overheid.nl; expected the columns Officiële "
                       "naam, Type and "
                       "TOOi URI.");
    };
    table.row = [&](TableRow row) {
        if (harvest.summary.complete) harvest.take(record_of(row, columns));
    };
    table.problem = [&](Problem problem) {
        complaints.add(std::move(problem.id), std::move(problem.place), problem.found,
                       std::move(problem.text));
    };
    read_csv(in, table);
    return harvest.summary;
}

RooSummary read_roo_employees_csv(std::istream& in, const Sink<RooEmployee>& sink) {
    Complaints complaints{sink.problem};
    Columns columns{{}};
    RooSummary summary;
    summary.complete = true;
    std::unordered_map<std::string, RooEmployee> griffiers;  // the registrar wins over another griffier
    TableSink table;
    table.header = [&](std::vector<std::string> header) {
        columns = Columns{header};
        if (columns.has("naam") && columns.has("functie")) return;
        summary.complete = false;
        complaints.add("register_not_roo", at_line(1), header.front(),
                       "This table holds no employees of organisaties.overheid.nl; expected the columns Naam "
                       "and Functie.");
    };
    table.row = [&](TableRow row) {
        if (!summary.complete) return;
        ++summary.organisations;
        const auto function = columns.get(row, "functie");
        if (function != "Raadsgriffier" && function != "Griffier") return;
        const auto uri = columns.get(row, "resource identifier v5 0 organisatie");
        const auto code = uri.empty() ? std::nullopt : council_code(uri);
        if (!code) {
            complaints.add("register_code_missing", at_line(row.line), uri,
                           "This griffier's organisation has no TOOI identifier of a municipality; the row "
                           "is left out.");
            return;
        }
        RooEmployee& griffier = griffiers[*code];
        if (!griffier.name.empty() && (griffier.function == "Raadsgriffier" || function == "Griffier"))
            return;
        griffier = {*code, std::string{columns.get(row, "naam")}, std::string{function}, row.line};
    };
    table.problem = [&](Problem problem) {
        complaints.add(std::move(problem.id), std::move(problem.place), problem.found,
                       std::move(problem.text));
    };
    read_csv(in, table);
    std::vector<RooEmployee> in_order;
    for (auto& [code, griffier] : griffiers) in_order.push_back(std::move(griffier));
    std::ranges::sort(in_order, {}, &RooEmployee::line);
    summary.councils = in_order.size();
    for (RooEmployee& griffier : in_order) sink.record(std::move(griffier));
    return summary;
}

}  // namespace raadspost::registers
