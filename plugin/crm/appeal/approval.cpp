#include "crm/appeal/approval.hpp"

#include "crm/message/digest.hpp"
#include "crm/message/message_loader.hpp"
#include "crm/tracking/event.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

// Adds every cell of every row; a null differs from an empty text.
template <std::size_t columns>
void add_rows(Digest& digest, std::string_view sql, Id appeal) {
    const auto add = [&](const auto& cell) {
        if (cell)
            digest.add("=").add(*cell);
        else
            digest.add("-");
    };
    [&]<std::size_t... n>(std::index_sequence<n...>) {
        Rows<decltype(static_cast<void>(n), Maybe{})...>::each(sql, {Value{appeal}},
                                                               [&](auto&&... cells) { (add(cells), ...); });
    }
    (std::make_index_sequence<columns>{});
    digest.add("end");
}

void add_logos(Digest& digest, std::string_view sql, Id appeal) {
    for (const auto& [logo] : Rows<std::optional<Bytes>>{sql, appeal}) digest.add(logo ? logo->data : "");
    digest.add("end");
}

const std::string rules_of_note =
    "(anchor <> 'start' or \"offset\" <> 0 or time_of_day is not null or condition <> 'always' "
    "or not_after is not null or cap <> 1 or needs_approval)";

constexpr std::size_t most_random_samples = 5;
constexpr std::size_t batch = 500;

}  // namespace

std::string approval_hash(Id appeal) {
    Digest digest;
    add_rows<4>(digest, "select subject, message, letter_subject, letter from raadspost_appeal where id = {}",
                appeal);
    add_rows<11>(digest,
                 "select cast(o.id as text), o.name, o.sender_name, o.sender_email, o.reply_to, o.colour, "
                 "o.street, o.postcode, o.city, o.footer, o.signature from raadspost_appeal a "
                 "join raadspost_association o on o.id = a.association where a.id = {}",
                 appeal);
    add_logos(digest,
              "select o.logo from raadspost_appeal a join raadspost_association o on o.id = a.association "
              "where a.id = {}",
              appeal);
    add_rows<3>(digest,
                "select name, \"function\", organisation from raadspost_signatory where appeal = {} "
                "order by sequence, id",
                appeal);
    add_logos(digest, "select logo from raadspost_signatory where appeal = {} order by sequence, id", appeal);
    // The file's name in the file store is made of its content.
    add_rows<3>(digest,
                "select name, media_type, content_id from raadspost_attachment where appeal = {} order by id",
                appeal);
    add_rows<9>(
        digest,
        "select cast(id as text), cast(sequence as text), name, cast(due as text), "
        "case when with_letter then '1' end, case when continues_thread then '1' end, subject, message, "
        "letter from raadspost_step where appeal = {} order by sequence, id",
        appeal);
    // Only rules that differ from the first message's: what was approved before there were any stays
    // approved.
    if (!Rows<Id>{"select id from raadspost_step where appeal = {} and " + rules_of_note + " limit 1", appeal}
             .empty())
        add_rows<12>(digest,
                     "select cast(id as text), anchor, cast(anchor_date as text), cast(\"offset\" as text), "
                     "offset_unit, cast(time_of_day as text), condition, looks_at, cast(not_after as text), "
                     "cast(cap as text), cast(days_apart as text), case when needs_approval then '1' end "
                     "from raadspost_step where appeal = {} and " +
                         rules_of_note + " order by sequence, id",
                     appeal);
    add_rows<1>(digest,
                "select cast(council as text) from \"raadspost_appeal-raadspost_council\" where appeal = {} "
                "order by council",
                appeal);
    return digest.hexadecimal();
}

bool approval_holds(Id appeal) {
    const Rows<Maybe> rows{"select approved_hash from raadspost_appeal where id = {}", appeal};
    if (rows.empty()) return false;
    const Maybe& approved = std::get<0>(rows.front());
    return approved && !approved->empty() && *approved == approval_hash(appeal);
}

void lapse_steps(const Ids& appeals) {
    Ids steps;
    for (const auto& [step] :
         Rows<Id>{"select id from raadspost_step where appeal in {} and approved_at is not null", appeals})
        steps.push_back(step);
    if (steps.empty()) return;
    hold("approval", "step in {} and state in ('released', 'deferred')", {steps});
    const auto scope = Scope::without_access_checks();
    write("raadspost.step", steps, {{"approved_at", {}}, {"approved_by", {}}, {"approval_event", {}}});
}

void lapse_approval(const Ids& appeals) {
    if (appeals.empty()) return;
    for (const auto& [appeal] :
         Rows<Id>{"select id from raadspost_appeal where id in {} and approved_hash is not null "
                  "and state in ('approved', 'running', 'stopped')",
                  appeals}) {
        if (approval_holds(appeal)) continue;
        const auto scope = Scope::without_access_checks();
        write("raadspost.appeal", {appeal},
              {{"state", "draft"},
               {"approved_hash", {}},
               {"approved_by", {}},
               {"approved_at", {}},
               {"submitted_by", {}},
               {"starts_at", {}}});
        lapse_steps({appeal});
        record_event(
            {.appeal = appeal, .kind = "approval_lapsed", .text = translated("msg_event_approval_lapsed")});
    }
}

Ids appeals_of(const std::string& model, const Ids& records) {
    std::set<Id> appeals;
    for (const Dict& row : read(model, records, {"appeal"})) appeals.insert(row.at("appeal").as<Id>());
    return {appeals.begin(), appeals.end()};
}

void refuse_unless_draft(const std::string& model, const Ids& records) {
    const Ids appeals = appeals_of(model, records);
    for (const auto& [name] :
         Rows<std::string>{"select name from raadspost_appeal where id in {} and state <> 'draft'", appeals})
        throw UserError{"msg_appeal_not_draft", {{"appeal", name}}};
}

std::vector<ApprovalSample> approval_samples(Id appeal) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select r.council from (" + recipients_query(appeal) +
                  ") r where r.reason in ('', 'unconfirmed', 'gap') order by r.council"})
        councils.push_back(council);
    return approval_samples(appeal, 0, councils);
}

std::vector<ApprovalSample> approval_samples(Id appeal, Id step, const Ids& councils) {
    if (councils.empty()) return {};
    MessageLoader loader;
    std::vector<std::size_t> lengths;
    lengths.reserve(councils.size());
    for (std::size_t start = 0; start < councils.size(); start += batch) {
        const Ids some(
            councils.begin() + static_cast<std::ptrdiff_t>(start),
            councils.begin() + static_cast<std::ptrdiff_t>(std::min(start + batch, councils.size())));
        const auto inputs = loader.preview(appeal, step, some);
        without_gil([&] {
            for (const MessageInputs& each : inputs) {
                if (each.problem || !each.texts) {
                    lengths.push_back(0);
                    continue;
                }
                const auto message = each.texts->message.render(each.values, each.frame);
                lengths.push_back(message ? message->text.size() : 0);
            }
        });
    }

    std::vector<std::pair<std::size_t, std::string>> chosen;
    const auto [shortest, longest] = std::minmax_element(lengths.begin(), lengths.end());
    chosen.emplace_back(static_cast<std::size_t>(shortest - lengths.begin()), "shortest");
    if (councils.size() > 1)
        chosen.emplace_back(static_cast<std::size_t>(longest - lengths.begin()), "longest");
    std::vector<std::size_t> others;
    for (std::size_t n = 0; n < councils.size(); ++n)
        if (std::none_of(chosen.begin(), chosen.end(), [n](const auto& each) { return each.first == n; }))
            others.push_back(n);
    std::mt19937 dice{std::random_device{}()};
    std::shuffle(others.begin(), others.end(), dice);
    for (std::size_t n = 0; n < std::min(most_random_samples, others.size()); ++n)
        chosen.emplace_back(others[n], "random");

    Ids picked;
    for (const auto& [at, kind] : chosen) picked.push_back(councils[at]);
    std::vector<ApprovalSample> samples;
    const auto inputs = loader.preview(appeal, step, picked);
    Renderer renderer;
    for (std::size_t n = 0; n < inputs.size(); ++n) {
        ApprovalSample sample{.kind = chosen[n].second,
                              .council = inputs[n].values[appeal::Field::gemeente],
                              .subject = {},
                              .text = {},
                              .html = {},
                              .letter = {}};
        if (auto draft = render_draft(inputs[n], renderer)) {
            sample.characters = draft->message.text.size();
            sample.subject = std::move(draft->message.subject);
            sample.text = std::move(draft->message.text);
            sample.html = std::move(draft->message.html);
            if (!draft->letters.empty()) sample.letter = std::move(draft->letters.front());
        } else {
            sample.text = draft.problem().text;
        }
        samples.push_back(std::move(sample));
    }
    return samples;
}

}  // namespace raadspost::crm
