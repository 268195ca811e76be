#include "engine/cascade/request/trace.h"

#include "engine/base/error.h"

namespace cascadelab {
namespace {

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
                                                    {FeedMaker::oracle, "oracle"},
                                                    {FeedMaker::cached, "cached"}});

}  // namespace

std::string_view surface_label(Surface surface) {
    return kSurfaces[surface];
}

std::string_view fate_label(Fate fate) {
    return kFates[fate];
}

FunnelStep step_of_fate(const Candidate& candidate) {
    if (candidate.stopped) return FunnelStep::slate;
    switch (candidate.fate) {
        case Fate::watched:
        case Fate::shown_recently:
        case Fate::not_licensed:
        case Fate::not_interested:
            return FunnelStep::filtered;
        case Fate::below_cut:
            return FunnelStep::ranked;
        case Fate::diversity:
        case Fate::franchise_cap:
        case Fate::topic_cap:
        case Fate::score:
            return FunnelStep::slate;
        case Fate::shown:
            return FunnelStep::clicks;
    }
    CHECK(false);
}

bool enters_on_page(const Candidate& candidate) {
    return candidate.fate == Fate::shown &&
           (candidate.explored || candidate.unfamiliar || candidate.filled);
}

bool stands_at(const Candidate& candidate, FunnelStep step) {
    if (step == FunnelStep::ranked && enters_on_page(candidate)) return false;
    return step_of_fate(candidate) > step;
}

std::string_view feed_maker_label(FeedMaker maker) {
    return kFeedMakers[maker];
}

}  // namespace cascadelab
