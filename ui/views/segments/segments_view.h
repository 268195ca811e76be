// Any metrics by segment, side by side: where each group was and where it is now. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/segments/segments_layout.h"

class QMenu;
class QPushButton;

namespace cascadelab {

class LazyTable;
class Selection;

class SegmentView : public View {
    Q_OBJECT
  public:
    explicit SegmentView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Segments"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override;
    QSize minimumSizeHint() const override { return {260, 200}; }
    const SegmentLayout& placed() const { return m_layout; }
    void showMetrics(std::vector<Metric> metrics);
    void compareWith(SegmentSince since);
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

  private:
    void makeMenus();
    void refresh();
    void relayout();
    bool isCut() const { return m_layout.panels.size() < m_content.size(); }
    void paintPanel(QPainter& painter, const SegmentPanel& panel) const;
    void paintRow(QPainter& painter, const SegmentRow& row, const SegmentMetric& content) const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const MetricSeries> m_series;
    std::vector<Metric> m_metrics;
    SegmentSince m_since = SegmentSince::first_day;
    std::vector<SegmentMetric> m_content;
    SegmentLayout m_layout;
    QPushButton* m_metricsButton;
    QMenu* m_metricsMenu;
    QList<QAction*> m_sinceActions;  // in the order of SegmentSince
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
