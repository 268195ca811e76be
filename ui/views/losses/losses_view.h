// Where the oracle's best items were lost, day by day and group by group. Click a group to see its
// days. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/losses/losses_layout.h"

namespace cascadelab {

class Segments;

class LossesView : public PictureView {
    Q_OBJECT
  public:
    explicit LossesView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QSize minimumSizeHint() const override { return {300, 220}; }

    void showUtility(bool utility);
    void showGroup(std::size_t group);
    QString dayName(const PlacedBar& placed) const;  // below a bar of the days
    QString wordsAt(QPointF position) const override;
    std::size_t shownGroup() const { return m_group; }
    const LossesLayout& placed() const { return m_layout; }

  protected:
    bool take() override;
    bool hasPicture() const override;
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    LossUnit unit() const;
    void count();  // bars of the present series, group and unit
    QString amountText(double amount) const;
    QString legendText(std::size_t stage) const;
    QString wordsOf(const LossBar& bar) const;
    QString groupText(const PlacedBar& placed) const;
    void paintAxis(QPainter& painter) const;
    void paintBar(QPainter& painter, const PlacedBar& placed) const;
    void paintNames(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    std::shared_ptr<const MetricSeries> m_series;
    std::size_t m_group = 0;
    std::vector<LossBar> m_days, m_groups;
    LossesLayout m_layout;
    Segments* m_unit;
};

}  // namespace cascadelab
