// The second era: two towers. A person is what their features say now, an item what its content and
// its id say; both meet in one space. Immutable; any thread.
#pragma once

#include "engine/cascade/request/published.h"
#include "engine/models/collaborative/two_tower.h"

namespace cascadelab {

class TwoTowerEra final : public Representation {
  public:
    explicit TwoTowerEra(std::shared_ptr<const TwoTower> towers);

    std::size_t dims() const override;
    float embed_person(const CascadeInputs& in, const Request& request,
                       const PersonFeatures& person, CascadeScratch& scratch,
                       std::vector<float>& query) const override;
    void embed_item(ItemId item, std::span<const float> content,
                    std::span<float> out) const override;
    std::span<const double> epoch_loss() const override { return m_towers->epoch_loss(); }

  private:
    std::shared_ptr<const TwoTower> m_towers;
};

// What the tower of people sees of a person: real-time profile and topic shares, the batch lane's,
// the survey of the sign-up, device, hour.
std::size_t tower_feature_count(std::size_t content_dims);
void fill_tower_features(const PersonFeatures& person, Device device, Seconds now_s,
                         std::size_t content_dims, std::span<float> out);

}  // namespace cascadelab
