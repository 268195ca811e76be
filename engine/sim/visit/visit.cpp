#include "engine/sim/visit/visit.h"

#include <numeric>

#include "engine/cascade/policy/policy_gate.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/sim/metrics/era_recall.h"
#include "engine/sim/metrics/reference_page.h"

namespace cascadelab {
namespace {

// Adds one request and what was clicked to the funnel's sums.
void count_funnel(const CascadeTrace& trace, const Response& response, HourFunnel& funnel) {
    ++funnel.requests;
    funnel.examined += static_cast<std::uint64_t>(response.examined);
    for (const Source source : every<Source>)
        funnel.proposed[source] += trace.counts.proposed[source];
    for (const Candidate& candidate : trace.candidates) {
        FunnelSource& of_source = funnel.by_source[candidate.source];
        ++(candidate.stopped ? funnel.stopped : funnel.fates)[candidate.fate];
        for (const FunnelStep step : every<FunnelStep>) {
            if (step == FunnelStep::sources || step == FunnelStep::clicks) continue;
            if (stands_at(candidate, step)) ++of_source.left[step];
        }
        if (enters_on_page(candidate)) ++of_source.entered;
        if (candidate.position < 0) continue;
        for (const Event& event : response.events) {
            if (event.kind == EventKind::click && event.item == candidate.item)
                ++of_source.left[FunnelStep::clicks];
        }
    }
}

RequestTiming timing_of(const CascadeTrace& trace) {
    RequestTiming timing;
    timing.stage_us = trace.measured_us;
    timing.total_us = std::accumulate(timing.stage_us.begin(), timing.stage_us.end(), 0.0f);
    return timing;
}

// Keeps the slate of a request for training.
void log_request(const SimulationState& state, const Request& request, CascadeWorkspace& workspace,
                 Visit& visit) {
    const CascadeTrace& trace = workspace.trace;
    if (!request.keep_rows || trace.slate.empty()) return;
    LoggedRequest logged;
    logged.time_s = request.now_s;
    logged.tick_s = state.now_s();
    logged.person = request.person;
    logged.request = request.number;
    logged.items = trace.slate;
    logged.page = trace.rows;
    logged.rows = workspace.slate_rows;
    visit.logged.push_back(std::move(logged));
}

// Facts of the request for the daily metrics. Explaining a request also asks the oracle, but only a
// sampled request counts: watching changes no metric.
void gather_facts(const SimulationState& state, const Request& request,
                  const PersonFeatures& person, CascadeWorkspace& workspace, Visit& visit) {
    Stream stream(state.seed, Purpose::oracle_sample, request.person.value, request.number);
    const bool sampled = stream.chance(state.params.metrics.oracle_share);
    CascadeTrace& trace = workspace.trace;
    if (sampled || request.explain) {
        const std::size_t count = std::max(kOracleItems, trace.slate.size());
        trace.oracle = oracle_best(state.world, state.params, request.person, request.now_s, count);
    }
    const auto age_s = static_cast<float>(state.store.staleness_s(request.person, request.now_s));
    const std::span<const OracleItem> ideal =
        sampled ? std::span<const OracleItem>(trace.oracle) : std::span<const OracleItem>();
    visit.facts.push_back(request_facts(state.world, state.params, trace, age_s,
                                        person.batch->topic_share, state.shares, ideal));
    if (sampled) {
        ReferencePages pages =
            reference_pages(state.world, state.store, state.params, state.seed, request, trace,
                            person.batch->topic_share, state.shares, ideal);
        pages.facts[Reference::same_requests] = visit.facts.back();
        visit.facts.back().reference = std::make_shared<const ReferencePages>(std::move(pages));
    }
    if (sampled && state.params.metrics.compare_eras) {
        RequestFacts& facts = visit.facts.back();
        const CascadeInputs in = cascade_inputs(state);
        const auto best = ideal.first(std::min(ideal.size(), kOracleItems));
        const auto newest =
            oracle_best_new(state.world, state.params, request.person, request.now_s, kOracleItems);
        facts.era_recall = era_recalls(in, person, best, workspace.scratch);
        facts.era_recall_new = era_recalls(in, person, newest, workspace.scratch);
    }
    if (!request.explain) return;
    trace.oracle.resize(std::min(trace.oracle.size(), kOracleItems));
    attribute_losses(trace, trace.oracle);
}

// --- the modelled fleet

FeatureParams feature_params(const SimulationState& state, PersonId person, Seconds now_s) {
    if (!state.params.serving.modelled) return state.params.features;
    return features_of(state.fleet, state.params.features, person, now_s);
}

// How the fleet serves the request; at once and by the recommender while there is none.
ServedPage ask_fleet(SimulationState& state, const VisitOrder& order, const Request& request) {
    if (!order.fleet) return {};
    const bool generative = state.params.policy.recommender == Recommender::cascade &&
                            feed_maker(state.params, state.models) == FeedMaker::generative;
    return serve_by_fleet(*order.fleet, state.params, state.seed, request, generative,
                          request.now_s < state.fleet.ailments.feed_frozen_s,
                          state.fleet.people[order.person.index()]);
}

// The page that stands in for one that did not come: the last one, or what is popular. Nobody's
// page is empty. Like any page it leaves through the policy gate.
void serve_instead(const SimulationState& state, const Request& request, FeedMaker maker,
                   CascadeTrace& trace) {
    const auto places = static_cast<std::size_t>(state.params.rerank.slate_size);
    std::vector<ItemId> line;
    if (maker == FeedMaker::cached) {
        line = *state.fleet.people[request.person.index()].page;
    } else if (maker == FeedMaker::popular && state.models.popularity) {
        line = state.models.popularity->ranked;
    }
    const PolicyGate gate(state.params, state.world.catalogue.cards,
                          state.store.history(request.person), request.region,
                          static_cast<std::int64_t>(places));
    page_of_line(maker, Source::fallback, request, line, places, gate, trace);
}

// What the request did to the fleet, and what the fleet did to the request.
void take_served(SimulationState& state, const ServedPage& served, const CascadeTrace& trace,
                 Visit& visit) {
    if (!state.params.serving.modelled) return;
    RequestFacts& facts = visit.facts.back();
    facts.modelled_ms = served.latency_ms;
    facts.fell_back = served.fell_back;
    facts.stale_page = served.stale_page;
    ++visit.fleet.requests;
    visit.fleet.stale_pages += served.stale_page;
    if (served.maker != FeedMaker::cascade) return;
    visit.fleet.work.add(trace);
    visit.fleet.reads.push_back(key_of(trace.person));
    for (const Candidate& candidate : trace.candidates)
        visit.fleet.reads.push_back(key_of(candidate.item));
    remember_page(state.fleet.people[trace.person.index()], trace.slate, trace.now_s);
}

// One page: read features, run the cascade, measure it, let the person answer. True when the
// session goes on.
bool serve_page(SimulationState& state, const VisitOrder& order, CascadeWorkspace& workspace,
                Visit& visit) {
    Person& person = state.world.population.people[order.person.index()];
    const Catalogue& catalogue = state.world.catalogue;
    Request request = make_request(state, order.person, person.session.now_s);
    const bool sample = order.sample && !visit.view.sampled;
    request.explain = order.explain || sample;
    request.memory = order.memory;
    // Which requests are logged is a keyed draw of its own.
    request.keep_rows = Stream(state.seed, Purpose::feature_log, order.person.value, request.number)
                            .chance(state.params.features.log_share);

    const FeatureParams lanes = feature_params(state, order.person, request.now_s);
    const PersonFeatures features =
        state.store.read_person(lanes, catalogue, order.person, request.now_s);
    const ServedPage served = ask_fleet(state, order, request);
    Stream stream(state.seed, Purpose::exploration, order.person.value, request.number);
    if (served.maker != FeedMaker::cascade) {
        serve_instead(state, request, served.maker, workspace.trace);
        request.keep_rows = false;  // nothing was scored that a ranker could learn from
    } else if (state.params.policy.recommender == Recommender::cascade) {
        run_cascade(cascade_inputs(state), request, features, stream, workspace);
    } else {
        serve_without_cascade(state.world, state.store, state.params, state.seed, request,
                              maker_of(state.params.policy.recommender),
                              static_cast<std::size_t>(state.params.rerank.slate_size),
                              workspace.trace);
        request.keep_rows = false;  // nothing was scored that a ranker could learn from
    }
    CascadeTrace& trace = workspace.trace;
    trace.modelled_ms = served.latency_ms;
    gather_facts(state, request, features, workspace, visit);
    take_served(state, served, trace, visit);

    std::array<bool, kLongestPage> explored{}, generated{};
    for (const Candidate& candidate : trace.candidates) {
        if (candidate.position < 0) continue;
        const auto place = static_cast<std::size_t>(candidate.position);
        explored[place] = candidate.explored;
        generated[place] = candidate.source == Source::generative && !candidate.explored;
    }
    const std::size_t places = trace.slate.size();
    const Surroundings around = surroundings(state.world, state.params);
    const Response response =
        respond(around, state.world.population, order.person,
                {trace.slate, std::span<const bool>(explored).first(places), trace.rows,
                 std::span<const bool>(generated).first(places), served.arrival},
                Stream(state.seed, Purpose::response, order.person.value, request.number));
    // What nobody waited for was not refused.
    if (!response.abandoned) log_request(state, request, workspace, visit);
    state.store.observe(lanes, catalogue, order.person, response.events);
    if (order.fleet && response.clicks > 0)
        hear_of_news(state.fleet.people[order.person.index()], response.events.back().time_s);
    visit.events.insert(visit.events.end(), response.events.begin(), response.events.end());

    ++person.requests;

    count_funnel(trace, response, visit.view.funnel);
    visit.view.timings.push_back(timing_of(trace));
    if (sample) visit.view.sampled = std::make_shared<const CascadeTrace>(trace);
    if (order.explain) {
        visit.view.explained = std::make_shared<const CascadeTrace>(trace);
        visit.view.queries.push_back(trace.query);
        visit.view.explained_clicks.clear();
        for (const Event& event : response.events) {
            if (event.kind == EventKind::click) visit.view.explained_clicks.push_back(event.item);
        }
    }
    return !response.leaves && !trace.slate.empty();
}

void observe_event(SimulationState& state, const Event& event, Visit& visit) {
    state.store.observe(feature_params(state, event.person, event.time_s), state.world.catalogue,
                        event.person, std::span(&event, 1));
    visit.events.push_back(event);
}

}  // namespace

CascadeInputs cascade_inputs(const SimulationState& state) {
    return {state.params, state.world.catalogue.cards, state.world.catalogue.content, state.store,
            state.models};
}

Request make_request(const SimulationState& state, PersonId id, Seconds now_s) {
    const Person& person = state.world.population.people[id.index()];
    Request request;
    request.person = id;
    request.number = person.requests;
    request.now_s = now_s;
    request.device = person.device;
    request.region = person.region;
    return request;
}

Visit visit_person(SimulationState& state, const VisitOrder& order, Seconds end_s,
                   CascadeWorkspace& workspace) {
    Visit visit;
    visit.person = order.person;
    Person& person = state.world.population.people[order.person.index()];
    const auto event_now = [&](EventKind kind) {
        Event event;
        event.time_s = person.session.now_s;
        event.person = order.person;
        event.request = person.requests;
        event.kind = kind;
        return event;
    };
    if (!person.session.active) {
        const Surroundings around = surroundings(state.world, state.params);
        begin_session(around, person,
                      Stream(state.seed, Purpose::session, order.person.value, person.requests));
        observe_event(state, event_now(EventKind::session_start), visit);
    }
    if (order.search) {
        Event search = event_now(EventKind::search);
        search.topic = static_cast<std::uint8_t>(order.search->value);
        observe_event(state, search, visit);
    }
    while (person.session.active && person.session.now_s < end_s) {
        if (serve_page(state, order, workspace, visit)) continue;
        Event end = event_now(EventKind::session_end);
        end.value = static_cast<float>(person.session.now_s - person.session.started_s);
        end_session(surroundings(state.world, state.params), state.world.population, order.person,
                    Stream(state.seed, Purpose::churn, order.person.value, person.requests));
        observe_event(state, end, visit);
        if (order.memory) *order.memory = {};
    }
    return visit;
}

}  // namespace cascadelab
