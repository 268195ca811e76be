// What the funnel shows in numbers and words: how many candidates each step left, from which source
// they came, and why the others fell. Of one request or as means of the last hour. Pure; any
// thread.
#pragma once

#include <QString>
#include <array>
#include <span>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/sankey.h"
#include "ui/theme/theme.h"

namespace cascadelab {

inline constexpr std::size_t kFunnelStepCount = enum_count<FunnelStep>;

struct FunnelReason {
    QString text;
    double count = 0;
};

struct FunnelCounts {
    double requests = 1;  // that were averaged
    std::array<EnumArray<Source, double>, kFunnelStepCount> left{};
    EnumArray<Source, double> entered{};  // of those at slate, who came there by no ranking
    std::array<std::vector<FunnelReason>, kFunnelStepCount> reasons;  // why the difference fell

    double total(FunnelStep step) const;
    double entering(FunnelStep step) const;  // 0 but for slate
    // Of the step before and of who entered, how many are not there; 0 for the first.
    double lost(FunnelStep step) const;
};

FunnelCounts countRequest(const CascadeTrace& trace, std::span<const ItemId> clicked);
FunnelCounts countHour(const HourFunnel& hour);  // means a request

QString stepHead(FunnelStep step);                                     // "Merged"
QString stepSentence(FunnelStep step);                                 // what happens there
QString reasonsSentence(const FunnelCounts& counts, FunnelStep step);  // "seen 31, policy 12"

// The sources that proposed anything, in the order they are drawn, and their amounts by step.
std::vector<Source> shownSources(const FunnelCounts& counts);
SankeyAmounts funnelAmounts(const FunnelCounts& counts, std::span<const Source> sources);
// What enters at each step, in the same order.
SankeyAmounts funnelEntries(const FunnelCounts& counts, std::span<const Source> sources);

// The last step a candidate reached.
FunnelStep reachedStep(const Candidate& candidate, std::span<const ItemId> clicked);

// A source's place among the theme's categories, the same in every view.
std::size_t sourceCategory(Source source);

struct LossShare {
    LossStage stage = LossStage::kept;
    int count = 0;
};
// Where the oracle's best items went, in the order of the stages; stages without any left out.
std::vector<LossShare> lossShares(std::span<const OracleItem> oracle);
QString lossLabel(LossStage stage);                      // "retrieval"
QColor lossColour(LossStage stage, const Theme& theme);  // what the page kept is quiet

}  // namespace cascadelab
