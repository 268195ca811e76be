#include "ui/parameters/parameter_scale.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

double logarithm(const Parameter& p, double value) {
    return p.minimum > 0 ? std::log(value / p.minimum) : std::log1p(value / p.step);
}

double exponential(const Parameter& p, double amount) {
    return p.minimum > 0 ? p.minimum * std::exp(amount) : p.step * std::expm1(amount);
}

// Two significant digits, never finer than the step: what a hand on a slider means.
double stepNear(const Parameter& p, double value) {
    if (p.scale == Scale::linear || value <= 0) return p.step;
    return std::max(p.step, std::pow(10, std::floor(std::log10(value)) - 1));
}

double onSteps(const Parameter& p, double value, double step) {
    // Steps count from zero, so that 120 is reached from a minimum of 50 in tens.
    const double origin = p.scale == Scale::linear ? p.minimum : 0;
    const double stepped = origin + std::round((value - origin) / step) * step;
    const double tidy = std::round(stepped * 1e6) / 1e6;
    return std::clamp(tidy, p.minimum, p.maximum);
}

}  // namespace

double positionOf(const Parameter& p, double value) {
    const double inside = std::clamp(value, p.minimum, p.maximum);
    if (p.scale == Scale::linear) return (inside - p.minimum) / (p.maximum - p.minimum);
    return logarithm(p, inside) / logarithm(p, p.maximum);
}

double valueAt(const Parameter& p, double position) {
    if (position <= 0) return p.minimum;
    if (position >= 1) return p.maximum;
    // The default is always found again, also where no step leads to it.
    if (std::abs(position - positionOf(p, p.initial())) < 1e-9) return p.initial();
    const double value = p.scale == Scale::linear
                             ? p.minimum + position * (p.maximum - p.minimum)
                             : exponential(p, position * logarithm(p, p.maximum));
    return onSteps(p, value, stepNear(p, value));
}

double nudged(const Parameter& p, double value, int steps) {
    double result = value;
    for (int i = 0; i < std::abs(steps); ++i) {
        const double step = stepNear(p, steps < 0 ? result * 0.999 : result);
        result = onSteps(p, result + (steps < 0 ? -step : step), step);
    }
    return result;
}

QString shownValue(const Parameter& p, double value) {
    if (p.kind == Kind::integer) return countText(value);
    return toText(value_text(p, value));
}

namespace {

// A tip shows its words as they stand; what is long is broken here.
QString inLines(const QString& sentence) {
    constexpr qsizetype kWidth = 64;  // letters
    QString text;
    qsizetype line = 0;
    for (const QString& word : sentence.split(' ', Qt::SkipEmptyParts)) {
        const bool breaks = line > 0 && line + 1 + word.size() > kWidth;
        if (!text.isEmpty()) text += breaks ? '\n' : ' ';
        line = breaks ? word.size() : line + 1 + word.size();
        text += word;
    }
    return text;
}

}  // namespace

QString helpText(const Parameter& p) {
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("ParameterPanel", text);
    };
    QString text =
        toText(p.label) + "\n" + inLines(toText(p.help)) + "\n\n" + toText(accepted_text(p));
    if (!p.unit.empty()) text += " " + toText(p.unit);
    text += tr("; default %1").arg(shownValue(p, p.initial()));
    if (p.when == When::restart) text += "\n" + tr("Takes effect with a restart.");
    return text + "\n" + toText(p.key);
}

}  // namespace cascadelab
