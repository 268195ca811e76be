#include "engine/serving/event_stream.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

constexpr double kDayS = 86400;

// Three digits that matter: "0.62", "1,157,407", "1e+11" as 1.00e11.
std::string short_text(double value) {
    const double size = std::abs(value);
    if (size >= 1e9) {
        const int power = static_cast<int>(std::floor(std::log10(size)));
        return fixed_text(value / std::pow(10, power), 2) + "e" + std::to_string(power);
    }
    if (size >= 100) return grouped_text(std::llround(value));
    return number_text(std::round(value * 100) / 100);
}

}  // namespace

int partition_of(std::uint64_t key, int partitions) {
    CHECK(partitions >= 1);
    return static_cast<int>(mix_bits(key) % static_cast<std::uint64_t>(partitions));
}

std::vector<double> partition_shares(const KeyPopularity& popularity, int partitions) {
    CHECK(partitions >= 1);
    std::vector<double> shares(static_cast<std::size_t>(partitions), 0.0);
    double spread = 0;  // of the keys that nobody tells apart
    std::uint64_t rank = 0;
    for (const auto& [keys, share] : popularity) {
        if (keys > 1) {
            spread += keys * share;
        } else {
            shares[static_cast<std::size_t>(partition_of(rank++, partitions))] += share;
        }
    }
    for (double& share : shares) share += spread / partitions;
    return shares;
}

EventStream::EventStream(std::vector<double> shares, double buffer_events)
    : m_shares(std::move(shares)), m_buffer_events(buffer_events), m_curve{Knot{}} {
    CHECK(!m_shares.empty() && buffer_events >= 0);
    CHECK(std::ranges::all_of(m_shares, [](double share) { return share >= 0; }));
    CHECK(std::abs(std::accumulate(m_shares.begin(), m_shares.end(), 0.0) - 1) < 1e-6);
    m_read.assign(m_shares.size(), 0.0);
}

void EventStream::advance(double seconds, double arrivals_per_s, double capacity_per_s) {
    CHECK(seconds >= 0 && arrivals_per_s >= 0 && capacity_per_s >= 0);
    const Knot last = m_curve.back();
    const Knot now{last.time_s + seconds, last.arrived + arrivals_per_s * seconds, arrivals_per_s};
    // A line that goes on as before needs no knot.
    if (m_curve.size() > 1 && last.rate == arrivals_per_s) {
        m_curve.back() = now;
    } else {
        m_curve.push_back(now);
    }
    for (std::size_t p = 0; p < m_shares.size(); ++p) {
        const double can_read = capacity_per_s * seconds;
        const double unread = m_shares[p] * (now.arrived - m_read[p]);
        m_read[p] = can_read >= unread ? now.arrived : m_read[p] + can_read / m_shares[p];
    }
    // What every partition has read is forgotten.
    const double least = std::ranges::min(m_read);
    while (m_curve.size() > 2 && m_curve[1].arrived <= least) m_curve.pop_front();
}

double EventStream::time_of(double arrived) const {
    const auto after = std::ranges::upper_bound(m_curve, arrived, {}, &Knot::arrived);
    if (after == m_curve.end()) return now_s();
    if (after == m_curve.begin()) return after->time_s;
    const Knot& before = *(after - 1);
    const double part = (arrived - before.arrived) / (after->arrived - before.arrived);
    return before.time_s + part * (after->time_s - before.time_s);
}

double EventStream::lag_s(std::size_t partition) const {
    return now_s() - time_of(m_read.at(partition));
}

double EventStream::lag_quantile_s(double share) const {
    CHECK(share >= 0 && share <= 1);
    struct Part {
        double lag_s, share;
    };
    std::vector<Part> parts;
    for (std::size_t p = 0; p < m_shares.size(); ++p) parts.push_back({lag_s(p), m_shares[p]});
    std::ranges::sort(parts, {}, &Part::lag_s);
    double below = 0;
    for (const Part& part : parts) {
        below += part.share;
        if (below >= share) return part.lag_s;
    }
    return parts.back().lag_s;
}

double EventStream::backlog_events(std::size_t partition) const {
    return m_shares[partition] * (m_curve.back().arrived - m_read[partition]);
}

double EventStream::backlog_events() const {
    double events = 0;
    for (std::size_t p = 0; p < m_shares.size(); ++p) events += backlog_events(p);
    return events;
}

double EventStream::held_back_events() const {
    double events = 0;
    for (std::size_t p = 0; p < m_shares.size(); ++p) {
        events += std::max(0.0, backlog_events(p) - m_buffer_events);
    }
    return events;
}

double EventStream::held_back_s() const {
    double longest_s = 0;
    for (std::size_t p = 0; p < m_shares.size(); ++p) {
        if (backlog_events(p) <= m_buffer_events) continue;
        const double taken_in = m_read[p] + m_buffer_events / m_shares[p];
        longest_s = std::max(longest_s, now_s() - time_of(taken_in));
    }
    return longest_s;
}

std::uint64_t EventStream::hash() const {
    Hasher hasher;
    hasher.add(m_buffer_events);
    hasher.add_all(std::span<const double>(m_shares)).add_all(std::span<const double>(m_read));
    for (const Knot& knot : m_curve) hasher.add(knot.time_s).add(knot.arrived).add(knot.rate);
    return hasher.value();
}

double backfill_s(double stall_s, double load) {
    CHECK(stall_s >= 0 && load >= 0);
    if (load >= 1) return std::numeric_limits<double>::infinity();
    return stall_s * load / (1 - load);
}

std::vector<ArithmeticLine> event_volume_lines(const EventVolume& volume) {
    CHECK(volume.people > 0 && volume.partition_events_per_s > 0 && volume.target_load > 0);
    std::vector<ArithmeticLine> lines;
    const auto line = [&](const char* what, double value, const char* unit, std::string how) {
        lines.push_back({what, value, unit, std::move(how)});
        return value;
    };
    const auto text = short_text;
    const double refreshes =
        line("refreshes a day", volume.people * volume.refreshes_a_day, "refreshes",
             text(volume.people) + " people x " + text(volume.refreshes_a_day));
    const double events = line("events a day", refreshes * volume.events_a_refresh, "events",
                               text(refreshes) + " x " + text(volume.events_a_refresh));
    const double mean = line("mean rate", events / kDayS, "events/s", text(events) + " / 86,400 s");
    const double peak = line("peak rate", mean * volume.peak_over_mean, "events/s",
                             text(mean) + " x " + text(volume.peak_over_mean));
    const double partitions =
        line("partitions", std::ceil(peak / (volume.partition_events_per_s * volume.target_load)),
             "consumers",
             text(peak) + " / (" + text(volume.partition_events_per_s) + " x " +
                 text(volume.target_load) + ")");
    const double hottest_share =
        volume.hottest_key_share + (1 - volume.hottest_key_share) / partitions;
    const double load =
        line("load of the hottest partition", peak * hottest_share / volume.partition_events_per_s,
             "of its consumer",
             text(peak) + " x " + number_text(std::round(hottest_share * 1e6) / 1e6) + " / " +
                 text(volume.partition_events_per_s));
    line("backlog after a stall", peak * volume.stall_s, "events",
         text(peak) + " x " + text(volume.stall_s) + " s");
    line("back-fill after it", backfill_s(volume.stall_s, load), "s",
         text(volume.stall_s) + " x " + text(load) + " / (1 - " + text(load) + ")");
    const double bytes = line("volume a day", events * volume.event_bytes / 1e12, "TB",
                              text(events) + " x " + text(volume.event_bytes) + " B");
    line("volume kept", bytes * volume.kept_days, "TB",
         text(bytes) + " x " + text(volume.kept_days) + " days");
    return lines;
}

}  // namespace cascadelab
