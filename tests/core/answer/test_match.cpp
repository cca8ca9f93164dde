// Which of our messages an answer belongs to, and how far that is believed.
#include "core/answer/match.hpp"
#include "core/answer/match/lookalike.hpp"
#include "core/council/table.hpp"
#include "core/link/token.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <unistd.h>
#include <filesystem>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::answer;

namespace {

const CouncilIndex& country() {
    static const CouncilIndex made{councils_2026()};
    return made;
}

SentMail mail_to(std::int64_t dispatch, const std::string& recipient, std::vector<SentFor> councils) {
    SentMail mail;
    mail.dispatch = dispatch;
    mail.message_id = std::to_string(dispatch) + "@post.vereniging.example";
    mail.reference = "R1-" + councils.front().council;
    mail.recipient = recipient;
    mail.bare_subject = bare_subject("Oproep aan uw raad");
    mail.councils = std::move(councils);
    return mail;
}

const std::vector<SentMail>& sent() {
    static const std::vector<SentMail> made = {
        mail_to(1, "griffie@heemstede.nl", {{"GM0397", "Heemstede"}}),
        mail_to(2, "griffie@dienst.example", {{"GM0225", "Druten"}, {"GM0296", "Wijchen"}}),
        mail_to(3, "griffie@texel.nl", {{"GM0448", "Texel"}}),
        mail_to(4, "griffie@bergen-nh.nl", {{"GM0373", "Bergen (NH)"}}),
    };
    return made;
}

struct Mail {
    std::string from = "griffie@heemstede.nl", name = "Griffie", subject = "Re: Oproep aan uw raad",
                text = "Dank.", answers;
    std::string to = "oproep@vereniging.example", results;
    const link::KeyRing* keys = nullptr;
};

Match matched(const Mail& mail) {
    Received received;
    if (!mail.from.empty()) received.from.push_back({mail.name, mail.from});
    received.recipients.push_back({"", mail.to});
    received.headers.push_back({"from", mail.from});
    received.subject = mail.subject;
    received.text = mail.text;
    if (!mail.answers.empty()) received.answers_to.push_back(mail.answers);
    if (!mail.results.empty()) received.headers.push_back({"authentication-results", mail.results});
    const Clues found =
        clues(received, nullptr, {{"oproep@vereniging.example"}, "post.vereniging.example"}, mail.keys);
    return match(received, mail.text, found, sent(), authentication(received, "mx.vereniging.example"),
                 country());
}

const char passed[] =
    "mx.vereniging.example; dkim=pass header.d=heemstede.nl; spf=pass smtp.mailfrom=griffie@heemstede.nl; "
    "dmarc=pass header.from=heemstede.nl";
const char failed[] =
    "mx.vereniging.example; dkim=none; spf=fail smtp.mailfrom=x@elsewhere.example; dmarc=fail "
    "header.from=heemstede.nl";

class Keys {
public:
    Keys() : ring_{made(folder_)} {}
    ~Keys() { std::filesystem::remove_all(folder_); }
    const link::KeyRing& ring() const { return ring_; }

private:
    static link::KeyRing made(const std::filesystem::path& folder) {
        std::filesystem::create_directories(folder);
        return *link::KeyRing::load_or_create(folder / "keys", std::chrono::sys_seconds{});
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("match-" + std::to_string(::getpid()));
    link::KeyRing ring_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_thread_leads_to_its_council) {
    Mail mail;
    mail.from = "somebody@dorpen.example";
    mail.answers = "3@post.vereniging.example";
    const Match found = matched(mail);
    BOOST_TEST(found.council == "GM0448");
    BOOST_TEST((found.candidates.front().by == MatchedBy::thread));
    BOOST_TEST((found.trust == Trust::suggested));
}

BOOST_AUTO_TEST_CASE(clues_are_tried_in_their_order) {
    Mail mail;
    mail.answers = "3@post.vereniging.example";  // surer than the sender
    BOOST_TEST(matched(mail).council == "GM0448");
    mail.answers = "nothing@elsewhere.example";
    mail.text = "Uw kenmerk: r1-gm0448";  // surer than the sender
    BOOST_TEST(matched(mail).council == "GM0448");
    mail.text = "Dank.";
    BOOST_TEST(matched(mail).council == "GM0397");
    mail.from = "h.jansen@raad.heemstede.nl";
    BOOST_TEST((matched(mail).candidates.front().by == MatchedBy::domain));
}

BOOST_AUTO_TEST_CASE(a_token_with_authentication_proves_and_without_only_links) {
    const Keys keys;
    Mail mail;
    mail.keys = &keys.ring();
    mail.to = link::signed_address(keys.ring(), link::Kind::reply, 1, "post.vereniging.example");
    BOOST_TEST((matched(mail).trust == Trust::linked));
    mail.results = passed;
    BOOST_TEST((matched(mail).trust == Trust::proven));
    // Somebody else's good name does not prove that the council wrote.
    mail.from = "x@elsewhere.example";
    mail.results =
        "mx.vereniging.example; dkim=pass header.d=elsewhere.example; dmarc=pass "
        "header.from=elsewhere.example";
    BOOST_TEST((matched(mail).trust == Trust::linked));
    // Another server's word is none.
    mail.from = "griffie@heemstede.nl";
    mail.results = "mx.elsewhere.example; dmarc=pass header.from=heemstede.nl";
    BOOST_TEST((matched(mail).trust == Trust::linked));
    // A spoilt token is none.
    mail.to[8] = mail.to[8] == 'a' ? 'b' : 'a';
    BOOST_TEST((matched(mail).trust == Trust::suggested));
}

BOOST_AUTO_TEST_CASE(what_failed_authentication_belongs_to_nobody) {
    const Keys keys;
    Mail mail;
    mail.results = failed;
    mail.answers = "1@post.vereniging.example";
    mail.keys = &keys.ring();
    mail.to = link::signed_address(keys.ring(), link::Kind::reply, 1, "post.vereniging.example");
    const Match found = matched(mail);
    BOOST_TEST((found.trust == Trust::forged));
    BOOST_TEST(found.council.empty());
    BOOST_TEST(found.candidates.empty());
    BOOST_TEST(found.why_forged == "authentication");
}

BOOST_AUTO_TEST_CASE(the_address_shown_must_be_the_sender) {
    Mail mail;
    mail.name = "griffie@heemstede.nl";
    mail.from = "x@elsewhere.example";
    BOOST_TEST(matched(mail).why_forged == "display_name");
}

BOOST_AUTO_TEST_CASE(several_councils_of_one_office_are_told_apart_by_name) {
    Mail mail;
    mail.from = "griffie@dienst.example";
    BOOST_TEST(matched(mail).council.empty());
    BOOST_TEST(!matched(mail).candidates.empty());
    mail.text = "Uw brief staat op de lijst voor de raad van Wijchen.";
    BOOST_TEST(matched(mail).council == "GM0296");
    mail.text = "Uw brief gaat naar de raden van Druten en Wijchen.";
    BOOST_TEST(matched(mail).council.empty());
}

BOOST_AUTO_TEST_CASE(a_name_alone_suggests) {
    Mail mail;
    mail.from = "raadslid@gmail.com";
    mail.subject = "Brief";
    mail.text = "Ik las uw brief in de raad van Texel.";
    BOOST_TEST(matched(mail).council == "GM0448");
    BOOST_TEST((matched(mail).trust == Trust::suggested));
    // Two councils are called Bergen; one of them got nothing from us.
    mail.text = "Ik las uw brief in de gemeente Bergen.";
    BOOST_TEST(matched(mail).council.empty());
    // A council that got nothing speaks for itself only.
    mail.from = "griffie@ameland.nl";
    mail.text = "Van de griffie van Texel hoorde ik van uw brief.";
    BOOST_TEST(matched(mail).council.empty());
    BOOST_TEST((matched(mail).trust == Trust::unknown));
}

BOOST_AUTO_TEST_CASE(nobody_in_particular_is_unknown) {
    Mail mail;
    mail.from = "nieuws@elsewhere.example";
    mail.subject = "Nieuwsbrief";
    BOOST_TEST((matched(mail).trust == Trust::unknown));
    mail.from.clear();
    BOOST_TEST((matched(mail).trust == Trust::unknown));
}

BOOST_AUTO_TEST_CASE(the_failed_recipient_of_a_report_is_only_compared) {
    Received received;
    received.from.push_back({"Mail Delivery System", "mailer-daemon@mx.vereniging.example"});
    DeliveryReport report;
    report.recipients.push_back({});
    report.recipients.front().address = "griffie@texel.nl";
    const Clues found = clues(received, &report, {}, nullptr);
    const Match match_found = match(received, "", found, sent(), authentication(received, ""), country());
    BOOST_TEST(match_found.council == "GM0448");
    BOOST_TEST((match_found.trust == Trust::suggested));
}

namespace {

struct Domain {
    const char* domain;
    const char* real;
    const char* council;
    Likeness like;
};
std::ostream& operator<<(std::ostream& out, const Domain& domain) {
    return out << domain.domain << " for " << domain.real;
}

constexpr auto none = Likeness::none;
constexpr auto doubtful = Likeness::doubtful;
constexpr auto deceives = Likeness::made_to_deceive;

const Domain domains[] = {
    {"heemstede.nl", "heemstede.nl", "Heemstede", none},
    {"mail.heemstede.nl", "heemstede.nl", "Heemstede", none},
    {"zandvoort.nl", "heemstede.nl", "Heemstede", none},
    {"heemstedebloemendaal.nl", "heemstede.nl", "Heemstede", none},
    {"heemstedebloemendaal.nl", "bloemendaal.nl", "Bloemendaal", none},
    {"goeree-overflakkee.nl", "goes.nl", "Goes", none},
    {"dorpenkring.example", "goes.nl", "Goes", none},
    {"", "goes.nl", "Goes", none},
    {"goes.nl", "", "Goes", none},
    // how real ones are made too
    {"gemeenteheemstede.nl", "heemstede.nl", "Heemstede", doubtful},
    {"gemeente-heemstede.nl", "heemstede.nl", "Heemstede", doubtful},
    {"heemstede-gemeente.nl", "heemstede.nl", "Heemstede", doubtful},
    {"gemeentegoes.nl", "goes.nl", "Goes", doubtful},
    {"gemeente-goes.nl", "goes.nl", "Goes", doubtful},
    {"goes-gemeente.nl", "goes.nl", "Goes", doubtful},
    {"raadgoes.nl", "goes.nl", "Goes", doubtful},
    {"heemstede.nl", "gemeenteheemstede.nl", "Heemstede", doubtful},
    {"gees.nl", "goes.nl", "Goes", doubtful},
    {"edde.nl", "ede.nl", "Ede", doubtful},
    // another top-level domain
    {"heemstede.com", "heemstede.nl", "Heemstede", deceives},
    {"goes.eu", "goes.nl", "Goes", deceives},
    {"gemeente-goes.com", "goes.nl", "Goes", deceives},
    {"ede.org", "ede.nl", "Ede", deceives},
    // letters changed
    {"heemstcde.nl", "heemstede.nl", "Heemstede", deceives},
    {"heemstedde.nl", "heemstede.nl", "Heemstede", deceives},
    {"heemsted.nl", "heemstede.nl", "Heemstede", deceives},
    {"heemsteed.nl", "heemstede.nl", "Heemstede", deceives},
    // letters that are read as others
    {"heernstede.nl", "heemstede.nl", "Heemstede", deceives},
    {"he3mstede.nl", "heemstede.nl", "Heemstede", deceives},
    {"cleventer.nl", "deventer.nl", "Deventer", deceives},
    {"clruten.nl", "druten.nl", "Druten", deceives},
    {"g0es.nl", "goes.nl", "Goes", deceives},
    {"goe5.nl", "goes.nl", "Goes", deceives},
    // words that sound official
    {"heemstede-griffie.nl", "heemstede.nl", "Heemstede", deceives},
    {"griffie-heemstede.example", "heemstede.nl", "Heemstede", deceives},
    {"heemstede-nl.nl", "heemstede.nl", "Heemstede", deceives},
    {"goes-nl.nl", "goes.nl", "Goes", deceives},
    {"goesnl.nl", "goes.nl", "Goes", deceives},
    {"goes-nl.com", "goes.nl", "Goes", deceives},
    {"goes-griffie.nl", "goes.nl", "Goes", deceives},
    {"griffie-ede.nl", "ede.nl", "Ede", deceives},
    {"mail.goes-nl.nl", "goes.nl", "Goes", deceives},
    {"heem-stede.nl", "heemstede.nl", "Heemstede", deceives},
    {"hoekschewaard-griffie.nl", "gemeentehw.nl", "Hoeksche Waard", deceives},
    // the real one with more behind it
    {"goes.nl.mailing.example", "goes.nl", "Goes", deceives},
    {"griffie.goes.nl-raad.example", "goes.nl", "Goes", deceives},
};

}  // namespace

BOOST_DATA_TEST_CASE(domains_that_look_like_a_councils, boost::unit_test::data::make(domains), each) {
    BOOST_TEST((likeness(each.domain, each.real, each.council) == each.like));
}

BOOST_AUTO_TEST_CASE(a_likeness_counts_more_than_the_thread) {
    Mail mail;
    mail.answers = "3@post.vereniging.example";
    mail.from = "griffie@texel-nl.nl";
    BOOST_TEST(matched(mail).why_forged == "lookalike");
    mail.from = "griffie@gemeente-texel.nl";
    const Match found = matched(mail);
    BOOST_TEST((found.trust == Trust::unknown));
    BOOST_TEST(found.council == "GM0448");  // for a person to look at
}

BOOST_AUTO_TEST_CASE(letters_of_other_scripts_are_seen) {
    BOOST_TEST(has_foreign_letters("xn--hemstede-0eg.nl"));
    BOOST_TEST(has_foreign_letters("he\xD0\xB5mstede.nl"));
    BOOST_TEST(!has_foreign_letters("heemstede.nl"));
}

BOOST_AUTO_TEST_CASE(subjects_lose_what_mail_programs_put_before_them) {
    for (const char* subject : {"RE: Oproep aan uw raad", "Antw: FW: Oproep aan uw raad",
                                "Automatisch antwoord: Oproep aan uw raad", "[EXTERN] Re: Oproep aan uw raad",
                                "Gelezen: oproep  aan uw raad"})
        BOOST_TEST(bare_subject(subject) == "oproep aan uw raad");
}
