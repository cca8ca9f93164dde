// A zip archive in memory as a source of files, kept within limits: number of entries, size unpacked, and
// how much an entry may swell. The declared sizes are checked when it is opened and the real ones while it is
// read, since they can differ. Over libzip. One thread; the bytes must outlive the archive.
#pragma once

#include "core/register/file/xml.hpp"
#include "core/result.hpp"

#include <zip.h>

#include <cstddef>
#include <cstdint>
#include <functional>
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

    // Its entries by number, for archives whose names are not known beforehand; a name may occur twice.
    std::size_t size() const;
    std::string name(std::size_t entry) const;
    // Unpacks an entry block by block, an empty block last; stops early where `take` says false. Problems:
    // register_archive, register_bomb.
    Result<Done> unpack(std::size_t entry, const std::function<bool(std::string_view block)>& take);

private:
    explicit Archive(zip_t* archive) : archive_{archive, &zip_discard} {}

    std::unique_ptr<zip_t, decltype(&zip_discard)> archive_;
    std::size_t unpacked_ = 0;  // of all entries read so far
};

}  // namespace raadspost::registers
