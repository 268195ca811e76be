#include "engine/sim/fleet/amount_text.h"

#include <cmath>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

// To three digits.
double rounded(double amount) {
    if (amount == 0 || !std::isfinite(amount)) return amount;
    const int digits = 2 - static_cast<int>(std::floor(std::log10(std::abs(amount))));
    if (digits <= 0) return std::round(amount);
    double scale = 1;
    for (int digit = 0; digit < digits; ++digit) scale *= 10;
    return std::round(amount * scale) / scale;
}

}  // namespace

std::string amount_text(double amount) {
    const double size = std::abs(amount);
    if (size >= 1e9) return number_text(rounded(amount / 1e9)) + " billion";
    if (size >= 1e6) return number_text(rounded(amount / 1e6)) + " million";
    return number_text(rounded(amount));
}

}  // namespace cascadelab
