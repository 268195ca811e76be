#include "engine/cascade/request/trace.h"

namespace cascadelab {
namespace {

constexpr auto kSources = enum_names<Source>({{Source::search_intent, "Search intent"},
                                              {Source::two_tower, "Two-tower"},
                                              {Source::hstu, "HSTU"},
                                              {Source::generative, "Generative"},
                                              {Source::factorization, "Factorization"},
                                              {Source::covisitation, "Co-watched"},
                                              {Source::trending, "Trending"},
                                              {Source::fresh, "Fresh"},
                                              {Source::exploration, "Exploration"},
                                              {Source::because_watched, "Because you watched"},
                                              {Source::continue_watching, "Continue watching"},
                                              {Source::followed, "Followed and listed"},
                                              {Source::fallback, "Fallback"},
                                              {Source::browsing, "Browsing"},
                                              {Source::oracle, "Oracle"}});

constexpr auto kSurfaces = enum_names<Surface>({{Surface::home, "Top picks"},
                                                {Surface::because_watched, "Because you watched"},
                                                {Surface::continue_watching, "Continue watching"},
                                                {Surface::new_for_you, "New for you"},
                                                {Surface::trending_now, "Trending now"}});

constexpr auto kFates = enum_names<Fate>({{Fate::shown, "shown"},
                                          {Fate::watched, "already watched"},
                                          {Fate::shown_recently, "shown recently"},
                                          {Fate::not_licensed, "not licensed"},
                                          {Fate::not_interested, "not interested"},
                                          {Fate::below_cut, "below the cut"},
                                          {Fate::diversity, "diversity"},
                                          {Fate::franchise_cap, "franchise cap"},
                                          {Fate::topic_cap, "topic cap"},
                                          {Fate::score, "score"}});

constexpr auto kFeedMakers = enum_names<FeedMaker>({{FeedMaker::cascade, "cascade"},
                                                    {FeedMaker::generative, "generated"},
                                                    {FeedMaker::popular, "most popular"},
                                                    {FeedMaker::nobody, "no recommender"},
                                                    {FeedMaker::oracle, "oracle"}});

constexpr auto kStages =
    enum_names<CascadeStage>({{CascadeStage::features, "Feature fetch"},
                              {CascadeStage::two_tower, "Two-tower + index"},
                              {CascadeStage::hstu, "HSTU + index"},
                              {CascadeStage::generative, "Decoder + beam"},
                              {CascadeStage::factorization, "Factorization + index"},
                              {CascadeStage::covisitation, "Co-watched"},
                              {CascadeStage::lists, "Trending, fresh, search"},
                              {CascadeStage::merge, "Merge"},
                              {CascadeStage::filter, "Filter"},
                              {CascadeStage::rank, "Ranking"},
                              {CascadeStage::rerank, "Re-ranking"},
                              {CascadeStage::policy, "Policy"}});

}  // namespace

std::string_view source_label(Source source) {
    return kSources[source];
}

std::string_view surface_label(Surface surface) {
    return kSurfaces[surface];
}

std::string_view fate_label(Fate fate) {
    return kFates[fate];
}

std::string_view feed_maker_label(FeedMaker maker) {
    return kFeedMakers[maker];
}

std::string_view cascade_stage_label(CascadeStage stage) {
    return kStages[stage];
}

}  // namespace cascadelab
