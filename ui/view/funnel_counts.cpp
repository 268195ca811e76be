#include "ui/view/funnel_counts.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr std::size_t at(FunnelStep step) {
    return static_cast<std::size_t>(step);
}
constexpr std::size_t at(Source source) {
    return index_of(source);
}

QString tr(const char* text) {
    return QCoreApplication::translate("CascadeView", text);
}

// The step at which a fate strikes; shown candidates reach the slate.
FunnelStep stepOf(Fate fate) {
    switch (fate) {
        case Fate::watched:
        case Fate::shown_recently:
        case Fate::not_licensed:
        case Fate::not_interested:
            return FunnelStep::filtered;
        case Fate::below_cut:
            return FunnelStep::ranked;
        case Fate::diversity:
        case Fate::franchise_cap:
        case Fate::topic_cap:
        case Fate::score:
        case Fate::shown:
            return FunnelStep::slate;
    }
    return FunnelStep::slate;
}

// Nothing may appear on the way: what a later step holds was there before.
void makeMonotone(FunnelCounts& counts) {
    for (std::size_t step = kFunnelStepCount - 1; step > 0; --step)
        for (std::size_t s = 0; s < enum_count<Source>; ++s)
            counts.left[step - 1][s] = std::max(counts.left[step - 1][s], counts.left[step][s]);
}

void addReasons(FunnelCounts& counts, const EnumArray<Fate, double>& fates,
                std::span<const FunnelReason> atClicks) {
    const double twice = counts.lost(FunnelStep::merged);
    if (twice > 0) counts.reasons[at(FunnelStep::merged)].push_back({tr("found twice"), twice});
    for (std::size_t f = 1; f < enum_count<Fate>; ++f) {
        const Fate fate = static_cast<Fate>(f);
        if (fates[f] > 0)
            counts.reasons[at(stepOf(fate))].push_back({toText(fate_label(fate)), fates[f]});
    }
    for (const FunnelReason& reason : atClicks)
        if (reason.count > 0) counts.reasons[at(FunnelStep::clicks)].push_back(reason);
    for (auto& reasons : counts.reasons)
        std::stable_sort(reasons.begin(), reasons.end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; });
}

}  // namespace

double FunnelCounts::total(FunnelStep step) const {
    const auto& row = left[at(step)];
    return std::accumulate(row.begin(), row.end(), 0.0);
}

double FunnelCounts::lost(FunnelStep step) const {
    if (step == FunnelStep::sources) return 0;
    return total(static_cast<FunnelStep>(at(step) - 1)) - total(step);
}

FunnelStep reachedStep(const Candidate& candidate, std::span<const ItemId> clicked) {
    if (candidate.fate != Fate::shown)
        return static_cast<FunnelStep>(at(stepOf(candidate.fate)) - 1);
    const bool isClicked =
        std::find(clicked.begin(), clicked.end(), candidate.item) != clicked.end();
    return isClicked ? FunnelStep::clicks : FunnelStep::slate;
}

FunnelCounts countRequest(const CascadeTrace& trace, std::span<const ItemId> clicked) {
    FunnelCounts counts;
    EnumArray<Fate, double> fates{};
    for (std::size_t s = 0; s < enum_count<Source>; ++s)
        counts.left[0][s] = trace.counts.proposed[s];
    for (const Candidate& candidate : trace.candidates) {
        const std::size_t last = at(reachedStep(candidate, clicked));
        for (std::size_t step = 1; step <= last; ++step) ++counts.left[step][at(candidate.source)];
        ++fates[candidate.fate];
    }
    makeMonotone(counts);
    const FunnelReason unclicked{tr("not clicked"), counts.lost(FunnelStep::clicks)};
    addReasons(counts, fates, {&unclicked, 1});
    return counts;
}

FunnelCounts countHour(const FunnelView& hour) {
    FunnelCounts counts;
    counts.requests = static_cast<double>(hour.requests);
    const double each = 1 / std::max(1.0, counts.requests);
    for (std::size_t s = 0; s < enum_count<Source>; ++s) {
        counts.left[0][s] = double(hour.proposed[s]) * each;
        for (std::size_t step = 1; step < kFunnelStepCount; ++step)
            counts.left[step][s] = double(hour.by_source[s][step - 1]) * each;
    }
    makeMonotone(counts);
    EnumArray<Fate, double> fates{};
    for (std::size_t f = 0; f < enum_count<Fate>; ++f) fates[f] = double(hour.fates[f]) * each;
    const double examined =
        std::clamp(double(hour.examined) * each, counts.total(FunnelStep::clicks),
                   counts.total(FunnelStep::slate));
    const std::array<FunnelReason, 2> atClicks = {
        FunnelReason{tr("not looked at"), counts.total(FunnelStep::slate) - examined},
        FunnelReason{tr("seen, not clicked"), examined - counts.total(FunnelStep::clicks)}};
    addReasons(counts, fates, atClicks);
    return counts;
}

QString stepHead(FunnelStep step) {
    switch (step) {
        case FunnelStep::sources:
            return tr("Sources");
        case FunnelStep::merged:
            return tr("Merged");
        case FunnelStep::filtered:
            return tr("Filtered");
        case FunnelStep::ranked:
            return tr("Ranked");
        case FunnelStep::slate:
            return tr("Slate");
        case FunnelStep::clicks:
            return tr("Clicks");
    }
    return {};
}

QString stepSentence(FunnelStep step) {
    switch (step) {
        case FunnelStep::sources:
            return tr("Each source proposes its best candidates.");
        case FunnelStep::merged:
            return tr("Candidates found by several sources are counted once, for the first.");
        case FunnelStep::filtered:
            return tr("What was seen, blocked or is not allowed is taken out.");
        case FunnelStep::ranked:
            return tr("The ranker scores what is left; only the best are looked at further.");
        case FunnelStep::slate:
            return tr("Re-ranking and rules choose the page.");
        case FunnelStep::clicks:
            return tr("What the person clicked.");
    }
    return {};
}

QString reasonsSentence(const FunnelCounts& counts, FunnelStep step) {
    QStringList parts;
    for (const FunnelReason& reason : counts.reasons[at(step)])
        parts << reason.text + QLatin1Char(' ') + countText(reason.count);
    return parts.join(QStringLiteral(", "));
}

std::vector<Source> shownSources(const FunnelCounts& counts) {
    std::vector<Source> sources;
    for (const Source source : every<Source>)
        if (counts.left[0][at(source)] > 0) sources.push_back(source);
    return sources;
}

SankeyAmounts funnelAmounts(const FunnelCounts& counts, std::span<const Source> sources) {
    SankeyAmounts amounts;
    for (const auto& row : counts.left) {
        std::vector<double> column;
        for (Source source : sources) column.push_back(row[at(source)]);
        amounts.push_back(column);
    }
    return amounts;
}

std::size_t sourceCategory(Source source) {
    return index_of(kSources[source].family);
}

std::vector<LossShare> lossShares(std::span<const OracleItem> oracle) {
    std::vector<LossShare> shares;
    for (std::size_t s = 0; s < enum_count<LossStage>; ++s) {
        const auto stage = static_cast<LossStage>(s);
        const auto count = std::count_if(oracle.begin(), oracle.end(), [&](const OracleItem& item) {
            return item.lost == stage;
        });
        if (count > 0) shares.push_back({stage, static_cast<int>(count)});
    }
    return shares;
}

QString lossLabel(LossStage stage) {
    switch (stage) {
        case LossStage::retrieval:
            return tr("retrieval");
        case LossStage::filter:
            return tr("filter");
        case LossStage::rank:
            return tr("cut");
        case LossStage::order:
            return tr("rank order");
        case LossStage::rerank:
            return tr("re-ranking");
        case LossStage::policy:
            return tr("policy");
        case LossStage::kept:
            return tr("kept");
    }
    return {};
}

QColor lossColour(LossStage stage, const Theme& theme) {
    switch (stage) {
        case LossStage::retrieval:
            return theme.categoryColor(0);
        case LossStage::filter:
            return theme.categoryColor(3);
        case LossStage::rank:
            return theme.categoryColor(1);
        case LossStage::order:
            return theme.categoryColor(5);
        case LossStage::rerank:
            return theme.categoryColor(4);
        case LossStage::policy:
            return theme.categoryColor(6);
        case LossStage::kept:
            return theme.track;
    }
    return theme.track;
}

}  // namespace cascadelab
