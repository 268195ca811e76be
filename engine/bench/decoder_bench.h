// How long the code decoder takes to train and to answer, on one core. Wall-clock figures; nothing
// of it is part of any run. One caller.
#pragma once

#include <cstdint>

namespace cascadelab {

struct DecoderBenchReport {
    std::int64_t sequences = 0;  // of the epoch
    std::int64_t items = 0;      // of the catalogue
    double epoch_s = 0;
    double beam_ms = 0;   // the past of one person and a beam of kBenchedBeam, mean over people
    double score_ms = 0;  // kBenchedScores items for one person, their paths random
};
inline constexpr std::int64_t kBenchedBeam = 20;
inline constexpr std::int64_t kBenchedScores = 500;

// d 64, 2 layers, 3 codes of 64 for each of 10,000 items; 2,000 sequences of 20 items.
DecoderBenchReport bench_decoder();

}  // namespace cascadelab
