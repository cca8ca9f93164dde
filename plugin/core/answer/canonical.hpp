// The hash by which a received message is the same message, whichever way it came: over IMAP and from a
// Maildir, to one mailbox of ours or to two. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

// SHA-256 of the message, 64 hexadecimal digits, after
// - every line end, LF or CRLF, became CRLF;
// - Return-Path, Delivered-To and X-Original-To were dropped from its headers (not from those of what it
// contains);
// - so were the Received lines above the sender's first header. Authentication-Results, Received-SPF and
// ARC-* are
//   headers of receivers too: they stay, but do not end the search.
std::string canonical_hash(std::string_view bytes);

}  // namespace raadspost::answer
