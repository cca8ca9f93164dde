#include "core/public_pages/form.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <memory>

#include "core/public_pages/limits.hpp"

using namespace raadspost;
using namespace raadspost::public_pages;

namespace {

constexpr const char* urlencoded = "application/x-www-form-urlencoded";
constexpr const char* multipart = "multipart/form-data; boundary=----grens";

// To the byte on the heap, so that the address checker sees an overread.
Result<Form> read(const std::string& type, const std::string& body) {
    const std::unique_ptr<char[]> exact{new char[body.size() + 1]};
    std::memcpy(exact.get(), body.data(), body.size());
    return read_form(type, {exact.get(), body.size()});
}

std::string shown(const Result<Form>& form) {
    if (!form) return form.problem().id;
    std::string text;
    for (const auto& [name, value] : form->fields) text += name + "=" + value + ";";
    return text;
}

std::string part(const std::string& name, const std::string& value) {
    return "------grens\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}
const std::string end = "------grens--\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(what_browsers_and_mail_clients_send) {
    const struct {
        const char* name;
        std::string type, body, fields;
    } cases[] = {
        {"nothing at all", "", "", ""},
        {"nothing, with a type", urlencoded, "", ""},
        {"one click", urlencoded, "List-Unsubscribe=One-Click", "List-Unsubscribe=One-Click;"},
        {"a charset", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1", "a=1;"},
        {"escapes", urlencoded, "wie=raad%20slid+x&n=%C3%BA&leeg=&zonder",
         "wie=raad slid x;n=ú;leeg=;zonder=;"},
        {"twice", urlencoded, "a=1&&a=2&", "a=1;a=2;"},
        {"multipart", multipart, part("List-Unsubscribe", "One-Click") + end, "List-Unsubscribe=One-Click;"},
        {"multipart, quoted boundary", "multipart/form-data;charset=utf-8;boundary=\"----grens\"",
         part("a", "1\r\n2") + part("b", "") + end, "a=1\r\n2;b=;"},
        {"multipart with a type of its own", multipart,
         "------grens\r\ncontent-type: text/plain\r\ncontent-disposition: form-data; "
         "name=a\r\n\r\nx\r\n------grens--",
         "a=x;"},
        {"a boundary that begins another", multipart, part("a", "\r\n----gren") + end, "a=\r\n----gren;"},
    };
    for (const auto& each : cases)
        BOOST_TEST_CONTEXT(each.name) BOOST_TEST(shown(read(each.type, each.body)) == each.fields);
}

BOOST_AUTO_TEST_CASE(what_is_not_wholly_understood_is_refused) {
    const struct {
        const char* name;
        std::string type, body;
    } cases[] = {
        {"no type", "", "a=1"},
        {"plain text", "text/plain", "List-Unsubscribe=One-Click"},
        {"json", "application/json", "{}"},
        {"half an escape", urlencoded, "a=%4"},
        {"no escape", urlencoded, "a=%zz"},
        {"no name", urlencoded, "=1"},
        {"latin 1", urlencoded, "a=%E9"},
        {"a zero byte", urlencoded, "a=%00"},
        {"no boundary", "multipart/form-data", part("a", "1") + end},
        {"two boundaries", "multipart/form-data; boundary=----grens; boundary=x", part("a", "1") + end},
        {"an empty boundary", "multipart/form-data; boundary=\"\"", "--\r\n\r\n--"},
        {"a boundary too long", "multipart/form-data; boundary=" + std::string(71, 'x'),
         "--" + std::string(71, 'x') + "--"},
        {"never closed", multipart, part("a", "1")},
        {"cut in the headers", multipart, "------grens\r\nContent-Disposition: form-data"},
        {"words before it", multipart, "hallo\r\n" + part("a", "1") + end},
        {"words behind it", multipart, part("a", "1") + end + "hallo"},
        {"a file", multipart,
         "------grens\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nx\r\n" + end},
        {"no name in a part", multipart, "------grens\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + end},
        {"no headers", multipart, "------grens\r\n\r\nx\r\n" + end},
        {"another disposition", multipart,
         "------grens\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n" + end},
        {"two dispositions", multipart,
         "------grens\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; "
         "name=b\r\n\r\nx\r\n" +
             end},
    };
    for (const auto& each : cases)
        BOOST_TEST_CONTEXT(each.name) BOOST_TEST(shown(read(each.type, each.body)) == "form_unreadable");
}

BOOST_AUTO_TEST_CASE(what_nobody_types_is_too_large) {
    std::string many;
    for (std::size_t n = 0; n <= limits::field_count; ++n) many += "a=1&";
    BOOST_TEST(shown(read(urlencoded, many)) == "form_too_large");
    // Nothing in it that a reader would stumble over.
    BOOST_TEST(shown(read(urlencoded, std::string(limits::body_bytes + 1, '&'))) == "form_too_large");
    BOOST_TEST(shown(read(urlencoded, std::string(limits::field_name_bytes + 1, 'a') + "=1")) ==
               "form_too_large");
    BOOST_TEST(shown(read(urlencoded, "a=" + std::string(limits::field_value_bytes + 1, 'a'))) ==
               "form_too_large");
    BOOST_TEST(shown(read(multipart, part("a", std::string(limits::field_value_bytes + 1, 'a')) + end)) ==
               "form_too_large");
    BOOST_TEST(shown(read(multipart, "------grens\r\nX: " + std::string(limits::part_header_bytes, 'a') +
                                         "\r\n\r\nx\r\n" + end)) == "form_too_large");
}

BOOST_AUTO_TEST_CASE(one_click_is_that_one_field_and_nothing_else) {
    BOOST_TEST(is_one_click(*read(urlencoded, "List-Unsubscribe=One-Click")));
    for (const char* other : {"", "List-Unsubscribe=one-click", "list-unsubscribe=One-Click",
                              "List-Unsubscribe=", "List-Unsubscribe=One-Click&a=1", "a=One-Click"})
        BOOST_TEST(!is_one_click(*read(urlencoded, other)), other);
}

BOOST_AUTO_TEST_CASE(fields_are_found_by_name) {
    const Form form = *read(urlencoded, "a=1&b=2&a=3");
    BOOST_TEST(form.has("b"));
    BOOST_TEST(!form.has("c"));
    BOOST_TEST(form.one("b") == "2");
    BOOST_TEST(form.one("a") == "");  // said twice: nobody knows which is meant
    BOOST_TEST(form.all("a").size() == 2u);
}
