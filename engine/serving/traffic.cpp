#include "engine/serving/traffic.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cascadelab {
namespace {

constexpr double kDay = 86400;
constexpr double kEvening = 20 * 3600;  // when a region is busiest
constexpr double kGrid = 300;           // step in which the day is searched for its peak

}  // namespace

double Crowd::at(double now_s) const {
    const double age_s = now_s - begin_s;
    if (age_s < 0) return 0;
    if (age_s < rise_s) return extra * age_s / rise_s;
    if (decay_s <= 0 || age_s < rise_s + stay_s) return extra;
    return extra * std::exp(-(age_s - rise_s - stay_s) / decay_s);
}

double Traffic::region_rate(int region, double now_s) const {
    const double hour = now_s - kEvening - region * hours_apart * 3600;
    const double day = 1 + amplitude * std::cos(2 * std::numbers::pi * hour / kDay);
    double rate = mean_rate * weights[static_cast<std::size_t>(region)] * day;
    if (peak_day > 0 && std::floor(now_s / kDay) + 1 == peak_day) rate *= peak_factor;
    for (const Crowd& crowd : crowds) {
        rate += mean_rate * weights[static_cast<std::size_t>(region)] * crowd.at(now_s);
    }
    return rate;
}

double Traffic::rate(double now_s) const {
    double sum = 0;
    for (int region = 0; region < kRegions; ++region) sum += region_rate(region, now_s);
    return sum;
}

double Traffic::ordinary_peak() const {
    Traffic ordinary = *this;
    ordinary.peak_day = 0;
    ordinary.crowds.clear();
    double peak = 0;
    for (double s = 0; s < kDay; s += kGrid) peak = std::max(peak, ordinary.rate(s));
    return peak;
}

double Traffic::highest(double from_s, double to_s) const {
    double bound = mean_rate * (1 + std::abs(amplitude));
    if (peak_day > 0 && std::floor(to_s / kDay) + 1 >= peak_day &&
        std::floor(from_s / kDay) + 1 <= peak_day) {
        bound *= std::max(1.0, peak_factor);
    }
    for (const Crowd& crowd : crowds) {
        if (crowd.begin_s <= to_s) bound += mean_rate * crowd.extra;
    }
    return bound;
}

Traffic traffic_of_cell(const Params& params) {
    const ServingParams& serving = params.serving;
    Traffic traffic;
    traffic.mean_rate = std::min(serving.cell_users, params.production.daily_users) *
                        params.production.requests_per_user / kDay;
    const double sum = serving.region_1 + serving.region_2 + serving.region_3;
    traffic.weights = {serving.region_1 / sum, serving.region_2 / sum, serving.region_3 / sum};
    traffic.hours_apart = serving.region_hours;
    traffic.amplitude = serving.day_amplitude;
    traffic.peak_day = static_cast<int>(serving.peak_day);
    traffic.peak_factor = serving.peak_day_factor;
    return traffic;
}

}  // namespace cascadelab
