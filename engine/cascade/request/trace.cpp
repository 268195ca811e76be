#include "engine/cascade/request/trace.h"

#include "engine/base/error.h"

namespace cascadelab {

std::string_view source_label(Source source) {
    switch (source) {
        case Source::search_intent:
            return "Search intent";
        case Source::two_tower:
            return "Two-tower";
        case Source::hstu:
            return "HSTU";
        case Source::generative:
            return "Generative";
        case Source::factorization:
            return "Factorization";
        case Source::covisitation:
            return "Co-watched";
        case Source::trending:
            return "Trending";
        case Source::fresh:
            return "Fresh";
        case Source::exploration:
            return "Exploration";
        case Source::because_watched:
            return "Because you watched";
        case Source::continue_watching:
            return "Continue watching";
        case Source::followed:
            return "Followed and listed";
        case Source::fallback:
            return "Fallback";
        case Source::browsing:
            return "Browsing";
        case Source::oracle:
            return "Oracle";
    }
    CHECK(false);
}

std::string_view surface_label(Surface surface) {
    switch (surface) {
        case Surface::home:
            return "Top picks";
        case Surface::because_watched:
            return "Because you watched";
        case Surface::continue_watching:
            return "Continue watching";
        case Surface::new_for_you:
            return "New for you";
        case Surface::trending_now:
            return "Trending now";
    }
    CHECK(false);
}

std::string_view fate_label(Fate fate) {
    switch (fate) {
        case Fate::shown:
            return "shown";
        case Fate::watched:
            return "already watched";
        case Fate::shown_recently:
            return "shown recently";
        case Fate::not_licensed:
            return "not licensed";
        case Fate::not_interested:
            return "not interested";
        case Fate::below_cut:
            return "below the cut";
        case Fate::diversity:
            return "diversity";
        case Fate::franchise_cap:
            return "franchise cap";
        case Fate::topic_cap:
            return "topic cap";
        case Fate::score:
            return "score";
    }
    CHECK(false);
}

std::string_view feed_maker_label(FeedMaker maker) {
    switch (maker) {
        case FeedMaker::cascade:
            return "cascade";
        case FeedMaker::generative:
            return "generated";
        case FeedMaker::popular:
            return "most popular";
        case FeedMaker::nobody:
            return "no recommender";
        case FeedMaker::oracle:
            return "oracle";
    }
    CHECK(false);
}

std::string_view cascade_stage_label(CascadeStage stage) {
    switch (stage) {
        case CascadeStage::features:
            return "Feature fetch";
        case CascadeStage::two_tower:
            return "Two-tower + index";
        case CascadeStage::hstu:
            return "HSTU + index";
        case CascadeStage::generative:
            return "Decoder + beam";
        case CascadeStage::factorization:
            return "Factorization + index";
        case CascadeStage::covisitation:
            return "Co-watched";
        case CascadeStage::lists:
            return "Trending, fresh, search";
        case CascadeStage::merge:
            return "Merge";
        case CascadeStage::filter:
            return "Filter";
        case CascadeStage::rank:
            return "Ranking";
        case CascadeStage::rerank:
            return "Re-ranking";
        case CascadeStage::policy:
            return "Policy";
    }
    CHECK(false);
}

}  // namespace cascadelab
