// Forms from anywhere: what is read keeps within the limits and is text, and what an answer says is escaped
// on the page that shows it again. The first line of the input is the content type.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/public_pages/answer.hpp"
#include "core/public_pages/limits.hpp"
#include "core/public_pages/unsubscribe_page.hpp"

using namespace raadspost;
using namespace raadspost::public_pages;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const std::size_t line = input.find('\n');
    if (line == std::string_view::npos) return 0;
    const auto form = read_form(input.substr(0, line), input.substr(line + 1));
    if (!form) return 0;
    if (form->fields.size() > limits::field_count) std::abort();
    for (const auto& [name, value] : form->fields)
        if (name.empty() || name.size() > limits::field_name_bytes ||
            value.size() > limits::field_value_bytes || value.find('\0') != std::string::npos)
            std::abort();
    (void)read_unsubscribe(*form);
    MessageFacts facts;
    facts.councils = {{"GM0001", "Dorp", {{"listed", std::chrono::year{2026} / 3 / 1, "28", {}, {}, true}}}};
    const auto read = read_answer(*form, facts.councils, std::chrono::year{2026} / 4 / 1);
    if (!read) return 0;
    const std::string page = answer_page(facts, *form, read->mistakes);
    if (page.find("<script") != std::string::npos) std::abort();
    if (read->mistakes.empty() && read->answer.remark.size() > 4 * limits::remark_letters) std::abort();
    (void)answered_page(facts, read->answer, true);
    return 0;
}
