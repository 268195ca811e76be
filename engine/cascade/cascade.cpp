#include "engine/cascade/cascade.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

#include "engine/base/error.h"
#include "engine/cascade/rank/levers.h"
#include "engine/cascade/rank/popularity_discount.h"
#include "engine/cascade/rerank/page.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;

// Measured wall-clock time of the stages; a profile beside the run, never read by a stage.
class StageTimer {
  public:
    explicit StageTimer(CascadeTrace& trace)
        : m_trace(trace), m_begin(Clock::now()), m_last(m_begin) {
        trace.start_us.fill(0);
        trace.measured_us.fill(0);
    }
    void done(CascadeStage stage) {
        const Clock::time_point now = Clock::now();
        const auto s = static_cast<std::size_t>(stage);
        if (m_trace.measured_us[s] == 0) m_trace.start_us[s] = microseconds(m_last - m_begin);
        m_trace.measured_us[s] += microseconds(now - m_last);
        m_last = now;
    }

  private:
    static float microseconds(Clock::duration span) {
        return std::chrono::duration<float, std::micro>(span).count();
    }
    CascadeTrace& m_trace;
    Clock::time_point m_begin, m_last;
};

CascadeStage stage_of(Source source) {
    switch (source) {
        case Source::two_tower:
            return CascadeStage::two_tower;
        case Source::hstu:
            return CascadeStage::hstu;
        case Source::generative:
            return CascadeStage::generative;
        case Source::factorization:
            return CascadeStage::factorization;
        case Source::covisitation:
        case Source::because_watched:
            return CascadeStage::covisitation;
        case Source::search_intent:
        case Source::trending:
        case Source::fresh:
        case Source::exploration:
        case Source::continue_watching:
        case Source::followed:
        case Source::fallback:
        case Source::browsing:
        case Source::oracle:
            return CascadeStage::lists;
    }
    CHECK(false);
}

Source source_of(Era era) {
    switch (era) {
        case Era::factorization:
            return Source::factorization;
        case Era::two_tower:
            return Source::two_tower;
        case Era::hstu:
            return Source::hstu;
    }
    CHECK(false);
}

// Joins one source's proposals to the candidates: the first to propose an item is credited, all are
// remembered. A candidate's rank is first its place inside its own source, for runs without a
// ranker.
void merge_proposals(Source source, CascadeScratch& scratch, CascadeTrace& trace) {
    trace.counts.proposed[static_cast<std::size_t>(source)] =
        static_cast<std::uint32_t>(scratch.proposals.size());
    std::uint16_t place = 0;
    for (const auto& [item, score] : scratch.proposals) {
        std::uint32_t& slot = scratch.merge_slot[item.index()];
        if (!scratch.merged(item)) {
            scratch.merge_stamp[item.index()] = scratch.merge_round;
            slot = static_cast<std::uint32_t>(trace.candidates.size());
            Candidate& candidate = trace.candidates.emplace_back();
            candidate.item = item;
            candidate.source = source;
            candidate.retrieval_score = score;
            candidate.rank = place++;
        }
        trace.candidates[slot].proposers |=
            static_cast<std::uint16_t>(1u << static_cast<unsigned>(source));
    }
    trace.counts.merged = static_cast<std::uint32_t>(trace.candidates.size());
}

// Sources one after the other, merged as they come.
void generate_candidates(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
                         StageTimer& timer, CascadeTrace& trace) {
    const CascadeInputs& in = asked.in;
    trace.candidates.clear();
    trace.counts = {};
    scratch.neighbourhoods.clear();
    scratch.begin_merge(in.cards.size());
    const auto quotas = source_quotas(in, asked.person, asked.request.now_s);
    for (const Era era : kEras) {
        embed_person(in, asked.request, asked.person, era, scratch);
        timer.done(scratch.query(era).empty() ? CascadeStage::features : stage_of(source_of(era)));
    }
    for (std::size_t s = 0; s < kSourceCount; ++s) {
        const auto source = static_cast<Source>(s);
        if (quotas[s] <= 0) continue;
        propose(source, asked, quotas[s], stream, scratch);
        timer.done(stage_of(source));
        merge_proposals(source, scratch, trace);
        timer.done(CascadeStage::merge);
    }
}

// scratch.order becomes the candidates that are left, in merge order.
void filter_candidates(const PageFilter& filter, CascadeScratch& scratch, CascadeTrace& trace) {
    scratch.order.clear();
    for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
        Candidate& candidate = trace.candidates[i];
        const bool goes_on = proposed_by(candidate, Source::continue_watching);
        candidate.fate = filter.verdict(candidate.item, goes_on);
        if (candidate.fate == Fate::score) {
            scratch.order.push_back(static_cast<std::uint32_t>(i));
        } else {
            candidate.rank = 0xFFFF;
        }
    }
    trace.counts.filtered = static_cast<std::uint32_t>(scratch.order.size());
}

// Where the filters left less than a page, the fallback brings the rest: a page is empty only when
// the whole catalogue is exhausted for this person.
void fall_back(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
               CascadeTrace& trace) {
    const bool in_rows = trace.maker == FeedMaker::cascade;
    const auto page = static_cast<std::size_t>(in_rows ? places_of_page(asked.in.params)
                                                       : asked.in.params.rerank.slate_size);
    if (scratch.order.size() >= page) return;
    const int missing = static_cast<int>(page - scratch.order.size());
    propose(Source::fallback, asked, missing, stream, scratch);
    merge_proposals(Source::fallback, scratch, trace);
    filter_candidates(asked.filter, scratch, trace);
}

// Rows of the filtered candidates, in scratch.order.
void assemble_rows(const CascadeInputs& in, const RowFiller& filler, CascadeScratch& scratch,
                   const CascadeTrace& trace) {
    const std::size_t columns = ranking_columns().size();
    scratch.rows.resize(std::max(scratch.rows.size(), scratch.order.size() * columns));
    const auto era = serving_era(in.models, in.params.eras.ranking);
    float* row = scratch.rows.data();
    for (std::uint32_t i : scratch.order) {
        const Candidate& candidate = trace.candidates[i];
        ServedColumns served;
        served.retrieval_score = candidate.retrieval_score;
        served.proposers = static_cast<float>(std::popcount(candidate.proposers));
        if (proposed_by(candidate, Source::continue_watching))
            served.surface = static_cast<float>(Surface::continue_watching);
        if (era) served.era_similarity = era_similarity(in.models, scratch, *era, candidate.item);
        served.factor_score =
            era_similarity(in.models, scratch, Era::factorization, candidate.item);
        filler.fill(candidate.item, served, row);
        row += columns;
    }
}

// Bounded personalisation: the personal value may move an item from its population value by at most
// bound times the largest such move in this request. The population value uses the same weights on
// the item's own rates.
void bound_personalisation(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                           CascadeTrace& trace) {
    const double bound = in.params.policy.personalisation_bound;
    if (bound >= 1) return;
    const auto population_value = [&](ItemId item) {
        const ItemBatch& batch = in.store.item_batch(item, request.now_s, in.params.features);
        return value_of(in.params.ranking, {batch.click_rate, batch.click_rate * batch.watch_share,
                                            batch.click_rate * batch.like_rate, 0});
    };
    float largest = 0;
    for (std::uint32_t i : scratch.order) {
        const Candidate& candidate = trace.candidates[i];
        largest = std::max(largest, std::abs(candidate.value - population_value(candidate.item)));
    }
    const auto most = static_cast<float>(bound) * largest;
    for (std::uint32_t i : scratch.order) {
        Candidate& candidate = trace.candidates[i];
        const float population = population_value(candidate.item);
        candidate.value = population + std::clamp(candidate.value - population, -most, most);
    }
}

// Scores and sorts what the filters left; the best `keep` go on.
void rank_candidates(const SourceRequest& asked, const RowFiller& filler, CascadeScratch& scratch,
                     CascadeTrace& trace) {
    const auto& [in, request, person, filter] = asked;
    const std::size_t count = scratch.order.size();
    const bool model = in.params.ranking.enabled && in.models.ranker != nullptr;
    if (model || request.explain || request.keep_rows) assemble_rows(in, filler, scratch, trace);
    if (model && count > 0) {
        scratch.heads.resize(std::max(scratch.heads.size(), kOutcomeCount * count));
        scratch.outcomes.resize(std::max(scratch.outcomes.size(), count));
        predict_outcomes(*in.models.ranker, scratch.rows.data(), count, scratch.heads,
                         scratch.outcomes);
    }
    for (std::size_t k = 0; k < count; ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        if (!model) {
            // Without a ranker sources take turns: an item is worth its place inside its own
            // source.
            candidate.value = 1.0f / static_cast<float>(1 + candidate.rank);
            continue;
        }
        const OutcomeScores& scores = scratch.outcomes[k];
        candidate.click = scores.click;
        candidate.watch = scores.watch;
        candidate.like = scores.like;
        candidate.not_interested = scores.not_interested;
        candidate.value = value_of(in.params.ranking, scores);
    }
    bound_personalisation(in, request, scratch, trace);
    rescore(in, person, scratch, trace);
    discount_popularity(in, request, scratch, trace);
    heed_levers(in, request, *person.history, scratch, trace);

    auto keep = std::min(count, static_cast<std::size_t>(in.params.ranking.keep));
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
        const Candidate &x = trace.candidates[a], &y = trace.candidates[b];
        return x.value != y.value ? x.value > y.value : x.item < y.item;
    };
    std::sort(scratch.order.begin(), scratch.order.end(), better);
    // A row's own candidates are not cut: their row has no others.
    const auto cut = scratch.order.begin() + static_cast<std::ptrdiff_t>(keep);
    const auto below = std::stable_partition(cut, scratch.order.end(), [&](std::uint32_t i) {
        return proposed_by(trace.candidates[i], Source::because_watched) ||
               proposed_by(trace.candidates[i], Source::continue_watching);
    });
    keep = static_cast<std::size_t>(below - scratch.order.begin());
    for (std::size_t k = 0; k < count; ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        candidate.rank = static_cast<std::uint16_t>(k);
        if (k >= keep) candidate.fate = Fate::below_cut;
    }
    trace.counts.ranked = static_cast<std::uint32_t>(keep);
}

// A feed that no ranker touches: what the decoder spelled in its own order, then the fallback; what
// exploration brought is not in line for a place, it has slots.
void keep_order(const CascadeInputs& in, const Request& request, const RowFiller& filler,
                CascadeScratch& scratch, CascadeTrace& trace) {
    if (request.explain || request.keep_rows) assemble_rows(in, filler, scratch, trace);
    const auto is_explored = [&](std::uint32_t i) {
        return trace.candidates[i].source == Source::exploration;
    };
    const auto in_line = std::ranges::stable_partition(scratch.order, std::not_fn(is_explored));
    const auto ranked = static_cast<std::size_t>(in_line.begin() - scratch.order.begin());
    for (std::size_t k = 0; k < scratch.order.size(); ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        candidate.rank = static_cast<std::uint16_t>(k);
        candidate.value = -static_cast<float>(k);
        if (k >= ranked) candidate.fate = Fate::below_cut;
    }
    trace.counts.ranked = static_cast<std::uint32_t>(ranked);
}

// Rows were assembled in merge order, for candidates that passed the filters.
template <class Visit>
void for_each_row(const CascadeScratch& scratch, const CascadeTrace& trace, Visit&& visit) {
    const float* row = scratch.rows.data();
    for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
        if (trace.candidates[i].rank == 0xFFFF) continue;
        visit(i, row);
        row += ranking_columns().size();
    }
}

std::vector<float> slate_rows(const CascadeScratch& scratch, const CascadeTrace& trace) {
    const std::size_t columns = ranking_columns().size();
    std::vector<float> rows(trace.slate.size() * columns);
    for_each_row(scratch, trace, [&](std::size_t i, const float* row) {
        const int position = trace.candidates[i].position;
        if (position >= 0)
            std::copy_n(row, columns, rows.data() + static_cast<std::size_t>(position) * columns);
    });
    return rows;
}

void explain_attention(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                       AttentionPicture& picture) {
    const SequenceMemory& memory = memory_of(request, scratch);
    const bool looked = !scratch.query(Era::hstu).empty() && memory.model == in.models.hstu;
    if (!looked) return;
    for (const SequenceToken& token : memory.state.window) {
        picture.events.push_back({token.item,
                                  token_action_label(static_cast<TokenAction>(token.action)),
                                  static_cast<float>(request.now_s - token.time_s)});
    }
    picture.weight = memory.model->attention(memory.state, request.now_s);
}

void explain_request(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                     CascadeTrace& trace) {
    const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
    if (const auto era = serving_era(in.models, in.params.eras.map))
        trace.query = as_vector(scratch.query(*era));
    explain_attention(in, request, scratch, trace.attention);
    trace.beam = std::move(scratch.generation.picture);
    trace.features.setConstant(static_cast<Eigen::Index>(trace.candidates.size()), columns,
                               std::numeric_limits<float>::quiet_NaN());
    for_each_row(scratch, trace, [&](std::size_t i, const float* row) {
        trace.features.row(static_cast<Eigen::Index>(i)) =
            Eigen::Map<const Eigen::RowVectorXf>(row, columns);
    });
    if (!in.models.ranker || !in.params.ranking.enabled || trace.slate.empty()) return;
    const std::vector<float> shown = slate_rows(scratch, trace);
    trace.explanation = in.models.ranker->models.front()->explanation();
    trace.contributions = explain_click(*in.models.ranker, shown.data(), trace.slate.size());
}

}  // namespace

void run_cascade(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream stream, CascadeWorkspace& workspace) {
    CascadeScratch& scratch = workspace.scratch;
    CascadeTrace& trace = workspace.trace;
    trace.person = request.person;
    trace.request = request.number;
    trace.now_s = request.now_s;
    trace.preview = false;
    trace.maker = feed_maker(in.params, in.models);
    trace.slate.clear();
    trace.rows.clear();
    trace.query.resize(0);
    trace.features.resize(0, 0);
    trace.contributions.resize(0, 0);
    trace.attention = {};
    trace.beam = {};
    scratch.generation.picture = {};
    trace.oracle.clear();
    StageTimer timer(trace);

    // What all candidates of the request share.
    const RequestContext context{request.now_s, request.device};
    const RowFiller filler(context, person, in.store, in.params.features, in.cards, in.content);
    timer.done(CascadeStage::features);

    const PageFilter filter(in, request, *person.history, filler.shown());
    const SourceRequest asked{in, request, person, filter};
    generate_candidates(asked, stream, scratch, timer, trace);

    filter_candidates(filter, scratch, trace);
    fall_back(asked, stream, scratch, trace);
    timer.done(CascadeStage::filter);

    if (trace.maker == FeedMaker::cascade) {
        rank_candidates(asked, filler, scratch, trace);
    } else {
        keep_order(in, request, filler, scratch, trace);
    }
    timer.done(CascadeStage::rank);

    PageMaker page(in, request, person, workspace);
    page.choose(stream);
    timer.done(CascadeStage::rerank);

    page.explore(stream);
    trace.counts.slate = static_cast<std::uint32_t>(trace.slate.size());
    timer.done(CascadeStage::policy);

    if (request.keep_rows) workspace.slate_rows = slate_rows(scratch, trace);
    if (request.explain) explain_request(in, request, scratch, trace);
}

}  // namespace cascadelab
