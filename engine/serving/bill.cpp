#include "engine/serving/bill.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

constexpr double kGigabyte = 1e9;

constexpr PriceTable kPrices = enum_table<Resource, Price>({
    {Resource::cpu_server, "server with 32 vCPU", "server-hour", 1.36, 0.54, 1.54, "2024-01",
     "AWS list, c6i.8xlarge; low: spot"},
    {Resource::gpu_a40, "A40", "GPU-hour", 0.40, 0.30, 1.28, "2026-05", "specialist clouds"},
    {Resource::gpu_a100, "A100 80 GB", "GPU-hour", 1.49, 0.80, 3.00, "2026-05",
     "long tail .80-1.10, specialists 1.10-1.50, hyperscalers 1.50-3.00"},
    {Resource::gpu_h100, "H100 80 GB", "GPU-hour", 2.50, 1.99, 5.00, "2026-05",
     "long tail 1.99-2.50, specialists 2.50-3.50, hyperscalers 3.50-5.00"},
    {Resource::egress, "egress to the internet", "GB", 0.05, 0.04, 0.09, "2026-05",
     "AWS list above 150 TB; .09 for the first 10 TB"},
    {Resource::cross_zone, "traffic between zones", "GB", 0.02, 0.02, 0.02, "2026-05",
     "AWS list, .01 each way"},
    {Resource::cross_region, "traffic between regions", "GB", 0.02, 0.01, 0.09, "2026-05",
     "AWS list, within North America"},
    {Resource::cdn, "content delivery network", "GB", 0.0075, 0.005, 0.085, "2026-05",
     "volume contracts .005-.01; CloudFront list .085-.04"},
    {Resource::storage, "object storage", "GB-month", 0.021, 0.006, 0.023, "2026-05",
     "AWS S3 list above 500 TB; R2 .015, B2 .006"},
    {Resource::tokens_in, "tokens read by a bought 8B model", "million tokens", 0.10, 0.02, 0.30,
     "2026-05", "Llama 3.1 8B at 21 providers"},
    {Resource::tokens_out, "tokens written by a bought 8B model", "million tokens", 0.20, 0.03,
     0.83, "2026-05", "Llama 3.1 8B at 21 providers"},
});

}  // namespace

const PriceTable& default_prices() {
    return kPrices;
}

Bill bill_of(const std::vector<BillItem>& items, const PriceTable& prices, double requests,
             double people) {
    Bill bill;
    bill.requests = requests;
    bill.people = people;
    for (const BillItem& item : items) {
        CHECK(std::isfinite(item.quantity) && item.quantity >= 0);
        const double unit_usd = prices[item.resource].usd;
        bill.lines.push_back({item, unit_usd, unit_usd * item.quantity});
    }
    return bill;
}

double Bill::month_usd() const {
    double usd = 0;
    for (const BillLine& line : lines) usd += line.usd;
    return usd;
}

double Bill::per_thousand_usd() const {
    return requests > 0 ? month_usd() / requests * 1000 : 0;
}

double Bill::per_person_usd() const {
    return people > 0 ? month_usd() / people : 0;
}

std::vector<StageCost> Bill::by_stage() const {
    std::vector<StageCost> stages;
    for (const BillLine& line : lines) {
        auto stage = std::ranges::find(stages, line.item.stage, &StageCost::stage);
        if (stage == stages.end()) stage = stages.insert(stage, {line.item.stage, 0});
        stage->usd += line.usd;
    }
    return stages;
}

double Bill::of(Resource resource) const {
    double usd = 0;
    for (const BillLine& line : lines) usd += line.item.resource == resource ? line.usd : 0;
    return usd;
}

double StreamPulse::metadata_bytes() const {
    const double events_gb = events_a_day * event_bytes * kDaysAMonth / kGigabyte;
    const double left_usd = rest_usd - (events_gb + renditions_gb) * storage_usd_per_gb;
    return std::max(0.0, left_usd) / network_usd_per_gb * kGigabyte / refreshes_a_month();
}

Bill streampulse_bill(const StreamPulse& streampulse, double a100_usd_per_hour) {
    CHECK(a100_usd_per_hour > 0);
    PriceTable prices = kPrices;
    prices[Resource::gpu_a100].usd = a100_usd_per_hour;
    prices[Resource::cross_region].usd = streampulse.network_usd_per_gb;
    prices[Resource::storage].usd = streampulse.storage_usd_per_gb;

    const double refreshes = streampulse.refreshes_a_month();
    const double gpus = streampulse.gpus_at(a100_usd_per_hour);
    const double bytes = streampulse.metadata_bytes();
    const double events_gb =
        streampulse.events_a_day * streampulse.event_bytes * kDaysAMonth / kGigabyte;
    const std::vector<BillItem> items = {
        {"decoder", "GPUs", Resource::gpu_a100, gpus * kHoursAMonth,
         fixed_text(gpus, 0) + " A100 x 730 h"},
        {"edge", "feed metadata", Resource::cross_region, refreshes * bytes / kGigabyte,
         grouped_text(std::llround(refreshes / 1e9)) + "e9 refreshes x " +
             fixed_text(bytes / 1000, 1) + " KB"},
        {"edge", "renditions of videos", Resource::storage, streampulse.renditions_gb,
         fixed_text(streampulse.renditions_gb / 1e6, 1) + " PB kept"},
        {"features", "event log", Resource::storage, events_gb,
         grouped_text(std::llround(streampulse.events_a_day / 1e9)) + "e9 events a day x " +
             fixed_text(streampulse.event_bytes, 0) + " B x 30 days"},
    };
    return bill_of(items, prices, refreshes, streampulse.people);
}

}  // namespace cascadelab
