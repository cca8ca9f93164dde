#include "core/appeal/letter.hpp"

#include "core/appeal/escape.hpp"
#include "core/appeal/letter/faces.hpp"
#include "core/appeal/letter/finish_pdf.hpp"
#include "core/appeal/letter/pages.hpp"

#include <cairo-pdf.h>

#include <cstdio>
#include <utility>

namespace raadspost::appeal {
namespace {

Problem in_part(std::string_view part, Problem problem) {
    problem.place = std::string{part} + ", " + problem.place;
    return problem;
}

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

std::string date_stamp(std::chrono::year_month_day day) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT00:00:00Z", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

}  // namespace

LetterTemplate::LetterTemplate(MergeText subject, MergeText body)
    : subject_{std::move(subject)}, body_{std::move(body)} {}

Result<LetterTemplate> LetterTemplate::compile(std::string_view subject, std::string_view body) {
    auto subject_text = MergeText::compile(subject, Target::header);
    if (!subject_text) return in_part("subject", subject_text.problem());
    auto body_text = MergeText::compile(body, Target::markup);
    if (!body_text) return in_part("letter", body_text.problem());
    return LetterTemplate{*std::move(subject_text), *std::move(body_text)};
}

Result<Letter> LetterTemplate::render(const FieldValues& values, Letter letter) const {
    auto subject = subject_.render(values);
    if (!subject) return in_part("subject", subject.problem());
    auto markup = body_.render(values);
    if (!markup) return in_part("letter", markup.problem());
    letter.subject = *std::move(subject);
    letter.markup = *std::move(markup);
    return letter;
}

struct LetterRenderer::State {
    Faces faces;
    LineBreaker breaker;

    explicit State(Faces made) : faces{std::move(made)}, breaker{faces} {}
};

LetterRenderer::LetterRenderer(std::unique_ptr<State> state) : state_{std::move(state)} {}
LetterRenderer::LetterRenderer(LetterRenderer&&) noexcept = default;
LetterRenderer& LetterRenderer::operator=(LetterRenderer&&) noexcept = default;
LetterRenderer::~LetterRenderer() = default;

Result<LetterRenderer> LetterRenderer::make() {
    auto faces = Faces::make();
    if (!faces) return faces.problem();
    return LetterRenderer{std::make_unique<State>(*std::move(faces))};
}

Result<std::string> LetterRenderer::pdf(const Letterhead& letterhead, const Letter& letter) {
    state_->breaker.forget_if_many();
    PdfFinish finish;
    finish.title = escaped_text(letter.subject);
    finish.author = escaped_text(letter.author.empty() ? letterhead.association : letter.author);
    finish.created = date_stamp(letter.date);

    std::string bytes;
    bytes.reserve(64 * 1024);
    const CairoSurface surface{
        cairo_pdf_surface_create_for_stream(append, &bytes, Sheet::width, Sheet::height)};
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, finish.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, finish.author.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, finish.created.c_str());
    {
        const CairoContext context{cairo_create(surface.get())};
        Pages pages{context.get(), state_->breaker, letterhead, letter};
        if (!pages.draw())
            return Problem{"appeal_letter_too_long", "letter", "",
                           "the letter takes more than 20 pages; shorten it"};
        finish.figures = pages.figures();
        if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS)
            return Problem{"appeal_letter_failed", "letter",
                           cairo_status_to_string(cairo_status(context.get())),
                           "cairo could not draw the letter; report this"};
    }
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return Problem{"appeal_letter_failed", "letter",
                       cairo_status_to_string(cairo_surface_status(surface.get())),
                       "cairo could not write the letter; report this"};
    return finished_pdf(bytes, finish);
}

}  // namespace raadspost::appeal
