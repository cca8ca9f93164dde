#include "core/answer/auto_reply.hpp"

#include "core/answer/auto_reply/signs.hpp"
#include "core/answer/delivery_report/address.hpp"
#include "core/answer/delivery_report/dialects.hpp"
#include "core/answer/extract/dates.hpp"
#include "core/answer/rules/folded_text.hpp"
#include "core/answer/rules/sentences.hpp"

#include <algorithm>
#include <span>

namespace raadspost::answer {
namespace {

using automatic::HeaderSign;
using automatic::Says;
using report::find_addresses;
using report::FoundAddress;
using report::same_address;

constexpr std::size_t most_looked_at = 60;     // sentences; a note is short
constexpr std::size_t longest_bare_note = 10;  // sentences of an absence note that nothing else marks as one
constexpr std::size_t most_addresses = 10;

struct Said {
    Says what = Says::nothing;
    bool of_nobody = false;  // it says nothing of others either
    const Sentence* sentence = nullptr;
};

// What each of the first sentences says, but deeds.
std::vector<Said> said_by(std::span<const Sentence> text) {
    std::vector<std::string_view> folded;
    for (const Sentence& each : text) folded.push_back(each.folded.text);
    const std::vector<Says> says = automatic::says(folded);
    std::vector<Said> said;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // That somebody else is away, or sends automatic answers, says nothing about the mailbox that writes.
        const bool of_mailbox =
            says[i] == Says::absent || says[i] == Says::left || says[i] == Says::automatic;
        const bool of_another = of_mailbox && automatic::speaks_of_another(folded[i]);
        said.push_back({of_another ? Says::nothing : says[i], says[i] == Says::nothing, &text[i]});
    }
    return said;
}

// A sentence that tells what was done with the letter says nothing else. Whether one does.
bool leave_out_deeds(std::span<Said> all) {
    bool any = false;
    for (Said& each : all)
        if (automatic::tells_deed(each.sentence->folded.text)) {
            each = {Says::nothing, false, each.sentence};
            any = true;
        }
    return any;
}

const Said* first_receipt(std::span<const Said> all) {
    for (const Said& each : all)
        if (each.of_nobody && automatic::says_received(each.sentence->folded.text)) return &each;
    return nullptr;
}

const Said* first(std::span<const Said> all, Says what) {
    for (const Said& each : all)
        if (each.what == what) return &each;
    return nullptr;
}

// "Op dinsdag niet aanwezig" is so every week; "tot dinsdag" and "dinsdag weer" end something.
bool ends_something(const std::string& folded, const DateFound& found) {
    const std::string_view words = std::string_view(folded).substr(found.begin, found.end - found.begin);
    const bool weekday = words.find_first_of("0123456789") == std::string_view::npos &&
                         words.ends_with("dag") && words != "vandaag";
    return !weekday || automatic::names_return(folded);
}

// The latest of the days that stand in sentences about being away or coming back: of "van 1 tot en met 14
// augustus" the second, of "vanaf 15 augustus weer" the only one.
std::optional<std::chrono::year_month_day> last_day(std::span<const Said> all, const Received& received) {
    if (!received.date) return {};
    const auto written = std::chrono::floor<std::chrono::days>(
        *received.date + std::chrono::minutes(received.utc_offset_minutes));
    std::optional<std::chrono::year_month_day> named;
    for (const Said& each : all) {
        const std::string& folded = each.sentence->folded.text;
        const bool away = each.what == Says::absent || each.what == Says::left;
        if (!away && !automatic::names_return(folded)) continue;
        for (const DateFound& found : dates_in(folded, written)) {
            const std::chrono::sys_days day = found.day;
            if (day >= written && ends_something(folded, found) &&
                (!named || day > std::chrono::sys_days(*named)))
                named = found.day;
        }
    }
    return named;
}

// "x@y.example is vervallen": the address that is not to be used. "x@y.example is mijn vervanger" is to be.
bool is_given_up(std::string_view source, const FoundAddress& address) {
    constexpr std::size_t near = 40;
    std::string_view after = source.substr(address.end);
    after.remove_prefix(std::min(after.find_first_not_of("> )]\t\n"), after.size()));
    const auto starts = [&](std::string_view verb) { return after.starts_with(verb); };
    const auto says = [&](std::string_view word) { return after.substr(0, near).find(word) != after.npos; };
    constexpr std::string_view verbs[] = {"is ", "wordt ", "bestaat ", "was ", "wird ", "zal ", "will "};
    constexpr std::string_view endings[] = {"niet",      "vervallen", "opgeheven", "gesloten",
                                            "no longer", " not ",     "nicht"};
    return std::any_of(std::begin(verbs), std::end(verbs), starts) &&
           std::any_of(std::begin(endings), std::end(endings), says);
}

std::vector<std::string> deputies(std::span<const Said> all, const Received& received) {
    std::vector<std::string> named;
    const auto own = [&](const std::string& address) {
        const auto is = [&](const Address& each) { return same_address(each.address, address); };
        return std::any_of(received.from.begin(), received.from.end(), is) ||
               std::any_of(received.reply_to.begin(), received.reply_to.end(), is) ||
               std::any_of(received.recipients.begin(), received.recipients.end(), is);
    };
    bool announced = false;  // "Voor dringende zaken kunt u mailen naar:" and the address on its own line
    for (const Said& each : all) {
        const bool names = automatic::names_deputy(each.sentence->folded.text);
        const std::vector<FoundAddress> found = find_addresses(each.sentence->source);
        for (const FoundAddress& address : found) {
            if (!(names || announced) || own(address.address) ||
                is_given_up(each.sentence->source, address) || named.size() >= most_addresses)
                continue;
            const auto same = [&](const std::string& other) { return same_address(other, address.address); };
            if (std::none_of(named.begin(), named.end(), same)) named.push_back(address.address);
        }
        if (names) announced = true;
    }
    return named;
}

}  // namespace

std::string_view name(AutoReply::Kind kind) {
    switch (kind) {
        case AutoReply::Kind::none:
            return "none";
        case AutoReply::Kind::absence:
            return "absence";
        case AutoReply::Kind::unread:
            return "unread";
        case AutoReply::Kind::receipt:
            return "receipt";
        case AutoReply::Kind::challenge:
            return "challenge";
        case AutoReply::Kind::machine:
            return "machine";
    }
    return "none";
}

AutoReply auto_reply(const Received& received, std::string_view written) {
    return auto_reply(received, sentences(written));
}

AutoReply auto_reply(const Received& received, std::span<const Sentence> text) {
    using Kind = AutoReply::Kind;
    AutoReply result;
    const automatic::HeaderFinding header = automatic::header_sign(received);
    result.by_headers = header.sign >= HeaderSign::machine;
    const FoldedText subject = folded_text(received.subject);
    // "RE: Automatisch antwoord: ..." is what a person answers to one; no machine says so of itself.
    const bool bare_answer =
        header.sign == automatic::HeaderSign::none && automatic::subject_answers(subject.text);
    const bool absent_subject = !bare_answer && automatic::subject_says_absent(subject.text);
    const bool automatic_subject =
        !bare_answer &&
        (automatic::subject_says_automatic(subject.text) ||
         (header.sign != automatic::HeaderSign::none && automatic::subject_is_of_ticket(subject.text)));

    result.by_subject = automatic_subject || absent_subject;
    std::vector<Said> said = said_by(text.first(std::min(text.size(), most_looked_at)));
    const bool says_something =
        std::any_of(said.begin(), said.end(), [](const Said& each) { return each.what != Says::nothing; });
    if (!says_something && !result.by_subject && header.sign == HeaderSign::none) return result;
    const bool done = leave_out_deeds(said);
    const Said* absent = first(said, Says::absent);
    const Said* left = first(said, Says::left);
    const Said* unread = first(said, Says::unread);
    const Said* confirm = first(said, Says::confirm);
    const Said* automatic_text = first(said, Says::automatic);

    const bool machine = result.by_headers || automatic_subject || absent_subject || automatic_text ||
                         (header.sign == HeaderSign::slight && (absent || left || unread || confirm));
    const Said* receipt = machine || absent ? first_receipt(said) : nullptr;
    const bool away = absent || left || absent_subject || header.sign == HeaderSign::vacation;
    // An absence note without any mark: short, and it begins by saying so. A person who mentions his holiday
    // says something else first, or asks something.
    const bool asks = std::any_of(text.begin(), text.end(),
                                  [](const Sentence& each) { return each.asks && !each.answered; });
    // Who confirms what came and says when the griffier is back is there.
    const bool of_griffier =
        absent && receipt && automatic::speaks_of_the_griffier(absent->sentence->folded.text);
    const auto says_early = [&](const Said* what) { return what && what - said.data() < 3; };
    // On what days an office is shut each week is told by who is there today.
    const bool every_week = absent && automatic::is_every_week(absent->sentence->folded.text);
    const bool bare_note = !done && !asks && text.size() <= longest_bare_note &&
                           ((says_early(absent) && !of_griffier && !every_week &&
                             automatic::speaks_for_itself(absent->sentence->folded.text)) ||
                            says_early(left));

    const auto line_of = [&](const Said* decided) {
        return decided                               ? decided->sentence->line()
               : absent_subject || automatic_subject ? received.subject
                                                     : header.line;
    };
    // What was done with the letter is an answer, whoever typed it.
    if (done && !absent_subject) return result;

    const bool nobody = report::from_no_reply(received) || !received.report_type.empty();
    if (confirm && (machine || nobody || header.sign != HeaderSign::none)) {
        result.kind = Kind::challenge;
        result.line = line_of(confirm);
    } else if (unread && (machine || says_early(unread) || bare_note || text.size() <= longest_bare_note)) {
        result.kind = Kind::unread;
        result.nobody_reads = automatic_text || automatic::says_nobody_reads(unread->sentence->folded.text);
        result.line = line_of(unread);
    } else if (away && (machine || bare_note)) {
        result.kind = Kind::absence;
        result.left = left != nullptr;
        result.line = line_of(absent ? absent : left);
    } else if (receipt && machine) {
        result.kind = Kind::receipt;
        result.line = line_of(receipt);
    } else if (machine) {
        result.kind = Kind::machine;
        result.line = line_of(automatic_text);
    }
    result.by_words = !machine;
    if (result.kind == Kind::absence || result.kind == Kind::unread) {
        if (result.kind == Kind::absence) result.absent_until = last_day(said, received);
        result.instead = deputies(said, received);
    }
    return result;
}

}  // namespace raadspost::answer
