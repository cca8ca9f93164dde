// Letters per second: a bare loop that only renders the sample letters, on 1, 2, ... threads. Says also what
// one letter weighs, so that other figures can be compared with it.
#include "core/appeal/letter.hpp"
#include "core/appeal/samples.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

using namespace raadspost;
using namespace raadspost::appeal;

namespace {

struct Run {
    std::size_t letters = 0, bytes = 0;
};

// Renders letters for different councils until the time is over.
Run rendered(const LetterTemplate& letter_template, const Letterhead& head,
             const std::vector<Signatory>& signatories, std::size_t first, std::size_t step,
             std::chrono::steady_clock::time_point until) {
    auto renderer = LetterRenderer::make();
    if (!renderer) std::exit(2);
    FieldValues values = example_values();
    Run run;
    for (std::size_t council = first; std::chrono::steady_clock::now() < until; council += step) {
        values.set(Field::gemeente, "Gemeente " + std::to_string(council));
        values.set(Field::inwoners, static_cast<std::int64_t>(10000 + council));
        values.set(Field::dorpsorganisaties_namen, "Dorpsraad " + std::to_string(council));
        Letter facts;
        facts.addressee = {"Aan de raad van " + values[Field::gemeente], "t.a.v. de griffie", "Postbus 1",
                           "1234 AB  Gemeente"};
        facts.reference = "RP-2026-" + std::to_string(council);
        facts.date = std::chrono::year{2026} / 11 / 18;
        facts.signatories = signatories;
        const auto letter = letter_template.render(values, std::move(facts));
        if (!letter) std::exit(2);
        const auto pdf = renderer->pdf(head, *letter);
        if (!pdf) std::exit(2);
        ++run.letters;
        run.bytes = pdf->size();
    }
    return run;
}

}  // namespace

int main(int count, char** arguments) {
    const double seconds = count > 1 ? std::atof(arguments[1]) : 3;
    const std::string_view only = count > 2 ? arguments[2] : "";  // one of the samples
    std::printf("%-14s %8s %12s %16s %14s\n", "letter", "threads", "letters/s", "letters/cpu-s",
                "bytes/letter");
    for (const Sample& sample : samples()) {
        if (!only.empty() && sample.key != only) continue;
        const auto letter = LetterTemplate::compile(sample.letter_subject, sample.letter);
        if (!letter) return 2;
        const Letterhead head = sample_letterhead(sample);
        const auto signatories = sample_signatories(sample);
        for (const std::size_t threads : {1u, 2u}) {
            std::vector<Run> runs(threads);
            const std::clock_t processor = std::clock();
            const auto begin = std::chrono::steady_clock::now();
            const auto until = begin + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                           std::chrono::duration<double>(seconds));
            {
                std::vector<std::jthread> workers;
                for (std::size_t i = 0; i < threads; ++i)
                    workers.emplace_back(
                        [&, i] { runs[i] = rendered(*letter, head, signatories, i, threads, until); });
            }
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
            std::size_t letters = 0;
            for (const Run& run : runs) letters += run.letters;
            const double busy = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
            std::printf("%-14s %8zu %12.0f %16.0f %14zu\n", std::string{sample.key}.c_str(), threads,
                        static_cast<double>(letters) / took.count(), static_cast<double>(letters) / busy,
                        runs[0].bytes);
        }
    }
}
