#include "engine/sim/watch/watcher.h"

#include <algorithm>
#include <chrono>

#include "engine/base/text.h"
#include "engine/cascade/retrieve/sources.h"
#include "engine/sim/watch/feature_rows.h"

namespace cascadelab {
namespace {

constexpr std::size_t kTrailKept = 12;

template <class Array>
void add_all(Array& sum, const Array& part) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

void add_funnel(HourFunnel& sum, const HourFunnel& part) {
    sum.requests += part.requests;
    add_all(sum.proposed, part.proposed);
    sum.examined += part.examined;
    for (const Source source : every<Source>) {
        add_all(sum.by_source[source].left, part.by_source[source].left);
        sum.by_source[source].entered += part.by_source[source].entered;
    }
    add_all(sum.fates, part.fates);
    add_all(sum.stopped, part.stopped);
}

LatencyPoint latency_point(std::vector<RequestTiming>& timings, Seconds time_s) {
    LatencyPoint point;
    point.time_s = time_s;
    point.requests = static_cast<std::uint32_t>(timings.size());
    std::vector<float> totals;
    for (const RequestTiming& timing : timings) {
        totals.push_back(timing.total_us);
        for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
            point.stage_mean_us[s] += timing.stage_us[s] / static_cast<float>(timings.size());
        }
    }
    point.p50_us = static_cast<float>(nearest_rank(totals, 0.50));
    point.p95_us = static_cast<float>(nearest_rank(totals, 0.95));
    point.p99_us = static_cast<float>(nearest_rank(totals, 0.99));
    return point;
}

std::array<float, kTopicCount> softmax_affinity(const World& world, const Params& params,
                                                PersonId person) {
    std::array<float, kTopicCount> share{};
    float total = 0;
    for (std::size_t t = 0; t < kTopicCount; ++t) {
        const float affinity = dot(world.population.taste[person.index()], world.topic_centres[t]);
        total += share[t] = std::exp(static_cast<float>(params.world.taste_weight) * affinity);
    }
    for (float& s : share) s /= total;
    return share;
}

std::vector<TrainingCurve> training_curves(const PublishedModels& models) {
    std::vector<TrainingCurve> curves;
    for (const Era era : every<Era>) {
        const auto& [model, space] = models.eras[era];
        if (!model || model->epoch_loss().empty()) continue;
        const auto train = model->epoch_loss(), validation = model->validation_loss();
        curves.push_back({std::string(era_label(era)),
                          space.trained_s,
                          {train.begin(), train.end()},
                          {validation.begin(), validation.end()}});
    }
    if (const auto& decoder = models.generative.decoder) {
        const auto loss = decoder->epoch_loss();
        curves.push_back({"decoder", models.generative.trained_s, {loss.begin(), loss.end()}, {}});
    }
    return curves;
}

}  // namespace

void Watcher::close_hour(Seconds now_s) {
    if (now_s / kHour == m_hour / kHour) return;
    m_hour = now_s;
    if (m_hour_timings.empty()) return;
    // Published values are never changed in place: a window may be reading them.
    auto latency = std::make_shared<std::vector<LatencyPoint>>(*m_latency);
    latency->push_back(latency_point(m_hour_timings, now_s / kHour * kHour));
    m_latency = std::move(latency);
    m_funnel = std::make_shared<const HourFunnel>(m_hour_funnel);
    m_hour_timings.clear();
    m_hour_funnel = {};
}

void Watcher::take_visits(const SimulationState& state, std::span<Visit> visits) {
    for (Visit& visit : visits) {
        add_funnel(m_hour_funnel, visit.view.funnel);
        m_hour_timings.insert(m_hour_timings.end(), visit.view.timings.begin(),
                              visit.view.timings.end());
        if (!visit.view.explained) continue;
        if (m_trail_of != visit.person) m_trail.clear();
        m_trail_of = visit.person;
        m_trail.insert(m_trail.end(), visit.view.queries.begin(), visit.view.queries.end());
        if (m_trail.size() > kTrailKept) m_trail.erase(m_trail.begin(), m_trail.end() - kTrailKept);
        m_trace = visit.view.explained;
        m_clicked = visit.view.explained_clicks;
        m_features_before = std::move(m_features_now);
        m_features_now = feature_rows(state, visit.person);
    }
    close_hour(state.now_s());
}

void Watcher::take_metrics(const MetricPoint& point) {
    auto series = std::make_shared<MetricSeries>(*m_series);
    series->push_back(point);
    m_series = std::move(series);
}

void Watcher::take_preview(std::shared_ptr<const CascadeTrace> trace) {
    const bool other = !m_trace || m_trace->person != trace->person;
    m_trace = std::move(trace);
    m_clicked.clear();
    if (!other) return;
    m_trail.clear();
    m_features_before.clear();
    m_features_now.clear();
}

void Watcher::go_back(const SimulationState& state) {
    const Seconds now_s = state.now_s();
    auto series = std::make_shared<MetricSeries>(*m_series);
    std::erase_if(*series, [&](const MetricPoint& p) { return p.time_s > now_s; });
    m_series = std::move(series);
    auto latency = std::make_shared<std::vector<LatencyPoint>>(*m_latency);
    std::erase_if(*latency, [&](const LatencyPoint& p) { return p.time_s > now_s; });
    m_latency = std::move(latency);
    // What is marked now belongs to the tick that is about to begin.
    std::erase_if(m_marks, [&](const Mark& mark) { return mark.time_s >= now_s; });
    // Another course of events may release other items and bring other people under the same ids.
    const std::size_t items = state.world.catalogue.size();
    const std::size_t people = state.world.population.size();
    if (m_cards && (m_cards->items.size() > items || m_cards->people.size() > people)) {
        auto cards = std::make_shared<Cards>(*m_cards);
        cards->items.resize(std::min(cards->items.size(), items));
        cards->people.resize(std::min(cards->people.size(), people));
        m_cards = std::move(cards);
    }
    if (m_picked.valid() && m_picked.index() >= people) m_picked = PersonId();
    m_map.go_back(items);
    fleet.go_back(now_s);
    m_hour = now_s;
    m_hour_funnel = {};
    codes.go_back(now_s);
    hidden.go_back(now_s, people);
    m_hour_timings.clear();
    m_trail.clear();
    m_features_before.clear();
    m_features_now.clear();
    m_trace = nullptr;
}

void Watcher::refresh_cards(const SimulationState& state) {
    const Catalogue& catalogue = state.world.catalogue;
    const std::vector<Person>& people = state.world.population.people;
    if (m_cards && m_cards->items.size() == catalogue.size() &&
        m_cards->people.size() == people.size()) {
        return;
    }
    auto cards = m_cards ? std::make_shared<Cards>(*m_cards) : std::make_shared<Cards>();
    const DomainPack& pack = domain_pack(state.params.world.pack);
    for (std::size_t t = 0; t < kTopicCount; ++t) cards->topics[t] = pack.topics[t].name;
    for (std::size_t i = cards->items.size(); i < catalogue.size(); ++i) {
        const ItemCard& card = catalogue.cards[i];
        ItemView view;
        view.title = card.title;
        view.topic = static_cast<std::uint8_t>(card.topic.value);
        view.subtopic = pack.topics[card.topic.index()].subtopics[card.subtopic];
        view.creator = state.world.creators[card.creator.index()].name;
        if (card.franchise.valid())
            view.franchise = state.world.franchises[card.franchise.index()].name;
        view.duration_s = card.duration_s;
        view.released_s = card.released_s;
        cards->items.push_back(std::move(view));
    }
    for (std::size_t i = cards->people.size(); i < people.size(); ++i) {
        const Person& person = people[i];
        cards->people.push_back({person.name, person.age, static_cast<std::uint8_t>(person.segment),
                                 std::string(device_label(person.device)),
                                 std::string(region_label(person.region)), person.joined_s});
    }
    m_cards = std::move(cards);
}

void Watcher::refresh_rankers(const SimulationState& state) {
    if (m_rankers_of == state.rankers) return;
    m_rankers_of = state.rankers;
    auto views = std::make_shared<std::vector<RankerRoundView>>();
    for (std::size_t r = 0; state.rankers && r < state.rankers->size(); ++r) {
        const RankerRound& round = (*state.rankers)[r];
        RankerRoundView& view = views->emplace_back();
        view.time_s = round.time_s;
        view.learned = round.learned;
        view.held_out = round.held_out;
        const auto timing = m_ranker_timing.find(round.time_s);
        for (std::size_t m = 0; m < enum_count<RankingModel>; ++m) {
            const RankingQuality& quality = round.quality[m];
            view.models[m] = {quality.log_loss, quality.auc, quality.ndcg_at_10};
            if (timing == m_ranker_timing.end()) continue;
            view.models[m].train_s = timing->second[m].train_s;
            view.models[m].score_us = timing->second[m].score_us;
        }
    }
    m_rankers = std::move(views);
}

std::shared_ptr<const PersonView> Watcher::person_view(const SimulationState& state) {
    const PersonId id = focus();
    if (!id.valid() || id.index() >= state.world.population.size()) return nullptr;
    auto view = std::make_shared<PersonView>();
    const Person& person = state.world.population.people[id.index()];
    view->person = id;
    view->taste_share = softmax_affinity(state.world, state.params, id);
    view->recent_share = state.store.realtime(id).recent_share;
    if (state.store.batch()) view->profile_share = state.store.batch()->person(id).topic_share;
    view->session_pages = person.session.pages;
    view->in_session = person.session.active;
    view->churned = person.churned;
    for (const RecentItem& left : state.store.history(id).unfinished)
        view->unfinished.push_back({left.item, left.share});
    if (m_trace && m_trace->person == id) {
        view->trace = m_trace;
        view->clicked = m_clicked;
        view->query = m_map.project(m_trace->query);
        view->worth = hidden.worth(state, m_trace);
        if (m_trail_of == id) {
            for (const Vector& query : m_trail) view->trail.push_back(m_map.project(query));
        }
    }
    view->features = m_features_now.empty() ? feature_rows(state, id) : m_features_now;
    for (std::size_t i = 0; i < view->features.size() && i < m_features_before.size(); ++i) {
        view->features[i].before = m_features_before[i].now;
    }
    return view;
}

std::shared_ptr<Snapshot> Watcher::snapshot(const SimulationState& state) {
    refresh_cards(state);
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->pack = domain_pack(state.params.world.pack).label;
    snapshot->seed = state.seed;
    snapshot->tick = state.tick;
    snapshot->now_s = state.now_s();
    snapshot->people = state.world.population.size();
    snapshot->items = state.world.catalogue.size();
    snapshot->released_today = state.released_today;
    snapshot->requests = state.requests;
    snapshot->hash = hash_text(state.hashes.all());
    snapshot->params = std::make_shared<const Params>(state.params);
    snapshot->cards = m_cards;
    snapshot->map = m_map.map(state);
    snapshot->item_vectors = state.models.eras[Era::two_tower].space.trained;
    snapshot->series = m_series;
    snapshot->latency = m_latency;
    snapshot->funnel = m_funnel;
    refresh_rankers(state);
    snapshot->rankers = m_rankers;
    if (state.models.ranker) snapshot->ranker = state.models.ranker->kind;
    snapshot->focus = person_view(state);
    for (const PendingJob& job : state.jobs) {
        snapshot->jobs.push_back({job.label, job.stage, job.progress->load(), job.deploy_s});
    }
    snapshot->curves = training_curves(state.models);
    codes.fill(state, *snapshot);
    snapshot->tastes = hidden.tastes();
    snapshot->marks = m_marks;
    return snapshot;
}

}  // namespace cascadelab
