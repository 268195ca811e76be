// What one request leaves behind: every candidate with its source, scores and fate, and how long
// each stage took. The views draw this; nothing is computed a second time for a picture. A value;
// any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/cascade/request/cascade_stage.h"
#include "engine/cascade/request/source.h"
#include "engine/world/events/clock.h"
#include "engine/world/events/page.h"

namespace cascadelab {

std::string_view surface_label(Surface surface);  // a row's heading: "Because you watched"

// Why a candidate is not on the page; the order is the order in which the stages run.
enum class Fate : std::uint8_t {
    shown,
    watched,
    shown_recently,
    not_licensed,
    not_interested,  // filters
    below_cut,       // ranked too low to be re-ranked
    diversity,
    franchise_cap,
    topic_cap,
    score,  // re-ranking and rules
};
template <>
inline constexpr std::size_t enum_count<Fate> = 10;
std::string_view fate_label(Fate fate);  // "franchise cap"

inline constexpr std::uint16_t kUnranked = 0xFFFF;  // the rank of what was filtered before

struct Candidate {
    ItemId item;
    Source source = Source::two_tower;  // first proposer
    SourceSet proposers = 0;            // bit s: source s proposed it
    Fate fate = Fate::score;
    std::int8_t position = -1;  // place on the page, 0 = first; -1 when not shown
    bool explored = false;      // placed by an exploration slot
    bool promoted = false;      // placed by the promote-new rule
    bool unfamiliar = false;    // placed by a break-my-bubble slot
    bool filled = false;        // placed by the policy gate, where the page was short
    bool stopped = false;       // taken off the page by the policy gate; the fate says why
    float retrieval_score = 0;  // as its source scored it
    float click = 0, watch = 0, like = 0, not_interested = 0;  // predicted probabilities
    float value = 0;                 // value model: weighted sum of the predictions
    float discount = 0;              // what popularity took from it, standard deviations of value
    float rerank_score = 0;          // what re-ranking chose by; 0 when never considered
    std::uint16_t rank = kUnranked;  // place after ranking, 0 = best
};

inline bool proposed_by(const Candidate& candidate, Source source) {
    return (candidate.proposers & only(source)) != 0;
}

// The steps of the funnel. What a step holds came from the step before, or entered there.
enum class FunnelStep : std::uint8_t { sources, merged, filtered, ranked, slate, clicks };
template <>
inline constexpr std::size_t enum_count<FunnelStep> = 6;

// The step at which a candidate fell; of those on the page, clicks: they fell nowhere before.
FunnelStep step_of_fate(const Candidate& candidate);
// On the page, but not by rank: a slot or the gate placed it. It leaves the line after the filters
// and enters on the page.
bool enters_on_page(const Candidate& candidate);
// Whether the candidate is among what a step holds, from merged to slate.
bool stands_at(const Candidate& candidate, FunnelStep step);

// Counts after each step, never increasing from merged to ranked.
struct StageCounts {
    EnumArray<Source, std::uint32_t> proposed{};  // by each source
    std::uint32_t merged = 0;                     // distinct
    std::uint32_t filtered = 0;                   // left after the filters
    std::uint32_t ranked = 0;                     // left after the cut
    std::uint32_t slate = 0;                      // on the page
};

// Where one of the oracle's best items was lost; the order is the order of the stages.
enum class LossStage : std::uint8_t {
    retrieval,  // no source proposed it
    filter,
    rank,     // below the cut
    order,    // kept, but the ranker put it behind the places of the page
    rerank,   // among the first by rank, and yet left out
    explore,  // a slot of exploration took its place
    policy,   // a cap or the policy gate kept it off the page
    kept      // it is on the page
};
template <>
inline constexpr std::size_t enum_count<LossStage> = 8;

struct OracleItem {
    ItemId item;
    float utility = 0;  // mean utility to this person now
    LossStage lost = LossStage::kept;
};

// What the sequence model's attention looked at for a request: one weight a block and event.
struct AttendedEvent {
    ItemId item;
    std::string_view action;  // "watched"
    float age_s = 0;          // before the request
};
struct AttentionPicture {
    std::vector<AttendedEvent> events;  // of the model's window, oldest first
    Matrix weight;                      // blocks x events; rows sum to 1
};

// How the decoder spelled its items for a request: every prefix that beam search looked at.
struct BeamPrefix {
    std::vector<std::uint16_t> codes;  // digits from the first on
    std::uint32_t parent = 0;          // place of its beginning among the step before
    std::uint32_t items = 0;           // that have this prefix
    float log_probability = 0;         // nats, at the request's temperature
    float score = 0;                   // what it was chosen by: the same less diversity
    bool kept = false;
};
struct BeamPicture {
    std::vector<ItemId> past;                    // what the decoder read, oldest first
    std::vector<std::vector<BeamPrefix>> steps;  // by digit: the kept as they were chosen, then
                                                 // the likeliest of the pruned
    std::vector<std::uint32_t> looked_at;        // by digit: prefixes, with those left out here
    std::vector<ItemId> found;                   // what came out, best first
};

// What the simulated language model did to the ranker's best: tokens of all its calls and what the
// catalogue guard put right; the text only of a request that is explained.
struct LanguagePicture {
    int calls = 0;   // 0: it was not asked
    int series = 0;  // of these, one after the other
    std::int64_t prompt_tokens = 0, answer_tokens = 0;
    int omitted = 0, doubled = 0, invented = 0;
    std::string text;                   // the whole list as the model sees it
    std::vector<ItemId> before, after;  // the list as the ranker and as the model left it
};

// Who puts the page together.
enum class FeedMaker : std::uint8_t {
    cascade,     // sources, ranking, re-ranking
    generative,  // the decoder alone, in its own order
    popular,     // nobody: the fallback of a generative feed that cannot answer
    nobody,      // no recommender: an even draw from all that may be shown
    oracle,      // the ideal recommender: the person's own hidden utility
    cached       // nobody now: the page the person got last, for one that came too late
};
template <>
inline constexpr std::size_t enum_count<FeedMaker> = 6;
std::string_view feed_maker_label(FeedMaker maker);  // "generated"

struct CascadeTrace {
    PersonId person;
    std::uint32_t request = 0;
    Seconds now_s = 0;
    bool preview = false;  // computed for the inspector; the person did not ask for it
    FeedMaker maker = FeedMaker::cascade;
    float modelled_ms = -1;  // until the person had a page, by the modelled fleet; negative: none
    StageCounts counts;
    std::vector<Candidate> candidates;  // in merge order
    std::vector<ItemId> slate;          // in reading order
    std::vector<PageRow> rows;          // of a page in rows, from the top; empty for a feed
    EnumArray<CascadeStage, float>
        start_us{};  // measured here: begin of each stage after the request's begin
    EnumArray<CascadeStage, float>
        measured_us{};  // measured here: its duration; 0 when it did not run

    // Filled only for requests that are explained (inspector, sampled traces).
    Vector query;          // the person's vector in the space that the map draws
    Matrix features;       // candidates x ranking columns
    Matrix contributions;  // slate x (columns + 1): of the click model in log-odds, last = bias
    std::string_view explanation;  // what kind of contributions: "SHAP"
    AttentionPicture attention;    // empty when no sequence model made a vector
    BeamPicture beam;              // empty when no decoder was asked
    LanguagePicture language;
    std::vector<OracleItem> oracle;  // the oracle's best ten over the live catalogue
};

}  // namespace cascadelab
