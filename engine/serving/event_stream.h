// The streaming lane at production size, as a fluid: events flow into the partitions of a topic by
// their keys, one consumer a partition reads them in order, and what is not read yet makes features
// old. Closed forms and the arithmetic from the run to production stand beside it. A plain value.
// One thread an object.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "engine/serving/cache_laws.h"

namespace cascadelab {

inline constexpr double kEndlessBuffer = std::numeric_limits<double>::infinity();

// The partition of a key: all its events keep their order there.
int partition_of(std::uint64_t key, int partitions);
// Share of the events in each partition when keys are asked for so unevenly. The first 1000 ranks
// fall where their hash says, the many after them evenly. Sums to 1.
std::vector<double> partition_shares(const KeyPopularity& popularity, int partitions);

class EventStream {
  public:
    // shares: of the events by partition, summing to 1. buffer_events: what a partition takes in
    // unread before its producers have to wait (back-pressure).
    explicit EventStream(std::vector<double> shares, double buffer_events = kEndlessBuffer);

    // So many seconds during which events come in at this rate over all partitions, and each
    // consumer reads up to its capacity, events a second; 0 is a stalled stream. Exact for constant
    // rates, however long the step.
    void advance(double seconds, double arrivals_per_s, double capacity_per_s);

    std::size_t partitions() const { return m_shares.size(); }
    double now_s() const { return m_curve.back().time_s; }
    // Age of the event that the consumer of a partition reads next; 0 when it has read all.
    double lag_s(std::size_t partition) const;
    // The lag that so many of the arriving events stay within, over all partitions; share in [0,
    // 1].
    double lag_quantile_s(double share) const;
    double backlog_events() const;    // not read yet, over all partitions
    double held_back_events() const;  // of them with producers that wait for room
    double held_back_s() const;       // how long the one that waits longest has waited
    std::uint64_t hash() const;

  private:
    // The events that came in over all partitions until a moment, a line from knot to knot.
    struct Knot {
        double time_s = 0;
        double arrived = 0;
        double rate = 0;  // since the knot before
    };

    double backlog_events(std::size_t partition) const;
    // When the stream had come so far.
    double time_of(double arrived) const;

    std::vector<double> m_shares;
    double m_buffer_events;
    std::deque<Knot> m_curve;    // from the least read event to now
    std::vector<double> m_read;  // how far each partition is read, on the scale of all arrivals
};

// Seconds from the end of a stall until the stream is read up again, at a load (arrivals over
// capacity) below 1: stall x rho / (1 - rho). Endless from 1 on.
double backfill_s(double stall_s, double load);

// --- from the run to production ---
// A number and how it came about, to be read from top to bottom.
struct ArithmeticLine {
    std::string what;
    double value = 0;
    std::string unit;
    std::string how;
};

// What a production stream is made of; defaults give 1e11 events a day.
struct EventVolume {
    double people = 2e8;
    double refreshes_a_day = 20;   // of a person
    double events_a_refresh = 25;  // impressions, starts, stops, likes
    double event_bytes = 100;
    double peak_over_mean = 1.6;
    double partition_events_per_s = 10000;  // that one consumer reads
    double target_load = 0.6;               // of a consumer, at the peak
    double hottest_key_share = 0;           // of all events; they cannot be split over partitions
    double stall_s = 600;
    double kept_days = 30;
};
std::vector<ArithmeticLine> event_volume_lines(const EventVolume& volume);

}  // namespace cascadelab
