// What another parser (stalwart's mail-parser) made of a message: the part of its JSON that we can be
// compared with. Values.
#pragma once

#include "core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace raadspost::evaluate {

struct Structure {
    std::string subject;
    std::string message_id;
    std::vector<std::string> senders;  // addresses, in their order
    std::optional<long long> seconds;  // of the Date header since 1970
};

Result<Structure> read_structure(const std::string& json);

}  // namespace raadspost::evaluate
