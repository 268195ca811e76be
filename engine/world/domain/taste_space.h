// The geometry of taste: unit vectors, topic and sub-topic centres, steps along great circles. Pure
// functions; any thread.
#pragma once

#include <span>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/base/random.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

// Row of a sub-topic's centre in the table of centres; a topic's own centre is row topic.index().
constexpr std::size_t subtopic_row(TopicId topic, std::size_t subtopic) {
    return kTopicCount + topic.index() * kSubtopicCount + subtopic;
}

// kTopicCount topic centres pushed apart on the unit sphere, then kSubtopicCount sub-topic centres
// around each.
RowTable make_topic_centres(std::size_t dims, std::uint64_t seed);

// Scales a row to length 1; a zero row becomes the first axis.
void make_unit(std::span<float> row);
// row += scale * other.
void add_scaled(std::span<float> row, std::span<const float> other, double scale);
// row += a random vector whose expected length is length.
void add_noise(std::span<float> row, double length, Stream& stream);

// Moves a unit vector the given fraction (0..1) of the angle toward another along the great circle
// between them (spherical linear interpolation, Shoemake 1985). Opposite or equal vectors have no
// such way and stay.
void step_toward(std::span<float> point, std::span<const float> target, double fraction);

}  // namespace cascadelab
