// A SHA-256 over a list of values, each with its length before it, so that no two lists give the same bytes.
// A value to be filled and read once. [any-thread], one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace raadspost::crm {

class Digest {
public:
    Digest();
    Digest& add(std::string_view value);
    std::string hexadecimal();  // ends it: nothing may be added after

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// Plain SHA-256 of one text, without a length before it: what `sha256sum` says of the same bytes.
std::string sha256(std::string_view bytes);

}  // namespace raadspost::crm
