#include "core/post/disk/checked_line.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace raadspost::post;

BOOST_AUTO_TEST_CASE(words_carry_any_bytes) {
    std::vector<std::string> texts = {
        "", "-", "--", "%", "250 2.0.0 Ok", "een\r\ntwee", std::string("\0x", 2), "Fryslân"};
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    texts.push_back(all);
    for (const std::string& text : texts) {
        const std::string word = as_word(text);
        BOOST_TEST(word.find_first_of(" \r\n") == std::string::npos);
        std::string back = "left over";
        BOOST_TEST(from_word(word, back));
        BOOST_TEST(back == text);
    }
    std::string back;
    for (const std::string bad : {"", "%", "%1", "a%g0", "%0"}) BOOST_TEST(!from_word(bad, back));
}

BOOST_AUTO_TEST_CASE(lines_chain) {
    Chain written = 0;
    std::string file = checked_line("one", written);
    file += checked_line("two", written);
    file += "unfini";
    const std::unique_ptr<char[]> exact{new char[file.size()]};
    std::memcpy(exact.get(), file.data(), file.size());
    std::string_view rest{exact.get(), file.size()}, body;
    Chain chain = 0;
    BOOST_TEST((take_line(rest, body, chain) == LineFound::good));
    BOOST_TEST(body == "one");
    BOOST_TEST((take_line(rest, body, chain) == LineFound::good));
    BOOST_TEST(body == "two");
    BOOST_TEST(chain == written);
    BOOST_TEST((take_line(rest, body, chain) == LineFound::unfinished));
    BOOST_TEST(rest == "unfini");
    rest = {};
    BOOST_TEST((take_line(rest, body, chain) == LineFound::end));
    for (const std::string_view spoilt : {"\n", "one\n", "one 0000000\n", "one 00000000\n", " 00000001\n"}) {
        rest = spoilt;
        chain = 0;
        BOOST_TEST((take_line(rest, body, chain) == LineFound::spoilt));
    }
}
