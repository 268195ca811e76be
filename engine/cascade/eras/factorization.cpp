#include "engine/cascade/eras/factorization.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/cascade/eras/examples.h"
#include "engine/cascade/request/request.h"

namespace cascadelab {
namespace {

// Maximum inner product becomes nearest neighbour: one more dimension makes all norms equal
// (Bachrach et al. 2014).
Matrix equal_norms(const Matrix& factors) {
    const float largest = std::max(factors.rowwise().norm().maxCoeff(), 1e-6f);
    Matrix extended(factors.rows(), factors.cols() + 1);
    extended.leftCols(factors.cols()) = factors / largest;
    extended.col(factors.cols()) =
        (1 - extended.leftCols(factors.cols()).rowwise().squaredNorm().array())
            .max(0.0f)
            .sqrt()
            .matrix();
    return extended;
}

}  // namespace

PublishedEra train_factorization(const FrozenLog& view, const Progress& progress) {
    const Interactions interactions = training_interactions(view);
    if (interactions.rows.size() < kFewestExamples) return {};
    const TrainingParams& params = view.params.training;
    IalsSettings settings;
    settings.dims = static_cast<int>(params.mf_dims);
    settings.epochs = static_cast<int>(params.mf_epochs);
    settings.unobserved_weight = params.mf_unobserved_weight;
    settings.regularization = params.mf_regularization;
    settings.seed = mix_bits(view.seed ^ view.tick);
    const auto factors = train_ials(interactions, settings, progress);
    if (!factors) return {};
    return {std::make_shared<const FactorizationEra>(factors),
            publish(equal_norms(factors->items), view)};
}

FactorizationEra::FactorizationEra(std::shared_ptr<const Factorization> factors)
    : m_factors(std::move(factors)) {}

std::size_t FactorizationEra::dims() const {
    return static_cast<std::size_t>(m_factors->people.cols());
}

float FactorizationEra::embed_person(const CascadeInputs& in, const Request& request,
                                     const PersonFeatures& person, CascadeScratch&,
                                     std::vector<float>& query) const {
    float length = 0;
    if (in.params.freshness.people_vectors == PeopleVectors::streaming) {
        std::vector<ItemId> recent;
        recent.reserve(person.realtime->recent.size());
        for (const RecentItem& each : person.realtime->recent) recent.push_back(each.item);
        const Vector folded = m_factors->fold_in(recent);
        length = search_vector({folded.data(), static_cast<std::size_t>(folded.size())}, query);
    } else if (const auto row = row_of(m_factors->people, request.person); !row.empty()) {
        length = search_vector(row, query);
    }
    if (length <= 0) query.clear();
    return length;
}

void FactorizationEra::embed_item(ItemId, std::span<const float>, std::span<float>) const {
    CHECK(false);  // content says nothing to factors
}

void FactorizationEra::hash_into(Hasher& hasher, const VectorSpace&) const {
    hasher.add(hash_matrix(m_factors->people)).add(hash_matrix(m_factors->items));
}

std::size_t FactorizationEra::bytes() const {
    return sizeof(float) * static_cast<std::size_t>(m_factors->people.size());
}

const Factorization* factors_of(const PublishedModels& models) {
    const auto* era =
        dynamic_cast<const FactorizationEra*>(models.eras[Era::factorization].model.get());
    return era ? &era->factors() : nullptr;
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
