// (d) of ./run bench: a bare loop that only renders so many letters of a sample, on as many threads as a
// sender has and begun as cold, so that faces and logos are made ready within the time that is measured.
//
//     bench_letter NUMBER SAMPLE
#include "core/appeal/letter.hpp"
#include "core/appeal/samples.hpp"

#include <algorithm>
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

// What is the same for all letters.
struct Common {
    LetterTemplate text;
    Letterhead head;
    std::vector<Signatory> signatories;
};

// Renders letters for the councils `first`, `first` + `step`, ... below `end`.
Run rendered(const Common& common, std::size_t first, std::size_t step, std::size_t end) {
    auto renderer = LetterRenderer::make();
    if (!renderer) std::exit(2);
    FieldValues values = example_values();
    Run run;
    for (std::size_t council = first; council < end; council += step) {
        values.set(Field::gemeente, "Gemeente " + std::to_string(council));
        values.set(Field::inwoners, static_cast<std::int64_t>(10000 + council));
        values.set(Field::dorpsorganisaties_namen, "Dorpsraad " + std::to_string(council));
        Letter facts;
        facts.addressee = {"Aan de raad van " + values[Field::gemeente], "t.a.v. de griffie", "Postbus 1",
                           "1234 AB  Gemeente"};
        facts.reference = "RP-2026-" + std::to_string(council);
        facts.date = std::chrono::year{2026} / 11 / 18;
        facts.signatories = common.signatories;
        const auto letter = common.text.render(values, std::move(facts));
        if (!letter) std::exit(2);
        const auto pdf = renderer->pdf(common.head, *letter);
        if (!pdf) std::exit(2);
        ++run.letters;
        run.bytes = pdf->size();
    }
    return run;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const auto number = static_cast<std::size_t>(std::atoll(arguments[1]));
    const std::string_view name = arguments[2];
    const auto sample = std::ranges::find(samples(), name, &Sample::key);
    if (sample == samples().end()) return 2;

    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    auto text = LetterTemplate::compile(sample->letter_subject, sample->letter);
    if (!text) return 2;
    const Common common{std::move(*text), sample_letterhead(*sample), sample_signatories(*sample)};
    const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    std::vector<Run> runs(threads);
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < threads; ++i)
            workers.emplace_back([&, i] { runs[i] = rendered(common, i, threads, number); });
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::size_t letters = 0;
    for (const Run& run : runs) letters += run.letters;
    const double busy = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    std::printf("%-14s %8s %12s %16s %14s\n", "letter", "threads", "letters/s", "letters/cpu-s",
                "bytes/letter");
    std::printf("%-14s %8zu %12.0f %16.0f %14zu\n", arguments[2], threads,
                static_cast<double>(letters) / took.count(), static_cast<double>(letters) / busy,
                runs[0].bytes);
}
