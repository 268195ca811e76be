// How long our own stages take on this machine: one request as a waterfall, and percentiles of all
// requests by virtual hour. Measured, never modelled. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/latency/waterfall.h"

namespace cascadelab {

class LazyTable;
class LineChart;
class Selection;

class LatencyView : public View {
    Q_OBJECT
  public:
    explicit LatencyView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Latency"); }
    QString subtitle() const override;
    QString tag() const override { return hasData() ? tr("measured here") : QString(); }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {240, 200}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

  private:
    bool hasData() const { return m_trace || (m_points && !m_points->empty()); }
    void relayout();
    void fillChart();
    void paintWaterfall(QPainter& painter) const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const std::vector<LatencyPoint>> m_points;
    Waterfall m_fall;
    LineChart* m_chart;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
