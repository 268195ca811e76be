// A frame: one moment as the screen needs it, small enough to keep one an hour in the run file.
// Positions are rounded to 16 bits and large populations are thinned, so a frame is for looking,
// never for going on from (that is a keyframe). Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

inline constexpr std::size_t kFramePoints = 20000;  // most people, and most items, of one frame

struct Frame {
    Seconds time_s = 0;
    std::uint32_t people_stride = 1;           // every so many people are in it
    std::uint32_t item_stride = 1;             // every so many items
    std::vector<std::array<float, 2>> people;  // map coordinates
    std::vector<std::uint8_t> people_topic;    // strongest recent topic of each
    std::uint32_t items_kept = 0;              // so many stand where the frame before had them
    std::vector<std::array<float, 2>> items;   // those after
    HourFunnel funnel;                         // of the last virtual hour
};

using FramePoints = std::vector<std::array<float, 2>>;
// known_items: the items of the frame before, brought up to this one. While the map stays, only
// new items are in the frame.
Frame make_frame(const Snapshot& snapshot, FramePoints& known_items);
// The newest of these frames with all its items. newest_first: each follows the one after it, and
// the last begins a row of items (items_kept 0).
Frame joined_frames(std::vector<Frame> newest_first);
// The frame in place of now: map, funnel and time are the frame's, series end there, and what a
// frame does not hold is left out. A thinned frame has no map.
std::shared_ptr<Snapshot> snapshot_of_frame(const Frame& frame, const Snapshot& now);
std::vector<std::byte> encode_frame(const Frame& frame);
std::optional<Frame> decode_frame(std::span<const std::byte> bytes);  // nothing when damaged

}  // namespace cascadelab
