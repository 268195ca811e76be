// Lines over virtual time, in one or more panels under each other that share the time axis. Series
// are named at their end, marks stand as dashed lines, a crosshair says the values. The only place
// that knows the chart library. Window's thread.
#pragma once

#include <QColor>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/plot/ticks.h"
#include "ui/theme/theme.h"

namespace cascadelab {

struct ChartSeries {
    QString label;       // "Topic entropy"
    QString value;       // its last value and change in words; may be empty
    QColor colour, ink;  // of the line and of the words
    Qt::PenStyle pen = Qt::SolidLine;
    std::vector<double> y;  // as long as ChartContent::times; NaN leaves a gap
};

struct ChartPanel {
    QString axis;       // what the axis shows, with its unit: "Topic entropy, bits"
    AxisRange range;    // of the axis
    double factor = 1;  // tick labels are value x factor: 100 for percent
    std::vector<ChartSeries> series;
    std::function<QString(double)> valueText;  // a value with its unit, for the crosshair
};

struct ChartMark {
    Seconds time_s = 0;
    QString text;
    QColor line, ink;
};

struct ChartContent {
    std::vector<Seconds> times;  // rising
    std::vector<ChartPanel> panels;
    std::vector<ChartMark> marks;  // rising; those outside the times are not shown
};

class LineChart : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit LineChart(QWidget* parent = nullptr);
    ~LineChart() override;

    void setContent(ChartContent content);
    void setTheme(const Theme& theme) override;
    // The sentence of the crosshair at a point in time: its time, marks near it, all values.
    QString sentenceAt(std::size_t index) const;
    // What the crosshair stands on; nothing without data.
    std::optional<std::size_t> indexAt(double x) const;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    class Overlay;
    struct Plot;
    void rebuild();
    void relayout();
    void setCrosshair(std::optional<std::size_t> index, QPoint tip);

    std::unique_ptr<Plot> m_plot;
    Overlay* m_overlay;
    ChartContent m_content;
    Theme m_theme = Theme::dark();
    std::optional<std::size_t> m_crosshair;
};

}  // namespace cascadelab
