#define BOOST_TEST_MODULE council_forgotten
#include "core/council/forgotten.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost;

namespace {

const Person anna{{"Anna de Boër", "mw. mr. A.B. de Boër"}, {"a.deboer@dorp.example"}, {"06-1234 5678"}};

// SQL's LIKE, as far as the patterns use it.
bool like(std::string_view text, std::string_view pattern) {
    std::size_t at = 0;
    for (std::size_t from = 0; from < pattern.size();) {
        const auto to = std::min(pattern.find('%', from), pattern.size());
        const auto found = text.find(pattern.substr(from, to - from), at);
        if (found == std::string_view::npos) return false;
        at = found + to - from;
        from = to + 1;
    }
    return true;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(who_is_named_is_taken_out) {
    const Forgotten forgotten{anna};
    const std::pair<std::string, std::string> cases[] = {
        {"Anna de Boër belde.", "**** belde."},
        {"gesproken met ANNA DE BOër", "gesproken met ****"},
        {"Anna\r\n de  Boër", "****"},
        {"anna de boer heemstede", "**** heemstede"},  // as a folded column has it
        {"Griffier: mw. mr. A.B. de Boër.", "Griffier: ****."},
        {"A.B. de Boër, griffier", "****, griffier"},
        {"Hanna de Boër en Anna de Boërs", "Hanna de Boër en Anna de Boërs"},
        {"De Boër kwam", "De Boër kwam"},  // a surname alone may be anybody's
        {"<A.deBoer@Dorp.example>", "<****>"},
        {"xa.deboer@dorp.example", "xa.deboer@dorp.example"},
        {"a.deboer@dorp.example.", "****."},
        {"mail.a.deboer@dorp.example", "mail.a.deboer@dorp.example"},
        {"bel 0612345678", "bel ****"},
        {"bel +31 6 12 34 56 78!", "bel ****!"},
        {"0031(0)6-12345678", "****"},
        {"kenmerk 10612345678", "kenmerk 10612345678"},
        {R"({"griffier":"mw. mr. A.B. de Boër","city":"Dorp"})", R"({"griffier":"****","city":"Dorp"})"},
        {"", ""},
    };
    for (const auto& [text, wanted] : cases) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(forgotten.without(text) == wanted);
            BOOST_TEST(forgotten.named_in(text) == (text != wanted));
            // Whatever is found has to be found by the database first.
            const auto& patterns = forgotten.patterns();
            if (text != wanted)
                BOOST_TEST(std::any_of(patterns.begin(), patterns.end(),
                                       [&](const auto& each) { return like(lower(text), each); }));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_too_short_names_nobody) {
    BOOST_TEST(Forgotten({{"Boer"}, {}, {"112"}}).nobody());
    BOOST_TEST(Forgotten({{"A. B"}, {"geen adres"}, {}}).nobody());
    BOOST_TEST(!Forgotten(anna).nobody());
}

BOOST_AUTO_TEST_CASE(names_come_apart) {
    BOOST_TEST(without_titles("mw. mr. A. de Boer") == "A. de Boer");
    BOOST_TEST(without_titles("De heer drs. J.P. Jansen") == "J.P. Jansen");
    BOOST_TEST(without_titles("mevrouw Jansen") == "Jansen");
    BOOST_TEST(surname_of("Anna de Boer") == "de Boer");
    BOOST_TEST(surname_of("mw. A. van der Berg-Smit") == "van der Berg-Smit");
    BOOST_TEST(surname_of("Jansen") == "");
}

BOOST_AUTO_TEST_CASE(an_office_keeps_its_mailbox) {
    BOOST_TEST(bears_name("a.deboer@dorp.example", {"Anna de Boër"}));
    BOOST_TEST(!bears_name("griffie@boerdorp.example", {"Anna de Boër"}));
    BOOST_TEST(!bears_name("griffie@dorp.example", {}));
}
