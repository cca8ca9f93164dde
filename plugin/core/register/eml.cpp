#include "core/register/eml.hpp"

#include "core/register/eml_document.hpp"
#include "core/register/file/archive.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::registers {
namespace {

bool is_zip(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

// By its beginning: a byte order mark, of UTF-16 too, or the first sign.
bool may_be_xml(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto sign = bytes.find_first_not_of(" \t\r\n");
    return sign != std::string_view::npos && bytes[sign] == '<';
}

bool is_named_xml(std::string_view name) {
    return name.ends_with(".xml") || name.ends_with(".XML");
}

class Delivery {
public:
    Delivery(const CouncilIndex& councils, std::span<const KnownElection> elections,
             const Sink<CouncilElection>& sink)
        : known_{councils, elections}, sink_{sink}, complaints_{sink.problem} {}

    EmlSummary read(std::string_view bytes, const std::string& name) {
        if (is_zip(bytes)) {
            read_zip(bytes, quoted(name), 1);
        } else {
            Document document{known_, quoted(name), complaints_};
            document.feed(bytes, true);
            take(document);
        }
        return summary_;
    }

private:
    void read_zip(std::string_view bytes, const std::string& place, std::size_t depth) {
        if (depth > max_archive_depth)
            return complain({"register_too_deep", place, "",
                             "Zips are packed into each other more than " +
                                 std::to_string(max_archive_depth) +
                                 " deep; this one was not opened. Unpack it first."});
        auto archive = Archive::open(bytes);
        if (!archive) return complain(of_zip(archive.problem(), place));
        for (std::size_t entry = 0; entry < archive->size() && !exhausted_; ++entry)
            read_entry(*archive, entry, place, depth);
    }

    // What an entry is, its first block tells; XML is read as it is unpacked, a zip once it is whole.
    void read_entry(Archive& archive, std::size_t entry, const std::string& outer, std::size_t depth) {
        const std::string name = archive.name(entry);
        if (name.ends_with('/')) return;
        if (++entries_ > max_election_files)
            return give_up(outer, std::to_string(max_election_files) + " files");
        const std::string place = outer + ", " + quoted(name.substr(name.rfind('/') + 1));
        std::optional<Document> document;
        std::optional<std::string> inner;
        const auto done = archive.unpack(entry, [&](std::string_view block) {
            unpacked_ += block.size();
            if (unpacked_ > max_unpacked_bytes) {
                give_up(outer, std::to_string(max_unpacked_bytes >> 20) + " MB");
                return false;
            }
            if (inner) {
                inner->append(block);
                return inner->size() <= max_archive_bytes;
            }
            if (!document) {
                if (is_zip(block)) {
                    inner.emplace(block);
                    return true;
                }
                if (!may_be_xml(block) && !is_named_xml(name)) return false;
                document.emplace(known_, place, complaints_);
            }
            return document->feed(block, block.empty());
        });
        if (exhausted_) return;
        if (!done) return complain(of_zip(done.problem(), place));
        if (document) take(*document);
        if (inner) read_zip(*inner, place, depth + 1);
    }

    void take(Document& document) {
        ++summary_.files;
        std::optional<CouncilElection> election = document.election();
        if (!election) return;
        ++(election->kind == CouncilElection::Kind::result ? summary_.results : summary_.definitions);
        sink_.record(*std::move(election));
    }

    void complain(const Problem& problem) {
        complaints_.add(problem.id, problem.place, problem.found, problem.text);
    }

    void give_up(const std::string& place, const std::string& limit) {
        exhausted_ = true;
        complain({"register_too_many", place, limit,
                  "The zip holds more than " + limit + "; reading stopped here. Import it in parts."});
    }

    // An archive speaks of spreadsheets, which is what it mostly holds.
    static Problem of_zip(const Problem& problem, const std::string& place) {
        if (problem.id == "register_archive")
            return {"register_zip_damaged", place, "",
                    "The zip is damaged; what it holds was not read, or not to its end. Fetch it again."};
        if (problem.id == "register_bomb")
            return {"register_zip_bomb", place, problem.found,
                    "The zip would unpack to far more than it should; it was not read."};
        return {problem.id, place, problem.found, problem.text};
    }

    const KnownFacts known_;
    const Sink<CouncilElection>& sink_;
    Complaints complaints_;
    EmlSummary summary_;
    std::size_t entries_ = 0, unpacked_ = 0;
    bool exhausted_ = false;
};

}  // namespace

EmlSummary read_eml(std::string_view bytes, const std::string& file_name, const CouncilIndex& councils,
                    std::span<const KnownElection> elections, const Sink<CouncilElection>& sink) {
    return Delivery{councils, elections, sink}.read(bytes, file_name);
}

}  // namespace raadspost::registers
