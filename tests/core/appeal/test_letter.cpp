#include "core/appeal/letter.hpp"

#include "core/appeal/letter/artifacts.hpp"
#include "core/appeal/letter/deflated.hpp"
#include "core/appeal/samples.hpp"
#include "jpeg_sample.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

using namespace raadspost;
using namespace raadspost::appeal;

// fontconfig keeps pointers as distances, which the leak checker cannot follow; its configuration lives as
// long as the process by intent. Memory was seen to stay level over hundreds of renderers.
extern "C" [[gnu::visibility("default")]] const char*
__lsan_default_suppressions();  // NOLINT: the checker's name
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig";
}

namespace {

struct Answer {
    std::string output;
    int status;
};

// What a program of poppler-utils or qpdf says of a PDF.
Answer asked(const std::string& program, const std::string& pdf, const std::string& after = {}) {
    const auto file =
        std::filesystem::temp_directory_path() / ("raadspost-letter-" + std::to_string(getpid()) + ".pdf");
    std::ofstream{file, std::ios::binary} << pdf;
    std::FILE* pipe = popen((program + ' ' + file.string() + ' ' + after + " 2>&1").c_str(), "r");
    BOOST_TEST_REQUIRE(pipe != nullptr);
    Answer answer{};
    std::array<char, 4096> part;
    for (std::size_t count; (count = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
        answer.output.append(part.data(), count);
    answer.status = pclose(pipe);
    std::filesystem::remove(file);
    return answer;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

LetterRenderer renderer() {
    auto made = LetterRenderer::make();
    BOOST_TEST_REQUIRE(bool(made), (made ? "" : made.problem().text + made.problem().place));
    return *std::move(made);
}

Letter letter_of(const Sample& sample, const FieldValues& values) {
    Letter facts;
    facts.addressee = {"Aan de gemeenteraad van " + values[Field::gemeente], "t.a.v. de griffie",
                       "Postbus 352", "2100 AJ  HEEMSTEDE"};
    facts.reference = "RP-2026-0397";
    facts.date = std::chrono::year{2026} / 11 / 18;
    facts.signatories = sample_signatories(sample);
    const auto compiled = LetterTemplate::compile(sample.letter_subject, sample.letter);
    BOOST_TEST_REQUIRE(bool(compiled), sample.key);
    const auto letter = compiled->render(values, std::move(facts));
    BOOST_TEST_REQUIRE(bool(letter), sample.key);
    return *letter;
}

Letter plain(std::string markup) {
    Letter letter;
    letter.subject = "Betreft iets";
    letter.reference = "RP-1";
    letter.date = std::chrono::year{2026} / 1 / 2;
    letter.markup = std::move(markup);
    return letter;
}

std::string pdf_of(const Letterhead& head, const Letter& letter) {
    auto drawn = renderer().pdf(head, letter);
    BOOST_TEST_REQUIRE(bool(drawn), (drawn ? "" : drawn.problem().text + drawn.problem().found));
    return *std::move(drawn);
}

}  // namespace

BOOST_AUTO_TEST_CASE(samples_become_sound_tagged_pdfs) {
    for (const Sample& sample : samples()) BOOST_TEST_CONTEXT(sample.key) {
            const Letter letter = letter_of(sample, example_values());
            const std::string pdf = pdf_of(sample_letterhead(sample), letter);
            BOOST_TEST(pdf.size() < 80U * 1024);
            // What is no stream of its own lies deflated in one: the mail is a third smaller.
            BOOST_TEST(!has(pdf, "/StructElem"));
            BOOST_TEST(!has(pdf, "\nxref\n"));
            BOOST_TEST(count_of(pdf, "/ObjStm") == 1U);
            const Answer check = asked("qpdf --check", pdf);
            BOOST_TEST(check.status == 0, check.output);
            const std::string info = asked("pdfinfo", pdf).output;
            BOOST_TEST(has(info, "Title:           " + letter.subject), info);
            BOOST_TEST(has(info, "Tagged:          yes"));
            BOOST_TEST(has(info, "A4"));
            const std::string catalog = asked("qpdf --json", pdf).output;
            for (const char* part :
                 {"\"/Lang\": \"u:nl-NL\"", "\"/DisplayDocTitle\": true", "\"/Marked\": true"})
                BOOST_TEST(has(catalog, part), part);
            BOOST_TEST(has(asked("pdfinfo -meta", pdf).output, "<dc:language><rdf:Bag><rdf:li>nl-NL"));

            const std::string words = asked("pdftotext", pdf, "-").output;
            for (const char* part : {"Heemstede", "Ons kenmerk", "RP-2026-0397", "18 november 2026",
                                     "Betreft", "t.a.v. de griffie", "2100 AJ", "pagina 1 van "})
                BOOST_TEST(has(words, part), part);
            BOOST_TEST(!has(words, "{{"));
            for (const Signatory& signatory : letter.signatories)
                BOOST_TEST(has(words, signatory.name), signatory.name);

            const std::string structure = asked("pdfinfo -struct-text", pdf).output;
            BOOST_TEST(structure.starts_with("Document"));
            for (const char* part : {"H1", "H2", "LBody", "Lbl", "Figure"})
                BOOST_TEST(has(structure, part), part);
            BOOST_TEST(count_of(catalog, "\"/Alt\": \"u:Logo ") == count_of(structure, "Figure"));

            const std::string fonts = asked("pdffonts", pdf).output;
            BOOST_TEST(count_of(fonts, "+Lato-") >= 2U);
            BOOST_TEST(count_of(fonts, "+Lato-") == count_of(fonts, "yes yes yes"), fonts);
        }
}

BOOST_AUTO_TEST_CASE(the_same_letter_has_the_same_bytes) {
    const Sample& sample = samples()[2];
    const Letterhead head = sample_letterhead(sample);
    const Letter letter = letter_of(sample, example_values());
    auto used = renderer();
    BOOST_TEST(bool(used.pdf(head, plain("Een andere brief."))));
    const auto again = used.pdf(head, letter);
    BOOST_TEST_REQUIRE(bool(again));
    BOOST_TEST((*again == pdf_of(head, letter)));
}

BOOST_AUTO_TEST_CASE(words_come_out_as_they_went_in) {
    Letter letter = plain(
        "Súdwest-Fryslân, 's-Gravenhage, coöperatie, €\u00A05, \u201Cfijn\u201D \u2013 fiets & "
        "affiche\n\nŁódź, Çelik, "
        "Šimůnek, ŵ\n\nΑθήνα");
    letter.addressee = {"Noardeast-Fryslân"};
    const std::string words = asked("pdftotext -enc UTF-8", pdf_of({}, letter), "-").output;
    for (const char* part :
         {"Súdwest-Fryslân", "'s-Gravenhage", "coöperatie", "\u201Cfijn\u201D \u2013 fiets & affiche",
          "Łódź, Çelik", "Šimůnek", "Αθήνα", "Noardeast-Fryslân"})
        BOOST_TEST(has(words, part), part << " in " << words);
}

BOOST_AUTO_TEST_CASE(paragraphs_are_whole_in_the_structure) {
    std::string words;
    for (int i = 0; i < 60; ++i) words += "woord" + std::to_string(i) + ' ';
    const std::string structure = asked("pdfinfo -struct-text", pdf_of({}, plain(words))).output;
    for (const char* part : {"woord0 woord1", "woord20 woord21", "woord58 woord59"})
        BOOST_TEST(has(structure, part), structure);
}

// ISO 32000-1, 14.8.2.2: what is painted is either part of the structure or an artifact.
BOOST_AUTO_TEST_CASE(what_is_no_part_of_the_text_is_an_artifact) {
    for (const Sample& sample : samples()) BOOST_TEST_CONTEXT(sample.key) {
            const Letter letter = letter_of(sample, example_values());
            const std::string pdf = pdf_of(sample_letterhead(sample), letter);
            const std::string plain_pdf = asked("qpdf --qdf --object-streams=disable", pdf, "-").output;
            const std::size_t pages = count_of(plain_pdf, "/Type /Page\n");
            BOOST_TEST(count_of(plain_pdf, "/Artifact BMC\n") >= 2 * pages);  // rule and words of each foot
            int depth = 0;
            std::size_t painted = 0, outside = 0;
            std::istringstream lines{plain_pdf};
            for (std::string line; std::getline(lines, line);) {
                if (line.ends_with(" BDC") || line.ends_with(" BMC")) ++depth;
                if (line == "EMC") --depth;
                if (line != "BT" && !line.ends_with(" BT") && !line.ends_with(" f") && !line.ends_with(" Do"))
                    continue;
                ++painted;
                if (depth != 1) ++outside;
            }
            BOOST_TEST(depth == 0);
            BOOST_TEST(painted > 10U);
            BOOST_TEST(outside == 0U);
            BOOST_TEST(!has(asked("pdfinfo -struct-text", pdf).output, "pagina 1 van"));
        }
}

BOOST_AUTO_TEST_CASE(a_path_over_several_lines_is_one_artifact) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", ""},
        {"q\nQ\n", "q\nQ\n"},
        {"0 0 1 rg 1 2 3 4 re f\n", "/Artifact BMC\n0 0 1 rg 1 2 3 4 re f\nEMC\n"},
        {"1 2 m\n3 4 l\nh\nf*\n", "/Artifact BMC\n1 2 m\n3 4 l\nh\nf*\nEMC\n"},
        {"1 2 m 3 4\nl h\n5 6 m\n7 8 l f\n", "/Artifact BMC\n1 2 m 3 4\nl h\n5 6 m\n7 8 l f\nEMC\n"},
        {"0 0 1 rg 1\n2 3 4 re f\n", "/Artifact BMC\n0 0 1 rg 1\n2 3 4 re f\nEMC\n"},
        {"q 2 0 0 2 0 0 cm\n1 2 m\n3 4 l\nS Q\n",
         "q 2 0 0 2 0 0 cm\n/Artifact BMC\n1 2 m\n3 4 l\nS Q\nEMC\n"},
        {"1 2 3 4 re W n\n/x1 Do\n", "1 2 3 4 re W n\n/Artifact BMC\n/x1 Do\nEMC\n"},
        {"/P << /MCID 0 >> BDC\n1 2 3 4 re f\nEMC\n", "/P << /MCID 0 >> BDC\n1 2 3 4 re f\nEMC\n"},
        {"BT\n(a\nf\nEMC\n)Tj\nET\nQ", "/Artifact BMC\nBT\n(a\nf\nEMC\n)Tj\nET\nEMC\nQ\n"},
    };
    for (const auto& [content, expected] : cases) BOOST_TEST(with_artifacts(content) == expected);
}

BOOST_AUTO_TEST_CASE(streams_are_inflated_within_bounds) {
    const std::string text(10'000, 'x');
    const std::string bytes = deflated(text, Effort::quick);
    BOOST_TEST((inflated(bytes, text.size()) == text));
    BOOST_TEST((inflated(bytes + "\nendstream\n", text.size()) == text));
    BOOST_TEST(!inflated(bytes, text.size() - 1));
    BOOST_TEST(!inflated(bytes.substr(0, bytes.size() - 5), 2 * text.size()));
    BOOST_TEST(!inflated("not deflated", text.size()));
    BOOST_TEST(!inflated("", text.size()));
}

BOOST_AUTO_TEST_CASE(links_can_be_followed) {
    const std::string pdf = pdf_of(
        {},
        plain("Zie [de **hele** pagina](https://a.example/x'(y)) en https://b.example/z, of a@b.example."));
    BOOST_TEST(asked("qpdf --check", pdf).status == 0);
    const std::string json = asked("qpdf --json", pdf).output;
    for (const char* part : {"https://a.example/x'(y)", "https://b.example/z", "mailto:a@b.example"})
        BOOST_TEST(has(json, part), part);
    BOOST_TEST(has(asked("pdfinfo -struct", pdf).output, "Link"));
}

BOOST_AUTO_TEST_CASE(long_letters_break_between_pages_and_end) {
    std::string paragraphs;
    for (int i = 0; i < 40; ++i)
        paragraphs +=
            "# Kop\n\nEen alinea van een paar regels, die samen met veel andere de bladzijden vult. "
            "Nog een zin erbij, en nog een zin die hem lang genoeg maakt.\n\n- punt\n- punt\n\n";
    const std::string pdf = pdf_of({"Vereniging", {}, "", "", ""}, plain(paragraphs));
    BOOST_TEST(asked("qpdf --check", pdf).status == 0);
    const std::string words = asked("pdftotext -layout", pdf, "-").output;
    const std::size_t pages = count_of(words, "\f");
    BOOST_TEST(pages > 2U);
    BOOST_TEST(has(words, "pagina " + std::to_string(pages) + " van " + std::to_string(pages)));
    // No page ends with a heading: before the foot there is always something else.
    for (auto at = words.find("pagina "); at != std::string::npos; at = words.find("pagina ", at + 1)) {
        const auto last = words.find_last_not_of(" \n", at - 1);
        BOOST_TEST(words.substr(last - 2, 3) != "Kop");
    }
    auto too_long = renderer().pdf({}, plain([&] {
                                       std::string all;
                                       for (int i = 0; i < 10; ++i) all += paragraphs;
                                       return all;
                                   }()));
    BOOST_TEST_REQUIRE(!too_long);
    BOOST_TEST(too_long.problem().id == "appeal_letter_too_long");
}

BOOST_AUTO_TEST_CASE(odd_letters_are_drawn) {
    Letter empty;
    empty.date = std::chrono::year{2026} / 1 / 2;
    Letter wide = plain(std::string(3000, 'W'));
    wide.addressee = std::vector<std::string>(
        9,
        "Een heel lange naam van een gemeente-\xFF-met-streepjes die nooit in het venster past, echt niet");
    wide.subject = std::string(400, 'M');
    wide.reference = std::string(200, 'K');
    for (int i = 0; i < 7; ++i)
        wide.signatories.push_back(
            {std::string(120, 'N'), "functie\nop twee regels", std::string(300, 'O'), {}});
    for (const Letter& letter : {empty, wide}) {
        const std::string pdf = pdf_of({}, letter);
        const Answer check = asked("qpdf --check", pdf);
        BOOST_TEST(check.status == 0, check.output);
    }
}

// A secretary's logo is often a JPEG, and every JPEG was refused.
BOOST_AUTO_TEST_CASE(a_jpeg_is_a_logo) {
    for (const auto& [colours, progressive] :
         {std::pair{JCS_GRAYSCALE, false}, std::pair{JCS_RGB, false}, std::pair{JCS_RGB, true}}) {
        const std::string file = jpeg_sample(900, 300, colours, progressive);
        const auto logo = Logo::from_file(std::as_bytes(std::span{file}), "Logo Dorpen");
        BOOST_TEST_REQUIRE(bool(logo));
        BOOST_TEST(logo->width() == 480);
        BOOST_TEST(logo->height() == 160);
        Letterhead head;
        head.association = "Dorpen";
        head.logo.push_back(*logo);
        const std::string pdf = pdf_of(head, plain("Geachte raad,"));
        const std::string pictures = asked("pdfimages -list", pdf).output;
        BOOST_TEST(has(pictures, "image     480   160  rgb"), pictures);
        BOOST_TEST(has(asked("pdfinfo -struct-text", pdf).output, "Figure"));
        BOOST_TEST(has(asked("pdftotext", pdf, "-").output, "Geachte raad,"));
        BOOST_TEST(asked("qpdf --check", pdf).status == 0);
    }
}

BOOST_AUTO_TEST_CASE(bad_jpegs_are_refused) {
    const auto problem = [](const std::string& bytes) {
        const std::vector<char> exact(bytes.begin(), bytes.end());
        const auto logo = Logo::from_file(std::as_bytes(std::span{exact}), "Logo");
        return logo ? std::string{} : logo.problem().id;
    };
    const std::string good = jpeg_sample(300, 200, JCS_RGB);
    BOOST_TEST(problem(good) == "");
    for (std::size_t length = 3; length + 2 < good.size(); length += 7)
        BOOST_TEST(problem(good.substr(0, length)) == "appeal_logo_broken", length);
    BOOST_TEST(problem(jpeg_sample(300, 200, JCS_CMYK)) == "appeal_logo_cmyk");
    BOOST_TEST(problem(jpeg_sample(4001, 8, JCS_RGB)) == "appeal_logo_too_many_pixels");
    BOOST_TEST(problem(good + std::string(3 * 1024 * 1024, ' ')) == "appeal_logo_too_large");
    // The size in the header: 65,500 x 65,500 pixels would take 17 GB.
    std::string huge = good;
    const auto frame = huge.find("\xFF\xC0");
    BOOST_TEST_REQUIRE(frame != std::string::npos);
    huge.replace(frame + 5, 4, "\xFF\xDC\xFF\xDC");
    BOOST_TEST(problem(huge) == "appeal_logo_too_many_pixels");
}

BOOST_AUTO_TEST_CASE(bad_logos_are_refused) {
    const std::string good{samples()[0].logo_png};
    const auto problem = [](const std::string& bytes) {
        // An exact copy on the heap: a step too far is seen by the sanitizer.
        const std::vector<char> exact(bytes.begin(), bytes.end());
        const auto logo = Logo::from_file(std::as_bytes(std::span{exact}), "Logo");
        return logo ? std::string{} : logo.problem().id;
    };
    BOOST_TEST(problem(good) == "");
    BOOST_TEST(problem("") == "appeal_logo_broken");
    BOOST_TEST(problem("\xFF\xD8\xFF\xE0 JFIF") == "appeal_logo_broken");
    BOOST_TEST(problem("<svg/>") == "appeal_logo_broken");
    for (const std::size_t length : {8U, 20U, 40U, 200U})
        BOOST_TEST(problem(good.substr(0, length)) == "appeal_logo_broken");
    BOOST_TEST(problem(good.substr(0, good.size() / 2)) == "appeal_logo_broken");
    BOOST_TEST(problem(good + std::string(3 * 1024 * 1024, ' ')) == "appeal_logo_too_large");
    // A header that announces 30,000 x 30,000 pixels (3.6 GB); its checksum is right.
    std::string huge = good;
    huge.replace(16, 8, std::string{"\x00\x00\x75\x30\x00\x00\x75\x30", 8});
    const std::string refused = problem(huge);
    BOOST_TEST((refused == "appeal_logo_too_many_pixels" || refused == "appeal_logo_broken"), refused);
}

// Renderers that come and go once shared paths of font files that had come to mean another face: letters in
// the wrong face, now and then. So many short-lived renderers, on threads, all with the same bytes.
BOOST_AUTO_TEST_CASE(letters_are_drawn_on_several_threads_at_once) {
    const Sample& sample = samples()[2];
    const Letterhead head = sample_letterhead(sample);
    const Letter letter = letter_of(sample, example_values());
    const std::string expected = pdf_of(head, letter);
    std::vector<int> right(4);
    for (int round = 0; round < 10; ++round) {
        std::vector<std::jthread> threads;
        for (int& count : right)
            threads.emplace_back([&] {
                auto made = LetterRenderer::make();
                for (int i = 0; made && i < 3; ++i)
                    if (const auto pdf = made->pdf(head, letter)) count += *pdf == expected;
            });
    }
    for (const int count : right) BOOST_TEST(count == 30);
}
