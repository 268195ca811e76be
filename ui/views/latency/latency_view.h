// How long our own stages take on this machine: one request as a waterfall, and percentiles of all
// requests by virtual hour. Measured, never modelled. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/latency/waterfall.h"

namespace cascadelab {

class LineChart;

class LatencyView : public PictureView {
    Q_OBJECT
  public:
    explicit LatencyView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("measured here") : QString(); }
    QSize minimumSizeHint() const override { return {240, 200}; }
    void setTheme(const Theme& theme) override;
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_trace || (m_points && !m_points->empty()); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    void fillChart();
    void paintWaterfall(QPainter& painter) const;

    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const std::vector<LatencyPoint>> m_points;
    Waterfall m_fall;
    LineChart* m_chart;
};

}  // namespace cascadelab
