// Texts of replies: nothing is invented, nothing that is cited below an answer is taken for one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/html_text.hpp"
#include "core/answer/new_text.hpp"

using namespace raadspost::answer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text = mail::cleaned({reinterpret_cast<const char*>(bytes), size});
    const NewText parts = new_text(text);
    for (const std::string* part : {&parts.written, &parts.quoted, &parts.signature, &parts.disclaimer}) {
        if (part->size() > text.size()) std::abort();
        if (mail::cleaned(*part) != *part) std::abort();
    }
    if (!parts.quoted.empty() && text.find(parts.quoted) == std::string::npos) std::abort();

    // Below anything, a cited line is not what was written.
    const std::string marked =
        text + "\n\nOp ma 9 feb 2026 om 09:01 schreef X <x@y.example>:\n\n> merkwaardig-citaat\n";
    if (text.find_first_of("`>") == std::string::npos && text.find("merkwaardig") == std::string::npos &&
        new_text(marked).written.find("merkwaardig-citaat") != std::string::npos)
        std::abort();

    const std::string html = mail::html_text(text);
    if (mail::cleaned(html) != html) std::abort();
    new_text(html);
    return 0;
}
