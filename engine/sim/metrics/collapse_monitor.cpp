#include "engine/sim/metrics/collapse_monitor.h"

#include <array>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

// One threshold: beyond it trips, and only what is `recovery` times better counts as recovered. NaN
// is neither beyond nor in the way.
struct Threshold {
    const char* name;
    double value;
    double limit;
    bool at_least;  // the value must not fall below the limit

    bool beyond() const { return at_least ? value < limit : value > limit; }
    bool recovered(double recovery) const {
        return !(at_least ? value < limit * recovery : value > limit / recovery);
    }
    std::string text() const { return std::string(name) + " " + fixed_text(100 * value, 1) + " %"; }
};

std::array<Threshold, 4> thresholds(const CollapseReading& reading,
                                    const GenerativeParams& params) {
    return {{{"effective catalogue", reading.effective_share, params.monitor_effective_share, true},
             {"code perplexity", reading.perplexity_share, params.monitor_perplexity_share, true},
             {"repeats", reading.repeat_rate, params.monitor_repeat_rate, false},
             {"changed codes", reading.changed_share, params.monitor_changed_share, false}}};
}

}  // namespace

std::optional<std::string> CollapseMonitor::look(const CollapseReading& reading,
                                                 const GenerativeParams& params, Seconds now_s) {
    if (!params.monitor) {
        tripped = false;
        return std::nullopt;
    }
    const auto limits = thresholds(reading, params);
    if (!tripped) {
        for (const Threshold& limit : limits) {
            if (!limit.beyond()) continue;
            tripped = true;
            since_s = now_s;
            why = limit.text();
            return "collapse monitor: " + why + ", fallback serves";
        }
        return std::nullopt;
    }
    if (static_cast<double>(now_s - since_s) < params.monitor_hold_h * kHour) return std::nullopt;
    for (const Threshold& limit : limits) {
        if (!limit.recovered(params.monitor_recovery)) return std::nullopt;
    }
    tripped = false;
    return "collapse monitor: recovered, the decoder serves";
}

}  // namespace cascadelab
