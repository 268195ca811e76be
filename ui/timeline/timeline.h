// The line of time at the bottom: what happened, where we are, what is planned, and a quiet
// sparkline of one metric. A click goes there. Window's thread.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_geometry.h"

namespace cascadelab {

class Timeline : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Timeline(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void setMetric(Metric metric);
    Metric metric() const { return m_metric; }

    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override { return {800, 84}; }
    QSize minimumSizeHint() const override { return {300, 84}; }

  signals:
    void lookRequested(Seconds time_s);  // dragged over a moment of the past
    void seekRequested(Seconds time_s);  // let go there

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    void layOut();
    void paintSpark(QPainter& painter) const;
    void paintLine(QPainter& painter) const;
    void paintFlags(QPainter& painter) const;
    void paintHover(QPainter& painter) const;
    void paintCorner(QPainter& painter) const;
    QColor flagColor(const Mark& mark) const;
    QString hoverText(double x) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    TimelineGeometry m_geometry;
    Metric m_metric = Metric::click_rate;
    double m_hoverX = -1;
    bool m_pressed = false;
    Seconds m_lookedAt = -1;  // hour that was asked for last while dragging
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
