#include "core/appeal/letter/finish_pdf.hpp"

#include "core/appeal/escape.hpp"
#include "core/appeal/letter/artifacts.hpp"
#include "core/appeal/letter/deflated.hpp"
#include "core/appeal/letter/pdf_objects.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::appeal {
namespace {

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

// The picture in place of its stand-in.
void set_picture(PdfObjects& pdf, std::size_t number, const Logo::Pixels& pixels) {
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

// The content of `page` with what stands outside its structure marked as artifacts. False if it has none.
bool set_artifacts(PdfObjects& pdf, std::string_view page) {
    constexpr std::size_t most = 4 * 1024 * 1024;  // a page full of text has some 10 kB of operators
    const auto number = pdf_number_after(page, "/Contents");
    if (!number || *number >= pdf.size()) return false;
    const std::string_view object = pdf.object(*number);
    constexpr std::string_view begin_of_stream = "stream\n";
    const auto begin = object.find(begin_of_stream);
    if (begin == std::string_view::npos) return false;
    const auto content = inflated(object.substr(begin + begin_of_stream.size()), most);
    if (!content) return false;
    pdf.replace(*number,
                stream_object("/Filter /FlateDecode", deflated(with_artifacts(*content), Effort::quick)));
    return true;
}

}  // namespace

Result<std::string> finished_pdf(std::string_view cairo_bytes, const PdfFinish& finish) {
    const Problem unknown{"appeal_letter_failed", "", "",
                          "cairo wrote a PDF of another layout than expected; report this"};
    PdfObjects pdf;
    if (!pdf.read(cairo_bytes)) return unknown;
    std::size_t figures = 0, pictures = 0;
    for (std::size_t number = 1, count = pdf.size(); number < count; ++number) {
        const std::string_view head = pdf.object(number).substr(0, 160);
        if (head.starts_with("<< /Type /StructElem\n   /S /Figure\n")) {
            if (figures >= finish.figures.size()) return unknown;
            pdf.extend(number, "/Alt " + pdf_text(finish.figures[figures++].pixels->alternative_text));
        } else if (head.find("\n   /Type /XObject\n   /Subtype /Image\n") != std::string_view::npos) {
            const auto mark = pdf_number_after(head, "/Width");
            const auto at = std::find_if(
                finish.figures.begin(), finish.figures.end(),
                [&](const FigureMark& f) { return mark && static_cast<std::size_t>(f.mark) == *mark; });
            if (at == finish.figures.end()) return unknown;
            set_picture(pdf, number, *at->pixels);
            ++pictures;
        } else if (head.starts_with("<< /Type /Page ")) {
            if (!set_artifacts(pdf, pdf.object(number))) return unknown;
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
