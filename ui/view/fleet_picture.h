// A picture of the modelled fleet. What all of them do alike stands here: they read the fleet's
// section and what was measured on this machine, say that theirs is modelled, and while no fleet is
// modelled offer to switch it on. Window's thread.
#pragma once

#include "ui/view/fleet_words.h"
#include "ui/view/picture_view.h"

namespace cascadelab {

class FleetPicture : public PictureView {
    Q_OBJECT
  public:
    using PictureView::PictureView;

    QString tag() const override { return hasPicture() ? tr("modelled fleet") : QString(); }

  protected:
    bool take() override;
    bool hasPicture() const override { return m_fleet != nullptr; }
    Lack lack() const override;
    // What stands here when there is a fleet, as the beginning of a sentence: "Every station of
    // the fleet".
    virtual QString awaited() const = 0;

    const FleetSection& fleet() const { return *m_fleet; }  // where there is a picture
    const std::vector<FleetPoint>& points() const;          // hour by hour; empty before the first
    const std::vector<LatencyPoint>* measured() const { return m_latency.get(); }
    std::vector<Mark> marks() const { return snapshot() ? snapshot()->marks : std::vector<Mark>{}; }

    std::shared_ptr<const FleetSection> m_fleet;  // null: none is modelled

  private:
    std::shared_ptr<const std::vector<LatencyPoint>> m_latency;
    bool m_isWanted = false;  // the parameter is on
};

}  // namespace cascadelab
