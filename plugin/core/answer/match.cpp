#include "core/answer/match.hpp"

#include "core/answer/match/council_names.hpp"
#include "core/answer/match/lookalike.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>

namespace raadspost::answer {
namespace {

constexpr int percent_of(MatchedBy by) {
    switch (by) {
        case MatchedBy::token:
            return 99;
        case MatchedBy::thread:
            return 95;
        case MatchedBy::reference:
            return 90;
        case MatchedBy::failed_recipient:
            return 85;
        case MatchedBy::sender:
            return 85;
        case MatchedBy::quoted_recipient:
            return 75;
        case MatchedBy::domain:
            return 75;
        case MatchedBy::name:
            return 55;
    }
    return 0;
}

// Domains under which anybody has a mailbox: they name no council.
bool is_public_provider(std::string_view domain) {
    static const std::set<std::string_view> known = {
        "gmail.com",  "googlemail.com", "hotmail.com",  "hotmail.nl",   "outlook.com", "live.nl",
        "live.com",   "ziggo.nl",       "kpnmail.nl",   "kpnplanet.nl", "planet.nl",   "xs4all.nl",
        "icloud.com", "me.com",         "yahoo.com",    "home.nl",      "hetnet.nl",   "upcmail.nl",
        "casema.nl",  "quicknet.nl",    "telfort.nl",   "online.nl",    "zonnet.nl",   "protonmail.com",
        "proton.me",  "solcon.nl",      "kabelfoon.nl", "tele2.nl",     "chello.nl",   "msn.com",
        "outlook.nl"};
    return known.contains(registered_domain(domain));
}

std::string_view domain_at(std::string_view mailbox) {
    const std::size_t at = mailbox.rfind('@');
    return at == std::string_view::npos ? std::string_view{} : mailbox.substr(at + 1);
}

bool same_domain(std::string_view a, std::string_view b) {
    return !a.empty() && registered_domain(a) == registered_domain(b);
}

// The mailboxes of one registered domain. Each of ours is asked about each message that comes in: most are
// told by their last letters.
class MailboxesOf {
public:
    explicit MailboxesOf(std::string_view domain) : registered_{registered_domain(domain)} {}
    bool has(std::string_view mailbox) const {
        return mailbox.ends_with(registered_) && same_domain(domain_at(mailbox), registered_);
    }

private:
    std::string_view registered_;
};

class Matcher {
public:
    Matcher(const Received& received, std::string_view written, const Clues& clues,
            std::span<const SentMail> sent, const Authentication& authentication, const CouncilIndex& country)
        : received_{received},
          written_{written},
          clues_{clues},
          sent_{sent},
          authentication_{authentication},
          country_{country} {}

    Match run() {
        Match out;
        find();
        out.why_forged = forged();
        if (!out.why_forged.empty()) {
            out.trust = Trust::forged;
            return out;
        }
        if (found_.empty()) return out;
        std::stable_sort(found_.begin(), found_.end(), [&](const MatchCandidate& a, const MatchCandidate& b) {
            if (a.percent != b.percent) return a.percent > b.percent;
            return preferred(a.sent) > preferred(b.sent);
        });
        if (found_.size() > max_match_candidates) found_.resize(max_match_candidates);
        out.candidates = found_;
        out.council = found_.front().council;
        if (!out.council.empty())
            for (const MatchCandidate& each : found_)
                if (each.by == found_.front().by && each.percent == found_.front().percent &&
                    each.council != out.council)
                    out.council.clear();
        out.trust = trust(found_.front());
        return out;
    }

private:
    // Among messages to one council: those with this subject, then the latest one sent before.
    std::pair<bool, std::chrono::sys_seconds> preferred(std::size_t i) const {
        const bool before = !received_.date || sent_[i].sent_at <= *received_.date;
        return {!clues_.subject.empty() && sent_[i].bare_subject == clues_.subject,
                before ? sent_[i].sent_at : std::chrono::sys_seconds{}};
    }

    const std::string& names_text() const {
        if (!names_text_)
            names_text_ =
                folded(clues_.sender_name) + " . " + folded(received_.subject) + " . " + folded(written_);
        return *names_text_;
    }

    // The one council of this message, or the one of several that the text names.
    std::string council_of(const SentMail& mail) const {
        if (mail.councils.empty()) return {};
        if (mail.councils.size() == 1) return mail.councils.front().council;
        std::string best;
        bool several = false;
        for (const SentFor& each : mail.councils) {
            if (naming_of(names_text(), each.name, country_).times == 0) continue;
            several = several || !best.empty();
            best = each.council;
        }
        return several ? std::string{} : best;
    }

    void add(std::size_t i, MatchedBy by, std::string evidence, int less = 0) {
        found_.push_back({i, council_of(sent_[i]), by, percent_of(by) - less, std::move(evidence)});
    }

    // Tries one clue after the other; the first that leads anywhere is enough.
    void find() {
        for (std::size_t i = 0; i < sent_.size() && !clues_.token_rows.empty(); ++i)
            if (std::find(clues_.token_rows.begin(), clues_.token_rows.end(), sent_[i].dispatch) !=
                clues_.token_rows.end())
                add(i, MatchedBy::token, std::to_string(sent_[i].dispatch));
        if (!found_.empty()) return;
        for (const std::string& id : clues_.message_ids) {
            for (std::size_t i = 0; i < sent_.size(); ++i)
                if (sent_[i].message_id == id) add(i, MatchedBy::thread, id);
            if (!found_.empty()) return;
        }
        for (std::size_t i = 0; i < sent_.size() && !clues_.references.empty(); ++i)
            if (!sent_[i].reference.empty() && std::find(clues_.references.begin(), clues_.references.end(),
                                                         sent_[i].reference) != clues_.references.end())
                add(i, MatchedBy::reference, sent_[i].reference);
        if (!found_.empty()) return;
        by_recipient(clues_.failed_recipients, MatchedBy::failed_recipient);
        if (!found_.empty() || !clues_.failed_recipients.empty()) return;
        if (!clues_.sender.empty()) by_recipient({clues_.sender}, MatchedBy::sender);
        if (!found_.empty()) return;
        by_recipient(clues_.named_addresses, MatchedBy::quoted_recipient, true);
        if (!found_.empty()) return;
        by_domain();
        if (found_.empty()) by_name();
    }

    // `quoted`: an address in the text counts only if it is the only one of ours there, or its council is
    // named.
    void by_recipient(const std::vector<std::string>& addresses, MatchedBy by, bool quoted = false) {
        if (addresses.empty()) return;
        std::set<std::string> councils;
        std::vector<MatchCandidate> found;
        for (std::size_t i = 0; i < sent_.size(); ++i) {
            if (std::find(addresses.begin(), addresses.end(), sent_[i].recipient) == addresses.end())
                continue;
            for (const SentFor& each : sent_[i].councils) councils.insert(each.council);
            add(i, by, sent_[i].recipient);
        }
        if (quoted && !found_.empty()) {
            const MailboxesOf senders{clues_.sender_domain};
            const bool foreign = !country_.find_by_address(clues_.sender_domain).empty() &&
                                 std::none_of(found_.begin(), found_.end(), [&](const MatchCandidate& each) {
                                     return senders.has(sent_[each.sent].recipient);
                                 });
            if (councils.size() > 1 || foreign) found_.clear();
            return;
        }
        tell_apart(councils);
    }

    // Several messages went to one mailbox, each for a council of its own.
    void tell_apart(const std::set<std::string>& councils) {
        if (councils.size() < 2) return;
        const std::vector<std::string> named = councils_named(&councils);
        for (MatchCandidate& each : found_) {
            if (named.size() == 1 && each.council != named.front()) each.percent -= 30;
            if (named.size() != 1) each.council.clear();
        }
    }

    // Of those among these, or of all that got something from us; by their codes.
    std::vector<std::string> councils_named(const std::set<std::string>* among) const {
        std::unordered_set<std::string_view> looked_for;
        std::vector<std::string> named, as_council;
        for (const SentMail& mail : sent_)
            for (const SentFor& each : mail.councils) {
                if ((among && !among->contains(each.council)) || !looked_for.insert(each.council).second)
                    continue;
                const Naming naming = naming_of(names_text(), each.name, country_);
                if (naming.times > 0) named.push_back(each.council);
                if (naming.as_council) as_council.push_back(each.council);
            }
        std::ranges::sort(named);
        return as_council.size() == 1 ? as_council : named;
    }

    void by_domain() {
        if (clues_.sender_domain.empty() || is_public_provider(clues_.sender_domain)) return;
        std::set<std::string> councils;
        const MailboxesOf senders{clues_.sender_domain};
        for (std::size_t i = 0; i < sent_.size(); ++i)
            if (senders.has(sent_[i].recipient)) {
                add(i, MatchedBy::domain, clues_.sender_domain);
                for (const SentFor& each : sent_[i].councils) councils.insert(each.council);
            }
        tell_apart(councils);
    }

    void by_name() {
        // The mailbox of a council that got nothing from us speaks for that council only.
        if (!country_.find_by_address(clues_.sender_domain).empty()) return;
        const std::vector<std::string> named = councils_named(nullptr);
        if (named.size() != 1) return;
        for (std::size_t i = 0; i < sent_.size(); ++i)
            for (const SentFor& each : sent_[i].councils)
                if (each.council == named.front())
                    found_.push_back(
                        {i, each.council, MatchedBy::name, percent_of(MatchedBy::name), each.name});
    }

    std::string forged() const {
        if (authentication_.sender == Verdict::fail) return "authentication";
        if (received_.from.size() > 1) return "senders";
        if (clues_.sender.empty()) return {};
        if (has_foreign_letters(clues_.sender_domain)) return "lookalike";
        // "griffie@heemstede.nl <somebody@elsewhere>"
        if (const auto at = clues_.sender_name.find('@'); at != std::string::npos) {
            const std::string shown = domain_of(clues_.sender_name);
            const MailboxesOf shown_ones{shown};
            for (const SentMail& mail : sent_)
                if (shown_ones.has(mail.recipient) && !same_domain(shown, clues_.sender_domain))
                    return "display_name";
        }
        return sender_likeness() == Likeness::made_to_deceive ? "lookalike" : "";
    }

    // Of the sender's domain to that of any council that could be meant.
    Likeness sender_likeness() const {
        if (!sender_likeness_) sender_likeness_ = measured_likeness();
        return *sender_likeness_;
    }

    Likeness measured_likeness() const {
        Likeness most = Likeness::none;
        if (clues_.sender_domain.empty() || is_public_provider(clues_.sender_domain) ||
            !country_.find_by_address(clues_.sender_domain).empty())
            return most;
        const MailboxesOf senders{clues_.sender_domain};
        for (const SentMail& mail : sent_)
            if (senders.has(mail.recipient)) return most;
        const MailDomain domain{clues_.sender_domain};
        for (const SentMail& mail : sent_)
            for (const SentFor& each : mail.councils)
                most = std::max(most, likeness(domain, MailDomain{domain_at(mail.recipient)}, each.name));
        return most;
    }

    Trust trust(const MatchCandidate& best) const {
        const SentMail& mail = sent_[best.sent];
        const bool report = received_.return_path && received_.return_path->empty();
        if (!report && !clues_.to_bounce_address && sender_likeness() == Likeness::doubtful)
            return Trust::unknown;
        if (best.by != MatchedBy::token) {
            return report && best.by == MatchedBy::thread && !received_.returned.empty() ? Trust::linked
                                                                                         : Trust::suggested;
        }
        const bool own_domain = MailboxesOf{clues_.sender_domain}.has(mail.recipient);
        return authentication_.sender == Verdict::pass && own_domain && !clues_.to_bounce_address
                   ? Trust::proven
                   : Trust::linked;
    }

    const Received& received_;
    std::string_view written_;
    const Clues& clues_;
    std::span<const SentMail> sent_;
    const Authentication& authentication_;
    const CouncilIndex& country_;
    mutable std::optional<std::string> names_text_;    // made when first asked for
    mutable std::optional<Likeness> sender_likeness_;  // likewise
    std::vector<MatchCandidate> found_;
};

}  // namespace

Match match(const Received& received, std::string_view written, const Clues& clues,
            std::span<const SentMail> candidates, const Authentication& authentication,
            const CouncilIndex& country) {
    return Matcher{received, written, clues, candidates, authentication, country}.run();
}

}  // namespace raadspost::answer
