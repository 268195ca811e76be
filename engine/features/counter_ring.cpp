#include "engine/features/counter_ring.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/error.h"
#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

// An event that counts, as item * 4 + kind.
std::optional<std::uint32_t> pack(const Event& event) {
    if (!event.item.valid()) return std::nullopt;
    CHECK(event.item.value < (1u << 30));
    const std::uint32_t base = event.item.value * 4;
    if (event.kind == EventKind::impression) return base;
    if (event.kind == EventKind::click) return base + 1;
    if (event.kind == EventKind::watch) return base + 2;
    return std::nullopt;
}

// The step k with time in (k step_s, (k + 1) step_s].
std::int64_t step_of(Seconds time_s, Seconds step_s) {
    const Seconds before = time_s - 1;
    return before >= 0 ? before / step_s : -((-before + step_s - 1) / step_s);
}

}  // namespace

CounterRing::CounterRing(const FeatureParams& params, std::size_t items)
    : m_step_s(std::max<Seconds>(1, std::llround(params.counter_window_h * kHour / kSteps))) {
    grow(items);
}

void CounterRing::grow(std::size_t items) {
    if (items > m_totals.read().size()) m_totals.write().resize(items);
}

void CounterRing::add(Counts& counts, std::uint32_t kind, std::uint32_t amount) {
    // Unsigned arithmetic wraps, so adding ~0 takes one away.
    if (kind == 0) counts.impressions += amount;
    if (kind == 1) counts.clicks += amount;
    if (kind == 2) counts.watches += amount;
}

void CounterRing::move_to(std::int64_t step) {
    if (step <= m_step) return;
    const std::int64_t first = std::max(m_step, step - kSteps) + 1;
    for (std::int64_t entering = first; entering <= step; ++entering) {
        auto& slot = m_steps[static_cast<std::size_t>(((entering % kSteps) + kSteps) % kSteps)];
        if (slot.read().empty()) continue;
        std::vector<Counts>& totals = m_totals.write();
        for (const std::uint32_t packed : slot.read()) add(totals[packed / 4], packed % 4, ~0u);
        slot = {};
    }
    m_step = step;
}

void CounterRing::advance(const FeatureParams& params, std::span<const Event> merged,
                          Seconds now_s) {
    for (const Event& event : merged) {
        const std::optional<std::uint32_t> packed = pack(event);
        if (!packed) continue;
        m_waiting.push_back({event.time_s, *packed});
        std::ranges::push_heap(m_waiting, std::greater<>());
    }
    move_to(step_of(now_s, m_step_s));
    while (!m_waiting.empty()) {
        const Waiting next = m_waiting.front();
        const Seconds readable_s = readable_at(next.time_s, params);
        if (readable_s > now_s || next.time_s >= now_s) break;
        std::ranges::pop_heap(m_waiting, std::greater<>());
        m_waiting.pop_back();
        const std::int64_t step = step_of(readable_s, m_step_s);
        if (step <= m_step - kSteps) continue;
        const auto slot = static_cast<std::size_t>(((step % kSteps) + kSteps) % kSteps);
        m_steps[slot].write().push_back(next.packed);
        grow(next.packed / 4 + 1);
        add(m_totals.write()[next.packed / 4], next.packed % 4, 1);
    }
}

ItemCounters CounterRing::counters(ItemId item) const {
    const std::vector<Counts>& totals = m_totals.read();
    if (item.index() >= totals.size()) return {};
    const Counts& counts = totals[item.index()];
    return {static_cast<float>(counts.impressions), static_cast<float>(counts.clicks),
            static_cast<float>(counts.watches)};
}

void CounterRing::hash(Hasher& hasher) const {
    hasher.add(m_step_s).add(m_step);
    for (const auto& step : m_steps) hasher.add_all(std::span(step.read()));
    for (const Counts& counts : m_totals.read())
        hasher.add(counts.impressions).add(counts.clicks).add(counts.watches);
    for (const Waiting& waiting : m_waiting) hasher.add(waiting.time_s).add(waiting.packed);
}

}  // namespace cascadelab
