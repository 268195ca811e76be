#include "engine/sim/watch/map_view.h"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/sim/visit/visit.h"

namespace cascadelab {
namespace {

constexpr std::uint64_t kNotPlaced = ~std::uint64_t{0};
constexpr Seconds kPeopleEvery = kHour;  // people are placed anew once a virtual hour

std::array<float, 2> as_point(const Eigen::Vector2f& p) {
    return {p.x(), p.y()};
}

std::uint8_t strongest_topic(const std::array<float, kTopicCount>& share) {
    return static_cast<std::uint8_t>(std::ranges::max_element(share) - share.begin());
}

// "two-tower, 32 dims, PCA", and which model is awaited when another one stands in for it.
std::string model_text(const SimulationState& state, std::optional<Era> era) {
    const std::string wanted(era_label(state.params.eras.map));
    std::string text = "content features, PCA";
    if (era) {
        const std::size_t dims = state.models.eras[*era].model->dims();
        text = std::string(era_label(*era)) + ", " + std::to_string(dims) + " dims, PCA";
    }
    return era == state.params.eras.map ? text : text + " (no " + wanted + " model yet)";
}

}  // namespace

MapPlane principal_plane(const Eigen::Ref<const Matrix>& rows) {
    MapPlane plane;
    plane.mean = rows.colwise().mean().transpose();
    const Matrix centred = rows.rowwise() - plane.mean.transpose();
    const Eigen::MatrixXf covariance = centred.transpose() * centred;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solver(covariance);
    const Eigen::Index dims = rows.cols();
    plane.axes.resize(dims, 2);
    for (int axis = 0; axis < 2; ++axis) {
        Vector direction = solver.eigenvectors().col(dims - 1 - axis);
        // The sign of an eigenvector is free: the largest entry is made positive.
        Eigen::Index largest = 0;
        direction.cwiseAbs().maxCoeff(&largest);
        if (direction[largest] < 0) direction = -direction;
        plane.axes.col(axis) = direction;
    }
    const float total = std::max(solver.eigenvalues().sum(), 1e-12f);
    plane.explained_share =
        (solver.eigenvalues()[dims - 1] + solver.eigenvalues()[dims - 2]) / total;
    return plane;
}

Eigen::Matrix2f procrustes(const Matrix& points, const Matrix& target) {
    const Matrix a = points.rowwise() - points.colwise().mean();
    const Matrix b = target.rowwise() - target.colwise().mean();
    const Eigen::Matrix2f cross = a.transpose() * b;
    const Eigen::JacobiSVD<Eigen::Matrix2f> svd(cross, Eigen::ComputeFullU | Eigen::ComputeFullV);
    return svd.matrixU() * svd.matrixV().transpose();
}

std::array<float, 2> MapMaker::project(const Vector& vector) const {
    if (vector.size() != m_plane.mean.size()) return {0, 0};
    return as_point(m_plane.axes.transpose() * (vector - m_plane.mean));
}

void MapMaker::go_back(std::size_t items) {
    m_people_at_s = -1;
    m_events_seen.clear();
    if (!m_view || m_view->items.size() <= items) return;
    m_view = std::make_shared<MapView>(*m_view);
    m_view->items.resize(items);
    ++m_view->version;
}

void MapMaker::refresh_items(const SimulationState& state) {
    const Catalogue& catalogue = state.world.catalogue;
    const std::optional<Era> era = serving_era(state.models, state.params.eras.map);
    const VectorSpace* space = era ? &state.models.eras[*era].space : nullptr;
    const auto vector_of = [&](std::size_t item) -> std::span<const float> {
        return space ? (*space)[ItemId(item)] : catalogue.content[item];
    };
    auto view = m_view ? std::make_shared<MapView>(*m_view) : std::make_shared<MapView>();
    const std::size_t known = view->items.size();
    if (!drawn_from(state)) {
        m_plane =
            space ? principal_plane(*space->trained) : principal_plane(catalogue.content.matrix());
        m_trained = space ? space->trained : nullptr;
        m_era = era;
        m_events_seen.clear();
        if (known > 0) {
            Matrix before(known, 2), after(known, 2);
            for (std::size_t i = 0; i < known; ++i) {
                before.row(i) << view->items[i][0], view->items[i][1];
                const auto point = project(as_vector(vector_of(i)));
                after.row(i) << point[0], point[1];
            }
            m_plane.axes = m_plane.axes * procrustes(after, before);
        }
        view->items.clear();
    }
    for (std::size_t i = view->items.size(); i < catalogue.size(); ++i) {
        view->items.push_back(project(as_vector(vector_of(i))));
    }
    view->explained_share = m_plane.explained_share;
    view->model = model_text(state, era);
    ++view->version;
    m_view = std::move(view);
    m_people_at_s = -1;
}

// Where a person's place moves with their own events alone, to find it costs all of them: it is
// kept until there is a new one.
bool MapMaker::stays(const Representation& model, PersonId person, std::uint64_t seen) {
    if (!model.moves_with_events_alone()) return false;
    m_events_seen.resize(std::max(m_events_seen.size(), person.index() + 1), kNotPlaced);
    return std::exchange(m_events_seen[person.index()], seen) == seen;
}

// Places the people from `first` on, after those who stand there already.
void MapMaker::place_people(const SimulationState& state, std::size_t first) {
    auto view = std::make_shared<MapView>(*m_view);
    const std::size_t people = state.world.population.size();
    view->people.resize(people);
    view->people_topic.resize(people);
    CascadeScratch scratch;
    const CascadeInputs in = cascade_inputs(state);
    const PersonBatch no_batch;
    for (std::size_t p = first; p < people; ++p) {
        const PersonId id(p);
        PersonFeatures features;
        features.realtime = &state.store.realtime(id);
        features.history = &state.store.history(id);
        features.sequence = &features.realtime->sequence;
        features.batch = state.store.batch() ? &state.store.batch()->person(id) : &no_batch;
        view->people_topic[p] = strongest_topic(features.realtime->recent_share);
        if (m_era) {
            if (stays(*in.models.eras[*m_era].model, id, features.sequence->seen)) continue;
            embed_person(in, make_request(state, id, state.now_s()), features, *m_era, scratch);
            view->people[p] = project(as_vector(scratch.query(*m_era)));
        } else if (!features.realtime->profile.empty()) {
            view->people[p] = project(as_vector(features.realtime->profile));
        }
    }
    ++view->version;
    m_view = std::move(view);
}

bool MapMaker::drawn_from(const SimulationState& state) const {
    const std::optional<Era> era = serving_era(state.models, state.params.eras.map);
    return m_view && m_era == era && (!era || m_trained == state.models.eras[*era].space.trained);
}

std::shared_ptr<const MapView> MapMaker::map(const SimulationState& state) {
    if (!drawn_from(state) || m_view->items.size() != state.world.catalogue.size())
        refresh_items(state);
    const bool people_due = m_people_at_s < 0 || state.now_s() < m_people_at_s ||
                            state.now_s() - m_people_at_s >= kPeopleEvery;
    if (people_due) {
        place_people(state, 0);
        m_people_at_s = state.now_s();
    } else if (m_view->people.size() < state.world.population.size()) {
        place_people(state, m_view->people.size());
    }
    return m_view;
}

}  // namespace cascadelab
