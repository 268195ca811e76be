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
    return index_of(step);
}
constexpr std::size_t at(Source source) {
    return index_of(source);
}

QString tr(const char* text) {
    return QCoreApplication::translate("FunnelView", text);
}

constexpr double kRounding = 1e-6;  // a mean below it is none

// The step at which a fate strikes that no gate spoke.
FunnelStep stepOf(Fate fate) {
    Candidate candidate;
    candidate.fate = fate;
    return step_of_fate(candidate);
}

void addReason(FunnelCounts& counts, FunnelStep step, const QString& text, double count) {
    if (count > kRounding) counts.reasons[at(step)].push_back({text, count});
}

void addReasons(FunnelCounts& counts, const EnumArray<Fate, double>& fates,
                const EnumArray<Fate, double>& stopped, std::span<const FunnelReason> atClicks) {
    addReason(counts, FunnelStep::merged, tr("found twice"), counts.lost(FunnelStep::merged));
    addReason(counts, FunnelStep::ranked, tr("not placed by rank"),
              counts.entering(FunnelStep::slate));
    for (const Fate fate : every<Fate>) {
        if (fate == Fate::shown) continue;
        const QString label = toText(fate_label(fate));
        addReason(counts, stepOf(fate), label, fates[fate]);
        addReason(counts, FunnelStep::slate, tr("policy: %1").arg(label), stopped[fate]);
    }
    for (const FunnelReason& reason : atClicks)
        addReason(counts, FunnelStep::clicks, reason.text, reason.count);
    for (auto& reasons : counts.reasons)
        std::ranges::stable_sort(reasons,
                                 [](const auto& a, const auto& b) { return a.count > b.count; });
}

}  // namespace

double FunnelCounts::total(FunnelStep step) const {
    const auto& row = left[at(step)];
    return std::accumulate(row.begin(), row.end(), 0.0);
}

double FunnelCounts::entering(FunnelStep step) const {
    if (step != FunnelStep::slate) return 0;
    return std::accumulate(entered.begin(), entered.end(), 0.0);
}

double FunnelCounts::lost(FunnelStep step) const {
    if (step == FunnelStep::sources) return 0;
    return total(static_cast<FunnelStep>(at(step) - 1)) + entering(step) - total(step);
}

FunnelStep reachedStep(const Candidate& candidate, std::span<const ItemId> clicked) {
    const FunnelStep fell = step_of_fate(candidate);
    if (fell != FunnelStep::clicks) return static_cast<FunnelStep>(at(fell) - 1);
    const bool isClicked = std::ranges::find(clicked, candidate.item) != clicked.end();
    return isClicked ? FunnelStep::clicks : FunnelStep::slate;
}

FunnelCounts countRequest(const CascadeTrace& trace, std::span<const ItemId> clicked) {
    FunnelCounts counts;
    EnumArray<Fate, double> fates{}, stopped{};
    for (const Source source : every<Source>)
        counts.left[0][source] = trace.counts.proposed[source];
    for (const Candidate& candidate : trace.candidates) {
        const FunnelStep last = reachedStep(candidate, clicked);
        for (const FunnelStep step : every<FunnelStep>) {
            const bool bypassed = step == FunnelStep::ranked && enters_on_page(candidate);
            if (step == FunnelStep::sources || step > last || bypassed) continue;
            ++counts.left[at(step)][candidate.source];
        }
        if (enters_on_page(candidate)) ++counts.entered[candidate.source];
        ++(candidate.stopped ? stopped : fates)[candidate.fate];
    }
    const FunnelReason unclicked{tr("not clicked"), counts.lost(FunnelStep::clicks)};
    addReasons(counts, fates, stopped, {&unclicked, 1});
    return counts;
}

FunnelCounts countHour(const HourFunnel& hour) {
    FunnelCounts counts;
    counts.requests = static_cast<double>(hour.requests);
    const double each = 1 / std::max(1.0, counts.requests);
    for (const Source source : every<Source>) {
        const FunnelSource& sums = hour.by_source[source];
        for (std::size_t step = 1; step < kFunnelStepCount; ++step)
            counts.left[step][source] = double(sums.left[step]) * each;
        counts.left[0][source] = double(hour.proposed[source]) * each;
        counts.entered[source] = double(sums.entered) * each;
    }
    EnumArray<Fate, double> fates{}, stopped{};
    for (const Fate fate : every<Fate>) {
        fates[fate] = double(hour.fates[fate]) * each;
        stopped[fate] = double(hour.stopped[fate]) * each;
    }
    const double examined = double(hour.examined) * each;
    const std::array<FunnelReason, 2> atClicks = {
        FunnelReason{tr("not looked at"), counts.total(FunnelStep::slate) - examined},
        FunnelReason{tr("seen, not clicked"), examined - counts.total(FunnelStep::clicks)}};
    addReasons(counts, fates, stopped, atClicks);
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
            return tr("Re-ranking, exploration and policy make the page.");
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

SankeyAmounts funnelEntries(const FunnelCounts& counts, std::span<const Source> sources) {
    SankeyAmounts entries(kFunnelStepCount, std::vector<double>(sources.size(), 0));
    for (std::size_t s = 0; s < sources.size(); ++s)
        entries[at(FunnelStep::slate)][s] = counts.entered[sources[s]];
    return entries;
}

std::size_t sourceCategory(Source source) {
    return index_of(kSources[source].family);
}

std::vector<LossShare> lossShares(std::span<const OracleItem> oracle) {
    std::vector<LossShare> shares;
    for (std::size_t s = 0; s < enum_count<LossStage>; ++s) {
        const auto stage = static_cast<LossStage>(s);
        const auto count = std::ranges::count_if(
            oracle, [&](const OracleItem& item) { return item.lost == stage; });
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
        case LossStage::explore:
            return tr("exploration");
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
        case LossStage::explore:
            return theme.categoryColor(6);
        case LossStage::policy:
            return theme.categoryColor(2);
        case LossStage::kept:
            return theme.track;
    }
    return theme.track;
}

}  // namespace cascadelab
