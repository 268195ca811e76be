// What is only looked at: wall-clock profile, funnel, latency series, the person in focus, and the
// snapshot made from them. Never read by a stage and never part of a hash: a run that is watched is
// the run that is not. One thread.
#pragma once

#include <map>
#include <vector>

#include "engine/sim/visit/visit.h"
#include "engine/sim/watch/codes_watch.h"
#include "engine/sim/watch/fleet_watch.h"
#include "engine/sim/watch/map_view.h"
#include "engine/sim/watch/people_watch.h"
#include "engine/sim/watch/profile.h"

namespace cascadelab {

class Watcher {
  public:
    Profile profile;
    CodesWatch codes;
    FleetWatch fleet;
    PeopleWatch hidden;

    void set_focus(const Focus& focus) { m_focus = focus.person; }
    // The person whose requests are explained; picked once from the first visitors when the window
    // names nobody.
    PersonId focus() const { return m_focus.valid() ? m_focus : m_picked; }
    void pick_focus(PersonId person) {
        if (!m_picked.valid()) m_picked = person;
    }

    void take_visits(const SimulationState& state, std::span<Visit> visits);
    void take_metrics(const MetricPoint& point);
    void take_ranker_timing(const RankerComparison& comparison) {
        m_ranker_timing[comparison.round.time_s] = comparison.timing;
    }
    void take_mark(Mark mark) { m_marks.push_back(std::move(mark)); }
    // Shows a request computed for the inspector until the person makes one.
    void take_preview(std::shared_ptr<const CascadeTrace> trace);
    // The trace shown last for the person in focus; null before the first.
    const std::shared_ptr<const CascadeTrace>& trace() const { return m_trace; }
    // Forgets what is not part of a state that has been restored.
    void go_back(const SimulationState& state);

    std::shared_ptr<Snapshot> snapshot(const SimulationState& state);

  private:
    std::shared_ptr<const PersonView> person_view(const SimulationState& state);
    void refresh_cards(const SimulationState& state);
    void refresh_rankers(const SimulationState& state);
    void close_hour(Seconds now_s);

    PersonId m_focus, m_picked;
    MapMaker m_map;
    std::shared_ptr<const CascadeTrace> m_trace;
    std::vector<ItemId> m_clicked;
    PersonId m_trail_of;
    std::vector<Vector> m_trail;                // queries of the person in focus, oldest first
    std::vector<FeatureRow> m_features_before;  // at the trace before
    std::vector<FeatureRow> m_features_now;

    Seconds m_hour = 0;
    HourFunnel m_hour_funnel;
    std::vector<RequestTiming> m_hour_timings;
    std::shared_ptr<const HourFunnel> m_funnel;
    std::shared_ptr<std::vector<LatencyPoint>> m_latency =
        std::make_shared<std::vector<LatencyPoint>>();
    std::shared_ptr<MetricSeries> m_series = std::make_shared<MetricSeries>();
    std::vector<Mark> m_marks;
    std::shared_ptr<const Cards> m_cards;
    std::map<Seconds, EnumArray<RankingModel, RankerTiming>> m_ranker_timing;
    std::shared_ptr<const std::vector<RankerRound>> m_rankers_of;  // what m_rankers was made from
    std::shared_ptr<const std::vector<RankerRoundView>> m_rankers;
};

}  // namespace cascadelab
