#include "core/appeal/letter/finish_pdf.hpp"

#include "core/appeal/escape.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

namespace raadspost::appeal {
namespace {

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
    std::size_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + std::min(at, text.size()), text.data() + text.size(), value);
    return error == std::errc{} ? std::optional{value} : std::nullopt;
}

std::optional<std::size_t> number_after(std::string_view text, std::string_view key) {
    const auto at = text.rfind(key);
    return at == std::string_view::npos ? std::nullopt : number_at(text, at + key.size());
}

// A text string as UTF-16BE in hexadecimal digits: free of PDF's escapes.
std::string pdf_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "<FEFF";
    const auto unit = [&](char32_t value) {
        for (int shift = 12; shift >= 0; shift -= 4) out += digits[value >> shift & 15];
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (point < 0x10000) {
            unit(point);
        } else {
            unit(0xD800 + ((point - 0x10000) >> 10));
            unit(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
    }
    return out + '>';
}

std::string stream_object(std::string_view dictionary, std::string_view bytes) {
    return "<< " + std::string{dictionary} + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" +
           std::string{bytes} + "\nendstream\n";
}

std::string xmp(const PdfFinish& finish) {
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
           "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n<dc:format>application/pdf</dc:format>\n"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           escaped_html(finish.title) + "</rdf:li></rdf:Alt></dc:title>\n<dc:creator><rdf:Seq><rdf:li>" +
           escaped_html(finish.author) + "</rdf:li></rdf:Seq></dc:creator>\n<dc:language><rdf:Bag><rdf:li>" +
           finish.language + "</rdf:li></rdf:Bag></dc:language>\n<xmp:CreateDate>" + finish.created +
           "</xmp:CreateDate>\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

class Pdf {
public:
    // False if the bytes are not as cairo writes them.
    bool read(std::string_view bytes) {
        bytes_ = bytes;
        const auto table = number_after(bytes, "startxref");
        if (!table || *table + 8 > bytes.size() || bytes.substr(*table, 7) != "xref\n0 ") return false;
        const auto count = number_at(bytes, *table + 7);
        const auto trailer = bytes.find("trailer", *table);
        if (!count || trailer == std::string_view::npos) return false;
        constexpr std::size_t entry = 20;
        const std::size_t first = bytes.find('\n', *table + 5) + 1;
        if (first + *count * entry > bytes.size()) return false;
        const auto root = number_after(bytes.substr(trailer), "/Root");
        const auto info = number_after(bytes.substr(trailer), "/Info");
        if (!root || !info || *root >= *count) return false;
        root_ = *root;
        info_ = *info;
        for (std::size_t i = 1; i < *count; ++i) {
            const auto offset = number_at(bytes, skip_zeros(first + i * entry));
            if (!offset || *offset >= *table) return false;
            order_.emplace_back(*offset, i);
        }
        std::sort(order_.begin(), order_.end());
        head_ = bytes.substr(0, order_.empty() ? 0 : order_.front().first);
        objects_.resize(*count);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const std::size_t end = i + 1 < order_.size() ? order_[i + 1].first : *table;
            const auto object = bytes.substr(order_[i].first, end - order_[i].first);
            const auto begin = object.find("obj\n");
            const auto finish = object.rfind("endobj");
            if (begin == std::string_view::npos || finish == std::string_view::npos || finish < begin + 4)
                return false;
            objects_[order_[i].second] = object.substr(begin + 4, finish - begin - 4);
        }
        return true;
    }

    std::size_t root() const { return root_; }
    std::size_t size() const { return objects_.size(); }
    std::string_view object(std::size_t number) const { return objects_[number]; }

    void replace(std::size_t number, std::string bytes) { changed_[number] = std::move(bytes); }

    // Entries added right after the dictionary's opening bracket.
    void extend(std::size_t number, std::string_view entries) {
        const auto changed = changed_.find(number);
        std::string bytes{changed == changed_.end() ? objects_[number] : std::string_view{changed->second}};
        bytes.insert(std::min<std::size_t>(2, bytes.size()), ' ' + std::string{entries});
        replace(number, std::move(bytes));
    }

    std::size_t add(std::string bytes) {
        const std::size_t number = objects_.size();
        objects_.emplace_back();
        order_.emplace_back(0, number);
        replace(number, std::move(bytes));
        return number;
    }

    std::string written() const {
        std::string out{head_};
        out.reserve(bytes_.size() + 4096);
        std::vector<std::size_t> offsets(objects_.size());
        for (const auto& [_, number] : order_) {
            offsets[number] = out.size();
            const auto changed = changed_.find(number);
            out += std::to_string(number) + " 0 obj\n";
            out += changed == changed_.end() ? objects_[number] : std::string_view{changed->second};
            out += "endobj\n";
        }
        const std::size_t table = out.size();
        out += "xref\n0 " + std::to_string(offsets.size()) + "\n0000000000 65535 f \n";
        for (std::size_t i = 1; i < offsets.size(); ++i) {
            char line[24];
            std::snprintf(line, sizeof line, "%010zu 00000 n \n", offsets[i]);
            out += line;
        }
        return out + "trailer\n<< /Size " + std::to_string(offsets.size()) + " /Root " +
               std::to_string(root_) + " 0 R /Info " + std::to_string(info_) + " 0 R >>\nstartxref\n" +
               std::to_string(table) + "\n%%EOF\n";
    }

private:
    std::size_t skip_zeros(std::size_t at) const {
        while (at + 1 < bytes_.size() && bytes_[at] == '0' && bytes_[at + 1] >= '0' && bytes_[at + 1] <= '9')
            ++at;
        return at;
    }

    std::string_view bytes_, head_;
    std::vector<std::string_view> objects_;
    std::vector<std::pair<std::size_t, std::size_t>> order_;  // offset, number
    std::map<std::size_t, std::string> changed_;
    std::size_t root_ = 0, info_ = 0;
};

// The picture in place of its stand-in.
void set_picture(Pdf& pdf, std::size_t number, const Logo::Pixels& pixels) {
    const std::string base = "/Type /XObject /Subtype /Image /Width " + std::to_string(pixels.width) +
                             " /Height " + std::to_string(pixels.height) +
                             " /BitsPerComponent 8 /Filter /FlateDecode /Interpolate true";
    std::string colours = base + " /ColorSpace /DeviceRGB";
    if (!pixels.deflated_opacity.empty()) {
        const std::size_t mask =
            pdf.add(stream_object(base + " /ColorSpace /DeviceGray", pixels.deflated_opacity));
        colours += " /SMask " + std::to_string(mask) + " 0 R";
    }
    pdf.replace(number, stream_object(colours, pixels.deflated_colours));
}

}  // namespace

Result<std::string> finished_pdf(std::string_view cairo_bytes, const PdfFinish& finish) {
    const Problem unknown{"appeal_letter_failed", "", "",
                          "cairo wrote a PDF of another layout than expected; report this"};
    Pdf pdf;
    if (!pdf.read(cairo_bytes)) return unknown;
    std::size_t figures = 0, pictures = 0;
    for (std::size_t number = 1, count = pdf.size(); number < count; ++number) {
        const std::string_view head = pdf.object(number).substr(0, 160);
        if (head.starts_with("<< /Type /StructElem\n   /S /Figure\n")) {
            if (figures >= finish.figures.size()) return unknown;
            pdf.extend(number, "/Alt " + pdf_text(finish.figures[figures++].pixels->alternative_text));
        } else if (head.find("\n   /Type /XObject\n   /Subtype /Image\n") != std::string_view::npos) {
            const auto mark = number_after(head, "/Width");
            const auto at = std::find_if(
                finish.figures.begin(), finish.figures.end(),
                [&](const FigureMark& f) { return mark && static_cast<std::size_t>(f.mark) == *mark; });
            if (at == finish.figures.end()) return unknown;
            set_picture(pdf, number, *at->pixels);
            ++pictures;
        } else if (head.starts_with("<< /Type /Page ")) {
            pdf.extend(number, "/Tabs /S");
        }
    }
    if (figures != finish.figures.size() || (pictures == 0) != finish.figures.empty()) return unknown;
    const std::size_t metadata = pdf.add(stream_object("/Type /Metadata /Subtype /XML", xmp(finish)));
    pdf.extend(pdf.root(), "/Lang (" + finish.language +
                               ") /ViewerPreferences << /DisplayDocTitle true >> /Metadata " +
                               std::to_string(metadata) + " 0 R");
    return pdf.written();
}

}  // namespace raadspost::appeal
