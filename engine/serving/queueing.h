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

// The time in the queue that `share` of the arrivals at M/M/c stay within, seconds; share in [0,
// 1): ln(C / (1 - share)) / (c mu - lambda), 0 when fewer than 1 - share wait at all.
double wait_quantile_mmc(double arrival_rate, double mean_service_s, int servers, double share);

// Servers for an offered load (in servers) and a margin of beta square roots of it (Erlang 1924).
int square_root_staffing(double offered_load, double beta);
// Probability of waiting there as the load grows: 1 / (1 + beta Phi(beta) / phi(beta)) (Halfin and
// Whitt 1981). beta > 0.
double waits_halfin_whitt(double beta);

// Mean time in system, in mean service times, when each arrival joins the shortest of d queues
// drawn from endlessly many: the sum over i >= 1 of rho^((d^i - d) / (d - 1)) (Mitzenmacher 1996;
// Vvedenskaya, Dobrushin, Karpelevich 1996). load in [0, 1), choices >= 1.
double mean_time_of_choices(double load, int choices);

// --- more load than capacity ---
// Backlog after so long of it, in seconds of the whole capacity: (load - 1) x time, never below 0.
// Who arrives then waits as long.
double overload_backlog_s(double load, double lasting_s);
// Seconds until that backlog is gone once capacity has grown so that the same arrivals are
// `load_after` of it; infinite when load_after >= 1.
double overload_drain_s(double load, double lasting_s, double load_after);

// --- retries ---
// Calls per request when a call fails with probability p and is tried again up to `retries` times:
// (1 - p^(R+1)) / (1 - p).
double retry_amplification(double failure_share, int retries);
// The same when retries may add no more than this share of the requests (a retry budget).
double retry_amplification(double failure_share, int retries, double retry_budget);
// Most calls at the lowest of so many layers that all retry: (1 + R)^L.
double layered_retry_amplification(int retries, int layers);
// Whether an overload can keep itself alive by retries after its trigger is gone: (1 + R) rho > 1
// (Bronson et al. 2021, "Metastable failures in distributed systems").
bool retries_can_sustain_overload(double load, int retries);

// Probability that at least one of n branches is slow when each is with probability p: 1 - (1 -
// p)^n (Dean and Barroso 2013).
double any_slow(double slow_share, int branches);
// The same when a late branch is asked a second time, independently: 1 - (1 - p^2)^n.
double any_slow_hedged(double slow_share, int branches);

}  // namespace cascadelab
