#include <cmath>
#include <numbers>

#include "engine/world/making.h"

namespace cascadelab {
namespace {

constexpr int kLongestDays = 7;
constexpr double kStartsADay = 0.12;  // probability that a topic's trend starts on a day

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

}  // namespace cascadelab
