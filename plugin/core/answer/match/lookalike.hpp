// Whether a mail domain was made to be mistaken for another. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace raadspost::answer {

// The last two labels: "heemstede.nl" of "mx.heemstede.nl". What Dutch councils use has no deeper registry.
std::string_view registered_domain(std::string_view domain);

enum class Likeness : std::uint8_t {
    none,
    doubtful,         // how real domains are made too, or one letter off a short name
    made_to_deceive,  // nobody has it by chance
};

// A domain taken apart once, to be held against many: the labels of what was registered, and its last one
// with the dot.
struct MailDomain {
    explicit MailDomain(std::string_view domain)
        : whole{domain},
          registered{registered_domain(domain)},
          label{registered.substr(0, registered.rfind('.'))},
          top{registered.substr(label.size())} {}

    std::string_view whole, registered, label, top;
};

// How like `real` a `domain` is that is neither `real` nor below it. Made to deceive: one or two letters off,
// letters that are read as others ("cleventer.nl"), the same name under another top-level domain or with
// words that sound official ("goes-nl.nl"), the real domain with more behind it ("goes.nl.example.com").
// Doubtful: "gemeente" before or behind it, or one letter off a name of four letters or less. Two councils'
// names are how shared services call theirs: that is none. Not seen: names changed at both ends. `name` is
// the council's.
Likeness likeness(const MailDomain& domain, const MailDomain& real, std::string_view name);
inline Likeness likeness(std::string_view domain, std::string_view real, std::string_view name) {
    return likeness(MailDomain{domain}, MailDomain{real}, name);
}

// Letters of other scripts, or their xn-- form: no council uses them.
bool has_foreign_letters(std::string_view domain);

}  // namespace raadspost::answer
