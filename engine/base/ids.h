// Strong ids: a person is never an item by mistake. An id is an index into its table. Any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cascadelab {

template <class Tag>
struct Id {
    std::uint32_t value = 0xFFFFFFFFu;

    constexpr Id() = default;
    constexpr explicit Id(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
    constexpr bool valid() const { return value != 0xFFFFFFFFu; }
    constexpr std::size_t index() const { return value; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using PersonId = Id<struct PersonTag>;
using ItemId = Id<struct ItemTag>;
using CreatorId = Id<struct CreatorTag>;
using FranchiseId = Id<struct FranchiseTag>;
using TopicId = Id<struct TopicTag>;

}  // namespace cascadelab
