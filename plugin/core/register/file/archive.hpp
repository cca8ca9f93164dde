// A zip archive in memory as a source of XML parts, kept within limits: number of entries, size unpacked, and
// how much an entry may swell. The declared sizes are checked when it is opened and the real ones while it is
// read, since they can differ. Over libzip. One thread; the bytes must outlive the archive.
#pragma once

#include "core/register/file/xml.hpp"
#include "core/result.hpp"

#include <zip.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace raadspost::registers {

class Archive {
public:
    // Problems: register_archive, register_bomb, register_encrypted.
    static Result<Archive> open(std::string_view bytes);

    bool has(const std::string& name) const;

    // Feeds an entry to an XML reader with this handler, block by block. A missing entry is an empty success.
    // Problems: register_archive, register_bomb and those of XmlReader, with the entry's name in their place.
    Result<Done> read(const std::string& name, XmlHandler& handler);

private:
    explicit Archive(zip_t* archive) : archive_{archive, &zip_discard} {}

    std::unique_ptr<zip_t, decltype(&zip_discard)> archive_;
    std::size_t unpacked_ = 0;  // of all entries read so far
};

}  // namespace raadspost::registers
