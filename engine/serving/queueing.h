// Closed forms of queueing theory, which the modelled fleet must obey and is checked against. Times
// in seconds, rates per second. Pure functions.
#pragma once

namespace cascadelab {

// Probability that an arrival has to wait at `servers` servers under an offered load of
// arrival_rate x mean service, in servers (Erlang 1917, formula C). load < servers.
double erlang_c(int servers, double offered_load);
// Mean wait in the queue of M/M/c: C / (c mu - lambda). Service excluded.
double mean_wait_mmc(double arrival_rate, double mean_service_s, int servers);
// Mean wait in the queue of M/G/1: lambda E[S^2] / (2 (1 - rho)) (Pollaczek 1930; Khinchine 1932).
// scv: variance of the service time over its squared mean.
double mean_wait_mg1(double arrival_rate, double mean_service_s, double scv);

// Probability that at least one of n branches is slow when each is with probability p: 1 - (1 -
// p)^n (Dean and Barroso 2013).
double any_slow(double slow_share, int branches);

}  // namespace cascadelab
