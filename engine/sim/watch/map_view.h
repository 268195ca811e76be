// The embedding map: item vectors of the era that eras.map names, or of the one that answers for
// it, in two dimensions by PCA, turned and mirrored to lie as the map before did (orthogonal
// Procrustes; Schoenemann 1966), so that the picture never jumps. One thread.
#pragma once

#include "engine/sim/snapshot/snapshot.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

// A plane in the vector space: projection of x is axes^T (x - mean), then the alignment's rotation.
struct MapPlane {
    Vector mean;  // dims
    Matrix axes;  // dims x 2
    double explained_share = 0;
};

// The two leading principal components of rows (items x dims).
MapPlane principal_plane(const Eigen::Ref<const Matrix>& rows);

// The rotation or reflection R (2 x 2) that brings points to target, both n x 2 around their own
// means.
Eigen::Matrix2f procrustes(const Matrix& points, const Matrix& target);

class MapMaker {
  public:
    // The map as of now; the item part is computed anew only when a model was deployed or items
    // were released.
    std::shared_ptr<const MapView> map(const SimulationState& state);
    // Where a vector of the map's space lies; {0, 0} when the space has another width.
    std::array<float, 2> project(const Vector& vector) const;
    // Forgets items beyond the first so many, and where people were.
    void go_back(std::size_t items);

  private:
    bool stays(const Representation& model, PersonId person, std::uint64_t seen);
    bool drawn_from(const SimulationState& state) const;  // the same model as the map shown
    void refresh_items(const SimulationState& state);
    void place_people(const SimulationState& state, std::size_t first);

    MapPlane m_plane;
    std::shared_ptr<const Matrix> m_trained;  // which vectors the plane was made from
    std::optional<Era> m_era;                 // none: content features
    Seconds m_people_at_s = -1;
    std::vector<std::uint64_t>
        m_events_seen;  // by PersonId, of the people placed by their sequence
    std::shared_ptr<MapView> m_view;
};

}  // namespace cascadelab
