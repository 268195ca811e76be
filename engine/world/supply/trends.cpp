#include "engine/world/supply/trends.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cascadelab {
namespace {

constexpr int kLongestDays = 7;
constexpr double kStartsADay = 0.12;  // probability that a topic's trend starts on a day

// Share of the news' time that is left.
double time_left(const BreakingNews& news, Seconds now_s) {
    const double gone = static_cast<double>(now_s - news.begin_s);
    return std::clamp(1 - gone / static_cast<double>(news.length_s), 0.0, 1.0);
}

}  // namespace

// Every day and topic has its own stream, so a trend needs no memory.
std::array<float, kTopicCount> trends_at(const WorldParams& params, std::uint64_t seed,
                                         Seconds now_s) {
    std::array<float, kTopicCount> trend{};
    const std::int64_t today = day_of(now_s);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        double height = 0;
        for (std::int64_t day = today - kLongestDays; day <= today; ++day) {
            Stream stream(seed, Purpose::trends, topic, static_cast<std::uint64_t>(day));
            const bool starts = stream.chance(kStartsADay);
            const double length_days = stream.uniform(2, kLongestDays);
            const double peak = stream.uniform(0.4, 1);
            const double begin_s = (static_cast<double>(day - 1) + stream.uniform()) * kDay;
            const double progress = (static_cast<double>(now_s) - begin_s) / (length_days * kDay);
            if (!starts || progress <= 0 || progress >= 1) continue;
            const double wave = std::sin(std::numbers::pi * progress);
            height = std::max(height, peak * wave * wave);
        }
        trend[topic] = static_cast<float>(params.trend_strength * height);
    }
    return trend;
}

double interest_left(const BreakingNews& news, Seconds now_s) {
    const double left = time_left(news, now_s);
    return news.strength * left * left;
}

std::int64_t items_due(const BreakingNews& news, Seconds now_s) {
    const double left = time_left(news, now_s);
    const double out = static_cast<double>(news.releases) * (1 - left * left * left);
    return std::min(news.releases, 1 + static_cast<std::int64_t>(out));
}

}  // namespace cascadelab
