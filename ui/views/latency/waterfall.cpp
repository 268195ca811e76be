#include "ui/views/latency/waterfall.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/plot/ticks.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr double kAxis = 14;    // height of the tick labels above the bars
constexpr double kIndent = 10;  // of the sources
constexpr double kWords = 56;   // room for "1.24 ms" right of the longest bar
constexpr double kTallestRow = 22;

bool isSourceStage(CascadeStage stage) {
    return stage == CascadeStage::two_tower || stage == CascadeStage::hstu ||
           stage == CascadeStage::generative || stage == CascadeStage::factorization ||
           stage == CascadeStage::covisitation || stage == CascadeStage::lists;
}

double labelWidth(double room) {
    double widest = 0;
    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
        const auto stage = static_cast<CascadeStage>(s);
        const double indent = isSourceStage(stage) ? kIndent : 0;
        widest = std::max(
            widest, textWidth(font(Type::small), toText(cascade_stage_label(stage))) + indent);
    }
    return std::min(widest + 10, 0.42 * room);
}

void placeTicks(Waterfall& fall) {
    const bool inMs = fall.total_us >= 2000;
    fall.unit = inMs ? QStringLiteral("ms") : QStringLiteral("µs");
    const double factor = inMs ? 1000 : 1;
    const int most = std::max(2, static_cast<int>(fall.frame.width() / 55));
    for (double tick : niceTicks(0, fall.total_us / factor, most))
        fall.ticks.push_back(
            {fall.frame.left() + tick * factor * fall.pixels_us, QString::number(tick, 'g', 6)});
}

}  // namespace

Waterfall layoutWaterfall(const StageTimes& start_us, const StageTimes& took_us, QRectF area) {
    Waterfall fall;
    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s)
        if (took_us[s] > 0)
            fall.total_us = std::max(fall.total_us, double(start_us[s]) + took_us[s]);
    const double labels = labelWidth(area.width());
    const double row =
        std::min(kTallestRow, (area.height() - kAxis) / double(enum_count<CascadeStage>));
    fall.frame = {area.left() + labels, area.top() + kAxis,
                  std::max(20.0, area.width() - labels - kWords),
                  row * double(enum_count<CascadeStage>)};
    fall.pixels_us = fall.total_us > 0 ? fall.frame.width() / fall.total_us : 0;

    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
        WaterfallRow line;
        line.stage = static_cast<CascadeStage>(s);
        line.isSource = isSourceStage(line.stage);
        line.ran = took_us[s] > 0;
        line.name = toText(cascade_stage_label(line.stage));
        const double top = fall.frame.top() + row * double(s);
        const double indent = line.isSource ? kIndent : 0;
        line.label = {area.left() + indent, top, labels - indent - 8, row};
        const double height = std::clamp(0.58 * row, 4.0, 11.0);
        const double x = fall.frame.left() + (line.ran ? start_us[s] * fall.pixels_us : 0);
        line.bar = {x, top + (row - height) / 2,
                    line.ran ? std::max(1.5, took_us[s] * fall.pixels_us) : 0, height};
        line.words = line.ran ? microsText(took_us[s])
                              : QCoreApplication::translate("LatencyView", "did not run");
        line.value = {line.bar.right() + 6, top, kWords + 40, row};
        fall.rows.push_back(line);
    }
    if (fall.total_us > 0) placeTicks(fall);
    return fall;
}

std::size_t stageCategory(CascadeStage stage) {
    switch (stage) {
        case CascadeStage::features:
            return 2;
        case CascadeStage::two_tower:
        case CascadeStage::hstu:
        case CascadeStage::generative:
        case CascadeStage::factorization:
        case CascadeStage::covisitation:
        case CascadeStage::lists:
            return 0;
        case CascadeStage::rank:
            return 1;
        case CascadeStage::rerank:
            return 3;
        case CascadeStage::merge:
        case CascadeStage::filter:
        case CascadeStage::explore:
        case CascadeStage::policy:
            return 7;
    }
    return 7;
}

}  // namespace cascadelab
