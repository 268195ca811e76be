#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/error.h"
#include "engine/features/streaming.h"
#include "engine/sim/metrics/day_tally.h"
#include "engine/sim/metrics/metrics.h"

namespace cascadelab {
namespace {

// Counts the day of every segment, newcomers apart from the others.
class DayCount {
  public:
    explicit DayCount(const DayInputs& view);
    void count_events();
    void count_repeats();
    void count_people();
    void count_facts();
    void count_reference(Reference reference);  // alone, in place of all the others
    Tally of_group(std::size_t group) const;
    double first_impression_h(const Tally& tally) const;

  private:
    bool is_today(Seconds time_s) const { return time_s >= m_begin_s && time_s < m_view.now_s; }
    Tally& tally_of(PersonId person) {
        const Person& who = m_view.world.population.people[person.index()];
        auto& tallies = m_view.now_s - who.joined_s < kNewFor ? m_newcomers : m_others;
        return tallies[who.segment];
    }
    bool is_new(const Event& event, const ItemCard& card) const {
        return event.time_s - card.released_s < kDay;
    }
    void count_event(const Event& event);

    static constexpr Seconds kNewFor = 7 * kDay;  // a newcomer, after joining

    const DayInputs& m_view;
    Seconds m_begin_s;
    Seconds m_log_begin_s = std::numeric_limits<Seconds>::max();  // of the oldest event kept
    Tally m_empty;
    EnumArray<Segment, Tally> m_newcomers, m_others;
    std::vector<std::array<double, kTopicCount>> m_watched_topics;  // by PersonId
    std::vector<Seconds> m_last_end_s;  // by PersonId; the latest session end in the log so far
};

constexpr double kNotYet = std::numeric_limits<double>::infinity();
constexpr Seconds kNoEnd = std::numeric_limits<Seconds>::min();

DayCount::DayCount(const DayInputs& view)
    : m_view(view),
      m_begin_s(std::max<Seconds>(0, view.now_s - kDay)),
      m_watched_topics(view.world.population.size()),
      m_last_end_s(view.world.population.size(), kNoEnd) {
    m_empty.items.resize(view.world.catalogue.size());
    m_empty.creators.resize(view.world.creators.size());
    m_empty.first_shown_s.resize(view.world.catalogue.size(), kNotYet);
    m_newcomers.fill(m_empty);
    m_others.fill(m_empty);
}

void DayCount::count_events() {
    m_view.log.visit([&](const Event& event) {
        m_log_begin_s = std::min(m_log_begin_s, event.time_s);
        if (event.kind == EventKind::impression) {
            double& first_s = tally_of(event.person).first_shown_s[event.item.index()];
            first_s = std::min(first_s, static_cast<double>(event.time_s));
        }
        if (is_today(event.time_s)) count_event(event);
        if (event.kind == EventKind::session_end) m_last_end_s[event.person.index()] = event.time_s;
    });
}

void DayCount::count_event(const Event& event) {
    Tally& tally = tally_of(event.person);
    const auto card = [&]() -> const ItemCard& {
        return m_view.world.catalogue.cards[event.item.index()];
    };
    switch (event.kind) {
        case EventKind::impression:
            ++tally.impressions;
            ++tally.items[event.item.index()];
            ++tally.creators[card().creator.index()];
            if (is_new(event, card())) ++tally.new_items;
            break;
        case EventKind::click:
            ++tally.clicks;
            if (is_new(event, card())) ++tally.new_clicks;
            break;
        case EventKind::watch:
            tally.watch_share.add(event.value);
            ++tally.watches;
            tally.watched_s +=
                static_cast<double>(event.value) * static_cast<double>(card().duration_s);
            if (event.from + event.value >= kWatchedShare) ++tally.finished;
            if (event.value >= kPositiveShare) {
                ++tally.training_watches;
                if (event.generated) ++tally.own_training_watches;
            }
            ++m_watched_topics[event.person.index()][card().topic.index()];
            break;
        case EventKind::session_start:
            if (const Seconds end_s = m_last_end_s[event.person.index()]; end_s != kNoEnd) {
                tally.return_gap_s.add(static_cast<double>(event.time_s - end_s));
            }
            break;
        case EventKind::session_end:
            tally.session_length_s.add(event.value);
            break;
        case EventKind::like:
        case EventKind::dislike:
        case EventKind::not_interested:
        case EventKind::follow:
        case EventKind::add_to_list:
        case EventKind::search:
            break;
    }
}

// One bit for every person and item: shown so far. Very large worlds take the people in blocks, one
// pass over the log each, so that memory stays bounded.
void DayCount::count_repeats() {
    constexpr std::size_t kBits = std::size_t{1} << 28;
    const std::size_t items = m_view.world.catalogue.size();
    const std::size_t people = m_view.world.population.size();
    if (items == 0) return;
    const std::size_t block = std::min(people, std::max<std::size_t>(1, kBits / items));
    std::vector<std::uint64_t> shown;
    for (std::size_t first = 0; first < people; first += block) {
        shown.assign((block * items + 63) / 64, 0);
        m_view.log.visit([&](const Event& event) {
            if (event.kind != EventKind::impression) return;
            const std::size_t row = event.person.index() - first;  // huge for those before
            if (row >= block) return;
            const std::size_t bit = row * items + event.item.index();
            std::uint64_t& word = shown[bit / 64];
            const std::uint64_t mask = std::uint64_t{1} << bit % 64;
            if ((word & mask) != 0 && is_today(event.time_s)) ++tally_of(event.person).repeats;
            word |= mask;
        });
    }
}

void DayCount::count_people() {
    constexpr double kFewestWatches = 3;
    const Population& population = m_view.world.population;
    for (std::size_t i = 0; i < population.size(); ++i) {
        Tally& tally = tally_of(PersonId(i));
        ++tally.people;
        if (population.people[i].churned) ++tally.churned;
        const double cosine = std::clamp(
            static_cast<double>(dot(population.taste[i], population.innate[i])), -1.0, 1.0);
        tally.taste_drift_deg.add(std::acos(cosine) * 180 / std::numbers::pi);
        double watches = 0;
        for (double count : m_watched_topics[i]) watches += count;
        if (watches >= kFewestWatches) {
            tally.topic_entropy_bits.add(entropy_bits(m_watched_topics[i]));
        }
    }
}

void DayCount::count_facts() {
    m_view.facts.visit_from(m_view.now_s - kDay, [this](const RequestFacts& facts) {
        tally_of(facts.person).add_facts(facts);
    });
}

void DayCount::count_reference(Reference reference) {
    const auto r = index_of(reference);
    m_view.facts.visit_from(m_view.now_s - kDay, [&](const RequestFacts& facts) {
        if (!facts.reference) return;
        Tally& tally = tally_of(facts.person);
        tally.add_facts(facts.reference->facts[r]);
        for (const ItemId item : facts.reference->page[r]) {
            const ItemCard& card = m_view.world.catalogue.cards[item.index()];
            ++tally.impressions;
            ++tally.items[item.index()];
            ++tally.creators[card.creator.index()];
            if (facts.time_s - card.released_s < kDay) ++tally.new_items;
        }
    });
}

Tally DayCount::of_group(std::size_t group) const {
    Tally sum = m_empty;
    for (const Segment segment : every<Segment>) {
        const bool counts = group == 0 || group == 1 + index_of(segment);
        if (counts) sum.add(m_others[segment]);
        if (counts || group == kNewcomers) sum.add(m_newcomers[segment]);
    }
    return sum;
}

double DayCount::first_impression_h(const Tally& tally) const {
    const Seconds since_s = std::max<Seconds>(0, m_log_begin_s);
    std::vector<float> hours;
    for (std::size_t i = 0; i < tally.first_shown_s.size(); ++i) {
        const double first_s = tally.first_shown_s[i];
        const Seconds released_s = m_view.world.catalogue.cards[i].released_s;
        if (released_s < since_s || first_s == kNotYet || !is_today(static_cast<Seconds>(first_s)))
            continue;
        hours.push_back(static_cast<float>((first_s - static_cast<double>(released_s)) / kHour));
    }
    return nearest_rank(std::move(hours), 0.5);
}

void put_codes(const std::optional<CodeHealth>& codes, DayValues& values) {
    const auto put = [&](Metric metric, double value) {
        values[metric] = codes ? value : kNothing;
    };
    Mean perplexity;
    int dead = 0;
    const CodeHealth health = codes.value_or(CodeHealth{});
    for (const LevelHealth& level : health.levels) {
        perplexity.add(level.perplexity);
        dead += level.dead_codes;
    }
    put(Metric::code_perplexity, perplexity.value());
    put(Metric::dead_codes, dead);
    put(Metric::unique_code_share, health.unique_share);
    put(Metric::collision_rate, health.collision_rate);
}

void put_fleet(const DayInputs& view, DayValues& values) {
    if (!view.fleet || !view.fleet_plan || view.fleet->day.empty()) return;
    const FleetTicks ticks = view.fleet->day;
    const FleetDay day = fleet_day(ticks);
    const Bill bill = fleet_bill(ticks, *view.fleet_plan, view.fleet_work, view.params);
    values[Metric::latency_p50_ms] = 1000 * latency_quantile_s(ticks, 0.5);
    values[Metric::latency_p95_ms] = 1000 * latency_quantile_s(ticks, 0.95);
    values[Metric::latency_p99_ms] = 1000 * latency_quantile_s(ticks, 0.99);
    values[Metric::timeout_share] = day.timeout_share;
    values[Metric::fallback_share] = day.fallback_share;
    values[Metric::stale_page_share] = day.stale_page_share;
    values[Metric::cache_hit_share] = day.hit_share;
    values[Metric::stream_lag_s] = day.stream_lag_s;
    values[Metric::cost_per_1000_usd] = bill.per_thousand_usd();
    values[Metric::cost_per_month_usd] = bill.month_usd();
    values[Metric::cost_per_person_usd] = bill.per_person_usd();
    values[Metric::server_count] = server_count(day, *view.fleet_plan);
    values[Metric::gpu_count] = gpu_count(day, *view.fleet_plan);
    for (const FleetStation station : every<FleetStation>)
        values[utilisation_of(station)] = day.utilisation[station];
}

// How alike similar people's reference pages are, above the oracle's; the oracle's own are not.
double overlap_of(Reference reference, const Homogenisation& overlap, std::size_t group) {
    switch (reference) {
        case Reference::oracle:
            return std::isnan(overlap.browsed[group]) ? kNothing : 0;
        case Reference::no_recommender:
            return overlap.browsed[group];
        case Reference::same_requests:
            return kNothing;
    }
    CHECK(false);
}

MetricValues reference_values(const DayInputs& view, Reference reference,
                              const Homogenisation& overlap) {
    DayCount count(view);
    count.count_reference(reference);
    MetricValues out;
    for (std::size_t group = 0; group < kGroupCount; ++group) {
        DayValues values = values_of(count.of_group(group));
        values[Metric::homogenisation] = overlap_of(reference, overlap, group);
        for (std::size_t metric = 0; metric < enum_count<Metric>; ++metric) {
            const bool of_pages = has_reference(static_cast<Metric>(metric));
            out[metric][group] = static_cast<float>(of_pages ? values[metric] : kNothing);
        }
    }
    return out;
}

}  // namespace

ImpressionShares impressions_of_day(const EventLog& log, std::size_t items, Seconds now_s) {
    std::vector<double> impressions(items);
    log.visit([&](const Event& event) {
        const bool today = event.time_s >= now_s - kDay && event.time_s < now_s;
        if (today && event.kind == EventKind::impression) ++impressions[event.item.index()];
    });
    return smoothed_impressions(impressions);
}

MetricPoint evaluate_day(const DayInputs& view) {
    DayCount count(view);
    count.count_events();
    count.count_repeats();
    count.count_people();
    count.count_facts();
    const Homogenisation overlap = homogenisation(view);

    MetricPoint point;
    point.time_s = view.now_s;
    for (std::size_t group = 0; group < kGroupCount; ++group) {
        const Tally tally = count.of_group(group);
        DayValues values = values_of(tally);
        values[Metric::first_impression_h] = count.first_impression_h(tally);
        values[Metric::homogenisation] = overlap.shown[group];
        values[Metric::training_skew] = group == 0 ? view.training_skew : kNothing;
        for (const RankingModel model : every<RankingModel>)
            values[auc_of(model)] = group == 0 ? view.ranker_auc[model] : kNothing;
        put_codes(group == 0 ? view.codes : std::nullopt, values);
        if (group == 0) put_fleet(view, values);
        if (view.fleet) {
            values[Metric::feature_age_p50_s] = nearest_rank(tally.feature_age_s, 0.5);
            values[Metric::feature_age_p99_s] = nearest_rank(tally.feature_age_s, 0.99);
        }
        for (std::size_t metric = 0; metric < enum_count<Metric>; ++metric) {
            point.value[metric][group] = static_cast<float>(values[metric]);
        }
    }
    for (const Reference reference : every<Reference>)
        point.reference[reference] = reference_values(view, reference, overlap);
    return point;
}

}  // namespace cascadelab
