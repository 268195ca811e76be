// What the fleet means for the requests of one tick: how long each takes, whether it comes at all,
// and what the person makes of that. Pure in the run, the look and the request; a person's row
// belongs to the thread of the person's session.
#pragma once

#include "engine/cascade/request/request.h"
#include "engine/sim/fleet/fleet_run.h"
#include "engine/world/events/page.h"

namespace cascadelab {

// The fleet while one tick's sessions run.
struct FleetMoment {
    FleetPlan plan;
    Look look;
};

// How one request was served.
struct ServedPage {
    FeedMaker maker =
        FeedMaker::cascade;  // cached or popular: the fallback; nobody: no page at all
    bool fell_back = false;
    bool stale_page = false;  // the edge answered with the page it had
    float latency_ms = -1;    // until the person had a page
    Arrival arrival;
};
// generative: the decoder makes the page; frozen: nobody gets a page of their own.
ServedPage serve_by_fleet(const FleetMoment& moment, const Params& params, std::uint64_t seed,
                          const Request& request, bool generative, bool frozen,
                          ServedPerson& person);

// The streaming lane as this person's events meet it: the lag of their partition on top.
FeatureParams features_of(const FleetRun& run, const FeatureParams& params, PersonId person,
                          Seconds now_s);

// Remembers a page that was made for the person, and that something has happened since.
void remember_page(ServedPerson& person, std::span<const ItemId> page, Seconds now_s);
void hear_of_news(ServedPerson& person, Seconds event_s);

}  // namespace cascadelab
