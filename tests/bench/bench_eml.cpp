// Election results per second, beside a pass over the same zip that only unpacks and parses: what expat does
// with no handler at all. The zip is made here, one invented result for each council, as large as the real
// ones.
#include "core/council/table.hpp"
#include "core/register/eml.hpp"

#include <expat.h>
#include <zip.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;

namespace {

constexpr int times = 20;

std::string result_of(const Council& council) {
    std::string text =
        "<EML xmlns=\"urn:oasis:names:tc:evs:schema:eml\" xmlns:kr=\"http://www.kiesraad.nl/extensions\" "
        "xmlns:xal=\"urn:oasis:names:tc:ciq:xsdschema:xAL:2.0\" "
        "xmlns:xnl=\"urn:oasis:names:tc:ciq:xsdschema:xNL:2.0\" Id=\"520\" SchemaVersion=\"5\">"
        "<TransactionId>1</TransactionId><Result><Election><ElectionIdentifier Id=\"GR2026_X\"><ElectionName>"
        "Gemeenteraad</ElectionName><ElectionCategory>GR</ElectionCategory><kr:ElectionSubcategory>GR2"
        "</kr:ElectionSubcategory><kr:ElectionDomain Id=\"" +
        council.code.substr(2) + "\">" + council.name +
        "</kr:ElectionDomain><kr:ElectionDate>2026-03-18</kr:ElectionDate></ElectionIdentifier><Contest>"
        "<ContestIdentifier Id=\"geen\"></ContestIdentifier>";
    for (int seat = 0; seat < council.seats.value_or(25); ++seat) {
        const std::string number = std::to_string(seat);
        if (seat % 4 == 0)
            text += "<Selection><AffiliationIdentifier Id=\"" + number + "\"><RegisteredName>Lijst " +
                    number + "</RegisteredName></AffiliationIdentifier><Elected>yes</Elected></Selection>";
        text +=
            "<Selection><Candidate><CandidateIdentifier Id=\"" + number +
            "\"></CandidateIdentifier><CandidateFullName><xnl:PersonName><xnl:NameLine "
            "NameType=\"Initials\">A.P."
            "</xnl:NameLine><xnl:FirstName>Voornaam</xnl:FirstName><xnl:NamePrefix>van der</xnl:NamePrefix>"
            "<xnl:LastName>Voorbeeld" +
            number +
            "</xnl:LastName></xnl:PersonName></CandidateFullName><Gender>female</Gender><QualifyingAddress>"
            "<xal:Locality><xal:LocalityName>" +
            council.name +
            "</xal:LocalityName></xal:Locality></QualifyingAddress></Candidate><Ranking>1</Ranking>"
            "<Elected>yes</Elected></Selection>";
    }
    return text + "</Contest></Election></Result></EML>";
}

std::string packed(const std::vector<std::string>& files) {
    zip_error_t error;
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    zip_source_keep(target);
    for (std::size_t n = 0; n < files.size(); ++n)
        zip_file_add(archive, ("Resultaat_" + std::to_string(n) + ".eml.xml").c_str(),
                     zip_source_buffer(archive, files[n].data(), files[n].size(), 0), ZIP_FL_ENC_UTF_8);
    zip_close(archive);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

void bare_pass(const std::string& bytes) {
    zip_error_t error;
    zip_t* archive = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error),
                                          ZIP_RDONLY, &error);
    if (!archive) std::exit(2);
    std::string block(64 * 1024, '\0');
    for (zip_int64_t n = 0; n < zip_get_num_entries(archive, 0); ++n) {
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(n), 0);
        const XML_Parser parser = XML_ParserCreate(nullptr);
        zip_int64_t got = 0;
        do {
            got = zip_fread(file, block.data(), block.size());
            if (got < 0 || XML_Parse(parser, block.data(), static_cast<int>(got), got == 0) != XML_STATUS_OK)
                std::exit(2);
        } while (got > 0);
        XML_ParserFree(parser);
        zip_fclose(file);
    }
    zip_discard(archive);
}

template <class Pass>
double seconds(Pass pass) {
    const auto begun = std::chrono::steady_clock::now();
    pass();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

int main() {
    std::vector<std::string> files;
    std::size_t plain = 0;
    for (const Council& council : councils_2026()) {
        files.push_back(result_of(council));
        plain += files.back().size();
    }
    const std::string bytes = packed(files);
    const CouncilIndex councils{councils_2026()};
    const KnownElection known[] = {{std::chrono::year{2026} / 2 / 2, std::chrono::year{2026} / 3 / 18}};
    std::size_t members = 0;
    const Sink<CouncilElection> sink{
        [&](const CouncilElection& election) { members += election.members.size(); }, [](const Problem&) {}};
    // In turns, and the best of each: a machine's speed drifts, and others work on it.
    double ours = 1e9, bare = 1e9;
    for (int n = 0; n < times; ++n) {
        ours = std::min(ours, seconds([&] {
                            members = 0;
                            const auto read = read_eml(bytes, "all.zip", councils, known, sink);
                            if (read.results != files.size()) std::exit(2);
                        }));
        bare = std::min(bare, seconds([&] { bare_pass(bytes); }));
    }
    std::printf("files %zu, members %zu, %.1f MB unpacked\n", files.size(), members,
                static_cast<double>(plain) / 1e6);
    std::printf("files/s %.0f, bare expat %.0f, ratio %.2f\n", static_cast<double>(files.size()) / ours,
                static_cast<double>(files.size()) / bare, bare / ours);
}
