#include "tests/worlds/ui/demo_snapshot.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/cascade/request/ranking_columns.h"
#include "tests/worlds/ui/demo_fleet.h"
#include "tests/worlds/ui/demo_generative.h"
#include "tests/worlds/ui/demo_people.h"

namespace cascadelab {
namespace {

constexpr std::size_t kPeople = 600, kItems = 2000, kCandidates = 300, kSlate = 10;
constexpr Seconds kNow = 11 * kDay + 18 * kHour + 35 * 60;

// Pictures only: no run depends on these numbers, but every call gives the same ones.
class Dice {
  public:
    explicit Dice(std::uint32_t seed) : m_engine(seed) {}
    float uniform() { return static_cast<float>(m_engine() >> 8) / 16777216.0f; }
    float normal() {
        float sum = -6;
        for (int i = 0; i < 12; ++i) sum += uniform();
        return sum;
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_engine()) % n; }

  private:
    std::mt19937 m_engine;
};

constexpr std::array<const char*, 8> kTopics = {"Crime drama", "Documentary", "Comedy", "Sci-fi",
                                                "Romance",     "Animation",   "Sport",  "History"};
constexpr std::array<std::array<float, 2>, 8> kCentres = {{{-1.1f, 0.7f},
                                                           {1.1f, 0.9f},
                                                           {0.0f, -0.2f},
                                                           {-1.4f, -0.7f},
                                                           {-0.4f, 1.2f},
                                                           {1.4f, -0.4f},
                                                           {0.6f, -1.1f},
                                                           {1.7f, 0.4f}}};
constexpr std::array<const char*, 12> kFirst = {
    "The Yak Herders",     "Salt Roads",    "Cold Harbour",     "Women",
    "The Last Lighthouse", "Night Trains",  "The Glass River",  "Seven Winters",
    "Paper Kings",         "A Field Guide", "The Quiet Season", "Borrowed Light"};
constexpr std::array<const char*, 10> kPlace = {
    "of Altai",         "of the Steppe",  "to Trieste",  "in the North", "of Lisbon",
    "beyond the Fjord", "after Midnight", "at Low Tide", "of the Delta", "without Maps"};
constexpr std::array<const char*, 10> kNames = {"Mira", "Jonas", "Aiko", "Tomas", "Leila",
                                                "Noor", "Pavel", "Ines", "Samir", "Greta"};
constexpr std::array<const char*, 4> kDevices = {"phone", "tablet", "laptop", "television"};
constexpr std::array<const char*, 4> kRegions = {"North", "East", "South", "West"};

std::size_t topicOf(std::size_t item) {
    return item % 8;
}

std::shared_ptr<const Cards> makeCards() {
    auto cards = std::make_shared<Cards>();
    for (std::size_t t = 0; t < 8; ++t) cards->topics[t] = kTopics[t];
    Dice dice(1);
    for (std::size_t i = 0; i < kItems; ++i) {
        ItemView item;
        item.title = std::string(kFirst[i % 12]) + " " + kPlace[(i / 12) % 10];
        if (i % 23 == 2) item.franchise = kFirst[i % 12], item.title += " 2";
        item.topic = static_cast<std::uint8_t>(topicOf(i));
        item.subtopic = i % 3 == 0 ? "Nature" : i % 3 == 1 ? "Travel" : "People";
        item.creator = std::string("Studio ") + kPlace[i % 10];
        item.duration_s = 60 * (22 + 90 * dice.uniform());
        item.released_s = i < kItems - 60 ? -static_cast<Seconds>(dice.uniform() * 90 * kDay)
                                          : kNow - static_cast<Seconds>(dice.uniform() * 2 * kDay);
        cards->items.push_back(item);
    }
    for (std::size_t p = 0; p < kPeople; ++p) {
        cards->people.push_back({kNames[p % 10], static_cast<std::uint8_t>(16 + dice.below(60)),
                                 static_cast<std::uint8_t>(p == 0 ? 1 : dice.below(3)),
                                 kDevices[(p + 1) % 4], kRegions[p % 4]});
    }
    return cards;
}

std::shared_ptr<const MapView> makeMap() {
    auto map = std::make_shared<MapView>();
    map->model = "two-tower of day 12, 32 dims, PCA";
    map->version = 12;
    map->explained_share = 0.41;
    Dice dice(2);
    const auto near = [&dice](std::size_t topic, float spread) {
        return std::array<float, 2>{kCentres[topic][0] + spread * dice.normal(),
                                    kCentres[topic][1] + spread * dice.normal()};
    };
    for (std::size_t i = 0; i < kItems; ++i) map->items.push_back(near(topicOf(i), 0.18f));
    for (std::size_t p = 0; p < kPeople; ++p) {
        map->people.push_back(near(p % 8, 0.3f));
        map->people_topic.push_back(static_cast<std::uint8_t>(p % 8));
    }
    return map;
}

std::shared_ptr<const MetricSeries> makeSeries() {
    auto series = std::make_shared<MetricSeries>();
    Dice dice(3);
    for (int k = 0; k < 40; ++k) {
        MetricPoint point;
        point.time_s = (kNow * (k + 1)) / 40 / kHour * kHour;
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            for (std::size_t g = 0; g < kGroupCount; ++g) {
                const float bend = std::sin(static_cast<float>(k) * 0.12f + static_cast<float>(m));
                const float base = 0.35f + 0.25f * bend + 0.04f * static_cast<float>(g);
                point.value[m][g] = base + 0.015f * dice.normal();
            }
        }
        point.reference.fill(point.value);
        for (auto& groups : point.reference[0])
            for (float& value : groups) value = 0.75f + 0.2f * value;
        for (auto& groups : point.reference[1])
            for (float& value : groups) value *= 0.6f;
        const auto all = [&point](Metric m) -> float& {
            return point.value[static_cast<std::size_t>(m)][0];
        };
        for (std::size_t g = 0; g < kGroupCount; ++g) {
            constexpr std::array kLost = {0.14f, 0.05f, 0.06f, 0.28f, 0.08f, 0.03f, 0.01f};
            constexpr std::array kRegret = {0.25f, 0.05f, 0.08f, 0.9f, -0.12f, 0.08f, 0.02f};
            const float more =
                0.9f + 0.05f * static_cast<float>(g) + 0.004f * static_cast<float>(k);
            float kept = 1;
            for (std::size_t stage = 0; stage < kLost.size(); ++stage) {
                const auto lost = index_of(Metric::lost_retrieval) + stage;
                const auto regret = index_of(Metric::regret_retrieval) + stage;
                kept -= point.value[lost][g] = kLost[stage] * more;
                point.value[regret][g] = kRegret[stage] * more;
            }
            point.value[Metric::recall_slate][g] = kept;
        }
        all(Metric::effective_catalogue) *= 1800;
        all(Metric::session_length_s) *= 4000;
        all(Metric::return_gap_h) *= 40;
        all(Metric::feature_age_p95_s) *= 9000;
        all(Metric::taste_drift_deg) *= 30;
        all(Metric::topic_entropy_bits) *= 4;
        series->push_back(point);
    }
    return series;
}

std::shared_ptr<const std::vector<LatencyPoint>> makeLatency() {
    auto points = std::make_shared<std::vector<LatencyPoint>>();
    constexpr EnumArray<CascadeStage, float> kMeans = {60, 190, 0,  0,   80, 45,
                                                       30, 25,  20, 410, 90, 15};
    Dice dice(4);
    for (Seconds t = kNow - 48 * kHour; t <= kNow; t += kHour) {
        LatencyPoint point;
        point.time_s = t / kHour * kHour;
        const float rhythm = 1 + 0.25f * static_cast<float>(std::sin(hour_of(t) / 24 * 6.283 - 2));
        point.requests = static_cast<std::uint32_t>(180 * rhythm);
        point.p50_us = (930 + 30 * dice.normal()) * rhythm;
        point.p95_us = point.p50_us * 1.5f;
        point.p99_us = point.p50_us * (2 + 0.2f * dice.uniform());
        for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
            point.stage_mean_us[s] = kMeans[s] * rhythm;
        }
        points->push_back(point);
    }
    return points;
}

// Fates by rank: filters first, then the page, then what re-ranking passed over, then the cut.
Fate fateOf(std::size_t k) {
    if (k % 11 == 4) return Fate::watched;
    if (k % 13 == 5) return Fate::shown_recently;
    if (k % 31 == 6) return Fate::not_licensed;
    if (k % 47 == 7) return Fate::not_interested;
    if (k >= 120) return Fate::below_cut;
    if (k % 7 == 3) return Fate::franchise_cap;
    if (k % 17 == 9) return Fate::topic_cap;
    return k % 2 == 0 ? Fate::diversity : Fate::score;
}

Candidate makeCandidate(std::size_t k, Dice& dice) {
    Candidate c;
    c.item = ItemId{k < 5 ? kItems - 55 + 8 * k : (k * 37 + 1) % kItems};
    c.source = static_cast<Source>(k % 10 < 5 ? 1 : k % enum_count<Source>);
    c.proposers = only(c.source);
    if (k % 6 == 0) c.proposers |= only(Source::covisitation);
    const float fall = std::exp(-static_cast<float>(k) / 90);
    c.retrieval_score = 0.9f * fall + 0.05f * dice.uniform();
    c.fate = fateOf(k);
    const bool dropped = c.fate >= Fate::watched && c.fate <= Fate::not_interested;
    if (dropped) return c;
    c.click = 0.32f * fall + 0.02f * dice.uniform();
    c.watch = 0.7f * fall + 0.05f * dice.uniform();
    c.like = 0.2f * c.watch;
    c.not_interested = 0.04f * (1 - fall);
    c.value = 0.3f * c.click + c.watch + 0.6f * c.like - 2 * c.not_interested;
    if (c.fate != Fate::below_cut) c.rerank_score = c.value - 0.1f * dice.uniform();
    return c;
}

// Twelve items that a simulated language model put in another order.
void fillReading(CascadeTrace& trace) {
    LanguagePicture& picture = trace.language;
    picture.calls = picture.series = picture.omitted = 1;
    picture.prompt_tokens = 2140;
    picture.answer_tokens = 12;
    for (std::size_t i = 0; i < 12; ++i) {
        picture.before.push_back(ItemId(7 * i + 1));
        picture.after.push_back(ItemId(7 * ((5 * i + 3) % 12) + 1));
        picture.text += std::to_string(i + 1) + ". A title | drama, family | slow, warm\n";
    }
}

// A person who last watched forty things, and two blocks that look at the newest of them.
void fillAttention(CascadeTrace& trace) {
    constexpr Eigen::Index kEvents = 40;
    trace.attention.weight.resize(2, kEvents);
    for (Eigen::Index e = 0; e < kEvents; ++e) {
        const auto back = static_cast<float>(kEvents - 1 - e);
        trace.attention.events.push_back({ItemId(static_cast<std::size_t>(7 * e)),
                                          e % 5 == 0 ? "liked" : "watched", 1800 + 9000 * back});
        trace.attention.weight(0, e) = std::exp(-back / 5);
        trace.attention.weight(1, e) = e % 7 == 3 ? 1.0f : 0.1f;
    }
    for (Eigen::Index b = 0; b < 2; ++b)
        trace.attention.weight.row(b) /= trace.attention.weight.row(b).sum();
}

void fillRanks(CascadeTrace& trace) {
    std::vector<Candidate*> ranked;
    for (Candidate& c : trace.candidates) {
        if (c.value != 0) ranked.push_back(&c);
    }
    std::ranges::sort(ranked, [](const Candidate* a, const Candidate* b) {
        return a->value != b->value ? a->value > b->value : a->item < b->item;
    });
    for (std::size_t r = 0; r < ranked.size(); ++r) {
        ranked[r]->rank = static_cast<std::uint16_t>(r);
        if (r >= kSlate) continue;
        ranked[r]->fate = Fate::shown;
        ranked[r]->position = static_cast<std::int8_t>(r);
        trace.slate.push_back(ranked[r]->item);
    }
    ranked[4]->explored = true;
    ranked[0]->promoted = true;
}

std::shared_ptr<const CascadeTrace> makeTrace() {
    auto trace = std::make_shared<CascadeTrace>();
    trace->person = PersonId{0};
    trace->request = 48213;
    trace->now_s = kNow - 28;
    Dice dice(5);
    for (std::size_t k = 0; k < kCandidates; ++k) {
        trace->candidates.push_back(makeCandidate(k, dice));
        ++trace->counts.proposed[static_cast<std::size_t>(trace->candidates.back().source)];
    }
    fillRanks(*trace);
    fillAttention(*trace);
    fillReading(*trace);
    trace->beam = demoBeam(*demoCodes(kItems));
    for (auto& proposed : trace->counts.proposed) proposed += proposed / 6;
    trace->counts.merged = kCandidates;
    for (const Candidate& c : trace->candidates) {
        trace->counts.filtered += c.rank != 0xFFFF;
        trace->counts.ranked += c.rank != 0xFFFF && c.fate != Fate::below_cut;
    }
    trace->counts.slate = kSlate;

    constexpr EnumArray<CascadeStage, float> kStart = {0,  62,  0,   0,   70,  75,
                                                       80, 262, 288, 310, 722, 815};
    constexpr EnumArray<CascadeStage, float> kTook = {60, 190, 0,  0,   82, 44,
                                                      31, 24,  20, 408, 91, 15};
    trace->start_us = kStart;
    trace->measured_us = kTook;

    const std::size_t columns = ranking_columns().size();
    trace->features = Matrix(kCandidates, columns);
    trace->explanation = "SHAP";
    trace->contributions = Matrix(kSlate, columns + 1);
    for (std::size_t i = 0; i < kCandidates * columns; ++i) {
        trace->features.data()[i] = dice.uniform();
    }
    for (std::size_t r = 0; r < kSlate; ++r) {
        for (std::size_t c = 0; c <= columns; ++c) {
            const float size = 1.2f / static_cast<float>(1 + c % 9);
            trace->contributions(r, c) =
                size * (c % 5 < 3 ? 1 : -0.7f) * (0.6f + 0.3f * dice.normal());
        }
    }
    for (std::size_t k = 0; k < 10; ++k) {
        const auto lost = k < 2 ? LossStage::retrieval : k == 2 ? LossStage::rank : LossStage::kept;
        trace->oracle.push_back({ItemId{k < 2 ? 17 + k : trace->slate[k % kSlate].index()},
                                 3 - 0.1f * static_cast<float>(k), lost});
    }
    return trace;
}

std::shared_ptr<const HourFunnel> makeFunnel() {
    auto funnel = std::make_shared<HourFunnel>();
    constexpr EnumArray<Source, std::uint64_t> kProposed = {40, 180, 60, 0, 90, 80, 40, 40, 6, 0};
    constexpr std::array<double, 5> kLeft = {0.85, 0.72, 0.28, 0.027, 0.0022};
    funnel->requests = 231;
    for (std::size_t s = 0; s < enum_count<Source>; ++s) {
        funnel->proposed[s] = kProposed[s] * funnel->requests;
        for (std::size_t k = 0; k < kLeft.size(); ++k) {
            funnel->by_source[s].left[k + 1] =
                static_cast<std::uint64_t>(static_cast<double>(funnel->proposed[s]) * kLeft[k]);
        }
    }
    const auto total = [&](FunnelStep step) { return funnel->total(step); };
    const std::uint64_t slate = total(FunnelStep::slate);
    funnel->examined = slate / 2;
    const std::uint64_t filtered = total(FunnelStep::merged) - total(FunnelStep::filtered);
    const std::uint64_t passed = total(FunnelStep::ranked) - slate;
    funnel->fates = {slate,
                     filtered - filtered / 4 - filtered / 8 - filtered / 16,
                     filtered / 4,
                     filtered / 8,
                     filtered / 16,
                     total(FunnelStep::filtered) - total(FunnelStep::ranked),
                     passed - passed / 3 - passed / 6 - passed / 12,
                     passed / 3,
                     passed / 6,
                     passed / 12};
    return funnel;
}

std::shared_ptr<const PersonView> makeFocus(const Cards& cards) {
    auto focus = std::make_shared<PersonView>();
    focus->person = PersonId{0};
    focus->taste_share = {0.08f, 0.34f, 0.10f, 0.05f, 0.04f, 0.06f, 0.03f, 0.30f};
    focus->recent_share = {0.27f, 0.46f, 0.08f, 0, 0, 0, 0.04f, 0.15f};
    focus->profile_share = {0.48f, 0.14f, 0.12f, 0.06f, 0.05f, 0.05f, 0.04f, 0.06f};
    focus->trail = {{-1.1f, 0.3f}, {-1.0f, 0.45f}, {-0.8f, 0.55f}, {-0.5f, 0.65f}, {0.2f, 0.8f}};
    focus->query = {0.8f, 0.9f};
    focus->features = {{"search_match", "streaming", 2, "0", "1"},
                       {"recent_topic_share", "streaming", 2, "0.06", "0.46"},
                       {"user_vector", "on event", 2, "0.41", "1.02"},
                       {"topic_share_30d", "batch", 14 * 3600.0, "0.14", "0.14"},
                       {"last_search_s", "streaming", -1, "", ""}};
    focus->session_pages = 2;
    focus->in_session = true;
    focus->trace = makeTrace();
    focus->worth = demoWorth(cards, *focus->trace);
    focus->clicked = {focus->trace->slate.front()};
    return focus;
}

// Six nightly comparisons; the deep ranker gains as the log grows.
std::shared_ptr<const std::vector<RankerRoundView>> makeRankers() {
    auto rounds = std::make_shared<std::vector<RankerRoundView>>();
    for (int day = 0; day < 6; ++day) {
        const float wobble = 0.004f * std::sin(static_cast<float>(3 * day));
        const float age = static_cast<float>(day) / 5;
        RankerRoundView& round = rounds->emplace_back();
        round.time_s = kNow - (6 - day) * kDay;
        round.learned = static_cast<std::uint64_t>(6400 + 3200 * day);
        round.held_out = round.learned / 4;
        round.models[0] = {0.312f, 0.702f + wobble, 0.471f + wobble, 0.05f, 31 + 400 * wobble};
        round.models[1] = {0.301f, 0.731f - wobble, 0.492f + wobble, 0.61f, 330 + 5000 * wobble};
        round.models[2] = {0.309f - 0.006f * age, 0.712f + 0.014f * age, 0.473f + 0.02f * age,
                           1.2f + 2 * age, 610 - 4000 * wobble};
        round.models[3] = {0.304f, 0.726f + wobble, 0.497f - wobble, 0.44f, 210 + 3000 * wobble};
    }
    return rounds;
}

}  // namespace

std::shared_ptr<const Snapshot> demoSnapshot() {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->title = "The first half second";
    snapshot->pack = "films and series";
    snapshot->seed = 20261122;
    snapshot->tick = static_cast<std::uint64_t>(kNow / 300);
    snapshot->now_s = kNow;
    snapshot->end_s = 42 * kDay;
    snapshot->people = kPeople;
    snapshot->items = kItems;
    snapshot->released_today = 60;
    snapshot->requests = 48213;
    snapshot->requests_per_s = 2310;
    snapshot->ticks_per_s = 24;
    snapshot->hash = "9f3c2a7d51e04b88";
    auto params = std::make_shared<Params>();
    params->rerank.diversity = 0.35;
    params->rerank.exploration_slots = 1;
    params->features.streaming_lag_s = 120;
    params->serving.modelled = true;
    snapshot->params = params;
    snapshot->cards = makeCards();
    snapshot->map = makeMap();
    snapshot->series = makeSeries();
    snapshot->latency = makeLatency();
    snapshot->fleet = demoFleet(kNow);
    snapshot->funnel = makeFunnel();
    snapshot->rankers = makeRankers();
    snapshot->ranker = RankingModel::xgboost;
    snapshot->codes = demoCodes(kItems);
    snapshot->code_health = demoCodeHealth(kNow);
    snapshot->exposure = demoExposure(kItems, kNow);
    snapshot->generative.wanted = snapshot->generative.ready = true;
    snapshot->generative.built_s = 7 * kDay + 2 * kHour;
    snapshot->generative.trained_s = kNow - 20 * kHour;
    snapshot->focus = makeFocus(*snapshot->cards);
    snapshot->tastes = demoTastes(*snapshot->cards, kNow);
    snapshot->jobs = {{"ranker", Stage::ranking, 0.64, kNow + 1800},
                      {"two-tower", Stage::retrieval, 0.2, kNow + 2400}};
    snapshot->marks = {{2 * kDay + 9 * kHour, "Streaming lag 120 s", false, false},
                       {4 * kDay + 20 * kHour, "Diversity 0.35", false, false},
                       {9 * kDay + 12 * kHour, "search: Documentary", false, false},
                       {17 * kDay + 18 * kHour, "peak holiday", true, true}};
    snapshot->curves = {{"two-tower", kNow - 20 * kHour, {4.9f, 4.3f, 4.1f}, {}},
                        {"HSTU",
                         kNow - 20 * kHour,
                         {4.8f, 4.2f, 3.9f, 3.7f, 3.6f},
                         {4.6f, 4.2f, 4.05f, 4.0f, 4.02f}}};
    for (Seconds t = 0; t < kNow; t += 6 * kHour) snapshot->keyframes.push_back(t);
    return snapshot;
}

}  // namespace cascadelab
