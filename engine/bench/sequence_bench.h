// How long the sequence encoder takes to train and to follow a person, on one core. Wall-clock
// figures; nothing of it is part of any run. One caller.
#pragma once

#include <cstdint>

namespace cascadelab {

struct SequenceBenchReport {
    std::int64_t sequences = 0;  // that were timed; an epoch has kEpochSequences
    double epoch_s = 0;          // an epoch, scaled up when fewer sequences were timed
    double refresh_ms = 0;       // a new event and the person's vector after it, mean over windows
};
inline constexpr std::int64_t kEpochSequences = 10000;
inline constexpr std::int64_t kTimedSequences = 1280;  // ten batches: seconds, not half a minute

// HSTU at 64 dimensions, 2 blocks, 50 events, 128 negatives, over sequences of 51 events from
// 10,000 items with 32 content features; no validation. sequences: 1..kEpochSequences.
SequenceBenchReport bench_sequences(std::int64_t sequences);

}  // namespace cascadelab
