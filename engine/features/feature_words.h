// Values of features in words, as the inspector shows them. Pure functions; any thread.
#pragma once

#include "engine/features/registry.h"

namespace cascadelab {

FeatureWords session_watch_words(const RequestMoment& request, const DomainPack& pack);
FeatureWords long_topic_words(const RequestMoment& request, const DomainPack& pack);
FeatureWords recent_topic_words(const RequestMoment& request, const DomainPack& pack);
FeatureWords search_words(const RequestMoment& request, const DomainPack& pack);
FeatureWords survey_words(const RequestMoment& request, const DomainPack& pack);

}  // namespace cascadelab
