#include "engine/bench/decoder_bench.h"

#include <chrono>

#include "engine/base/random.h"
#include "engine/models/decoder/beam_search.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kItems = 10000;
constexpr std::size_t kSequences = 2000;
constexpr std::size_t kLength = 20;
constexpr std::size_t kPeople = 300;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::vector<ItemId> random_items(std::size_t count, Stream& stream) {
    std::vector<ItemId> items;
    for (std::size_t i = 0; i < count; ++i) items.emplace_back(stream.below(kItems));
    return items;
}

DecoderExamples random_examples(Stream& stream) {
    std::vector<Code> codes;
    for (std::size_t i = 0; i < 3 * kItems; ++i) {
        codes.push_back(static_cast<Code>(stream.below(64)));
    }
    DecoderExamples examples;
    examples.ids = std::make_shared<const SemanticIds>(make_ids(codes, {64, 64, 64}, false, 1));
    for (std::size_t s = 0; s < kSequences; ++s) {
        examples.sequences.push_back({random_items(kLength, stream), {}});
    }
    return examples;
}

// What ask(past) takes in the mean, in milliseconds.
template <class Ask>
double mean_ms(const DecoderExamples& examples, Ask ask) {
    const Clock::time_point begin = Clock::now();
    for (std::size_t person = 0; person < kPeople; ++person) {
        ask(digits_of(*examples.ids, examples.sequences[person].items));
    }
    return 1e3 * seconds_since(begin) / kPeople;
}

}  // namespace

DecoderBenchReport bench_decoder() {
    Stream stream(20261122, Purpose::bench);
    const DecoderExamples examples = random_examples(stream);
    DecoderBenchReport report{.sequences = kSequences, .items = kItems};
    DecoderSettings settings;
    settings.epochs = 1;
    const Clock::time_point begin = Clock::now();
    const auto decoder = train_code_decoder(examples, settings);
    report.epoch_s = seconds_since(begin);

    const CodeTree tree(*examples.ids);
    DecoderWork work;
    report.beam_ms = mean_ms(examples, [&](const std::vector<Code>& past) {
        beam_search(*decoder, tree, {.past = past, .person = {}, .excluded = {}},
                    {.width = kBenchedBeam}, work);
    });
    const std::vector<ItemId> items = random_items(kBenchedScores, stream);
    report.score_ms = mean_ms(examples, [&](const std::vector<Code>& past) {
        score_items(*decoder, *examples.ids, {.past = past, .person = {}, .items = items}, work);
    });
    return report;
}

}  // namespace cascadelab
