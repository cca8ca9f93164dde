#include "core/register/file/archive.hpp"

#include <utility>

namespace raadspost::registers {
namespace {

Problem not_readable(std::string place) {
    return {"register_archive", std::move(place), "",
            "The file is no readable spreadsheet: its archive is damaged. Save it again, or save it as CSV."};
}

Problem bomb(std::string place, std::uint64_t bytes) {
    return {"register_bomb", std::move(place), std::to_string(bytes),
            "The file would unpack to far more than it should; it was not read. If it is a real table, save "
            "it as CSV."};
}

bool swells(std::uint64_t packed, std::uint64_t unpacked) {
    return unpacked > max_unpacked_bytes ||
           (unpacked > ratio_counts_from_bytes && unpacked / max_unpacked_ratio > packed);
}

}  // namespace

Result<Archive> Archive::open(std::string_view bytes) {
    if (bytes.size() > max_archive_bytes) return bomb("", bytes.size());
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* opened = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!opened) zip_source_free(source);  // taken over by the archive otherwise
    zip_error_fini(&error);
    if (!opened) return not_readable("");
    Archive archive{opened};
    const zip_int64_t entries = zip_get_num_entries(opened, 0);
    if (entries > static_cast<zip_int64_t>(max_archive_entries))
        return bomb("", static_cast<std::uint64_t>(entries));
    std::uint64_t whole = 0;
    for (zip_int64_t i = 0; i < entries; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(opened, static_cast<zip_uint64_t>(i), 0, &stat) != 0) return not_readable("");
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
            return Problem{"register_encrypted", "", "", "The file has a password. Save it without one."};
        if (!(stat.valid & ZIP_STAT_SIZE) || !(stat.valid & ZIP_STAT_COMP_SIZE)) continue;
        whole += stat.size;
        if (swells(stat.comp_size, stat.size) || whole > max_unpacked_bytes)
            return bomb(stat.name ? quoted(stat.name) : std::string{}, stat.size);
    }
    return archive;
}

bool Archive::has(const std::string& name) const {
    return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0;
}

Result<Done> Archive::read(const std::string& name, XmlHandler& handler) {
    const auto entry = zip_name_locate(archive_.get(), name.c_str(), 0);
    if (entry < 0) return Done{};
    XmlReader reader{handler};
    const auto done = unpack(static_cast<std::size_t>(entry),
                             [&](std::string_view block) { return reader.feed(block, block.empty()); });
    if (!done || !reader.problem()) return done;
    Problem problem = *reader.problem();
    problem.place = quoted(name) + ", " + problem.place;
    return problem;
}

std::size_t Archive::size() const {
    return static_cast<std::size_t>(zip_get_num_entries(archive_.get(), 0));
}

std::string Archive::name(std::size_t entry) const {
    const char* text = zip_get_name(archive_.get(), entry, 0);
    return text ? text : "";
}

Result<Done> Archive::unpack(std::size_t entry, const std::function<bool(std::string_view)>& take) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file{
        zip_stat_index(archive_.get(), entry, 0, &stat) == 0 ? zip_fopen_index(archive_.get(), entry, 0)
                                                             : nullptr,
        &zip_fclose};
    if (!file) return not_readable(quoted(name(entry)));
    std::string block(read_block_bytes, '\0');
    std::uint64_t of_entry = 0;
    while (true) {
        const zip_int64_t got = zip_fread(file.get(), block.data(), block.size());
        if (got < 0) return not_readable(quoted(name(entry)));
        of_entry += static_cast<std::uint64_t>(got);
        unpacked_ += static_cast<std::size_t>(got);
        if (unpacked_ > max_unpacked_bytes || swells(stat.comp_size, of_entry))
            return bomb(quoted(name(entry)), of_entry);
        if (!take({block.data(), static_cast<std::size_t>(got)}) || got == 0) return Done{};
    }
}

}  // namespace raadspost::registers
