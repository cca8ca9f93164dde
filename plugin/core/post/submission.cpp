#include "core/post/submission.hpp"

namespace raadspost::post {

std::string_view name(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return "accepted";
        case Outcome::refused:
            return "refused";
        case Outcome::deferred:
            return "deferred";
        case Outcome::uncertain:
            return "uncertain";
    }
    return {};
}

std::string_view name(Stage stage) {
    switch (stage) {
        case Stage::connect:
            return "connect";
        case Stage::tls:
            return "tls";
        case Stage::greeting:
            return "greeting";
        case Stage::hello:
            return "hello";
        case Stage::login:
            return "login";
        case Stage::mail:
            return "mail";
        case Stage::recipient:
            return "recipient";
        case Stage::data:
            return "data";
        case Stage::body:
            return "body";
        case Stage::before_dot:
            return "before_dot";
        case Stage::dot:
            return "dot";
    }
    return {};
}

}  // namespace raadspost::post
