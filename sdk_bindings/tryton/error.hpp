// Errors as users of the host see them: a sentence of the module's message.xml, in their language. Throw
// these from any callback; the one guard at the boundary makes the host's own UserError or UserWarning of
// them. The host's exceptions (concurrency, its retries, its validation) pass through C++ untouched. Any
// other C++ exception becomes the sentence `msg_internal_error` of the module, with its text in the log.
#pragma once

#include "tryton/value.hpp"

#include <exception>
#include <string>

namespace tryton {

class UserError : public std::exception {
public:
    // `message` is the id in message.xml, "msg_griffie_mailbox" or "module.msg_griffie_mailbox".
    explicit UserError(std::string message, Dict variables = {})
        : message_{std::move(message)}, variables_{std::move(variables)} {}
    const char* what() const noexcept override { return message_.c_str(); }
    const std::string& message() const noexcept { return message_; }
    const Dict& variables() const noexcept { return variables_; }

private:
    std::string message_;
    Dict variables_;
};

// [gil-held] A question that the user may answer with yes, once per `key`; throws the host's UserWarning
// until then.
void warn(const std::string& key, const std::string& message, const Dict& variables = {});

// [gil-held] The sentence in the language of the transaction.
std::string translated(const std::string& message, const Dict& variables = {});

// A line in the host's log (Python's logging, logger "trytond.modules.<module>"). [gil-held]
enum class Level { debug, info, warning, error };
void log(Level level, const std::string& line);

}  // namespace tryton
