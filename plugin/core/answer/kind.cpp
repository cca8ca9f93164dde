#include "core/answer/kind.hpp"

namespace raadspost::answer {

std::optional<Kind> kind_of(std::string_view name) {
    for (std::size_t i = 0; i < kind_names.size(); ++i)
        if (kind_names[i] == name) return static_cast<Kind>(i);
    return std::nullopt;
}

}  // namespace raadspost::answer
