#include "engine/bench/sequence_bench.h"

#include <chrono>

#include "engine/base/random.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kItems = 10000;
constexpr Eigen::Index kContentWidth = 32;
constexpr int kLength = 50;
constexpr int kRefreshes = 2000;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

SequenceToken random_token(std::int64_t time_s, Stream& stream) {
    SequenceToken token;
    token.item = ItemId(stream.below(kItems));
    token.action = static_cast<std::uint8_t>(stream.below(kTokenActions));
    token.watch_bucket = static_cast<std::uint8_t>(stream.below(kWatchBuckets));
    token.surface = static_cast<std::uint8_t>(stream.below(kTokenSurfaces));
    token.time_s = time_s;
    return token;
}

SequenceExamples random_examples(std::size_t sequences, Stream& stream) {
    SequenceExamples examples;
    examples.items = kItems;
    examples.item_features.resize(static_cast<Eigen::Index>(kItems), kContentWidth);
    for (Eigen::Index i = 0; i < examples.item_features.size(); ++i) {
        examples.item_features.data()[i] = static_cast<float>(stream.normal(0, 0.2));
    }
    examples.sequences.resize(sequences);
    for (auto& sequence : examples.sequences) {
        std::int64_t time_s = 0;
        for (int e = 0; e <= kLength; ++e) {
            time_s += static_cast<std::int64_t>(stream.below(20000));
            sequence.push_back(random_token(time_s, stream));
        }
    }
    return examples;
}

double mean_refresh_ms(const SequenceModel& model, const SequenceExamples& examples,
                       Stream& stream) {
    SequenceState state;
    std::vector<float> vector(static_cast<std::size_t>(model.dims()));
    const Clock::time_point begin = Clock::now();
    for (int e = 0; e < kRefreshes; ++e) {
        const SequenceToken token = random_token(600 * e, stream);
        const auto item = static_cast<Eigen::Index>(token.item.index());
        model.append(state, token, {examples.item_features.row(item).data(), kContentWidth});
        model.embed_person(state, token.time_s + 60, vector);
    }
    return 1e3 * seconds_since(begin) / kRefreshes;
}

}  // namespace

SequenceBenchReport bench_sequences(std::int64_t sequences) {
    Stream stream(20261122, Purpose::bench);
    const SequenceExamples examples = random_examples(static_cast<std::size_t>(sequences), stream);
    const SequenceSettings settings{.dims = 64,
                                    .blocks = 2,
                                    .length = kLength,
                                    .negatives = 128,
                                    .epochs = 1,
                                    .validation_share = 0};
    const Clock::time_point begin = Clock::now();
    const auto model = train_sequence_model(examples, settings);
    const double epoch_s = seconds_since(begin) * static_cast<double>(kEpochSequences) /
                           static_cast<double>(sequences);
    return {sequences, epoch_s, mean_refresh_ms(*model, examples, stream)};
}

}  // namespace cascadelab
