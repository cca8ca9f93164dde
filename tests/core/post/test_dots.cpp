// What goes over the wire between DATA and the last dot (RFC 5321 4.5.2).
#define BOOST_TEST_MODULE dots
#include <boost/test/unit_test.hpp>

#include "core/post/wire/dots.hpp"

#include <string>

using namespace raadspost::post;

namespace {

struct Case {
    const char* name;
    std::string message, ready;
};

const Case cases[]{
    {"nothing", "", ""},
    {"a line", "a\r\n", "a"},
    {"without an end", "a", "a"},
    {"ready", "a\r\nb..\r\n\r\n", "a\r\nb..\r\n"},
    {"a dot alone", ".\r\n", ".."},
    {"a dot first of all", ".a\r\nb\r\n", "..a\r\nb"},
    {"dots at line starts", "a\r\n.b\r\n..\r\n", "a\r\n..b\r\n..."},
    {"a dot after a bare line feed", "a\n.\nb\n", "a\r\n..\r\nb"},
    {"a dot after a bare carriage return", "a\r.\rb\r", "a\r\n..\r\nb"},
    {"mixed ends", "a\n\r\r\nb\r\r\n", "a\r\n\r\n\r\nb\r\n"},
    {"only ends", "\n\n", "\r\n"},
    {"carriage return at the end", ".x\r", "..x"},
};

}  // namespace

BOOST_AUTO_TEST_CASE(messages_are_made_ready_for_the_wire) {
    for (const Case& each : cases) {
        std::string room;
        BOOST_TEST_CONTEXT(each.name) {
            const std::string exact{each.message.begin(), each.message.end()};
            BOOST_TEST(line_ready(exact, room) == each.ready);
        }
    }
}
