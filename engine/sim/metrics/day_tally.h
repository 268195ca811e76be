// Everything a day counts of one group of people, and the metrics that follow from the counts
// alone. Which events and requests are of the day, and whose, is decided elsewhere. Plain values.
#pragma once

#include <cmath>
#include <limits>

#include "engine/sim/metrics/metrics.h"

namespace cascadelab {

inline constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// A running mean that leaves out what could not be measured.
struct Mean {
    double sum = 0;
    double count = 0;

    void add(double value) {
        if (std::isnan(value)) return;
        sum += value;
        ++count;
    }
    void add(const Mean& other) {
        sum += other.sum;
        count += other.count;
    }
    double value() const { return count > 0 ? sum / count : kNothing; }
};

// Everything that is counted for one group of people; groups add up.
struct Tally {
    std::vector<double> items, creators;  // impressions of each
    std::vector<double> first_shown_s;    // of each item; infinity: not yet
    double impressions = 0, clicks = 0, repeats = 0, new_items = 0, new_clicks = 0;
    double watches = 0, finished = 0;
    double training_watches = 0,
           own_training_watches = 0;  // watches to learn from; those the decoder proposed
    double people = 0, churned = 0, watched_s = 0;
    Mean watch_share, session_length_s, return_gap_s, taste_drift_deg, topic_entropy_bits;
    Mean diversity, novelty, serendipity, calibration_kl;
    Mean ndcg_at_10, recall_retrieval, recall_rank, recall_slate, regret;
    Mean recall_new_items, hot_topic_share;
    std::array<Mean, enum_count<LossStage>> lost;           // shares of the oracle's best ten
    std::array<Mean, enum_count<LossStage> - 1> regret_at;  // by the stage that lost it
    EnumArray<Era, Mean> era_recall, era_recall_new;
    std::vector<float> feature_age_s;

    void add(const Tally& other);
    // A request's facts, all but its page's items.
    void add_facts(const RequestFacts& facts);
};

using DayValues = EnumArray<Metric, double>;  // by Metric

// The metrics of the counts; those that need more than counts are left at NaN.
DayValues values_of(const Tally& tally);

}  // namespace cascadelab
