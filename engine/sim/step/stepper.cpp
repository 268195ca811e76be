#include "engine/sim/step/stepper.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/machine.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/params/table.h"
#include "engine/sim/commands/command.h"
#include "engine/world/organic.h"
#include "engine/world/supply/creators.h"

namespace cascadelab {
namespace {

constexpr std::size_t kPeopleChunk = 4;  // people a worker takes at a time
constexpr Seconds kMetricsEvery = 3 * kHour;

// People who do something in the tick [begin_s, end_s), in id order.
std::vector<VisitOrder> visits_due(Population& population, Seconds begin_s, Seconds end_s) {
    std::vector<VisitOrder> orders;
    for (std::size_t p = 0; p < population.size(); ++p) {
        Person& person = population.people[p];
        if (person.churned) continue;
        if (!person.session.active)
            person.next_session_s = std::max(person.next_session_s, begin_s);
        const Seconds next_s = person.session.active ? person.session.now_s : person.next_session_s;
        if (next_s < end_s) orders.emplace_back().person = PersonId(p);
    }
    return orders;
}

}  // namespace

Stepper::Stepper(const Params& params, std::uint64_t seed, int threads, const RatedCatalogue* rated)
    : m_workers(threads), m_workspaces(static_cast<std::size_t>(threads)) {
    keep_block_sizes();
    state.seed = seed;
    state.params = params;
    bootstrap(rated);
}

TickReport Stepper::step(std::span<const Command> commands) {
    TickReport report;
    apply_commands(commands, report);
    const std::vector<Event> found = advance_outside_world();
    run_fleet(report);
    std::vector<Visit> visits = run_sessions(report);
    pass_barrier(found, visits, report);
    do_due_jobs();
    measure_and_hash(report);
    return report;
}

// 1. Commands: checked against the state as it is, then applied whole or not at all.
void Stepper::apply_commands(std::span<const Command> commands, TickReport& report) {
    for (const Command& command : commands) {
        const Status status = check_command(command, state.params, state.world.population.size());
        if (!status) {
            report.refused.push_back(status.problem());
            continue;
        }
        apply_command(command, state);
        watcher.take_mark(
            {state.now_s(), command_text(command, state.params.world.pack), false, false});
        report.applied.push_back(command);
    }
}

// 2. What happens without the recommender: people who join, releases, trends, news, creators; and
// what people find to watch by themselves, which is returned.
std::vector<Event> Stepper::advance_outside_world() {
    if (admit_people(state.world.population, state.params, state.world.topic_centres, state.seed,
                     state.now_s()) > 0)
        state.store.add_people(sign_ups_of(state.world.population));
    const auto released =
        advance_world(state.world, state.params, state.seed, state.tick, state.now_s());
    state.released_today += released.size();
    if (!released.empty()) take_in_new_items(state);
    extend_spaces();
    std::vector<Event> found =
        organic_views(state.world, state.params, state.seed, state.tick, state.now_s());
    for (const Event& event : found) {
        state.store.observe(state.params.features, state.world.catalogue, event.person,
                            std::span(&event, 1));
    }
    return found;
}

// New items get their vectors and codes at once, or wait for the next training.
void Stepper::extend_spaces() {
    if (state.params.freshness.item_vectors == ItemVectors::nightly) return;
    if (state.now_s() < state.fleet.ailments.index_stale_s) return;
    const RowTable& content = state.world.catalogue.content;
    for (PublishedEra& era : state.models.eras) era.extend(content);
    state.models.generative.take_in_items(content);
}

// The modelled fleet flows up to this tick, and a look at it says how long pages take.
void Stepper::run_fleet(TickReport& report) {
    m_fleet.reset();
    if (!state.params.serving.modelled) return;
    const Profile::Span span(watcher.profile, "fleet");
    auto moment = begin_fleet_tick(state.fleet, fleet_context());
    if (moment) {
        m_fleet = std::move(moment.value());
    } else {
        report.refused.push_back(moment.problem());
    }
}

FleetContext Stepper::fleet_context() const {
    const auto& ids = state.models.generative.ids;
    return {state.params,
            state.seed,
            state.tick,
            state.now_s(),
            state.world.population.size(),
            state.world.catalogue.size(),
            state.models.ranker != nullptr,
            ids ? ids->levels() : 0};
}

// 3. Sessions: everyone who is active, in parallel chunks, each touching only what is their own.
std::vector<Visit> Stepper::run_sessions(TickReport& report) {
    const Profile::Span span(watcher.profile, "sessions");
    const Seconds begin_s = state.now_s();
    const Seconds end_s = begin_s + state.params.clock.tick_s;
    std::vector<VisitOrder> orders = visits_due(state.world.population, begin_s, end_s);
    if (!orders.empty()) {
        watcher.pick_focus(orders.front().person);
        orders.front().sample = begin_s % kHour < state.params.clock.tick_s;
    }
    for (VisitOrder& order : orders) order.explain = order.person == watcher.focus();
    std::erase_if(state.searches, [&](const WaitingSearch& asked) {
        const auto order = std::ranges::lower_bound(orders, asked.person, {}, &VisitOrder::person);
        if (order == orders.end() || order->person != asked.person) return false;
        order->search = asked.topic;
        return true;
    });
    m_memories.resize(state.world.population.size());
    for (VisitOrder& order : orders) {
        order.memory = &m_memories[order.person.index()];
        if (m_fleet) order.fleet = &*m_fleet;
    }
    std::vector<Visit> visits(orders.size());
    m_workers.for_chunks(orders.size(), kPeopleChunk,
                         [&](std::size_t, std::size_t first, std::size_t last, int worker) {
                             for (std::size_t i = first; i < last; ++i) {
                                 visits[i] =
                                     visit_person(state, orders[i], end_s,
                                                  m_workspaces[static_cast<std::size_t>(worker)]);
                             }
                         });
    for (const Visit& visit : visits) {
        report.requests += visit.facts.size();
        if (visit.view.sampled) report.traces.push_back(visit.view.sampled);
    }
    return visits;
}

// 4. The barrier: what people did becomes common knowledge, in person order.
void Stepper::pass_barrier(const std::vector<Event>& found, std::vector<Visit>& visits,
                           TickReport& report) {
    const Profile::Span span(watcher.profile, "barrier");
    std::vector<Event> merged = std::exchange(state.caused, {});
    merged.insert(merged.end(), found.begin(), found.end());
    std::vector<RequestFacts> facts;
    FleetTraffic traffic;
    for (Visit& visit : visits) {
        traffic.add(visit.fleet);
        merged.insert(merged.end(), visit.events.begin(), visit.events.end());
        facts.insert(facts.end(), visit.facts.begin(), visit.facts.end());
        for (LoggedRequest& request : visit.logged) state.feature_log.append(std::move(request));
    }
    state.facts.append(std::move(facts));
    if (state.params.serving.modelled) {
        end_fleet_tick(state.fleet, fleet_context(), traffic, m_fleet);
        if (m_fleet) watcher.fleet.take_tick(state.fleet, fleet_context(), *m_fleet);
    }
    ++state.tick;
    state.requests += report.requests;
    if (second_of_day(state.now_s()) < state.params.clock.tick_s) state.released_today = 0;
    state.log.append(merged);
    state.store.advance(state.params.features, merged, state.now_s());
    reward_creators(state.world, state.params.supply.reward, merged);
    watcher.take_visits(state, visits);
}

// 6. Jobs that are due; what has been trained goes live first. (5, the modelled fleet, would stand
// before this.)
void Stepper::do_due_jobs() {
    const Seconds now_s = state.now_s();
    const auto due = [now_s](Seconds& last_s, double every_h) {
        if (now_s - last_s < std::max<Seconds>(1, static_cast<Seconds>(every_h * kHour)))
            return false;
        last_s = now_s;
        return true;
    };
    deploy_finished();
    if (due(state.schedule.batch_s, state.params.features.batch_every_h)) start_batch();
    const bool hourly = due(state.schedule.lists_s, 1);
    if (hourly) {
        refresh_lists();
        start_first_ranker();
    }
    if (due(state.schedule.training_s, state.params.training.every_h)) start_training();
    if (hourly) start_missing_eras();
    if (hourly) start_generative_training();
}

// 7. Metrics, hashes.
void Stepper::measure_and_hash(TickReport& report) {
    const Seconds now_s = state.now_s();
    if (now_s - state.schedule.metrics_s >= kMetricsEvery) {
        state.schedule.metrics_s += kMetricsEvery;
        const auto& ids = state.models.generative.ids;
        const auto codes = ids ? std::optional(code_health(*ids)) : std::nullopt;
        report.metrics = close_metric_window(codes);
        watcher.take_metrics(*report.metrics);
        watch_for_collapse(*report.metrics, codes);
        watcher.codes.take_window(state, codes);
        watcher.hidden.take_window(state);
        const Profile::Span span(watcher.profile, "hash");
        state.hashes = current_hashes();
    }
    Hasher hasher;
    hash_params(state.params, hasher);
    state.hashes.params = hasher.value();
    state.hashes.log = state.log.hash();
    report.tick = state.tick;
    report.now_s = now_s;
    report.hashes = state.hashes;
}

std::shared_ptr<const MetricPoint> Stepper::close_metric_window(
    const std::optional<CodeHealth>& codes) {
    const Profile::Span span(watcher.profile, "metrics");
    const Seconds now_s = state.now_s();
    state.facts.forget_before(now_s - kDay);
    state.shares = impressions_of_day(state.log, state.world.catalogue.size(), now_s);
    EnumArray<RankingModel, float> auc;
    auc.fill(std::numeric_limits<float>::quiet_NaN());
    for (std::size_t m = 0; state.rankers && m < auc.size(); ++m)
        auc[m] = state.rankers->back().quality[m].auc;
    DayInputs day{state.world,         state.params, state.seed, state.log, state.facts,
                  state.training_skew, auc,          now_s,      codes};
    if (state.params.serving.modelled) {
        day.fleet = &state.fleet;
        day.fleet_plan = m_fleet ? &m_fleet->plan : nullptr;
        day.fleet_work = fleet_work(state.fleet, fleet_context());
    }
    auto point = std::make_shared<const MetricPoint>(evaluate_day(day));
    Hasher hasher;
    hasher.add(state.metrics_hash).add(point->time_s);
    const auto add = [&](const MetricValues& values) {
        for (const Metric metric : every<Metric>) {
            if (is_modelled(metric) && !state.params.serving.modelled) break;
            for (float value : values[metric])
                hasher.add(std::isnan(value) ? -1e30f : value);  // one pattern for all NaN
        }
    };
    add(point->value);
    for (const MetricValues& values : point->reference) add(values);
    state.metrics_hash = hasher.value();
    return point;
}

// Looks at the whole days that the decoder has had a part in.
void Stepper::watch_for_collapse(const MetricPoint& point, const std::optional<CodeHealth>& codes) {
    GenerativeModel& model = state.models.generative;
    if (state.now_s() < kDay || !generative_used(state.params) || !model.ready()) return;
    const auto value = [&](Metric metric) { return static_cast<double>(point.value[metric][0]); };
    CollapseReading reading;
    reading.effective_share =
        value(Metric::effective_catalogue) / static_cast<double>(state.world.catalogue.size());
    reading.perplexity_share = perplexity_share(*codes, *model.ids);
    reading.repeat_rate = value(Metric::repeat_rate);
    reading.changed_share = model.changed_share(state.world.catalogue.content);
    const auto mark = state.monitor.look(reading, state.params.generative, state.now_s());
    model.halted = state.monitor.tripped;
    if (mark) watcher.take_mark({state.now_s(), *mark, false, state.monitor.tripped});
}

Hashes Stepper::current_hashes() const {
    const auto hash_of = [](auto&& add_to) {
        Hasher hasher;
        add_to(hasher);
        return hasher.value();
    };
    Hashes hashes;
    hashes.params = hash_of([&](Hasher& h) { hash_params(state.params, h); });
    hashes.world = hash_of([&](Hasher& h) { hash_world(state.world, h); });
    hashes.features = hash_of([&](Hasher& h) {
        state.store.hash(h);
        h.add(state.feature_log.hash());
        if (state.params.serving.modelled) h.add(state.fleet.hash());
    });
    hashes.models = state.models_hash;
    hashes.log = state.log.hash();
    hashes.metrics = state.metrics_hash;
    return hashes;
}

}  // namespace cascadelab
