#include "ui/view/fleet_picture.h"

namespace cascadelab {

bool FleetPicture::take() {
    const auto fleet = snapshot() ? snapshot()->fleet : nullptr;
    const auto latency = snapshot() ? snapshot()->latency : nullptr;
    const bool isWanted = snapshot() && snapshot()->params && snapshot()->params->serving.modelled;
    const bool isSame = fleet == m_fleet && latency == m_latency && isWanted == m_isWanted;
    m_fleet = fleet;
    m_latency = latency;
    m_isWanted = isWanted;
    return !isSame;
}

PictureView::Lack FleetPicture::lack() const {
    if (m_isWanted)
        return {
            tr("%1 is shown here from the next tick on. Press play to get there.").arg(awaited())};
    return {
        tr("%1 is shown here while a fleet is modelled; none is.").arg(awaited()),
        tr("Model the fleet"),
        tr("Switches serving.modelled on: queues, caches and money act on the run from then on"),
        QStringLiteral("serving.modelled"), 1};
}

const std::vector<FleetPoint>& FleetPicture::points() const {
    static const std::vector<FleetPoint> kNone;
    return m_fleet && m_fleet->points ? *m_fleet->points : kNone;
}

}  // namespace cascadelab
