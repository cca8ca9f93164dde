#include "crm/appeal/step_texts.hpp"

#include "crm/appeal/approval.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"

#include <fstream>
#include <iterator>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

// The logos that were read last. To make one ready takes as long as four letters, and the texts are read anew
// with every batch of them.
class LastLogos {
public:
    Result<appeal::Logo> read(const Bytes& file, const std::string& name) {
        const std::lock_guard held{mutex_};
        for (const Kept& each : kept_)
            if (each.name == name && each.file == file.data) return each.logo;
        auto logo = appeal::Logo::from_file(std::as_bytes(std::span{file.data}), name);
        if (!logo) return logo;
        if (kept_.size() == at_most) kept_.erase(kept_.begin());
        kept_.push_back({file.data, name, *logo});
        return logo;
    }

    static constexpr std::size_t at_most = 8;

private:
    struct Kept {
        decltype(Bytes::data) file;
        std::string name;
        appeal::Logo logo;
    };
    std::mutex mutex_;
    std::vector<Kept> kept_;
};

LastLogos& last_logos() {
    static LastLogos last;
    return last;
}

std::vector<appeal::Logo> logo_of(const std::optional<Bytes>& file, const std::string& name,
                                  std::optional<Problem>& problem) {
    std::vector<appeal::Logo> logos;
    if (!file || file->data.empty()) return logos;
    auto logo = last_logos().read(*file, name);
    if (logo)
        logos.push_back(std::move(*logo));
    else if (!problem)
        problem = logo.problem();
    return logos;
}

std::string one_line(const std::string& text) {
    std::string line;
    for (const char letter : text)
        if (letter == '\n')
            line += " · ";
        else if (letter != '\r')
            line += letter;
    return line;
}

// Association, letterhead and sender.
void add_association(Id association, StepTexts& texts, std::optional<Problem>& problem) {
    for (auto& [name, sender_name, sender_email, reply_to, colour, street, postcode, city, footer, signature,
                logo] : Rows<std::string, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe,
                             std::optional<Bytes>>{
             "select name, sender_name, sender_email, reply_to, colour, street, postcode, city, footer, "
             "signature, logo from raadspost_association where id = {}",
             association}) {
        const std::string town = postcode.value_or("") + (postcode && city ? " " : "") + city.value_or("");
        std::string address = name;
        for (const std::string& part : {street.value_or(""), town})
            if (!part.empty()) address += ", " + part;
        texts.letterhead = {.association = name,
                            .logo = logo_of(logo, name, problem),
                            .colour = colour.value_or(""),
                            .return_line = address,
                            .footer = one_line(footer.value_or(""))};
        texts.signature = signature.value_or("");
        texts.place = city.value_or("");
        texts.from = {sender_name.value_or(name), sender_email.value_or("")};
        texts.reply_to = {sender_name.value_or(name), reply_to.value_or("")};
    }
}

void add_signatories(Id appeal, StepTexts& texts, std::optional<Problem>& problem) {
    for (auto& [name, function, organisation, logo] : Rows<std::string, Maybe, Maybe, std::optional<Bytes>>{
             "select name, \"function\", organisation, logo from raadspost_signatory where appeal = {} "
             "order by sequence, id",
             appeal})
        texts.signatories.push_back({.name = name,
                                     .function = function.value_or(""),
                                     .organisation = organisation.value_or(""),
                                     .logo = logo_of(logo, organisation.value_or(name), problem)});
}

void add_attachments(Id appeal, StepTexts& texts, std::optional<Problem>& problem) {
    const Filestore store = Filestore::of_current_database("raadspost");
    for (const auto& [name, media_type, content] : Rows<std::string, std::string, Maybe>{
             "select name, media_type, content_id from raadspost_attachment where appeal = {} order by id",
             appeal}) {
        std::ifstream file{store.path(content.value_or("")), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        if (bytes.empty() && !problem)
            problem =
                Problem{.id = "appeal_attachment_missing",
                        .place = name,
                        .found = {},
                        .text = "The file of attachment \"" + name + "\" cannot be read; attach it again."};
        texts.attachments.emplace_back(name, media_type, bytes);
    }
}

SharedTexts complete(Id appeal, Id step, const UnsavedTexts& unsaved) {
    auto message = appeal::MessageTemplate::compile(unsaved.subject, unsaved.message);
    if (!message) return message.problem();
    std::optional<appeal::LetterTemplate> letter;
    if (unsaved.with_letter && !unsaved.letter.empty()) {
        auto compiled = appeal::LetterTemplate::compile(
            unsaved.letter_subject.empty() ? unsaved.subject : unsaved.letter_subject, unsaved.letter);
        if (!compiled) return compiled.problem();
        letter = std::move(*compiled);
    }
    auto texts = std::make_shared<StepTexts>(StepTexts{.appeal = appeal,
                                                       .step = step,
                                                       .message = std::move(*message),
                                                       .letter = std::move(letter),
                                                       .letterhead = {},
                                                       .signatories = {},
                                                       .signature = {},
                                                       .place = {},
                                                       .attachments = {},
                                                       .from = {},
                                                       .reply_to = {},
                                                       .hash = {}});
    std::optional<Problem> problem;
    add_association(unsaved.association, *texts, problem);
    if (appeal > 0) {
        add_signatories(appeal, *texts, problem);
        add_attachments(appeal, *texts, problem);
    }
    if (problem) return *problem;
    return std::shared_ptr<const StepTexts>{std::move(texts)};
}

}  // namespace

SharedTexts load_step_texts(Id appeal, Id step) {
    for (auto& [id, subject, message, letter_subject, letter, association, with_letter] :
         Rows<Id, Maybe, Maybe, Maybe, Maybe, std::optional<Id>, std::optional<bool>>{
             "select s.id, coalesce(nullif(s.subject, ''), a.subject), "
             "coalesce(nullif(s.message, ''), a.message), a.letter_subject, "
             "coalesce(nullif(s.letter, ''), a.letter), a.association, s.with_letter "
             "from raadspost_appeal a join raadspost_step s on s.appeal = a.id "
             "where a.id = {} and ({} = 0 or s.id = {}) order by s.sequence, s.id limit 1",
             appeal, step, step}) {
        SharedTexts texts = complete(appeal, id,
                                     {.subject = subject.value_or(""),
                                      .message = message.value_or(""),
                                      .letter_subject = letter_subject.value_or(""),
                                      .letter = letter.value_or(""),
                                      .association = association.value_or(0),
                                      .with_letter = with_letter.value_or(false)});
        if (!texts) return texts;
        auto hashed = std::make_shared<StepTexts>(**texts);
        hashed->hash = approval_hash(appeal) + "/" + std::to_string(id);
        return std::shared_ptr<const StepTexts>{std::move(hashed)};
    }
    return Problem{.id = "appeal_no_step",
                   .place = {},
                   .found = {},
                   .text = "The appeal has no step; add the first message on the tab of steps."};
}

std::jthread make_logos_ready() {
    using Row = Rows<std::string, Bytes>;
    std::vector<std::pair<std::string, Bytes>> logos;
    for (auto& [name, logo] :
         Row{"select o.name, o.logo from raadspost_association o where o.logo is not null and exists (select "
             "1 "
             "from raadspost_appeal a where a.association = o.id and a.state = 'running') union all "
             "select coalesce(s.organisation, s.name), s.logo from raadspost_signatory s "
             "join raadspost_appeal a on a.id = s.appeal where s.logo is not null and a.state = 'running' "
             "limit {}",
             static_cast<std::int64_t>(LastLogos::at_most)})
        logos.emplace_back(std::move(name), std::move(logo));
    return std::jthread{[logos = std::move(logos)] {
        try {
            for (const auto& [name, logo] : logos) static_cast<void>(last_logos().read(logo, name));
        } catch (const std::exception&) {
            // Whoever asks for it is told.
        }
    }};
}

SharedTexts load_step_texts(Id appeal, const UnsavedTexts& texts) {
    return complete(appeal, 0, texts);
}

}  // namespace raadspost::crm
