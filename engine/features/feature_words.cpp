#include "engine/features/feature_words.h"

#include <algorithm>
#include <cmath>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

std::string percent(float share) {
    return fixed_text(100.0 * share, 0) + " %";
}

// The two largest topics of a share.
std::string topics_text(const std::array<float, kTopicCount>& share, const DomainPack& pack) {
    std::array<std::size_t, kTopicCount> order;
    for (std::size_t t = 0; t < kTopicCount; ++t) order[t] = t;
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return share[a] > share[b]; });
    if (share[order[0]] <= 0) return "none yet";
    std::string text = std::string(pack.topics[order[0]].name) + " " + percent(share[order[0]]);
    if (share[order[1]] > 0)
        text += ", " + std::string(pack.topics[order[1]].name) + " " + percent(share[order[1]]);
    return text;
}

std::string topic_name(std::size_t topic, const DomainPack& pack) {
    return std::string(pack.topics[topic].name);
}

}  // namespace

FeatureWords session_watch_words(const RequestMoment& request, const DomainPack&) {
    const PersonRealtime& realtime = *request.person.realtime;
    return {fixed_text(realtime.session_watch_s, 0), realtime.stamp.event_s};
}

FeatureWords long_topic_words(const RequestMoment& request, const DomainPack& pack) {
    return {topics_text(request.person.batch->topic_share, pack),
            request.person.batch_stamp.event_s};
}

FeatureWords recent_topic_words(const RequestMoment& request, const DomainPack& pack) {
    const PersonRealtime& realtime = *request.person.realtime;
    return {topics_text(realtime.recent_share, pack), realtime.stamp.event_s};
}

FeatureWords search_words(const RequestMoment& request, const DomainPack& pack) {
    const PersonRealtime& realtime = *request.person.realtime;
    if (realtime.search_topic == kNoSearch) return {"none", kNever};
    return {topic_name(realtime.search_topic, pack), realtime.searched_s};
}

FeatureWords survey_words(const RequestMoment& request, const DomainPack& pack) {
    const SignUp* told = request.person.sign_up;
    if (told == nullptr || !told->survey[0].valid()) return {"none", kNever};
    std::string text = topic_name(told->survey[0].index(), pack);
    if (told->survey[1].valid()) text += ", " + topic_name(told->survey[1].index(), pack);
    return {text, told->told_s};
}

std::optional<FeatureWords> feature_words(const Feature& feature, const RequestMoment& request,
                                          const DomainPack& pack) {
    if (feature.words != nullptr) return feature.words(request, pack);
    if (feature.entity != FeatureEntity::person || feature.of_request == nullptr)
        return std::nullopt;
    const float value = feature.of_request(request);
    const bool is_whole = value == std::round(value);
    const Stamp& stamp =
        feature.lane == Lane::batch ? request.person.batch_stamp : request.person.realtime->stamp;
    return FeatureWords{fixed_text(value, is_whole ? 0 : 2), stamp.event_s};
}

}  // namespace cascadelab
