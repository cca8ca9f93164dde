// An appeal's text from whoever writes it, through fields, mark-up, HTML and plain text: no crash, no mark
// left over.
#include "core/appeal/message.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace raadspost::appeal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view source{reinterpret_cast<const char*>(data), size};
    static const FieldValues values = example_values();
    const auto compiled = MessageTemplate::compile("Aan {{gemeente}}", source);
    if (bool(compiled) != MergeText::check(source, Target::markup).empty()) std::abort();
    if (!compiled) return 0;
    const auto merged = compiled->body().render(values);
    if (merged && (merged->find("{{") != std::string::npos || merged->find("}}") != std::string::npos))
        std::abort();
    const auto message = compiled->render(values, MessageFrame{});
    if (message && message->html.find("<script") != std::string::npos) std::abort();

    // The same bytes as a value.
    FieldValues hostile = values;
    hostile.set(Field::gemeente, std::string{source});
    const auto addressed = MessageTemplate::compile("Brief", "Raad van {{gemeente|uw gemeente}}");
    const auto hostile_message = addressed->render(hostile, MessageFrame{});
    if (hostile_message && hostile_message->html.find("<a ") != std::string::npos) std::abort();
    return 0;
}
