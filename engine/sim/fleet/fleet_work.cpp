#include "engine/sim/fleet/fleet_work.h"

#include "engine/cascade/request/ranking_columns.h"
#include "engine/language/simulated_model.h"

namespace cascadelab {
namespace {

constexpr double kBytesOfValue = 4;

// What scoring one candidate costs, as trees of a depth: those of the boosters, one for each
// outcome; of a deep ranker its first layer, of a regression its columns, in the same unit.
void add_ranker(const RankingParams& ranking, FleetWork& work) {
    switch (ranking.model) {
        case RankingModel::xgboost:
        case RankingModel::lambdamart:
            work.trees = static_cast<double>(ranking.trees);
            work.tree_depth = static_cast<double>(ranking.depth);
            return;
        case RankingModel::deep:
            work.trees = static_cast<double>(ranking.deep_hidden);
            work.tree_depth = 8;
            return;
        case RankingModel::logistic:
            work.trees = 4;
            work.tree_depth = 8;
            return;
    }
}

}  // namespace

void WorkTally::add(const CascadeTrace& trace) {
    ++requests;
    places += trace.counts.slate;
    if (trace.counts.proposed[Source::generative] > 0) ++decoded;
    if (trace.language.calls > 0) ++read;
    read_tokens += static_cast<double>(trace.language.prompt_tokens);
    written_tokens += static_cast<double>(trace.language.answer_tokens);
    if (trace.maker != FeedMaker::cascade) return;
    ++cascade_requests;
    for (const Source source : every<Source>) proposed[source] += trace.counts.proposed[source];
    merged += trace.counts.merged;
    scored += trace.counts.filtered;
    kept += trace.counts.ranked;
}

void WorkTally::add(const WorkTally& other) {
    requests += other.requests;
    cascade_requests += other.cascade_requests;
    for (const Source source : every<Source>) proposed[source] += other.proposed[source];
    merged += other.merged;
    scored += other.scored;
    kept += other.kept;
    places += other.places;
    decoded += other.decoded;
    read += other.read;
    read_tokens += other.read_tokens;
    written_tokens += other.written_tokens;
}

void WorkTally::fade(double share) {
    requests *= share;
    cascade_requests *= share;
    for (double& count : proposed) count *= share;
    merged *= share;
    scored *= share;
    kept *= share;
    places *= share;
    decoded *= share;
    read *= share;
    read_tokens *= share;
    written_tokens *= share;
}

FleetWork work_of(const WorkTally& tally, const Params& params, bool ranks, int code_levels,
                  double miss_share) {
    FleetWork work;
    if (tally.requests <= 0) return work;
    work.generative_share = 1 - tally.cascade_requests / tally.requests;
    work.page_items = tally.places / tally.requests;
    work.page_bytes = params.cost.metadata_kb * 1000;
    work.feature_miss_share = miss_share;
    if (tally.cascade_requests > 0) {
        const double cascades = tally.cascade_requests;
        for (const Source source : every<Source>)
            work.asked[source] = work.returned[source] = tally.proposed[source] / cascades;
        const auto columns = static_cast<double>(ranking_columns().size());
        work.features_fetched = columns * tally.merged / cascades;
        work.feature_bytes = kBytesOfValue * work.features_fetched;
        work.kept_items = tally.kept / cascades;
        if (ranks && params.ranking.enabled) {
            work.candidates_scored = tally.scored / cascades;
            add_ranker(params.ranking, work);
        }
    }
    if (tally.decoded > 0 && code_levels > 0) {
        work.beams = static_cast<double>(params.generative.beam_width);
        const auto own = static_cast<double>(params.generative.length) * code_levels;
        const auto modelled = static_cast<double>(params.serving.decoder_prompt);
        work.prefill_tokens = modelled > 0 ? modelled : own;
        work.decode_tokens = code_levels;
    }
    if (tally.read > 0) {
        work.language_share = tally.read / tally.requests;
        work.language_billions = model_presets()[index_of(params.language.model)].billions;
        work.language_prefill_tokens = tally.read_tokens / tally.read;
        work.language_decode_tokens = tally.written_tokens / tally.read;
    }
    return work;
}

}  // namespace cascadelab
