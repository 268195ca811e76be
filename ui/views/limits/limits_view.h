// What would break the modelled fleet: how many times its work, or its load, every station stands
// before pages miss their budget; what breaks first on top. Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/limits/limits_layout.h"

namespace cascadelab {

class LimitsView : public FleetPicture {
    Q_OBJECT
  public:
    explicit LimitsView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString wordsAt(QPointF position) const override;
    QString sentence() const;  // what breaks first
    const LimitsLayout& placed() const { return m_layout; }

  protected:
    bool hasPicture() const override {
        return FleetPicture::hasPicture() && !fleet().stations.empty();
    }
    QString awaited() const override { return tr("What would break the fleet first"); }
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    void paintHead(QPainter& painter) const;
    void paintRow(QPainter& painter, const LimitRow& row) const;
    void paintLegend(QPainter& painter) const;

    LimitsLayout m_layout;
};

}  // namespace cascadelab
