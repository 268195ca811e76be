// How many requests a second come to one cell of the modelled fleet: three uneven regions with
// their days, peak days, flash crowds and launches. Pure functions of virtual time.
#pragma once

#include <array>
#include <vector>

#include "engine/params/params.h"

namespace cascadelab {

inline constexpr int kRegions = 3;

// A crowd that comes at once and goes slowly, or comes to stay: a launch.
struct Crowd {
    double begin_s = 0;
    double rise_s = 60;
    double stay_s = 600;            // at its height
    double decay_s = 600;           // time constant of its leaving; 0: it stays
    double extra = 1;               // requests, as a share of the mean of a day
    double at(double now_s) const;  // 0..extra
};

struct Traffic {
    double mean_rate = 0;                              // requests a second, over an ordinary day
    std::array<double, kRegions> weights = {1, 0, 0};  // sum to 1
    double hours_apart = 0;
    double amplitude = 0;
    int peak_day = 0;  // counted from 1; 0: none
    double peak_factor = 1;
    std::vector<Crowd> crowds;

    // Of one region, requests a second: its share x (1 + A cos(its hour - 20 h)).
    double region_rate(int region, double now_s) const;
    double rate(double now_s) const;                   // of all
    double ordinary_peak() const;                      // the highest of an ordinary day
    double highest(double from_s, double to_s) const;  // not exceeded between
};

// Of a cell of serving.cell_users people; weights need not sum to 1 in the parameters.
Traffic traffic_of_cell(const Params& params);

}  // namespace cascadelab
