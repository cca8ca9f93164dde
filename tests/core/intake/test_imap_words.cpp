// How values are written in commands and read from replies.
#include <boost/test/unit_test.hpp>
#include <vector>

#include "core/intake/imap_words.hpp"
#include "core/intake/maildir.hpp"

using namespace raadspost::intake;

BOOST_AUTO_TEST_CASE(quoted_strings) {
    BOOST_TEST(imap_quoted("").value() == "\"\"");
    BOOST_TEST(imap_quoted("a b").value() == "\"a b\"");
    BOOST_TEST(imap_quoted("a\"b\\c").value() == "\"a\\\"b\\\\c\"");
    for (const char* text : {"a\r\nb", "a\nb", "\x7f", "d\xc3\xa9"})
        BOOST_TEST(!imap_quoted(text).has_value());
    BOOST_TEST(!imap_quoted(std::string_view{"a\0b", 3}).has_value());
}

BOOST_AUTO_TEST_CASE(names_of_folders) {
    // The examples of RFC 3501 5.1.3, and ours.
    const std::pair<const char*, const char*> cases[] = {
        {"INBOX", "INBOX"},
        {"Vergadering & griffie", "Vergadering &- griffie"},
        {"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
         "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
        {"Ge\xc3\xabindigd", "Ge&AOs-indigd"},
        {"\xf0\x9f\x93\xac", "&2D3c7A-"},
    };
    for (const auto& [utf8, name] : cases) BOOST_TEST(imap_folder_name(utf8).value() == name);
    for (const char* text :
         {"a\nb", "\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80"})
        BOOST_TEST(!imap_folder_name(text).has_value());
}

BOOST_AUTO_TEST_CASE(sets_of_numbers) {
    using Numbers = std::vector<std::uint32_t>;
    BOOST_TEST(imap_set(Numbers{}) == "");
    BOOST_TEST(imap_set(Numbers{7}) == "7");
    BOOST_TEST(imap_set(Numbers{1, 2, 3, 7, 9, 10}) == "1:3,7,9:10");
}

BOOST_AUTO_TEST_CASE(dates) {
    using namespace std::chrono;
    const sys_seconds noon = sys_days{2026y / November / 21} + 12h;
    BOOST_TEST((imap_date("21-Nov-2026 12:00:00 +0000") == noon));
    BOOST_TEST((imap_date("21-Nov-2026 13:30:00 +0130") == noon));
    BOOST_TEST((imap_date("21-Nov-2026 07:00:00 -0500") == noon));
    BOOST_TEST((imap_date(" 1-Nov-2026 12:00:00 +0000") == noon - days{20}));
    BOOST_TEST((imap_date("01-Nov-2026 12:00:00 +0000") == noon - days{20}));
    for (const char* text :
         {"", "21-Nov-2026", "31-Feb-2026 12:00:00 +0000", "21-Foo-2026 12:00:00 +0000",
          "21-Nov-2026 24:00:00 +0000", "21-Nov-2026 12:00:00 *0000", "21-Nov-20a6 12:00:00 +0000"})
        BOOST_TEST(!imap_date(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_maildirs_names) {
    BOOST_TEST(maildir_key("1763.M1P2.host") == "1763.M1P2.host");
    BOOST_TEST(maildir_key("1763.M1P2.host:2,RS") == "1763.M1P2.host");
    BOOST_TEST(maildir_key("1763.M1P2.host,S=123:2,") == "1763.M1P2.host,S=123");
    // A name may be any bytes; what is kept of it goes into a database.
    BOOST_TEST(maildir_key("1\xc3\xa9\xff%\n:2,") == "1%C3%A9%FF%25%0A");
    BOOST_TEST(maildir_key(".nfs0001").empty());
    BOOST_TEST(maildir_key("").empty());
}
