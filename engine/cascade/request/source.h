// Who proposes candidates, one row each: what a source is called, what its time counts to, which
// parameter gives it its share of the budget, when it can answer and how it proposes. A new source
// is a value, a row, its parameter and a file of its own in retrieve/; everything else reads the
// table. The sources that go by the vectors of an era have a row in a second table, which says how
// the era is trained. Constant; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/enum_array.h"
#include "engine/cascade/request/cascade_stage.h"
#include "engine/models/progress.h"
#include "engine/params/params.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

struct CascadeInputs;
struct CascadeScratch;
struct FrozenLog;
struct PersonFeatures;
struct PublishedEra;
struct SourceRequest;
class Stream;

// In merge order: the first to propose an item is credited.
enum class Source : std::uint8_t {
    search_intent,
    two_tower,
    hstu,
    generative,  // spelled by the decoder over semantic IDs
    factorization,
    covisitation,
    neighbours_liked,  // what people near this one liked lately
    trending,
    fresh,
    exploration,
    because_watched,    // neighbours of what was watched last, for a page in rows
    continue_watching,  // what the person left unfinished, for a page in rows
    followed,           // the person's list, and what is new of creators they follow
    fallback,           // fills a page that the filters left too thin
    browsing,           // no recommender: an even draw from all that may be shown
    oracle              // the ideal recommender, which knows what the system cannot
};
template <>
inline constexpr std::size_t enum_count<Source> = 16;

// Sources, one bit each.
using SourceSet = std::uint32_t;
static_assert(enum_count<Source> <= 32);
constexpr SourceSet only(Source source) {
    return SourceSet{1} << static_cast<unsigned>(source);
}

// What a source goes by; sources of one family are drawn in one colour.
enum class SourceFamily : std::uint8_t {
    towers,
    company,   // what was watched together
    popular,   // the same for everybody
    personal,  // what the person asked for, began or keeps
    fresh,
    sequence,
    factors,
    chance
};
template <>
inline constexpr std::size_t enum_count<SourceFamily> = 8;

// Whether a source has anything to say to a person now; without, its share goes to the others.
using CanAnswer = bool(const CascadeInputs& in, const PersonFeatures& person, Seconds now_s);
// Fills scratch.proposals, best first, with about as many items as the quota says. What may not be
// shown is nothing a source looks at.
using Propose = void(const SourceRequest& asked, int quota, Stream& stream,
                     CascadeScratch& scratch);

// What the rows below call, each defined in retrieve/ in the file of its noun.
CanAnswer always, never;                                      // sources
CanAnswer has_search_intent, has_trending, follows_anything;  // lists
CanAnswer has_news;                                           // fresh
CanAnswer has_company;                                        // covisited
CanAnswer knows_neighbours;                                   // neighbours_liked
CanAnswer decoder_serves;                                     // generation
Propose propose_searched, propose_trending, propose_followed, propose_fallback;
Propose propose_fresh;
Propose propose_covisited;
Propose propose_neighbours_liked;
Propose propose_generated;
Propose propose_neighbours, propose_unfinished;  // row_candidates
Propose propose_at_random, propose_nothing;      // sources

// The items nearest to the person in an era's space (nearest).
bool era_can_answer(Era era, const CascadeInputs& in, const PersonFeatures& person);
void propose_nearest(Era era, const SourceRequest& asked, int quota, CascadeScratch& scratch);
template <Era era>
bool can_answer(const CascadeInputs& in, const PersonFeatures& person, Seconds) {
    return era_can_answer(era, in, person);
}
template <Era era>
void propose_nearest(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    propose_nearest(era, asked, quota, scratch);
}

struct SourceRow {
    Source value;
    std::string_view label;  // "Two-tower"
    SourceFamily family;
    CascadeStage stage;               // what its time counts to
    double RetrievalParams::*weight;  // its share of the budget; null: it is not of the budget
    CanAnswer* can_answer;
    Propose* propose;
};

// clang-format off
inline constexpr auto kSources = enum_table<Source, SourceRow>({
    {Source::search_intent, "Search intent", SourceFamily::personal, CascadeStage::lists,
     &RetrievalParams::search_intent, has_search_intent, propose_searched},
    {Source::two_tower, "Two-tower", SourceFamily::towers, CascadeStage::two_tower,
     &RetrievalParams::two_tower, can_answer<Era::two_tower>, propose_nearest<Era::two_tower>},
    {Source::hstu, "HSTU", SourceFamily::sequence, CascadeStage::hstu,
     &RetrievalParams::hstu, can_answer<Era::hstu>, propose_nearest<Era::hstu>},
    {Source::generative, "Generative", SourceFamily::sequence, CascadeStage::generative,
     &RetrievalParams::generative, decoder_serves, propose_generated},
    {Source::factorization, "Factorization", SourceFamily::factors, CascadeStage::factorization,
     &RetrievalParams::factorization, can_answer<Era::factorization>,
     propose_nearest<Era::factorization>},
    {Source::covisitation, "Co-watched", SourceFamily::company, CascadeStage::covisitation,
     &RetrievalParams::covisitation, has_company, propose_covisited},
    {Source::neighbours_liked, "Liked near you", SourceFamily::company, CascadeStage::covisitation,
     &RetrievalParams::neighbours_liked, knows_neighbours, propose_neighbours_liked},
    {Source::trending, "Trending", SourceFamily::popular, CascadeStage::lists,
     &RetrievalParams::trending, has_trending, propose_trending},
    {Source::fresh, "Fresh", SourceFamily::fresh, CascadeStage::lists,
     &RetrievalParams::fresh, has_news, propose_fresh},
    {Source::exploration, "Exploration", SourceFamily::chance, CascadeStage::lists,
     nullptr, always, propose_at_random},
    {Source::because_watched, "Because you watched", SourceFamily::company,
     CascadeStage::covisitation, nullptr, always, propose_neighbours},
    {Source::continue_watching, "Continue watching", SourceFamily::personal, CascadeStage::lists,
     nullptr, always, propose_unfinished},
    {Source::followed, "Followed and listed", SourceFamily::personal, CascadeStage::lists,
     &RetrievalParams::followed, follows_anything, propose_followed},
    {Source::fallback, "Fallback", SourceFamily::popular, CascadeStage::lists,
     nullptr, always, propose_fallback},
    {Source::browsing, "Browsing", SourceFamily::popular, CascadeStage::lists,
     nullptr, never, propose_nothing},
    {Source::oracle, "Oracle", SourceFamily::fresh, CascadeStage::lists,
     nullptr, never, propose_nothing},
});
// clang-format on

inline std::string_view source_label(Source source) {
    return kSources[source].label;
}

// What trains an era from the log as it stood, each defined in eras/ in the file of its noun. An
// era without a model when there is too little to learn from, or when cancelled.
using TrainEra = PublishedEra(const FrozenLog& view, const Progress& progress);
TrainEra train_factorization, train_two_tower, train_hstu;

// The eras of representation, one row each. A new era is its value and name in params.h, a source
// and a row here, its weight among the parameters, and a file of its own in eras/.
struct EraRow {
    Era value;
    std::string_view label;  // "two-tower"
    Source source;           // what proposes by it, and whose stage its vectors' time counts to
    bool on_demand;          // dear: trained and asked only while something reads it
    std::uint64_t tag;       // what its deployments are hashed under; never changes
    TrainEra* train;
};

inline constexpr auto kEras = enum_table<Era, EraRow>({
    {Era::factorization, "factorization", Source::factorization, false, 1, train_factorization},
    {Era::two_tower, "two-tower", Source::two_tower, false, 2, train_two_tower},
    {Era::hstu, "HSTU", Source::hstu, true, 4, train_hstu},
});

}  // namespace cascadelab
