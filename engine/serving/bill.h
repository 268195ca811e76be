// What the modelled fleet costs: items of what was used, priced by a table whose every price has a
// unit, a date and a source. Prices contradict each other from page to page: all are defaults that
// a person may change. US dollars; pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/enum_array.h"

namespace cascadelab {

enum class Resource {
    cpu_server,
    gpu_a40,
    gpu_a100,
    gpu_h100,
    egress,
    cross_zone,
    cross_region,
    cdn,
    storage,
    tokens_in,
    tokens_out,
};
template <>
inline constexpr std::size_t enum_count<Resource> = 11;

struct Price {
    Resource value;
    std::string_view name;     // "A100"
    std::string_view unit;     // "GPU-hour"
    double usd;                // for one unit
    double low_usd, high_usd;  // between which pages disagree
    std::string_view date;
    std::string_view source;
};
using PriceTable = EnumArray<Resource, Price>;
const PriceTable& default_prices();

inline constexpr double kHoursAMonth = 730;
inline constexpr double kDaysAMonth = 30;

// One line before it is priced: so much of a resource in a month, at one stage.
struct BillItem {
    std::string stage;  // "ranking"
    std::string label;  // "GPUs of the ranker"
    Resource resource = Resource::cpu_server;
    double quantity = 0;  // units a month
    std::string how;      // the arithmetic, in words
};
struct BillLine {
    BillItem item;
    double unit_usd = 0;
    double usd = 0;  // a month
};
struct StageCost {
    std::string stage;
    double usd = 0;  // a month
};

struct Bill {
    std::vector<BillLine> lines;  // in the order of the items
    double requests = 0;          // a month
    double people = 0;

    double month_usd() const;
    double per_thousand_usd() const;          // requests; 0 when there are none
    double per_person_usd() const;            // and month; 0 when there are none
    std::vector<StageCost> by_stage() const;  // in the order in which stages first appear
    double of(Resource resource) const;       // US dollars a month
};

// Quantities must be finite and not negative. requests: a month.
Bill bill_of(const std::vector<BillItem>& items, const PriceTable& prices, double requests,
             double people);

// --- StreamPulse ---
// The case study's own figures, with the items that its $140k do not name filled in from sizes that
// can be checked.
struct StreamPulse {
    double people = 2e8;
    double refreshes_a_day = 4e9;
    double gpu_usd = 980000;   // a month
    double rest_usd = 140000;  // a month: network and storage
    double published_per_thousand_usd = 0.28;
    double renditions_gb = 1.1e6;  // of videos, stored
    double events_a_day = 1e11;
    double event_bytes = 100;
    double network_usd_per_gb = 0.02;
    double storage_usd_per_gb = 0.021;  // and month

    double refreshes_a_month() const { return refreshes_a_day * kDaysAMonth; }
    double refreshes_per_s() const { return refreshes_a_day / 86400; }
    // A100s that the money for GPUs buys at so many dollars an hour.
    double gpus_at(double usd_per_hour) const { return gpu_usd / (usd_per_hour * kHoursAMonth); }
    // Feed metadata of a refresh, bytes, that explains what events and renditions leave of the
    // rest.
    double metadata_bytes() const;
};
Bill streampulse_bill(const StreamPulse& streampulse, double a100_usd_per_hour);

}  // namespace cascadelab
