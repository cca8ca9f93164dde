#include "core/answer/authentication.hpp"

#include "core/answer/read_mail.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace raadspost::answer {
namespace {

constexpr const char* ours = "MX.kernen.example";

struct Case {
    const char* name;
    const char* headers;
    Verdict sender;
    Verdict sender_if_none_is_configured;
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
    return out << each.name;
}

constexpr auto none = Verdict::none, pass = Verdict::pass, fail = Verdict::fail;

const Case cases[] = {
    {"no header", "", none, none},
    {"ours, DMARC passed",
     "Authentication-Results: mx.kernen.example; dkim=pass (2048-bit key) header.d=laagveen.example "
     "header.i=@laagveen.example;\n"
     "\tspf=pass (mx: domain of griffie@laagveen.example designates 198.51.100.1) "
     "smtp.mailfrom=griffie@laagveen.example;\n"
     "\tdmarc=pass (policy=reject) header.from=laagveen.example\n",
     pass, none},
    {"ours, with a version and odd space",
     "Authentication-Results: mx.kernen.example 1 ;\n  dmarc = PASS  header.from = Laagveen.Example\n", pass,
     none},
    {"ours, quoted",
     "Authentication-Results: \"mx.kernen.example\"; dmarc=\"pass\" header.from=\"laagveen.example\"\n", pass,
     none},
    {"ours, failed",
     "Authentication-Results: mx.kernen.example; dmarc=fail (p=none) header.from=laagveen.example\n", fail,
     fail},
    {"another's", "Authentication-Results: mx.elders.example; dmarc=pass header.from=laagveen.example\n",
     none, none},
    {"another's, failed",
     "Authentication-Results: mx.elders.example; dmarc=fail header.from=laagveen.example\n", none, fail},
    {"a name that only begins as ours",
     "Authentication-Results: mx.kernen.example.elders.example; dmarc=pass header.from=laagveen.example\n",
     none, none},
    {"forged below ours",
     "Authentication-Results: mx.kernen.example; dmarc=fail header.from=laagveen.example\n"
     "Authentication-Results: mx.kernen.example; dmarc=pass header.from=laagveen.example\n",
     fail, fail},
    {"another's above ours",
     "Authentication-Results: mx.elders.example; dmarc=fail header.from=laagveen.example\n"
     "Authentication-Results: mx.kernen.example; dmarc=pass header.from=laagveen.example\n",
     pass, fail},
    {"DMARC passed for another domain",
     "Authentication-Results: mx.kernen.example; dmarc=pass header.from=elders.example\n", none, none},
    {"DMARC passed for nobody", "Authentication-Results: mx.kernen.example; dmarc=pass\n", none, none},
    {"two verdicts of DMARC",
     "Authentication-Results: mx.kernen.example; dmarc=none; dmarc=pass header.from=laagveen.example\n", fail,
     fail},
    {"no DMARC, aligned signature",
     "Authentication-Results: mx.kernen.example; dkim=fail header.d=x.example; dkim=pass "
     "header.d=post.laagveen.example\n",
     pass, none},
    {"no DMARC, only header.i",
     "Authentication-Results: mx.kernen.example; dkim=pass header.i=@laagveen.example\n", pass, none},
    {"signature of another",
     "Authentication-Results: mx.kernen.example; dkim=pass header.d=gemeente.example\n", none, none},
    {"signature of a name that ends alike",
     "Authentication-Results: mx.kernen.example; dkim=pass header.d=hetlaagveen.example\n", none, none},
    {"signature of the country", "Authentication-Results: mx.kernen.example; dkim=pass header.d=example\n",
     none, none},
    {"aligned SPF", "Authentication-Results: mx.kernen.example; spf=pass smtp.mailfrom=laagveen.example\n",
     pass, none},
    {"SPF of the greeting only",
     "Authentication-Results: mx.kernen.example; spf=pass smtp.helo=laagveen.example\n", none, none},
    {"SPF failed", "Authentication-Results: mx.kernen.example; spf=fail smtp.mailfrom=laagveen.example\n",
     fail, fail},
    {"SPF failed, forwarded with a signature",
     "Authentication-Results: mx.kernen.example; spf=fail smtp.mailfrom=laagveen.example; dkim=pass "
     "header.d=lijst.example\n",
     none, fail},
    {"softfail",
     "Authentication-Results: mx.kernen.example; spf=softfail smtp.mailfrom=laagveen.example; "
     "dmarc=temperror\n",
     none, none},
    {"a pass inside a comment",
     "Authentication-Results: mx.kernen.example; spf=none (x; dmarc=pass header.from=laagveen.example) "
     "smtp.mailfrom=x\n",
     none, none},
    {"a pass inside a nested, quoted comment",
     "Authentication-Results: mx.kernen.example; spf=none (a (b) \\) ; dmarc=pass "
     "header.from=laagveen.example)\n",
     none, none},
    {"a pass inside a quoted string",
     "Authentication-Results: mx.kernen.example; spf=none reason=\"a \\\"; dmarc=pass "
     "header.from=laagveen.example\"\n",
     none, none},
    {"a comment that never ends",
     "Authentication-Results: mx.kernen.example; spf=none (; dmarc=pass header.from=laagveen.example\n", none,
     none},
    {"a quoted string that never ends",
     "Authentication-Results: mx.kernen.example; spf=none reason=\"; dmarc=pass "
     "header.from=laagveen.example\n",
     none, none},
    {"no result", "Authentication-Results: mx.kernen.example; none\n", none, none},
    {"no name", "Authentication-Results: ; dmarc=pass header.from=laagveen.example\n", none, none},
    {"ARC is somebody else's word",
     "ARC-Authentication-Results: i=1; mx.kernen.example; dmarc=pass header.from=laagveen.example\n", none,
     none},
};

}  // namespace

BOOST_DATA_TEST_CASE(only_the_topmost_word_of_the_own_server_counts, boost::unit_test::data::make(cases)) {
    const Received received =
        read_mail(std::string{sample.headers} + "From: Griffie <griffie@Laagveen.example>\n\nDag\n");
    BOOST_TEST((authentication(received, ours).sender == sample.sender));
    BOOST_TEST((authentication(received, "").sender == sample.sender_if_none_is_configured));
}

BOOST_AUTO_TEST_CASE(several_senders_are_none) {
    const std::string passed =
        "Authentication-Results: mx.kernen.example; dmarc=pass header.from=laagveen.example\n";
    for (const char* from : {"From: a@laagveen.example, b@elders.example\n",
                             "From: a@laagveen.example\nFrom: b@elders.example\n",
                             "From: b@elders.example\nFrom: a@laagveen.example\n",
                             "From: a@laagveen.example\nFrom: iemand\n", "Subject: niemand\n"}) {
        const Authentication found = authentication(read_mail(passed + from + "\nDag\n"), ours);
        BOOST_TEST((found.sender == Verdict::none));
        BOOST_TEST(found.from_domain == "");
    }
}

BOOST_AUTO_TEST_CASE(what_was_found_is_told) {
    const Received received = read_mail(
        "Authentication-Results: mx.kernen.example; dkim=pass header.d=Laagveen.example; dkim=fail "
        "header.d=lijst.example; spf=fail "
        "smtp.mailfrom=a@b.example\nFrom: griffie@laagveen.example\n\n");
    const Authentication found = authentication(received, ours);
    BOOST_TEST(found.checked);
    BOOST_TEST(found.signatures.size() == 2u);
    BOOST_TEST(found.signatures.at(0).domain == "laagveen.example");
    BOOST_TEST((found.signatures.at(1).verdict == Verdict::fail));
    BOOST_TEST((found.spf == Verdict::fail));
    BOOST_TEST((found.dkim == Verdict::pass));
    BOOST_TEST((found.sender == Verdict::pass));
    BOOST_TEST(!authentication(received, "mx.elders.example").checked);
    const Authentication unconfigured = authentication(received, "");
    BOOST_TEST(!unconfigured.checked);
    BOOST_TEST(unconfigured.signatures.size() == 1u);
}

}  // namespace raadspost::answer
