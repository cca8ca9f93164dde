// Why less is sent than people expect, in sentences for them: what is wrong and what to do about it. Looks at
// the settings, at the fence of this machine and at what the senders wrote about themselves; changes nothing.
// [gil-held]
#pragma once

#include <string>
#include <vector>

namespace raadspost::crm {

// Most urgent first, empty when all is well. That test mode redirects every message is not among them.
std::vector<std::string> sending_troubles();

}  // namespace raadspost::crm
