#include "engine/sim/watch/people_watch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/sim/state/state.h"
#include "engine/world/people/behaviour.h"

namespace cascadelab {
namespace {

std::array<float, 2> place_of(const MapPlane& plane, std::span<const float> taste) {
    const Vector place = plane.axes.transpose() * (as_vector(taste) - plane.mean);
    return {place[0], place[1]};
}

std::vector<std::array<float, 2>> places_of(const MapPlane& plane, const RowTable& tastes) {
    std::vector<std::array<float, 2>> places;
    for (std::size_t row = 0; row < tastes.rows(); ++row)
        places.push_back(place_of(plane, tastes[row]));
    return places;
}

// The angle between what a person likes and what they began with, in all dimensions.
std::vector<float> drifts_of(const Population& people) {
    std::vector<float> drifts;
    for (std::size_t p = 0; p < people.size(); ++p) {
        const double cosine = static_cast<double>(dot(people.taste[p], people.innate[p]));
        const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
        drifts.push_back(static_cast<float>(angle * 180 / std::numbers::pi));
    }
    return drifts;
}

}  // namespace

void PeopleWatch::take_window(const SimulationState& state) {
    const Population& people = state.world.population;
    if (people.size() == 0) return;
    auto view = m_tastes ? std::make_shared<TasteView>(*m_tastes) : std::make_shared<TasteView>();
    if (!m_tastes) {
        m_plane = principal_plane(people.innate.matrix());
        view->explained_share = m_plane.explained_share;
        for (std::size_t t = 0; t < kTopicCount; ++t)
            view->topics[t] = place_of(m_plane, state.world.topic_centres[t]);
    }
    view->began = std::make_shared<const std::vector<std::array<float, 2>>>(
        places_of(m_plane, people.innate));
    view->drift_deg = std::make_shared<const std::vector<float>>(drifts_of(people));
    // Whole days stay; what came between them was only the newest.
    if (!view->moments.empty() && view->moments.back().time_s % kDay != 0) view->moments.pop_back();
    view->moments.push_back(
        {state.now_s(), std::make_shared<const std::vector<std::array<float, 2>>>(
                            places_of(m_plane, people.taste))});
    m_tastes = std::move(view);
}

void PeopleWatch::go_back(Seconds now_s, std::size_t people) {
    m_worth_of = nullptr;
    m_worth = nullptr;
    if (!m_tastes) return;
    auto view = std::make_shared<TasteView>(*m_tastes);
    std::erase_if(view->moments, [&](const TasteMoment& moment) {
        return moment.time_s > now_s || moment.place->size() > people;
    });
    m_tastes = view->moments.empty() ? nullptr : std::move(view);
}

std::shared_ptr<const std::vector<float>> PeopleWatch::worth(
    const SimulationState& state, const std::shared_ptr<const CascadeTrace>& trace) {
    if (!trace) return nullptr;
    if (m_worth && m_worth_of == trace) return m_worth;
    std::vector<double> worth(state.world.catalogue.size());
    utilities(surroundings(state.world, state.params), state.world.population, trace->person,
              trace->now_s, worth);
    m_worth_of = trace;
    m_worth = std::make_shared<const std::vector<float>>(worth.begin(), worth.end());
    return m_worth;
}

}  // namespace cascadelab
