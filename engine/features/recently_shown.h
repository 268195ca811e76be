// What a person has been shown lately, looked up by item in constant time. Built once a request on
// the stack; one thread.
#pragma once

#include <array>

#include "engine/features/feature_store.h"

namespace cascadelab {

class RecentlyShown {
  public:
    explicit RecentlyShown(const PersonHistory& history) {
        for (const auto& [item, time_s] : history.shown) {
            Slot& slot = m_slots[slot_of(item)];
            slot.item = item;
            slot.last_s = time_s;  // shown is in time order, so the last one stays
            ++slot.times;
        }
    }
    int times(ItemId item) const { return m_slots[slot_of(item)].times; }
    Seconds last_s(ItemId item) const {
        return m_slots[slot_of(item)].last_s;
    }  // kNever when not shown

  private:
    // Open addressing with linear probing; at most kShownKept of the slots are ever taken.
    static constexpr std::size_t kSlots = 1024;
    static_assert(PersonHistory::kShownKept * 2 <= kSlots);
    struct Slot {
        ItemId item;
        std::int32_t times = 0;
        Seconds last_s = kNever;
    };
    std::size_t slot_of(ItemId item) const {
        std::size_t slot = (item.value * 0x9E3779B1u) >> 22;
        while (m_slots[slot].item.valid() && m_slots[slot].item != item) slot = (slot + 1) % kSlots;
        return slot;
    }
    std::array<Slot, kSlots> m_slots{};
};

}  // namespace cascadelab
