#include "core/post/mime/gmime.hpp"

#include <mutex>

namespace raadspost::post::mime {

void set_up() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

}  // namespace raadspost::post::mime
