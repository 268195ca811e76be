// The one place that knows how long things glide. Window's thread.
#pragma once

#include <QCoreApplication>
#include <QVariant>

namespace cascadelab {

inline constexpr int kGlideMs = 150;
inline constexpr const char* kReducedMotion = "reducedMotion";  // property of the application

inline bool isMotionReduced() {
    return qApp->property(kReducedMotion).toBool();
}

}  // namespace cascadelab
