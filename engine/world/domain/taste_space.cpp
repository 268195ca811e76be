#include "engine/world/domain/taste_space.h"

#include <algorithm>
#include <cmath>

namespace cascadelab {
namespace {

constexpr double kSubtopicSpread =
    0.55;  // length of the way from a topic's centre to its sub-topics'
constexpr int kRepulsionRounds = 200;
constexpr double kRepulsion = 0.1;

// Topic centres give way to each other until no two point the same way, as far as the dimensions
// allow.
void push_apart(RowTable& centres) {
    for (int round = 0; round < kRepulsionRounds; ++round) {
        for (std::size_t i = 0; i < kTopicCount; ++i) {
            for (std::size_t j = 0; j < kTopicCount; ++j) {
                const float overlap = dot(centres[i], centres[j]);
                if (i != j && overlap > 0)
                    add_scaled(centres[i], centres[j], -kRepulsion * overlap);
            }
            make_unit(centres[i]);
        }
    }
}

}  // namespace

RowTable make_topic_centres(std::size_t dims, std::uint64_t seed) {
    RowTable centres{dims, {}};
    centres.data.assign((kTopicCount + kTopicCount * kSubtopicCount) * dims, 0.0f);
    for (std::size_t row = 0; row < centres.rows(); ++row) {
        Stream stream(seed, Purpose::topics, row);
        add_noise(centres[row], 1, stream);
        make_unit(centres[row]);
    }
    push_apart(centres);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        for (std::size_t sub = 0; sub < kSubtopicCount; ++sub) {
            const auto row = centres[subtopic_row(TopicId(topic), sub)];
            for (float& x : row) x *= static_cast<float>(kSubtopicSpread);
            add_scaled(row, centres[topic], 1);
            make_unit(row);
        }
    }
    return centres;
}

void make_unit(std::span<float> row) {
    double square = 0;
    for (float x : row) square += static_cast<double>(x) * x;
    if (square <= 0) {
        row[0] = 1;
        return;
    }
    const double scale = 1 / std::sqrt(square);
    for (float& x : row) x = static_cast<float>(x * scale);
}

void add_scaled(std::span<float> row, std::span<const float> other, double scale) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] += static_cast<float>(scale * other[i]);
}

void add_noise(std::span<float> row, double length, Stream& stream) {
    const double deviation = length / std::sqrt(static_cast<double>(row.size()));
    for (float& x : row) x += static_cast<float>(stream.normal(0, deviation));
}

void step_toward(std::span<float> point, std::span<const float> target, double fraction) {
    double cosine = 0;
    for (std::size_t i = 0; i < point.size(); ++i)
        cosine += static_cast<double>(point[i]) * target[i];
    const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
    const double sine = std::sin(angle);
    if (fraction <= 0 || sine < 1e-6) return;
    const double stay = std::sin((1 - fraction) * angle) / sine;
    const double go = std::sin(fraction * angle) / sine;
    for (std::size_t i = 0; i < point.size(); ++i) {
        point[i] = static_cast<float>(stay * point[i] + go * target[i]);
    }
    make_unit(point);
}

}  // namespace cascadelab
