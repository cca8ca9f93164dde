// One EML-NL file as it is read: takes its bytes block by block and, once they end, says which council's
// election it tells of, or has said why it tells none. Internal to eml.cpp. One thread.
#pragma once

#include "core/register/eml.hpp"
#include "core/register/file/xml.hpp"
#include "core/register/file/xml_path.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace raadspost::registers {

struct KnownFacts {
    const CouncilIndex& councils;
    std::span<const KnownElection> elections;
};

class Document final : public XmlHandler {
public:
    // `place` is the file's name. `known` and `complaints` must outlive the document.
    Document(const KnownFacts& known, std::string place, Complaints& complaints);
    Document(const Document&) = delete;  // its reader points back to it
    Document& operator=(const Document&) = delete;

    // False when nothing more of the file is wanted.
    bool feed(std::string_view block, bool last) { return reader_.feed(block, last); }

    // After the last block; nothing where a problem was told instead.
    std::optional<CouncilElection> election();

    void begin(std::string_view name, std::string_view qualified, const XmlAttributes& attributes,
               std::size_t depth) override;
    void end(std::string_view name, std::size_t depth) override;
    void text(std::string_view piece) override;

private:
    void check_root(std::string_view name, std::string_view qualified, const XmlAttributes& attributes);
    void add_list();
    void add_member();
    bool check_identity();
    bool settle_date();
    void complain(std::string id, std::string_view found, std::string text);

    const KnownFacts& known_;
    const std::string place_;
    Complaints& complaints_;
    XmlReader reader_;
    std::array<XmlPath, max_xml_depth + 1> paths_{};
    bool wanted_ = false;  // the text of the present element
    std::string text_;

    CouncilElection election_;
    std::string category_, domain_, date_;
    std::size_t line_ = 0;  // where the election is named
    bool too_many_ = false;

    // The selection that is being read; a candidate belongs to the last list before it.
    ElectedMember member_;
    bool is_candidate_ = false, elected_ = true;
    std::string list_name_;
    std::int32_t list_number_ = 0;
};

}  // namespace raadspost::registers
