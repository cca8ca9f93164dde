// Named places in the sending path where a test may kill the process, to prove that nothing is lost or sent
// twice. Compiled to nothing unless RAADSPOST_CRASH_POINTS is defined (the tests' build; never a package).
// With it the environment variable RAADSPOST_CRASH_AT="after_dot_mark:3" ends the process by SIGKILL when the
// place is reached for the third time; RAADSPOST_HANG_ON="words" has hang_on() never return where the bytes
// hold these words. Safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string_view>

namespace raadspost::post {

#ifdef RAADSPOST_CRASH_POINTS
void crash_point(std::string_view place);
void hang_on(std::string_view bytes);
#else
inline void crash_point(std::string_view) {}
inline void hang_on(std::string_view) {}
#endif

}  // namespace raadspost::post
