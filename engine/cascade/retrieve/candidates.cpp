#include "engine/cascade/retrieve/candidates.h"

#include "engine/cascade/retrieve/generation.h"
#include "engine/cascade/retrieve/person_vectors.h"

namespace cascadelab {
namespace {

// Joins one source's proposals to the candidates: the first to propose an item is credited, all are
// remembered. A candidate's rank is first its place inside its own source, for runs without a
// ranker.
void merge_proposals(Source source, CascadeScratch& scratch, CascadeTrace& trace) {
    trace.counts.proposed[source] += static_cast<std::uint32_t>(scratch.proposals.size());
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
        trace.candidates[slot].proposers |= only(source);
    }
    trace.counts.merged = static_cast<std::uint32_t>(trace.candidates.size());
}

// scratch.order becomes the candidates that are left, in merge order.
void keep_allowed(const PageFilter& filter, CascadeScratch& scratch, CascadeTrace& trace) {
    scratch.order.clear();
    for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
        Candidate& candidate = trace.candidates[i];
        const bool goes_on = proposed_by(candidate, Source::continue_watching);
        candidate.fate = filter.verdict(candidate.item, goes_on);
        if (candidate.fate == Fate::score) {
            scratch.order.push_back(static_cast<std::uint32_t>(i));
        } else {
            candidate.rank = kUnranked;
        }
    }
    trace.counts.filtered = static_cast<std::uint32_t>(scratch.order.size());
}

}  // namespace

std::size_t bring_fallback(const SourceRequest& asked, int count, Stream& stream,
                           CascadeScratch& scratch, CascadeTrace& trace) {
    const std::size_t before = trace.candidates.size();
    propose(Source::fallback, asked, count, stream, scratch);
    merge_proposals(Source::fallback, scratch, trace);
    return trace.candidates.size() - before;
}

namespace {

// Where the filters left less than a page, the fallback brings the rest: a page is empty only when
// the whole catalogue is exhausted for this person.
void fall_back(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
               CascadeTrace& trace) {
    const auto page = static_cast<std::size_t>(places_of_page(asked.in.params, trace.maker));
    if (scratch.order.size() >= page) return;
    bring_fallback(asked, static_cast<int>(page - scratch.order.size()), stream, scratch, trace);
    keep_allowed(asked.filter, scratch, trace);
}

}  // namespace

void generate_candidates(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
                         StageTimer& timer, CascadeTrace& trace) {
    const CascadeInputs& in = asked.in;
    trace.candidates.clear();
    trace.counts = {};
    scratch.neighbourhoods.clear();
    scratch.begin_merge(in.cards.size());
    scratch.own_memory = {};
    const auto quotas = source_quotas(in, asked.person, asked.request.now_s);
    for (const Era era : every<Era>) {
        embed_person(in, asked.request, asked.person, era, scratch);
        timer.done(scratch.query(era).empty() ? CascadeStage::features
                                              : kSources[kEras[era].source].stage);
    }
    for (const Source source : every<Source>) {
        if (quotas[source] <= 0) continue;
        propose(source, asked, quotas[source], stream, scratch);
        timer.done(kSources[source].stage);
        merge_proposals(source, scratch, trace);
        timer.done(CascadeStage::merge);
    }
}

void filter_candidates(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
                       CascadeTrace& trace) {
    keep_allowed(asked.filter, scratch, trace);
    fall_back(asked, stream, scratch, trace);
}

}  // namespace cascadelab
