// What the window may know: an immutable, screen-sized picture of one moment. Holds no pointer into
// the engine; large parts are shared between snapshots until they change. Built on the worker
// thread, read on any.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/cascade/request/trace.h"
#include "engine/params/params.h"
#include "engine/params/table.h"
#include "engine/sim/metrics/metric_point.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// What the window asks to see closely. Never part of the run: changing it changes no result.
struct Focus {
    PersonId person;  // the person whose requests are explained; invalid: the engine picks the most
                      // recent one
};

// Cards of all items and people, rebuilt only when there are more of them.
struct ItemView {
    std::string title;
    std::uint8_t topic = 0;  // 0..7, also its colour
    std::string subtopic;
    std::string creator;
    std::string franchise;  // empty for none
    float duration_s = 0;
    Seconds released_s = 0;
};
struct PersonCard {
    std::string name;
    std::uint8_t age = 0;
    std::uint8_t segment = 0;  // order of group_name() less one
    std::string device;
    std::string region;
    Seconds joined_s = -1;  // negative: before the first day
};
struct Cards {
    std::vector<ItemView> items;     // by ItemId
    std::vector<PersonCard> people;  // by PersonId
    std::array<std::string, 8> topics;
};

// The embedding map: vectors of the era that eras.map names in two dimensions (PCA of item vectors,
// aligned to the map before).
struct MapView {
    std::string model;          // "two-tower, 32 dims, PCA"; says when another model stands in
    std::uint64_t version = 0;  // rises when positions change
    std::vector<std::array<float, 2>> items;   // by ItemId
    std::vector<std::array<float, 2>> people;  // by PersonId; where their query points now
    std::vector<std::uint8_t> people_topic;    // strongest topic of each person's recent views
    double explained_share = 0;                // variance share of the two axes
};

// Wall-clock time of our own stages on this machine, in microseconds. Never part of the run.
struct LatencyPoint {
    Seconds time_s = 0;  // end of the interval (one virtual hour)
    std::uint32_t requests = 0;
    float p50_us = 0, p95_us = 0, p99_us = 0;
    EnumArray<CascadeStage, float> stage_mean_us{};
};

// Candidates of one first proposer by the steps they stood at; none at sources, where proposals are
// counted instead. What entered on the page stands at slate and not at ranked.
struct FunnelSource {
    EnumArray<FunnelStep, std::uint64_t> left{};
    std::uint64_t entered = 0;
};

// Sums over the requests of the last virtual hour that had any. Every candidate has one fate, so
// what a step lost is the sum of the fates that strike there.
struct HourFunnel {
    std::uint64_t requests = 0, examined = 0;
    EnumArray<Source, std::uint64_t> proposed{};
    EnumArray<Source, FunnelSource> by_source{};
    EnumArray<Fate, std::uint64_t> fates{};
    EnumArray<Fate, std::uint64_t> stopped{};  // by the policy gate, not among the fates

    std::uint64_t total(FunnelStep step) const {
        std::uint64_t sum = 0;
        for (const Source source : every<Source>)
            sum += step == FunnelStep::sources ? proposed[source] : by_source[source].left[step];
        return sum;
    }
};

// One kind of ranker in one comparison. Quality is of impressions nobody learned from; times are
// wall-clock times of this machine, never part of the run, NaN when this machine did not take them.
struct RankerPoint {
    float log_loss = 0;    // of the click, nats an impression
    float auc = 0;         // of the click
    float ndcg_at_10 = 0;  // of clicks, a request ordered by value
    float train_s = std::numeric_limits<float>::quiet_NaN();
    float score_us = std::numeric_limits<float>::quiet_NaN();  // to score 300 rows
};
struct RankerRoundView {
    Seconds time_s = 0;                             // when its training began
    std::uint64_t learned = 0, held_out = 0;        // impressions
    EnumArray<RankingModel, RankerPoint> models{};  // by RankingModel
};

// The semantic IDs of all items as requests walk them now: a row of digits an item.
struct ItemCodes {
    std::uint64_t version = 0;          // rises with every rebuild of the codebook
    std::vector<int> alphabet;          // by digit: how many codes it may take
    bool extra_digit = false;           // the last digit is no code: it numbers items of one path
    std::vector<std::uint16_t> digits;  // items x digits, by ItemId; an item after the last row
                                        // has no code yet
    std::size_t items() const { return alphabet.empty() ? 0 : digits.size() / alphabet.size(); }
    std::span<const std::uint16_t> path(ItemId item) const {
        return {digits.data() + item.index() * alphabet.size(), alphabet.size()};
    }
};

// How well the codes are used, at one moment; the extra digit counts nowhere.
struct CodeLevelPoint {
    float entropy_bits = 0;  // of the share of items a code
    float perplexity = 0;    // 2^entropy: of the alphabet when all codes are used alike
    int dead_codes = 0;      // that no item has
};
struct CodeHealthPoint {
    Seconds time_s = 0;
    std::vector<CodeLevelPoint> levels;
    float unique_share = 0;           // of items: those whose codes no other item has
    float collision_rate = 0;         // 1 - distinct paths of codes / items
    std::uint32_t biggest_group = 0;  // most items of one path of codes
    float changed_share = 0;  // of items: those whose codes are not what the codebook gives them
};

// What was shown in the 24 hours that end at a moment.
struct ExposurePoint {
    Seconds time_s = 0;
    std::shared_ptr<const std::vector<std::uint32_t>> impressions;  // by ItemId
};

// Where people's hidden tastes point, in a plane that stays: the two leading principal directions
// of the tastes that the first people began with.
struct TasteMoment {
    Seconds time_s = 0;
    std::shared_ptr<const std::vector<std::array<float, 2>>> place;  // by PersonId: who was there
};
struct TasteView {
    std::array<std::array<float, 2>, 8> topics{};  // centres of the topics
    // By PersonId: innate taste, which is another for people who were made to want something else.
    std::shared_ptr<const std::vector<std::array<float, 2>>> began;
    std::vector<TasteMoment> moments;  // a point a day, oldest first, and at the end one of the
                                       // last metric window
    std::shared_ptr<const std::vector<float>>
        drift_deg;               // by PersonId, degrees in all dimensions, as of the last moment
    double explained_share = 0;  // variance share of the two directions, of what people began with
};

// How the generative retriever stands. It may be trained and yet not answer.
struct GenerativeStatus {
    bool wanted = false;        // a source, the feed or the rescoring asks for it
    bool ready = false;         // codes and a decoder of them are there
    bool version_skew = false;  // the decoder speaks of the codes of an older codebook
    bool halted = false;        // the collapse monitor has tripped
    Seconds halted_s = 0;       // when, last
    std::string why_halted;     // "repeats 64 %"; empty before the first time
    Seconds built_s = -1;       // begin of the codebook's training; negative: there is none
    Seconds trained_s = -1;     // begin of the decoder's
    std::uint64_t codes_version = 0, decoder_version = 0;  // of the codebook; differ under skew
    FeedMaker maker = FeedMaker::cascade;                  // who puts pages together now
};

// Before and after of one online feature of the person in focus.
struct FeatureRow {
    std::string name;    // "search_match"
    std::string lane;    // "streaming", "batch", "on event"
    double age_s = 0;    // now - event time; negative when it has never been written
    std::string before;  // value at the request before, as text
    std::string now;
};

// How far the person in focus came with an item that was left before its end.
struct UnfinishedView {
    ItemId item;
    float share = 0;  // of its duration
};

struct PersonView {
    PersonId person;
    std::array<float, 8> taste_share{};    // hidden truth: affinity by topic, sums to 1
    std::array<float, 8> recent_share{};   // topics of the last watched items, sums to 1 or all 0
    std::array<float, 8> profile_share{};  // long-term shares of the batch lane
    std::vector<std::array<float, 2>>
        trail;  // where the query pointed at the last requests, oldest first, map coordinates
    std::vector<FeatureRow> features;
    std::uint16_t session_pages = 0;
    bool in_session = false;
    bool churned = false;
    std::vector<ItemId> clicked;  // of the explained request
    std::vector<UnfinishedView> unfinished;
    std::shared_ptr<const CascadeTrace>
        trace;                     // the latest explained request; null before the first
    std::array<float, 2> query{};  // map coordinates of the query of that request
    // Hidden truth: mean utility of every item to the person as that request's tick left them, by
    // ItemId; null before the first.
    std::shared_ptr<const std::vector<float>> worth;
};

// A training, batch or index job under way.
struct JobView {
    std::string label;  // "two-tower"
    Stage stage = Stage::training;
    double progress = 0;   // 0..1 of the computation
    Seconds deploy_s = 0;  // virtual time at which its model goes live
};

// How the loss fell while a model that serves now was trained.
struct TrainingCurve {
    std::string model;                     // "two-tower"
    Seconds trained_s = 0;                 // begin of the training, virtual time
    std::vector<float> train, validation;  // nats by epoch; no validation where nothing is held out
};

struct Mark {
    Seconds time_s = 0;
    std::string text;      // "search: Documentary"
    bool planned = false;  // from the scenario's timeline, still ahead
    bool incident = false;
};

struct FleetSection;  // snapshot/fleet_section.h

struct Snapshot {
    bool is_frame = false;  // read back from a run file to be looked at; not the exact state
    std::string title;
    std::string pack;  // "films and series"
    std::uint64_t seed = 0;
    std::uint64_t tick = 0;
    Seconds now_s = 0;
    Seconds end_s = 0;  // where the scenario's timeline ends
    std::uint64_t people = 0, items = 0, released_today = 0;
    std::uint64_t requests = 0;  // since the start
    double requests_per_s = 0;   // measured: served in a second of wall time
    double ticks_per_s = 0;
    std::string hash;  // of the last tick, all ingredients
    std::shared_ptr<const Params> params;
    std::shared_ptr<const Cards> cards;
    std::shared_ptr<const MapView> map;
    // What retrieval searches: the two-tower's items x dims, unit rows; null before the first
    // model.
    std::shared_ptr<const Matrix> item_vectors;
    std::shared_ptr<const MetricSeries> series;
    std::shared_ptr<const std::vector<LatencyPoint>> latency;
    std::shared_ptr<const HourFunnel> funnel;
    std::shared_ptr<const std::vector<RankerRoundView>> rankers;  // oldest first; null before one
    std::optional<RankingModel> ranker;  // kind of the one that ranks now; none before the first
    std::shared_ptr<const PersonView> focus;
    std::vector<JobView> jobs;
    std::vector<TrainingCurve> curves;  // of the models that serve now
    GenerativeStatus generative;
    std::shared_ptr<const ItemCodes> codes;  // null before the first codebook
    std::shared_ptr<const std::vector<CodeHealthPoint>>
        code_health;  // a point a metric window, oldest first; null before the first codebook
    std::shared_ptr<const std::vector<ExposurePoint>>
        exposure;  // a point a day, oldest first, and at the end one of the last metric window
    std::shared_ptr<const TasteView> tastes;    // null before the first metric window
    std::shared_ptr<const FleetSection> fleet;  // null while no fleet is modelled
    std::vector<Mark> marks;
    std::vector<Seconds> keyframes;  // times one can go back to exactly
};

}  // namespace cascadelab
