#include "core/answer/responding/draft.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost;
using namespace raadspost::answer;

namespace {

const OwnAddresses own{{"oproep@dorpen.example"}, "antwoord.dorpen.example"};
constexpr std::string_view sent = "raadspost.1@dorpen.example";

Received from_griffie() {
    Received received;
    received.from = {{"Griffie Kerndorp", "griffie@kerndorp.example"}};
    received.subject = "Een plek voor Kerndorp [R1-GM0001]";
    received.message_id = "b2@kerndorp.example";
    received.answers_to = {std::string{sent}};
    return received;
}

std::string refused(const Received& received, std::vector<Kind> kinds = {Kind::question}) {
    const auto draft = draft_answer(received, kinds, own, sent);
    return draft ? "" : draft.problem().id;
}

Draft drafted(const Received& received) {
    const std::vector<Kind> kinds{Kind::question};
    return *draft_answer(received, kinds, own, sent);
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_goes_to_the_sender_in_the_thread) {
    const Draft draft = drafted(from_griffie());
    BOOST_TEST(draft.to.address == "griffie@kerndorp.example");
    BOOST_TEST(draft.to.name == "Griffie Kerndorp");
    BOOST_TEST(!draft.elsewhere);
    BOOST_TEST(draft.subject == "Re: Een plek voor Kerndorp [R1-GM0001]");
    BOOST_TEST(draft.in_reply_to == "b2@kerndorp.example");
    const std::vector<std::string> references{std::string{sent}, "b2@kerndorp.example"};
    BOOST_TEST(draft.references == references, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_dispatch_is_in_the_thread_also_where_the_other_forgot_it) {
    Received received = from_griffie();
    received.answers_to.clear();
    BOOST_TEST(drafted(received).references.front() == sent);
}

BOOST_AUTO_TEST_CASE(references_keep_their_order_and_the_first_of_them) {
    Received received = from_griffie();
    received.answers_to.clear();
    for (int n = 50; n > 0; --n) received.answers_to.push_back(std::to_string(n) + "@kerndorp.example");
    const auto references = drafted(received).references;
    BOOST_TEST(references.size() == thread_length);
    BOOST_TEST(references.front() == sent);
    BOOST_TEST(references.back() == "b2@kerndorp.example");
    BOOST_TEST(references[references.size() - 2] == "50@kerndorp.example");
}

BOOST_AUTO_TEST_CASE(an_identifier_that_would_break_a_header_is_left_out) {
    Received received = from_griffie();
    received.message_id = "b2@kerndorp.example>\r\nBcc: <allen@dorpen.example";
    received.answers_to = {"a b@c", "x"};
    const Draft draft = drafted(received);
    BOOST_TEST(draft.in_reply_to == "");
    BOOST_TEST(draft.references.size() == 1u);
}

BOOST_AUTO_TEST_CASE(reply_to_goes_first_and_another_domain_is_told) {
    Received received = from_griffie();
    received.reply_to = {{"", "raad@kerndorp.example"}};
    BOOST_TEST(drafted(received).to.address == "raad@kerndorp.example");
    BOOST_TEST(!drafted(received).elsewhere);
    received.reply_to = {{"", "raad@elders.example"}};
    BOOST_TEST(drafted(received).elsewhere);
}

BOOST_AUTO_TEST_CASE(a_subject_is_answered_once) {
    Received received = from_griffie();
    for (const char* already : {"RE: Een plek", "Antw: Een plek", "Re: Een plek"}) {
        received.subject = already;
        BOOST_TEST(drafted(received).subject == already);
    }
    received.subject = "";
    BOOST_TEST(drafted(received).subject == "Re:");
    received.subject = "Een\r\nBcc: allen@dorpen.example";
    BOOST_TEST(drafted(received).subject == "Re: Een  Bcc: allen@dorpen.example");
}

BOOST_AUTO_TEST_CASE(machines_get_no_answer) {
    for (const Kind kind : {Kind::bounce_hard, Kind::bounce_soft, Kind::auto_reply})
        BOOST_TEST(refused(from_griffie(), {Kind::other, kind}) == "reply_to_automatic");
    BOOST_TEST(refused(from_griffie(), {Kind::receipt}) == "");
    Received received = from_griffie();
    received.headers = {{"auto-submitted", "Auto-Replied"}};
    BOOST_TEST(refused(received, {Kind::receipt}) == "reply_to_automatic");
    BOOST_TEST(refused(received, {}) == "reply_to_automatic");
    // Case systems mark as automatic what people write in them.
    BOOST_TEST(refused(received, {Kind::listed}) == "");
    received.headers = {{"auto-submitted", "no"}};
    BOOST_TEST(refused(received, {Kind::receipt}) == "");
}

BOOST_AUTO_TEST_CASE(nobody_and_ourselves_get_no_answer) {
    Received received = from_griffie();
    received.from.push_back({"", "ander@kerndorp.example"});
    BOOST_TEST(refused(received) == "reply_to_nobody");
    received.from = {{"", "Oproep@Dorpen.example"}};
    BOOST_TEST(refused(received) == "reply_to_ourselves");
    received.from = {{"", "reply+abc@antwoord.dorpen.example"}};
    BOOST_TEST(refused(received) == "reply_to_ourselves");
    received.from = {{"", "griffie kerndorp"}};
    BOOST_TEST(refused(received) == "mail_address_invalid");
}

BOOST_AUTO_TEST_CASE(what_is_quoted_is_marked_and_cut) {
    const Address writer{"Griffie Kerndorp", "griffie@kerndorp.example"};
    BOOST_TEST(
        quotation("Goedemorgen,\n\n> eerder\nWat kost het?", writer, "21 november 2026") ==
        "Op 21 november 2026 schreef Griffie Kerndorp:\n> Goedemorgen,\n>\n>> eerder\n> Wat kost het?\n");
    const std::string cut = quotation(std::string(10 * quoted_bytes, '\n'), writer, "21 november 2026");
    BOOST_TEST(cut.size() < 3 * quoted_lines);
    BOOST_TEST(cut.ends_with("> [...]\n"));
}
