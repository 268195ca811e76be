// The first era: matrix factorization (iALS). A person is a row of factors as of the training, or
// their recent items folded in; an item that came later has no vector. Immutable; any thread.
#pragma once

#include "engine/cascade/request/published.h"
#include "engine/models/collaborative/ials.h"

namespace cascadelab {

class FactorizationEra final : public Representation {
  public:
    explicit FactorizationEra(std::shared_ptr<const Factorization> factors);

    const Factorization& factors() const { return *m_factors; }

    std::size_t dims() const override;
    float embed_person(const CascadeInputs& in, const Request& request,
                       const PersonFeatures& person, CascadeScratch& scratch,
                       std::vector<float>& query) const override;
    const Matrix* people() const override { return &m_factors->people; }
    bool embeds_new_items() const override { return false; }
    void embed_item(ItemId item, std::span<const float> content,
                    std::span<float> out) const override;
    void hash_into(Hasher& hasher, const VectorSpace& space) const override;
    std::size_t bytes() const override;

  private:
    std::shared_ptr<const Factorization> m_factors;
};

// The factors that serve, or null.
const Factorization* factors_of(const PublishedModels& models);

// Factors (dims) extended for a search of the space: unit norm, one more entry of 0. Returns their
// norm before; 0 leaves zeros.
float search_vector(std::span<const float> factors, std::vector<float>& out);

}  // namespace cascadelab
