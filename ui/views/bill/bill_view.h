// What the modelled fleet costs: a month by stage and by item, with the arithmetic of every item,
// and dollars for a thousand requests over time. Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/bill/bill_layout.h"

namespace cascadelab {

class LineChart;

class BillView : public FleetPicture {
    Q_OBJECT
  public:
    explicit BillView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    void setTheme(const Theme& theme) override;
    QString wordsAt(QPointF position) const override;
    const BillLayout& placed() const { return m_layout; }

  protected:
    bool take() override;
    bool hasPicture() const override {
        return FleetPicture::hasPicture() && fleet().bill.month_usd() > 0;
    }
    Lack lack() const override;
    QString awaited() const override { return tr("The bill of the fleet"); }
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    void fillChart();
    QString wordsOf(const BillLine& line) const;
    void paintFigures(QPainter& painter) const;
    void paintStack(QPainter& painter) const;
    void paintRows(QPainter& painter) const;

    std::vector<BillStage> m_stages;
    BillLayout m_layout;
    LineChart* m_chart;
};

}  // namespace cascadelab
