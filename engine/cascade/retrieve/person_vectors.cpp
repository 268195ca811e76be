#include "engine/cascade/retrieve/person_vectors.h"

#include <cmath>
#include <numbers>

#include "engine/base/error.h"
#include "engine/cascade/request/ranking_columns.h"

namespace cascadelab {
namespace {

// A person's row; empty for somebody newer than the matrix.
std::span<const float> row_of(const Matrix& people, PersonId person) {
    if (person.index() >= static_cast<std::size_t>(people.rows())) return {};
    const auto dims = static_cast<std::size_t>(people.cols());
    return {people.data() + person.index() * dims, dims};
}

// True when the person is served as of the last training; then the query is that vector.
bool embed_as_trained(const CascadeInputs& in, Era era, PersonId person, CascadeScratch& scratch) {
    const VectorSpace& space = space_of(in.models, era);
    if (in.params.freshness.people_vectors != PeopleVectors::nightly || !space.people) return false;
    const std::span<const float> row = row_of(*space.people, person);
    scratch.query(era).assign(row.begin(), row.end());
    return true;
}

void embed_by_factors(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                      CascadeScratch& scratch) {
    const Factorization& model = *in.models.factorization;
    std::vector<float>& query = scratch.query(Era::factorization);
    if (in.params.freshness.people_vectors == PeopleVectors::streaming) {
        std::vector<ItemId> recent;
        for (const RecentItem& each : person.realtime->recent) recent.push_back(each.item);
        const Vector folded = model.fold_in(recent);
        scratch.factor_scale =
            search_vector({folded.data(), static_cast<std::size_t>(folded.size())}, query);
    } else if (const auto row = row_of(model.people, request.person); !row.empty()) {
        scratch.factor_scale = search_vector(row, query);
    }
    if (scratch.factor_scale <= 0) query.clear();
}

void embed_by_towers(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     CascadeScratch& scratch) {
    if (embed_as_trained(in, Era::two_tower, request.person, scratch)) return;
    std::vector<float>& query = scratch.query(Era::two_tower);
    query.resize(static_cast<std::size_t>(in.models.two_tower->dims()));
    scratch.tower_features.resize(tower_feature_count(in.content.dims));
    fill_tower_features(person, request.device, request.now_s, in.content.dims,
                        scratch.tower_features);
    in.models.two_tower->embed_person(request.person, scratch.tower_features, query);
}

void embed_by_sequence(const CascadeInputs& in, const Request& request,
                       const PersonFeatures& person, CascadeScratch& scratch) {
    if (embed_as_trained(in, Era::hstu, request.person, scratch)) return;
    if (person.sequence->tokens.empty()) return;
    SequenceMemory& memory = memory_of(request, scratch);
    bring_up(in.models.hstu, *person.sequence, in.content, memory);
    std::vector<float>& query = scratch.query(Era::hstu);
    query.resize(static_cast<std::size_t>(in.models.hstu->dims()));
    in.models.hstu->embed_person(memory.state, request.now_s, query);
}

}  // namespace

void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  Era era, CascadeScratch& scratch) {
    scratch.query(era).clear();
    const bool ready = era_ready(in.models, era);
    switch (era) {
        case Era::factorization:
            scratch.factor_scale = 0;
            if (ready) embed_by_factors(in, request, person, scratch);
            return;
        case Era::two_tower:
            if (ready) embed_by_towers(in, request, person, scratch);
            return;
        case Era::hstu:
            // The dearest of the three, so only where somebody asks.
            scratch.own_memory = {};
            if (ready && era_used(in.params, era)) embed_by_sequence(in, request, person, scratch);
            return;
    }
}

void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  CascadeScratch& scratch) {
    for (const Era era : every<Era>) embed_person(in, request, person, era, scratch);
}

float era_similarity(const PublishedModels& models, const CascadeScratch& scratch, Era era,
                     ItemId item) {
    const std::vector<float>& query = scratch.query(era);
    if (query.empty()) return 0;
    const float scale = era == Era::factorization ? scratch.factor_scale : 1;
    return scale * dot(query, space_of(models, era)[item]);
}

std::size_t tower_feature_count(std::size_t content_dims) {
    return content_dims + 3 * kTopicCount + kDeviceCount + 2;
}

void fill_tower_features(const PersonFeatures& person, Device device, Seconds now_s,
                         std::size_t content_dims, std::span<float> out) {
    CHECK(out.size() == tower_feature_count(content_dims));
    std::ranges::fill(out, 0.0f);
    std::ranges::copy(person.realtime->profile, out.begin());
    auto next = out.subspan(content_dims);
    std::ranges::copy(person.realtime->recent_share, next.begin());
    next = next.subspan(kTopicCount);
    std::ranges::copy(person.batch->topic_share, next.begin());
    next = next.subspan(kTopicCount);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic)
        next[topic] = survey_match(person, TopicId(topic));
    next = next.subspan(kTopicCount);
    next[index_of(device)] = 1;
    next = next.subspan(kDeviceCount);
    const double angle = 2 * std::numbers::pi * hour_of(now_s) / 24;
    next[0] = static_cast<float>(std::sin(angle));
    next[1] = static_cast<float>(std::cos(angle));
}

float search_vector(std::span<const float> factors, std::vector<float>& out) {
    const float norm = as_vector(factors).norm();
    out.assign(factors.size() + 1, 0.0f);
    if (norm > 0) {
        for (std::size_t d = 0; d < factors.size(); ++d) out[d] = factors[d] / norm;
    }
    return norm;
}

}  // namespace cascadelab
