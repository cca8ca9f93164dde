// The header of one part in its plain form: what it says about type, encoding and name of what follows
// (RFC 2045, RFC 2183). Whatever is written unusually - comments, encoded or continued parameters, letters
// beyond ASCII, one field twice - is left to the parser: parsers differ in what they make of it. Internal to
// plain_parts.cpp. Pure; safe on any thread.
#pragma once

#include "core/answer/mail/transfer.hpp"
#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::answer::mail {

struct PlainHeader {
    std::string media = "text/plain";  // RFC 2045 5.2; lower case
    std::string charset;
    std::string boundary;     // of a multipart, RFC 2046 5.1.1
    std::string report_type;  // of multipart/report, RFC 6522 3; lower case
    bool flowed = false;      // RFC 3676 4
    bool delete_space = false;
    bool attached = false;  // RFC 2183 2.2
    std::string file_name;  // RFC 2183 2.3, else the name of the type; as written, with any path
    TransferEncoding encoding = TransferEncoding::identity;
};

// `block`: field lines with LF and the empty line behind them. Nothing where any of its lines is not plain.
std::optional<PlainHeader> plain_header(std::string_view block);

}  // namespace raadspost::answer::mail
