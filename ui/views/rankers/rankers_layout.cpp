#include "ui/views/rankers/rankers_layout.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr std::size_t kMostRounds = 12;  // of a trail; older ones would only be a smudge
constexpr double kLeft = 46, kBottom = 34, kTop = 18, kRight = 12;
constexpr double kLabelHeight = 30;

QString tr(const char* text) {
    return QCoreApplication::translate("RankerLayout", text);
}

bool isTimed(const RankerRoundView& round) {
    return std::ranges::all_of(round.models, [](const RankerPoint& point) {
        return std::isfinite(point.score_us) && point.score_us > 0;
    });
}

std::vector<std::size_t> shownRounds(const std::vector<RankerRoundView>& rounds) {
    std::vector<std::size_t> shown;
    for (std::size_t r = rounds.size(); r-- > 0 && shown.size() < kMostRounds;) {
        if (isTimed(rounds[r])) shown.insert(shown.begin(), r);
    }
    return shown;
}

double decadesOf(const RankerPoint& point) {
    return std::log10(static_cast<double>(point.score_us) / 1000);
}

// 0.1, 0.2, 0.5, 1, 2, 5 ... inside the range; only the powers of ten when there is little room.
std::vector<double> logTicks(AxisRange decades, double width) {
    std::vector<double> ticks;
    const bool fine = width / (decades.high - decades.low) > 130;
    for (double power = std::floor(decades.low); power <= decades.high; ++power) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double at = power + std::log10(factor);
            const bool inside = at >= decades.low - 1e-9 && at <= decades.high + 1e-9;
            if (inside && (fine || factor == 1)) ticks.push_back(at);
        }
    }
    return ticks;
}

// What is shown needs some air around it; half decades are the steps of the axis of time.
void growAxes(const std::vector<RankerRoundView>& rounds, const std::vector<std::size_t>& shown,
              RankerMeasure measure, FrontierAxes& axes) {
    double low = 1e9, high = -1e9, quick = 1e9, slow = -1e9;
    for (const std::size_t r : shown) {
        for (const RankerPoint& point : rounds[r].models) {
            const double value = measured(point, measure);
            quick = std::min(quick, decadesOf(point));
            slow = std::max(slow, decadesOf(point));
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    const double air = std::max(0.12 * (high - low), 5e-4);
    axes.quality = steppedRange(low - air, high + air, axes.quality);
    const AxisRange wanted = {std::floor(2 * (quick - 0.1)) / 2, std::ceil(2 * (slow + 0.25)) / 2};
    const bool fits = axes.decades.low <= wanted.low && wanted.high <= axes.decades.high &&
                      axes.decades.high - axes.decades.low <= wanted.high - wanted.low + 0.5;
    if (!fits) axes.decades = wanted;
}

// From left to right, each time a point is better than all that are quicker.
std::vector<QPointF> frontierOf(const std::vector<FrontierModel>& models) {
    std::vector<QPointF> points, best;
    for (const FrontierModel& model : models)
        if (!model.trail.empty()) points.push_back(model.trail.back().at);
    std::ranges::sort(points, {}, [](QPointF p) { return std::pair(p.x(), p.y()); });
    for (const QPointF point : points) {
        if (!best.empty() && point.y() >= best.back().y()) continue;
        if (!best.empty()) best.push_back({point.x(), best.back().y()});
        best.push_back(point);
    }
    return best;
}

// By model: where its name stands, and its words under it when they are wanted.
std::vector<std::optional<QRectF>> namePlaces(const RankersLayout& frontier, bool hasWords,
                                              QRectF area) {
    std::vector<LabelWish> wishes;
    std::vector<QRectF> taken;
    for (const FrontierModel& model : frontier.models) {
        if (model.trail.empty()) continue;
        const QPointF at = model.trail.back().at;
        const double name = textWidth(font(Type::small, true), model.name);
        const double words = hasWords ? textWidth(font(Type::tiny), model.words) : 0;
        const double height = hasWords ? kLabelHeight : kLabelHeight / 2;
        wishes.push_back({at, QSizeF(std::max(name, words) + 4, height), 9});
        taken.push_back(QRectF(at.x() - 7, at.y() - 7, 14, 14));
    }
    return placeLabels(wishes, area, taken);
}

// Where there is no room for everybody's words, all have their names at least.
void placeNames(RankersLayout& frontier, QRectF area) {
    auto places = namePlaces(frontier, true, area);
    const bool hasWords = std::ranges::all_of(places, &std::optional<QRectF>::has_value);
    if (!hasWords) places = namePlaces(frontier, false, area);
    std::size_t next = 0;
    for (FrontierModel& model : frontier.models) {
        if (!hasWords) model.words.clear();
        if (model.trail.empty()) continue;
        if (const auto& place = places[next++]) model.label = *place;
    }
}

}  // namespace

QString measureLabel(RankerMeasure measure) {
    switch (measure) {
        case RankerMeasure::ndcg:
            return tr("NDCG@10");
        case RankerMeasure::auc:
            return tr("AUC");
        case RankerMeasure::log_loss:
            return tr("Log loss");
    }
    return {};
}

double measured(const RankerPoint& point, RankerMeasure measure) {
    switch (measure) {
        case RankerMeasure::ndcg:
            return point.ndcg_at_10;
        case RankerMeasure::auc:
            return point.auc;
        case RankerMeasure::log_loss:
            return point.log_loss;
    }
    return 0;
}

QString measureText(double value) {
    return std::isfinite(value) ? QString::number(value, 'f', 4) : tr("none");
}

QString rankerName(std::size_t model) {
    return toText(kRankingModels[model].label);
}

RankersLayout layoutRankers(const std::vector<RankerRoundView>& rounds, RankerMeasure measure,
                            QRectF area, FrontierAxes& axes) {
    RankersLayout frontier;
    frontier.frame = area.adjusted(kLeft, kTop, -kRight, -kBottom);
    const std::vector<std::size_t> shown = shownRounds(rounds);
    if (shown.empty() || frontier.frame.width() < 60 || frontier.frame.height() < 40)
        return frontier;
    growAxes(rounds, shown, measure, axes);
    const QRectF& frame = frontier.frame;
    const auto across = [&](double decades) {
        const AxisRange& range = axes.decades;
        return frame.left() + frame.width() * (decades - range.low) / (range.high - range.low);
    };
    const auto up = [&](double value) {
        const double share = (value - axes.quality.low) / (axes.quality.high - axes.quality.low);
        const bool lowIsBetter = measure == RankerMeasure::log_loss;
        return frame.top() + frame.height() * (lowIsBetter ? share : 1 - share);
    };
    for (const double tick : logTicks(axes.decades, frame.width()))
        frontier.across.push_back({across(tick), QString::number(std::pow(10.0, tick), 'g', 2)});
    const int rows = std::clamp(static_cast<int>(frame.height() / 34), 2, 7);
    for (const double tick : niceTicks(axes.quality.low, axes.quality.high, rows))
        frontier.up.push_back({up(tick), QString::number(tick, 'g', 4)});

    for (std::size_t m = 0; m < enum_count<RankingModel>; ++m) {
        FrontierModel& model = frontier.models.emplace_back();
        model.model = m;
        for (const std::size_t r : shown) {
            const RankerPoint& point = rounds[r].models[m];
            const double value = measured(point, measure);
            if (std::isfinite(value))
                model.trail.push_back({r, QPointF(across(decadesOf(point)), up(value))});
        }
        const RankerPoint& now = rounds[shown.back()].models[m];
        model.name = rankerName(m);
        model.words = tr("%1 · %2").arg(measureText(measured(now, measure)),
                                        microsText(static_cast<double>(now.score_us)));
    }
    frontier.best = frontierOf(frontier.models);
    placeNames(frontier, frame);
    return frontier;
}

}  // namespace cascadelab
