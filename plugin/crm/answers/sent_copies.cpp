#include "crm/answers/sent_copies.hpp"

#include "core/post/frozen.hpp"
#include "crm/moment.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/sending/evidence.hpp"
#include "crm/sending/release.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::int64_t copies_a_round = 50;
constexpr std::chrono::seconds pause_between{15};
constexpr std::chrono::minutes pause_after_trouble{5};
constexpr std::chrono::minutes looks_every{10};  // for what is uncertain
constexpr std::chrono::days looks_for{7};

// Of the mailbox's association; a mailbox of none keeps everybody's. Of what was sent before the folder was
// named there are no copies.
constexpr const char* of_this_mailbox =
    "from raadspost_mail_source s where s.id = {} and (s.association is null or s.association = ";

std::string not_copied(const char* alias) {
    return std::string{
               " and not exists (select 1 from raadspost_sent_copy c where c.source = {} and "
               "c.message_id = "} +
           alias + ".message_id)";
}

}  // namespace

void SentCopies::turn(const MailSource& source, intake::Bell& bell) {
    if (source.sent_folder.empty()) {
        at_rest_ = true;
        return;
    }
    if (round_ && !round_->is_done()) return;
    if (round_) take_up(source);
    if (SteadyClock::now() >= next_at_) begin(source, bell);
}

void SentCopies::begin(const MailSource& source, intake::Bell& bell) {
    std::vector<intake::CopyOrder> orders;
    wanted_.clear();
    using Row = Rows<std::string, std::string, std::string>;
    const auto add = [&](const std::filesystem::path& folder, const Row& rows) {
        for (const auto& [message_id, file, hash] : rows) {
            wanted_.push_back({message_id, false});
            orders.push_back({message_id, [folder, file, hash] { return post::thaw(folder, file, hash); }});
        }
    };
    add(frozen_folder(),
        Row{"select d.message_id, d.bytes_file, d.bytes_hash from raadspost_dispatch d join raadspost_appeal "
            "a on "
            "a.id = d.appeal where d.state in ('sent', 'delivered', 'bounced') and d.message_id is not null "
            "and "
            "d.bytes_file is not null and exists (select 1 " +
                std::string{of_this_mailbox} + "a.association) and d.sent_at >= s.copies_since)" +
                not_copied("d") + " order by d.id limit {}",
            source.id, source.id, copies_a_round});
    add(replies_folder(),
        Row{"select r.message_id, r.bytes_file, r.bytes_hash from raadspost_reply r where r.state = 'sent' "
            "and "
            "exists (select 1 " +
                std::string{of_this_mailbox} + "r.association) and r.sent_at >= s.copies_since)" +
                not_copied("r") + " order by r.id limit {}",
            source.id, source.id, copies_a_round});
    if (SteadyClock::now() >= look_at_) {
        look_at_ = SteadyClock::now() + looks_every;
        for (const auto& [message_id] :
             Rows<std::string>{"select message_id from raadspost_dispatch where state = 'uncertain' and "
                               "message_id is not null "
                               "and claimed_at > {} union select message_id from raadspost_reply where state "
                               "= 'uncertain' and "
                               "claimed_at > {} order by 1 limit {}",
                               now() - looks_for, now() - looks_for, copies_a_round}) {
            wanted_.push_back({message_id, true});
            orders.push_back({message_id, {}});
        }
    }
    at_rest_ = orders.empty();
    if (orders.empty()) {
        next_at_ = SteadyClock::now() + pause_between;
        return;
    }
    round_ = std::make_unique<intake::CopyRound>(account_of(source), source.sent_folder, std::move(orders),
                                                 [&bell] { bell.ring(); });
}

void SentCopies::take_up(const MailSource& source) {
    const auto& fates = round_->fates();
    Evidence evidence;
    evidence.text = [&] { return translated("msg_evidence_copy", {{"folder", source.sent_folder}}); };
    in_short_transaction([&] {
        for (std::size_t n = 0; n < wanted_.size(); ++n) {
            const char* const how = fates[n] == intake::CopyFate::found  ? "found"
                                    : fates[n] == intake::CopyFate::put  ? "put"
                                    : fates[n] == intake::CopyFate::gone ? "gone"
                                                                         : nullptr;
            if (how && !wanted_[n].uncertain)
                execute(
                    "insert into raadspost_sent_copy (create_date, create_uid, source, message_id, how, "
                    "kept_at) "
                    "values ({}, 0, {}, {}, {}, {}) on conflict do nothing",
                    now(), source.id, wanted_[n].message_id, how, now());
        }
    });
    for (std::size_t n = 0; n < wanted_.size(); ++n)
        if (wanted_[n].uncertain && fates[n] == intake::CopyFate::found)
            evidence.message_ids.push_back(wanted_[n].message_id);
    if (!evidence.message_ids.empty()) in_short_transaction([&] { settle_by(evidence); });
    const auto trouble = round_->trouble();
    round_.reset();
    if (trouble) {
        next_at_ = SteadyClock::now() + pause_after_trouble;
        at_rest_ = true;
    }
    const std::string told = trouble ? trouble->id + trouble->found : "";
    if (told == told_trouble_) return;
    told_trouble_ = told;
    if (trouble)
        log(Level::warning,
            "copies of sent mail in mailbox " + std::to_string(source.id) + ": " + trouble->text);
    in_short_transaction([&] {
        execute(
            "update raadspost_mail_source set copies_trouble = {}, copies_trouble_found = {} where id = {}",
            trouble ? Value{trouble->id} : Value{}, trouble ? Value{trouble->found} : Value{}, source.id);
    });
}

}  // namespace raadspost::crm
