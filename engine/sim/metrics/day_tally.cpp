#include "engine/sim/metrics/day_tally.h"

#include <algorithm>

namespace cascadelab {

void Tally::add(const Tally& other) {
    for (std::size_t i = 0; i < first_shown_s.size(); ++i)
        first_shown_s[i] = std::min(first_shown_s[i], other.first_shown_s[i]);
    for (auto counts : {&Tally::items, &Tally::creators}) {
        for (std::size_t i = 0; i < (this->*counts).size(); ++i) {
            (this->*counts)[i] += (other.*counts)[i];
        }
    }
    for (auto count :
         {&Tally::impressions, &Tally::clicks, &Tally::repeats, &Tally::new_items,
          &Tally::new_clicks, &Tally::watches, &Tally::finished, &Tally::training_watches,
          &Tally::own_training_watches, &Tally::people, &Tally::churned, &Tally::watched_s}) {
        this->*count += other.*count;
    }
    for (auto mean :
         {&Tally::watch_share, &Tally::session_length_s, &Tally::return_gap_s,
          &Tally::taste_drift_deg, &Tally::topic_entropy_bits, &Tally::diversity, &Tally::novelty,
          &Tally::serendipity, &Tally::calibration_kl, &Tally::ndcg_at_10, &Tally::recall_retrieval,
          &Tally::recall_rank, &Tally::recall_slate, &Tally::regret, &Tally::recall_new_items,
          &Tally::hot_topic_share}) {
        (this->*mean).add(other.*mean);
    }
    for (const Era era : every<Era>) {
        era_recall[era].add(other.era_recall[era]);
        era_recall_new[era].add(other.era_recall_new[era]);
    }
    for (std::size_t stage = 0; stage < lost.size(); ++stage) lost[stage].add(other.lost[stage]);
    for (std::size_t stage = 0; stage < regret_at.size(); ++stage)
        regret_at[stage].add(other.regret_at[stage]);
    feature_age_s.insert(feature_age_s.end(), other.feature_age_s.begin(),
                         other.feature_age_s.end());
}

void Tally::add_facts(const RequestFacts& facts) {
    diversity.add(facts.intra_list_diversity);
    novelty.add(facts.novelty);
    serendipity.add(facts.serendipity);
    calibration_kl.add(facts.calibration_kl);
    feature_age_s.push_back(facts.feature_age_s);
    hot_topic_share.add(facts.hot_topic_share);
    if (!facts.sampled) return;
    ndcg_at_10.add(facts.ndcg_at_10);
    recall_retrieval.add(facts.recall_retrieval);
    recall_rank.add(facts.recall_rank);
    recall_slate.add(facts.recall_slate);
    regret.add(facts.regret);
    recall_new_items.add(facts.recall_new_items);
    double best = 0;
    for (const std::uint8_t count : facts.lost) best += count;
    for (std::size_t stage = 0; stage < lost.size(); ++stage)
        lost[stage].add(best > 0 ? facts.lost[stage] / best : kNothing);
    for (std::size_t stage = 0; stage < regret_at.size(); ++stage)
        regret_at[stage].add(static_cast<double>(facts.regret_at[stage]));
    for (const Era era : every<Era>) {
        era_recall[era].add(facts.era_recall[era]);
        era_recall_new[era].add(facts.era_recall_new[era]);
    }
}

DayValues values_of(const Tally& tally) {
    DayValues values;
    values.fill(kNothing);
    const auto put = [&](Metric metric, double value) { values[metric] = value; };
    const bool shown = tally.impressions > 0;
    put(Metric::coverage, shown ? coverage(tally.items) : kNothing);
    put(Metric::gini, gini(tally.items));
    put(Metric::effective_catalogue, effective_size(tally.items));
    put(Metric::intra_list_diversity, tally.diversity.value());
    put(Metric::novelty, tally.novelty.value());
    put(Metric::serendipity, tally.serendipity.value());
    put(Metric::calibration_kl, tally.calibration_kl.value());
    put(Metric::taste_drift_deg, tally.taste_drift_deg.value());
    put(Metric::topic_entropy_bits, tally.topic_entropy_bits.value());
    put(Metric::repeat_rate, shown ? tally.repeats / tally.impressions : kNothing);
    put(Metric::ndcg_at_10, tally.ndcg_at_10.value());
    put(Metric::recall_retrieval, tally.recall_retrieval.value());
    put(Metric::recall_rank, tally.recall_rank.value());
    put(Metric::recall_slate, tally.recall_slate.value());
    put(Metric::regret, tally.regret.value());
    put(Metric::click_rate, shown ? tally.clicks / tally.impressions : kNothing);
    put(Metric::watch_share, tally.watch_share.value());
    put(Metric::session_length_s, tally.session_length_s.value());
    put(Metric::return_gap_h, tally.return_gap_s.value() / kHour);
    put(Metric::churn_share, tally.people > 0 ? tally.churned / tally.people : kNothing);
    put(Metric::creator_gini, gini(tally.creators));
    put(Metric::new_item_share, shown ? tally.new_items / tally.impressions : kNothing);
    put(Metric::recall_new_items, tally.recall_new_items.value());
    put(Metric::new_item_click_rate,
        tally.new_items > 0 ? tally.new_clicks / tally.new_items : kNothing);
    put(Metric::hot_topic_share, tally.hot_topic_share.value());
    for (const Era era : every<Era>) {
        values[recall_of(era)] = tally.era_recall[era].value();
        values[recall_of_new(era)] = tally.era_recall_new[era].value();
    }
    for (std::size_t stage = 0; stage + 1 < enum_count<LossStage>; ++stage) {
        values[index_of(Metric::lost_retrieval) + stage] = tally.lost[stage].value();
        values[index_of(Metric::regret_retrieval) + stage] = tally.regret_at[stage].value();
    }
    put(Metric::exposure_entropy_bits, entropy_bits(tally.items));
    put(Metric::watch_time_min, tally.people > 0 ? tally.watched_s / 60 / tally.people : kNothing);
    put(Metric::finished_share, tally.watches > 0 ? tally.finished / tally.watches : kNothing);
    put(Metric::self_training_share, tally.training_watches > 0
                                         ? tally.own_training_watches / tally.training_watches
                                         : kNothing);
    put(Metric::feature_age_p95_s, nearest_rank(tally.feature_age_s, 0.95));
    return values;
}

}  // namespace cascadelab
