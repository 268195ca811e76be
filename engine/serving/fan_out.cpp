#include "engine/serving/fan_out.h"

#include <algorithm>

namespace cascadelab {

Answer ask_leaf(const ServiceTime& service, double hedge_after_s, Stream& stream) {
    const double first_s = service.draw(stream);
    if (first_s <= hedge_after_s) return {first_s, 1};
    const double second_s = hedge_after_s + service.draw(stream);
    return {std::min(first_s, second_s), 2};
}

Answer ask_leaves(int leaves, const ServiceTime& service, double hedge_after_s, Stream& stream) {
    Answer slowest;
    for (int leaf = 0; leaf < leaves; ++leaf) {
        const Answer answer = ask_leaf(service, hedge_after_s, stream);
        slowest.latency_s = std::max(slowest.latency_s, answer.latency_s);
        slowest.calls += answer.calls;
    }
    return slowest;
}

}  // namespace cascadelab
