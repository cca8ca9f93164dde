#include "core/base64.hpp"

#include <openssl/evp.h>
#include <boost/test/unit_test.hpp>

#include <random>

using namespace raadspost;

namespace {

std::string by_openssl(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    text.resize(static_cast<std::size_t>(::EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()))));
    return text;
}

}  // namespace

// RFC 4648 10.
BOOST_AUTO_TEST_CASE(the_standard_s_own_examples) {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) BOOST_TEST(base64(bytes) == text);
}

BOOST_AUTO_TEST_CASE(any_bytes_as_openssl_writes_them) {
    std::mt19937 random{1};
    for (std::size_t size = 0; size < 400; ++size) {
        std::string bytes(size, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        BOOST_TEST(base64(bytes) == by_openssl(bytes));

        std::string lines;
        for (std::size_t at = 0; at < size; at += 57) lines += by_openssl(bytes.substr(at, 57)) + "\r\n";
        BOOST_TEST(base64_lines(bytes) == lines, "of " << size);
    }
}
