// Passwords in files, tokens from commands.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/intake/secret.hpp"

using namespace raadspost::intake;
using namespace std::chrono_literals;

namespace {

struct Folder {
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "raadspost-secret-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path file(const std::string& text, mode_t mode = 0600) const {
        const auto file = path / "secret";
        std::filesystem::remove(file);
        std::ofstream{file} << text;
        ::chmod(file.c_str(), mode);
        return file;
    }
    std::filesystem::path path;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_password_is_the_first_line_of_a_file_of_ones_own, Folder) {
    BOOST_TEST(*secret_of_file(file("geheim")) == "geheim");
    BOOST_TEST(*secret_of_file(file("ge heim \r\nrest\n")) == "ge heim ");
    for (const mode_t mode : {0640u, 0604u, 0660u, 0602u}) {
        const auto refused = secret_of_file(file("geheim", mode));
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.problem().id == "secret_file");
        BOOST_TEST(refused.problem().text.find("geheim") == std::string::npos);
    }
    BOOST_TEST(!secret_of_file(file("")));
    BOOST_TEST(!secret_of_file(path / "not there"));
    BOOST_TEST(!secret_of_file(path));
}

BOOST_AUTO_TEST_CASE(a_token_is_what_a_command_prints) {
    BOOST_TEST(*secret_of_command("printf 'abc\\nrest'", 60s) == "abc");
    for (const char* command : {"exit 3", "echo abc; exit 1", "true", "echo", "/not/there", "kill -9 $$"}) {
        const auto failed = secret_of_command(command, 60s);
        BOOST_REQUIRE(!failed);
        BOOST_TEST(failed.problem().id == "secret_command");
        BOOST_TEST(failed.problem().text.find("abc") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_command_that_does_not_end_is_ended) {
    const auto begin = std::chrono::steady_clock::now();
    for (const char* command : {"sleep 60", "echo abc; exec >&-; sleep 60", "yes", "sleep 60 & sleep 60"})
        BOOST_TEST(!secret_of_command(command, 300ms), command);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 60s));  // none came to its own end
}
