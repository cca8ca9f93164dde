// Replies of IMAP servers: those that there are, in any pieces, and those that must not be believed.
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/intake/imap_reply.hpp"
#include "core/intake/limits.hpp"

using namespace raadspost::intake;
using namespace std::string_literals;

namespace {

struct Heard {
    std::vector<ImapReply> replies;
    bool broken = false;
};

// From a buffer of exactly that size, so that a memory checker sees who reads beyond it.
Heard hear(const std::string& bytes, std::size_t piece = 1u << 20) {
    Heard heard;
    ImapReplyParser parser;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const std::size_t size = std::min(piece, bytes.size() - at);
        const std::unique_ptr<char[]> exact{new char[size]};
        std::copy_n(bytes.data() + at, size, exact.get());
        parser.feed({exact.get(), size});
        while (auto reply = parser.next()) heard.replies.push_back(*std::move(reply));
    }
    heard.broken = parser.broken();
    return heard;
}

ImapReply only(const std::string& bytes) {
    const Heard heard = hear(bytes);
    BOOST_REQUIRE(!heard.broken);
    BOOST_REQUIRE_EQUAL(heard.replies.size(), 1u);
    return heard.replies.front();
}

std::string as_text(const std::vector<ImapToken>& tokens) {
    std::string text;
    for (const ImapToken& token : tokens) {
        if (!text.empty()) text += ' ';
        switch (token.kind) {
            case ImapToken::Kind::atom:
                text += token.text;
                break;
            case ImapToken::Kind::quoted:
                text += '"' + token.text + '"';
                break;
            case ImapToken::Kind::literal:
                text += '{' + token.text + '}';
                break;
            case ImapToken::Kind::open:
                text += '(';
                break;
            case ImapToken::Kind::close:
                text += ')';
                break;
        }
    }
    return text;
}

const std::string dialogue =
    "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Dovecot (Debian) ready.\r\n"
    "* FLAGS (\\Answered \\Seen $Forwarded)\r\n"
    "* OK [PERMANENTFLAGS ()] Read-only mailbox.\r\n"
    "* 12 EXISTS\r\n"
    "* OK [UIDVALIDITY 1763700000] UIDs valid\r\n"
    "a2 OK [READ-ONLY] Examine completed (0.001 + 0.000 secs).\r\n"
    "* SEARCH 3 7 12\r\n"
    "* 1 FETCH (UID 3 INTERNALDATE \"21-Nov-2026 10:00:00 +0100\" BODY[] {25}\r\n"
    "Subject: x\r\n\r\n* OK (\r\n* \""
    " FLAGS (\\Seen))\r\n"
    "+ idling\r\n"
    "a3 NO [NONEXISTENT] Mailbox doesn't exist: (Archief\" {12}\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(a_dialogue_is_the_same_in_any_pieces) {
    const Heard whole = hear(dialogue);
    BOOST_TEST(!whole.broken);
    BOOST_REQUIRE_EQUAL(whole.replies.size(), 10u);
    for (const std::size_t piece : {1u, 2u, 3u, 7u, 64u}) {
        const Heard again = hear(dialogue, piece);
        BOOST_TEST((again.replies == whole.replies), "in pieces of " << piece);
    }
}

BOOST_AUTO_TEST_CASE(words_for_people_are_no_tokens) {
    const auto replies = hear(dialogue).replies;
    BOOST_TEST(replies[0].word == "OK");
    BOOST_TEST(replies[0].code == "CAPABILITY");
    BOOST_TEST(replies[0].code_value == "IMAP4rev1 SASL-IR AUTH=PLAIN");
    BOOST_TEST(replies[4].code_value == "1763700000");
    BOOST_TEST(replies[5].tag == "a2");
    BOOST_TEST(replies[5].code == "READ-ONLY");
    BOOST_TEST(only("* NO \x1b[31m d\xc3\xa9\xff\r\n").text == " [31m d???");
    // An open bracket, a lone quote and what looks like a literal are words here.
    BOOST_TEST(replies[9].word == "NO");
    BOOST_TEST(replies[9].text == "Mailbox doesn't exist: (Archief\" {12}");
}

BOOST_AUTO_TEST_CASE(a_message_is_not_read_as_the_servers_words) {
    const auto fetch = hear(dialogue).replies[7];
    BOOST_TEST(fetch.number.value() == 1u);
    BOOST_TEST(
        as_text(fetch.tokens) ==
        "( UID 3 INTERNALDATE \"21-Nov-2026 10:00:00 +0100\" BODY[] {Subject: x\r\n\r\n* OK (\r\n* \"} FLAGS "
        "( \\Seen ) )");
}

BOOST_AUTO_TEST_CASE(shapes_of_tokens) {
    const std::pair<std::string, std::string> cases[] = {
        {"* SEARCH\r\n", ""},
        {"* SEARCH\n", ""},
        {"* LIST (\\HasNoChildren) \"/\" \"a \\\"b\\\" \\\\ c\"\r\n",
         "( \\HasNoChildren ) \"/\" \"a \"b\" \\ c\""},
        {"* 3 FETCH (BODY[HEADER.FIELDS (TO CC)]<0> {0}\r\n)\r\n", "( BODY[HEADER.FIELDS (TO CC)]<0> {} )"},
        {"* 3 FETCH (BODY[] ~{3}\r\na\0b)\r\n"s, "( BODY[] {a\0b} )"s},
        {"* 3 FETCH (BODY[] {2+}\r\nab UID 4)\r\n", "( BODY[] {ab} UID 4 )"},
        {"* 3 FETCH (BODY[] NIL)\r\n", "( BODY[] NIL )"},
        {"* X-GM-LABELS ((a)((b)))\r\n", "( ( a ) ( ( b ) ) )"},
        {"* LIST () \"/\" \"d\xc3\xa9\"\r\n", "( ) \"/\" \"d\xc3\xa9\""},
    };
    for (const auto& [bytes, tokens] : cases) BOOST_TEST(as_text(only(bytes).tokens) == tokens);
}

BOOST_AUTO_TEST_CASE(what_is_no_reply_breaks_it) {
    const std::string cases[] = {
        "HTTP/1.1 400 Bad Request\r\n",
        "220 relay.example ESMTP\r\n",
        "\r\n",
        "* \r\n",
        "* 12\r\n",
        "* 4294967296 EXISTS\r\n",
        "* 3 OK nothing has a number\r\n",
        "a1 FETCH (UID 3)\r\n",
        "* FLAGS (\\Seen\r\n",
        "* FLAGS \\Seen)\r\n",
        "* SEARCH \"no end\r\n",
        "* SEARCH a\"b\"\r\n",
        "* SEARCH \x01\r\n",
        "* SEARCH \xc3\xa9\r\n",
        "* 1 FETCH (BODY[HEADER 3)\r\n",
        "* OK [UIDVALIDITY 3\r\n",
        "* 1 FETCH (BODY[] {x}\r\nab)\r\n",
        "* 1 FETCH (BODY[] {-1}\r\nab)\r\n",
        "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
        "* 1 FETCH (BODY[] {" + std::to_string(limits::literal_bytes + 1) + "}\r\n",
    };
    for (const std::string& bytes : cases) {
        const Heard heard = hear(bytes);
        BOOST_TEST(heard.broken, bytes);
        BOOST_TEST(heard.replies.empty(), bytes);
    }
}

BOOST_AUTO_TEST_CASE(nothing_after_what_broke_it_is_believed) {
    const Heard heard = hear("* 1 EXISTS\r\nnonsense\r\na1 OK done\r\n");
    BOOST_TEST(heard.broken);
    BOOST_TEST(heard.replies.size() == 1u);
}

BOOST_AUTO_TEST_CASE(no_reply_takes_more_memory_than_it_may) {
    const auto repeated = [](const std::string& text, std::size_t times) {
        std::string all;
        for (std::size_t i = 0; i < times; ++i) all += text;
        return all;
    };
    BOOST_TEST(hear("* SEARCH" + std::string(limits::line_bytes, '1')).broken);
    BOOST_TEST(hear("* X " + std::string(limits::nesting_depth + 1, '(') +
                    std::string(limits::nesting_depth + 1, ')') + "\r\n")
                   .broken);
    BOOST_TEST(!hear("* X " + std::string(limits::nesting_depth, '(') +
                     std::string(limits::nesting_depth, ')') + "\r\n")
                    .broken);
    BOOST_TEST(hear("* X" + repeated(" 1", limits::tokens_of_reply + 1) + "\r\n").broken);
    BOOST_TEST(hear("* X (" + repeated("{1}\r\na ", limits::literals_of_reply + 1) + ")\r\n").broken);
    // A search as large as we ever ask for.
    const auto search = only("* SEARCH" + repeated(" 4294967295", limits::search_window) + "\r\n");
    BOOST_TEST(search.tokens.size() == limits::search_window);
    BOOST_TEST(only("* OK " + std::string(5000, 'x') + "\r\n").text.size() == limits::text_bytes);
}

BOOST_AUTO_TEST_CASE(what_lies_before_a_handshake_is_seen) {
    ImapReplyParser parser;
    parser.feed("a1 OK Begin TLS\r\n* OK [CAPA");
    BOOST_TEST(parser.next().has_value());
    BOOST_TEST(parser.has_rest());
    ImapReplyParser clean;
    clean.feed("a1 OK Begin TLS\r\n");
    BOOST_TEST(clean.next().has_value());
    BOOST_TEST(!clean.has_rest());
}
