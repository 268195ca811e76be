// One request near the 99th percentile on its way through the modelled fleet, station by station:
// what it waited, what it was served, what it waited for, and whether the budget held. Beside each
// station what our own stage took on this machine. Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/fleet_request/fleet_waterfall_layout.h"

namespace cascadelab {

class FleetRequestView : public FleetPicture {
    Q_OBJECT
  public:
    explicit FleetRequestView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString wordsAt(QPointF position) const override;
    const FleetRequestLayout& placed() const { return m_layout; }

  protected:
    bool hasPicture() const override {
        return FleetPicture::hasPicture() && fleet().waterfall && !fleet().waterfall->spans.empty();
    }
    Lack lack() const override;
    QString awaited() const override { return tr("The way of one request through the fleet"); }
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    QString outcomeText() const;
    QString budgetText() const;
    QRectF budgetLabel() const;
    void paintHead(QPainter& painter) const;
    void paintRow(QPainter& painter, const FleetSpanRow& row) const;
    void paintBudget(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    FleetRequestLayout m_layout;
};

}  // namespace cascadelab
