// Any metrics by segment, side by side: where each group was and where it is now. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/segments/segments_layout.h"

class QMenu;
class QPushButton;

namespace cascadelab {

class SegmentsView : public PictureView {
    Q_OBJECT
  public:
    explicit SegmentsView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    const SegmentsLayout& placed() const { return m_layout; }
    void showMetrics(std::vector<Metric> metrics);
    void compareWith(SegmentSince since);
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return !m_content.empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    QList<QAction*> choices() override { return m_sinceActions; }
    std::vector<QPointF> stops() const override;

  private:
    void makeMenus();
    std::vector<SegmentMetric> contentNow() const;
    void refresh();  // after another choice
    bool isCut() const { return m_layout.panels.size() < m_content.size(); }
    void paintPanel(QPainter& painter, const SegmentPanel& panel) const;
    void paintRow(QPainter& painter, const SegmentRow& row, const SegmentMetric& content) const;

    std::shared_ptr<const MetricSeries> m_series;
    std::vector<Metric> m_metrics;
    SegmentSince m_since = SegmentSince::first_day;
    std::vector<SegmentMetric> m_content;
    SegmentsLayout m_layout;
    QPushButton* m_metricsButton;
    QMenu* m_metricsMenu;
    QList<QAction*> m_sinceActions;  // in the order of SegmentSince
};

}  // namespace cascadelab
