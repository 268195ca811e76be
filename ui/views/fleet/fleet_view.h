// The modelled fleet now, station by station in the order of the request graph: how busy its
// servers are, who waits, who starts, and what has befallen it. It moves as the day passes.
// Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/fleet/fleet_layout.h"

namespace cascadelab {

class FleetView : public FleetPicture {
    Q_OBJECT
  public:
    explicit FleetView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString wordsAt(QPointF position) const override;
    const FleetLayout& placed() const { return m_layout; }

  protected:
    QString awaited() const override { return tr("Every station of the fleet"); }
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    QString wordsOf(const StationSection& station) const;
    void paintIncidents(QPainter& painter) const;
    void paintWires(QPainter& painter) const;
    void paintHead(QPainter& painter) const;
    void paintFrame(QPainter& painter, const FleetBox& place) const;
    void paintStation(QPainter& painter, const FleetBox& place) const;
    void paintBusyWords(QPainter& painter, QRectF line, const StationSection& station) const;
    void paintQueue(QPainter& painter, QRectF strip, const StationSection& station) const;
    void paintServers(QPainter& painter, QRectF strip, const StationSection& station) const;

    FleetLayout m_layout;
};

}  // namespace cascadelab
