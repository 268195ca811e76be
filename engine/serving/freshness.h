// How old what a server believes is: closed forms for the lanes by which news reach it, which the
// modelled fleet must obey. Times in seconds, rates per second. Pure functions.
#pragma once

namespace cascadelab {

// Mean age of information behind an M/M/1 streaming lane, served in order: (1/mu) (1 + 1/rho +
// rho^2 / (1 - rho)) (Kaul, Yates, Gruteser 2012, "Real-time status: how often should one
// update?"). An idle lane brings news seldom, a hot one brings them late. 0 < rho < 1.
double age_of_information_mm1(double arrival_rate, double mean_service_s);
// The load at which that age is least, .531.
double freshest_load_mm1();

// Age of a feature from a batch lane whose job runs every period_s and publishes delay_s after the
// moment its data end: uniform over [delay_s, delay_s + period_s]. The age that `share` of reads
// stay within, share in [0, 1].
double batch_age_quantile_s(double delay_s, double period_s, double share);

// Probability that an edge misses an event made within its replication lag when a person makes them
// at this rate: 1 - exp(-mu L).
double edge_miss_share(double event_rate, double lag_s);

}  // namespace cascadelab
