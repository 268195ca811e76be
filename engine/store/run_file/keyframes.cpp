#include "engine/store/run_file/keyframes.h"

#include <algorithm>

namespace cascadelab {

Keyframes::Keyframes(Seconds spacing_s, double budget_mib, Size size)
    : m_spacing_s(spacing_s), m_budget_mib(budget_mib), m_size(std::move(size)) {
    CHECK(spacing_s > 0);
}

bool Keyframes::due(Seconds time_s) const {
    const Keyframe* last = nearest(time_s);
    return last == nullptr || last->time_s / m_spacing_s < time_s / m_spacing_s;
}

void Keyframes::add(Seconds time_s, std::shared_ptr<const SimulationState> state) {
    const auto place = std::ranges::upper_bound(m_keyframes, time_s, {}, &Keyframe::time_s);
    const std::ptrdiff_t at = place - m_keyframes.begin();
    m_keyframes.insert(place, {time_s, std::move(state)});
    weigh(at);
    if (at + 1 < std::ssize(m_keyframes)) weigh(at + 1);
    while (m_keyframes.size() > 1 && held_mib() > m_budget_mib) thin_out();
}

// Keeps the first of each stretch of the doubled spacing.
void Keyframes::thin_out() {
    m_spacing_s *= 2;
    Seconds last = -1;
    std::erase_if(m_keyframes, [&](const Keyframe& keyframe) {
        const Seconds stretch = keyframe.time_s / m_spacing_s;
        const bool covered = stretch == last;
        last = stretch;
        return covered;
    });
    // What one shared with a neighbour that is gone is its own now.
    for (std::ptrdiff_t at = 0; at < std::ssize(m_keyframes); ++at) weigh(at);
}

void Keyframes::weigh(std::ptrdiff_t at) {
    Keyframe& keyframe = m_keyframes[static_cast<std::size_t>(at)];
    const Keyframe& before =
        m_keyframes[static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 1))];
    keyframe.mib = m_size(*keyframe.state, *before.state);
}

const Keyframe* Keyframes::nearest(Seconds time_s) const {
    const auto after = std::ranges::upper_bound(m_keyframes, time_s, {}, &Keyframe::time_s);
    return after == m_keyframes.begin() ? nullptr : &*(after - 1);
}

void Keyframes::forget_after(Seconds time_s) {
    std::erase_if(m_keyframes, [&](const Keyframe& keyframe) { return keyframe.time_s > time_s; });
}

std::vector<Seconds> Keyframes::times() const {
    std::vector<Seconds> out;
    for (const Keyframe& keyframe : m_keyframes) out.push_back(keyframe.time_s);
    return out;
}

double Keyframes::held_mib() const {
    double sum = 0;
    for (const Keyframe& keyframe : m_keyframes) sum += keyframe.mib;
    return sum;
}

}  // namespace cascadelab
