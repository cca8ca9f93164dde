#include "crm/answers/rereading.hpp"

#include "core/post/frozen.hpp"
#include "crm/answers/applying.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/entities.hpp"
#include "crm/triage/settling.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;
using MaybeText = std::optional<std::string>;
using MaybeId = std::optional<Id>;
using MaybeDate = std::optional<Date>;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::int64_t at_a_time = 200;

struct Archived {
    Id id = 0;
    std::string file, hash;
    bool by_person = false;
};

std::vector<Archived> archived_after(Id last) {
    std::vector<Archived> kept;
    for (auto& [id, file, hash, decided_at] : Rows<Id, std::string, MaybeText, std::optional<DateTime>>{
             "select id, bytes_file, bytes_hash, decided_at from raadspost_message where id > {} and "
             "bytes_file is "
             "not null and state <> 'unread' order by id limit {}",
             last, at_a_time})
        kept.push_back({id, std::move(file), hash.value_or(""), decided_at.has_value()});
    return kept;
}

// Nothing where the bytes are not to be had.
std::optional<AnswerFound> found_in(const AnswerReader& reader, const Archived& kept,
                                    const std::filesystem::path& folder) {
    return without_gil([&]() -> std::optional<AnswerFound> {
        const auto bytes = post::thaw(folder, kept.file, kept.hash);
        if (!bytes) return std::nullopt;
        return reader.read(kept.id, *bytes);
    });
}

std::string sentence_of(const AnswerRow& row) {
    std::string text = in_words(kinds_of(row.kinds));
    if (!row.list_number.empty()) text += " (" + row.list_number + ")";
    return text;
}

// What stands now, beside what would.
struct Compared {
    bool differs = false;
    std::string was;
    Id case_id = 0;
};

Compared compare(Id message, const AnswerRow& now) {
    Compared found;
    for (const auto& [kinds, trust, case_id, number, list_date, meeting_date, redirect_to, absent_until] :
         Rows<MaybeText, MaybeText, MaybeId, MaybeText, MaybeDate, MaybeDate, MaybeText, MaybeDate>{
             "select kinds, trust, \"case\", list_number, list_date, meeting_date, redirect_to, absent_until "
             "from raadspost_message where id = {}",
             message}) {
        AnswerRow was;
        was.kinds = kinds.value_or("");
        was.list_number = number.value_or("");
        found.was = sentence_of(was);
        found.case_id = case_id.value_or(0);
        found.differs = was.kinds != now.kinds || trust.value_or("") != now.trust ||
                        found.case_id != now.case_id || was.list_number != now.list_number ||
                        list_date != now.list_date || meeting_date != now.meeting_date ||
                        redirect_to.value_or("") != now.redirect_to || absent_until != now.absent_until;
    }
    return found;
}

void note(Id rereading, Id message, const Compared& before, const AnswerRow& now) {
    const auto maybe = [](Id id) { return id > 0 ? MaybeId{id} : std::nullopt; };
    insert_rows<Id, Id, std::string, std::string, MaybeId, MaybeId>(
        "raadspost.rereading.line", {"rereading", "message", "was", "would_be", "case_was", "case_would_be"},
        {{rereading, message, before.was, sentence_of(now), maybe(before.case_id), maybe(now.case_id)}});
}

void score_again(Id message, const AnswerRow& now, const std::string& version) {
    for (const auto& [example, kinds] :
         Rows<Id, std::string>{"select id, kinds from raadspost_example where message = {}", message}) {
        auto said = kinds_of(now.kinds), meant = kinds_of(kinds);
        std::ranges::sort(said);
        std::ranges::sort(meant);
        update_rows<std::string, std::string, std::string, bool>(
            "raadspost.example", {"machine_kinds", "rules", "rule_version", "agreed"},
            {{example, now.kinds, now.rules, version, said == meant}});
    }
}

Id position_of(Id rereading) {
    const Rows<MaybeId> row{"select up_to from raadspost_rereading where id = {}", rereading};
    return row.empty() ? 0 : std::get<0>(row.front()).value_or(0);
}

void end_of_slice(Id rereading, Id up_to, std::int64_t read, bool over, const std::string& version) {
    execute(
        "update raadspost_rereading set up_to = {}, messages_read = coalesce(messages_read, 0) + {}, state = "
        "{}, rule_version = {}, "
        "changes = (select count(*) from raadspost_rereading_line where rereading = {}) where id = {}",
        up_to, read, over ? "read" : "reading", version, rereading, rereading);
    forget_cached("raadspost.rereading", {rereading});
}

}  // namespace

void go_on_reading(Id rereading) {
    const AnswerReader reader;
    const auto folder = received_folder();
    const auto until = SteadyClock::now() + reread_slice;
    Id last = position_of(rereading);
    std::int64_t read = 0;
    bool over = false;
    while (!over && SteadyClock::now() < until) {
        const std::vector<Archived> batch = archived_after(last);
        over = batch.empty();
        for (const Archived& each : batch) {
            last = each.id;
            const auto found = found_in(reader, each, folder);
            if (!found) continue;
            ++read;
            const AnswerRow now = row_of(*found);
            if (each.by_person) {
                score_again(each.id, now, reader.rule_version());
                continue;
            }
            if (const Compared before = compare(each.id, now); before.differs)
                note(rereading, each.id, before, now);
        }
    }
    end_of_slice(rereading, last, read, over, reader.rule_version());
}

void take_over(Id rereading) {
    const AnswerReader reader;
    const auto folder = received_folder();
    for (auto& [line, message, file, hash] : Rows<Id, Id, MaybeText, MaybeText>{
             "select l.id, m.id, m.bytes_file, m.bytes_hash from raadspost_rereading_line l join "
             "raadspost_message m "
             "on m.id = l.message where l.rereading = {} and not coalesce(l.done, {}) order by m.id",
             rereading, false}) {
        const auto found = found_in(reader, {message, file.value_or(""), hash.value_or(""), false}, folder);
        const bool done = found && apply_anew(message, *found);
        update_rows<bool>("raadspost.rereading.line", {"done"}, {{line, done}});
    }
    write("raadspost.rereading", {rereading}, {{"state", "taken_over"}});
}

Model rereading() {
    const auto on_each = [](void (*work)(Id)) {
        return [work](const Ids& records) {
            const auto scope = Scope::without_access_checks();
            for (const Id each : records) work(each);
            return Value{"reload"};
        };
    };
    return Model{"raadspost.rereading", "Reading Anew"}
        .stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("rule_version")
        .field(Selection{
            "state", "State", {{"reading", "Reading"}, {"read", "Read"}, {"taken_over", "Taken Over"}}}
                   .required()
                   .readonly()
                   .starts_as("reading"))
        .field(Char{"rule_version", "Version of the Rules"}.readonly())
        .field(Integer{"messages_read", "Messages Read"}.readonly())
        .field(Integer{"changes", "Would Change"}.readonly())
        .field(Integer{"up_to", "Up To"}.readonly())
        .field(One2Many{"lines", "raadspost.rereading.line", "rereading", "What Would Change"}.readonly())
        .button("go_on", on_each(go_on_reading), {.invisible = eval("state") != "reading"})
        .button("take_over", on_each(take_over), {.invisible = eval("state") != "read"});
}

Model rereading_line() {
    return Model{"raadspost.rereading.line", "Message Read Anew"}
        .stored()
        .shown()
        .ordered_by("id")
        .named_by("would_be")
        .field(Many2One{"rereading", "raadspost.rereading", "Reading Anew"}
                   .required()
                   .on_delete("CASCADE")
                   .indexed()
                   .readonly())
        .field(Many2One{"message", "raadspost.message", "Message"}.required().on_delete("CASCADE").readonly())
        .field(Char{"was", "Was"}.readonly())
        .field(Char{"would_be", "Would Be"}.readonly())
        .field(Many2One{"case_was", "raadspost.case", "Case Was"}.on_delete("SET NULL").readonly())
        .field(Many2One{"case_would_be", "raadspost.case", "Case Would Be"}.on_delete("SET NULL").readonly())
        .field(Boolean{"done", "Taken Over"}.readonly());
}

}  // namespace raadspost::crm
