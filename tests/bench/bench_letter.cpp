// Letters per second: a bare loop that only renders the sample letters. Says also what one letter weighs, so
// that other figures can be compared with it.
//
//     bench_letter [SECONDS [SAMPLE]]            so long on 1 and 2 threads, of all samples or one
//     bench_letter --letters NUMBER SAMPLE       so many, on as many threads as a sender has, and begun as
//                                                cold: faces and logos are made ready within the time that is
//                                                measured
#include "core/appeal/letter.hpp"
#include "core/appeal/samples.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace raadspost;
using namespace raadspost::appeal;

namespace {

struct Run {
    std::size_t letters = 0, bytes = 0;
};

using Clock = std::chrono::steady_clock;

// Where a loop ends, whichever comes first.
struct End {
    Clock::time_point time = Clock::time_point::max();
    std::size_t letters = std::numeric_limits<std::size_t>::max();
};

// What is the same for all letters.
struct Common {
    explicit Common(const Sample& sample)
        : head{sample_letterhead(sample)}, signatories{sample_signatories(sample)} {
        auto compiled = LetterTemplate::compile(sample.letter_subject, sample.letter);
        if (!compiled) std::exit(2);
        text = std::move(*compiled);
    }
    std::optional<LetterTemplate> text;
    Letterhead head;
    std::vector<Signatory> signatories;
};

// Renders letters for the councils `first`, `first` + `step`, ...
Run rendered(const Common& common, std::size_t first, std::size_t step, const End& end) {
    auto renderer = LetterRenderer::make();
    if (!renderer) std::exit(2);
    FieldValues values = example_values();
    Run run;
    for (std::size_t council = first; council < end.letters && Clock::now() < end.time; council += step) {
        values.set(Field::gemeente, "Gemeente " + std::to_string(council));
        values.set(Field::inwoners, static_cast<std::int64_t>(10000 + council));
        values.set(Field::dorpsorganisaties_namen, "Dorpsraad " + std::to_string(council));
        Letter facts;
        facts.addressee = {"Aan de raad van " + values[Field::gemeente], "t.a.v. de griffie", "Postbus 1",
                           "1234 AB  Gemeente"};
        facts.reference = "RP-2026-" + std::to_string(council);
        facts.date = std::chrono::year{2026} / 11 / 18;
        facts.signatories = common.signatories;
        const auto letter = common.text->render(values, std::move(facts));
        if (!letter) std::exit(2);
        const auto pdf = renderer->pdf(common.head, *letter);
        if (!pdf) std::exit(2);
        ++run.letters;
        run.bytes = pdf->size();
    }
    return run;
}

// Since `begin`, as a line of the table.
void measure(const Sample& sample, const Common& common, std::size_t threads, Clock::time_point begin,
             const End& end) {
    std::vector<Run> runs(threads);
    const std::clock_t processor = std::clock();
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < threads; ++i)
            workers.emplace_back([&, i] { runs[i] = rendered(common, i, threads, end); });
    }
    const std::chrono::duration<double> took = Clock::now() - begin;
    std::size_t letters = 0;
    for (const Run& run : runs) letters += run.letters;
    const double busy = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    std::printf("%-14s %8zu %12.0f %16.0f %14zu\n", std::string{sample.key}.c_str(), threads,
                static_cast<double>(letters) / took.count(), static_cast<double>(letters) / busy,
                runs[0].bytes);
}

}  // namespace

int main(int count, char** arguments) {
    constexpr std::size_t most_threads = 2;
    const bool so_many = count > 3 && std::string_view{arguments[1]} == "--letters";
    const double seconds = count > 1 && !so_many ? std::atof(arguments[1]) : 3;
    const std::string_view only = so_many ? arguments[3] : count > 2 ? arguments[2] : "";
    std::printf("%-14s %8s %12s %16s %14s\n", "letter", "threads", "letters/s", "letters/cpu-s",
                "bytes/letter");
    for (const Sample& sample : samples()) {
        if (!only.empty() && sample.key != only) continue;
        auto begin = Clock::now();
        const Common common{sample};
        if (so_many) {
            measure(sample, common, std::max(1u, std::thread::hardware_concurrency()), begin,
                    {.letters = static_cast<std::size_t>(std::atoll(arguments[2]))});
            continue;
        }
        for (std::size_t threads = 1; threads <= most_threads; ++threads) {
            begin = Clock::now();
            measure(sample, common, threads, begin,
                    {.time = begin + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                         std::chrono::duration<double>(seconds))});
        }
    }
}
