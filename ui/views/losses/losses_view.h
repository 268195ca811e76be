// Where the oracle's best items were lost, day by day and group by group. Click a group to see its
// days. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/losses/losses_layout.h"

namespace cascadelab {

class LazyTable;
class Segments;
class Selection;

class AttributionView : public View {
    Q_OBJECT
  public:
    explicit AttributionView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Losses"); }
    QString subtitle() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {300, 220}; }

    void showUtility(bool utility);
    void showGroup(std::size_t group);
    QString dayText(const PlacedBar& placed) const;  // below a bar of the days
    std::size_t shownGroup() const { return m_group; }
    const AttributionLayout& placed() const { return m_layout; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    bool hasData() const;
    LossUnit unit() const;
    void recount();
    QString amountText(double amount) const;
    QString legendText(std::size_t stage) const;
    QString wordsOf(const LossBar& bar) const;
    QString groupText(const PlacedBar& placed) const;
    void paintAxis(QPainter& painter) const;
    void paintBar(QPainter& painter, const PlacedBar& placed) const;
    void paintNames(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const MetricSeries> m_series;
    std::size_t m_group = 0;
    std::vector<LossBar> m_days, m_groups;
    AttributionLayout m_layout;
    Segments* m_unit;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
