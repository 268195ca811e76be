// The third era: sequential transduction (HSTU, or SASRec as its baseline). A person is the
// sequence of what they did, so a vector moves with every event. Immutable; any thread.
#pragma once

#include "engine/cascade/request/published.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {

class HstuEra final : public Representation {
  public:
    explicit HstuEra(std::shared_ptr<const SequenceModel> model);

    const std::shared_ptr<const SequenceModel>& model() const { return m_model; }

    std::size_t dims() const override;
    float embed_person(const CascadeInputs& in, const Request& request,
                       const PersonFeatures& person, CascadeScratch& scratch,
                       std::vector<float>& query) const override;
    bool knows(const PersonFeatures& person) const override;
    bool moves_with_events_alone() const override { return true; }
    void embed_item(ItemId item, std::span<const float> content,
                    std::span<float> out) const override;
    std::span<const double> epoch_loss() const override { return m_model->epoch_loss(); }
    std::span<const double> validation_loss() const override { return m_model->validation_loss(); }

  private:
    std::shared_ptr<const SequenceModel> m_model;
};

// The sequence model that serves, or null: what attention is drawn from, and what a decoder is
// told.
std::shared_ptr<const SequenceModel> sequence_model_of(const PublishedModels& models);

}  // namespace cascadelab
