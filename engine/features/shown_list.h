// The last impressions of a person, oldest first, at eight bytes each.
#pragma once

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/features/kept_list.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

struct ShownItem {
    ItemId item;
    Seconds time_s = 0;
};

class PackedShown {
  public:
    PackedShown() = default;
    explicit PackedShown(const ShownItem& shown)
        : m_item(shown.item), m_time_s(static_cast<std::int32_t>(shown.time_s)) {
        CHECK(shown.time_s == m_time_s);
    }
    operator ShownItem() const { return {m_item, m_time_s}; }

  private:
    ItemId m_item;
    std::int32_t m_time_s = 0;
};
using ShownList = KeptList<ShownItem, PackedShown>;

}  // namespace cascadelab
