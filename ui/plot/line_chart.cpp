#include "ui/plot/line_chart.h"

#include <qcustomplot.h>

#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <ranges>
#include <span>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr double kMarkRow = 14;  // height of a row of mark labels
constexpr int kMarkRows = 2;
constexpr int kAxisName = 22;          // room above a panel for what its axis shows
constexpr int kTimeLabels = 18;        // room below the last panel
constexpr double kHalfTimeLabel = 16;  // half of "day 12"
constexpr double kMarkText = 150;      // longest label of a mark among many
constexpr double kTwoLines = 27;       // height of a series label with its value below
constexpr double kOneLine = 14;
constexpr double kWordGap = 5;  // between a name and its value on one line

// Where a panel's ticks stand, and their names.
struct PanelTicks {
    std::vector<double> at;
    QStringList text;
};

// At most so many; one number alone does not say how far it is to another, so then the ends.
PanelTicks ticksOf(const ChartPanel& panel, int atMost) {
    PanelTicks ticks{niceTicks(panel.range.low, panel.range.high, atMost), {}};
    if (ticks.at.size() < 2) ticks.at = {panel.range.low, panel.range.high};
    if (atMost < 2) ticks.at.erase(ticks.at.begin(), ticks.at.end() - 1);
    std::vector<double> shown = ticks.at;
    for (double& value : shown) value *= panel.factor;
    ticks.text = tickTexts(shown);
    return ticks;
}

// A value without its change where there is no room for both, nothing rather than half a number.
QString shortened(const QString& value, double width) {
    return fittingText(cascadelab::font(Type::small), width,
                       {value, value.section(QStringLiteral(", "), 0, 0), QString()});
}

std::optional<double> lastFinite(const ChartSeries& series) {
    for (const double value : std::views::reverse(series.y))
        if (std::isfinite(value)) return value;
    return std::nullopt;
}

}  // namespace

// The library's part: one axis rectangle a panel, one graph a series.
struct LineChart::Plot {
    explicit Plot(QWidget* parent) : widget(new QCustomPlot(parent)) {
        widget->setMinimumSize(40, 40);
        widget->setAttribute(Qt::WA_TransparentForMouseEvents);
        widget->setFocusPolicy(Qt::NoFocus);
        widget->plotLayout()->clear();
        widget->plotLayout()->setRowSpacing(0);
        widget->setNoAntialiasingOnDrag(false);
    }

    void shape(const std::vector<ChartPanel>& panels);
    void style(const Theme& theme);
    void fill(const ChartContent& content);
    void place(const ChartContent& content, double left, double top, double right);
    QRectF frame(std::size_t panel) const { return QRectF(rects[panel]->rect()); }
    double x(Seconds time) const {
        return rects.front()->axis(QCPAxis::atBottom)->coordToPixel(double(time));
    }
    double y(std::size_t panel, double value) const {
        return rects[panel]->axis(QCPAxis::atLeft)->coordToPixel(value);
    }

    QCustomPlot* widget;
    std::vector<QCPAxisRect*> rects;
    std::vector<std::vector<QCPGraph*>> graphs;  // by panel
};

void LineChart::Plot::shape(const std::vector<ChartPanel>& panels) {
    const bool same =
        std::ranges::equal(panels, graphs, [](const ChartPanel& panel, const auto& lines) {
            return panel.series.size() == lines.size();
        });
    if (same && !panels.empty()) return;
    widget->clearGraphs();
    widget->plotLayout()->clear();
    rects.clear();
    graphs.clear();
    for (std::size_t p = 0; p < panels.size(); ++p) {
        auto* rect = new QCPAxisRect(widget, false);
        rect->addAxis(QCPAxis::atLeft);
        rect->addAxis(QCPAxis::atBottom);
        rect->setAutoMargins(QCP::msNone);
        rect->setMinimumSize(20, 10);
        widget->plotLayout()->addElement(static_cast<int>(p), 0, rect);
        // A panel with several lines needs more height to keep them apart.
        widget->plotLayout()->setRowStretchFactor(static_cast<int>(p),
                                                  panels[p].series.size() > 1 ? 1.7 : 1);
        rects.push_back(rect);
        std::vector<QCPGraph*> lines;
        for (std::size_t s = 0; s < panels[p].series.size(); ++s)
            lines.push_back(
                widget->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)));
        graphs.push_back(lines);
    }
}

void LineChart::Plot::style(const Theme& theme) {
    widget->setBackground(QBrush(theme.panel));
    for (std::size_t p = 0; p < rects.size(); ++p) {
        for (QCPAxis* axis : {rects[p]->axis(QCPAxis::atLeft), rects[p]->axis(QCPAxis::atBottom)}) {
            axis->setBasePen(Qt::NoPen);
            axis->setTickPen(Qt::NoPen);
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelFont(cascadelab::font(Type::tiny));
            axis->setTickLabelColor(theme.dim);
            axis->grid()->setPen(QPen(theme.grid, 1));
            axis->grid()->setZeroLinePen(QPen(theme.border, 1));
            axis->grid()->setAntialiased(false);
            axis->grid()->setVisible(axis->axisType() == QCPAxis::atLeft);
        }
        QCPAxis* time = rects[p]->axis(QCPAxis::atBottom);
        time->setTickLabels(p + 1 == rects.size());
        time->setTickLabelPadding(4);
    }
}

void LineChart::Plot::fill(const ChartContent& content) {
    QVector<double> x;
    for (Seconds time : content.times) x.push_back(double(time));
    for (std::size_t p = 0; p < rects.size(); ++p) {
        const ChartPanel& panel = content.panels[p];
        rects[p]->axis(QCPAxis::atLeft)->setRange(panel.range.low, panel.range.high);
        for (std::size_t s = 0; s < panel.series.size(); ++s) {
            const ChartSeries& series = panel.series[s];
            QPen pen(series.colour, 1.6, series.pen, Qt::RoundCap, Qt::RoundJoin);
            graphs[p][s]->setPen(pen);
            graphs[p][s]->setAntialiased(true);
            graphs[p][s]->setData(x, QVector<double>(series.y.begin(), series.y.end()), true);
        }
    }
}

void LineChart::Plot::place(const ChartContent& content, double left, double top, double right) {
    widget->setGeometry(widget->parentWidget()->rect());
    const double room = std::max(40.0, widget->width() - left - right);
    const int timeTicksAtMost = std::max(2, static_cast<int>(room / 48));
    const Seconds from = content.times.front(), to = content.times.back();
    for (std::size_t p = 0; p < rects.size(); ++p) {
        const bool isLast = p + 1 == rects.size();
        rects[p]->setMargins(QMargins(int(left), (p == 0 ? int(top) : 6) + kAxisName, int(right),
                                      isLast ? kTimeLabels : 2));
        auto times = QSharedPointer<QCPAxisTickerText>::create();
        for (const TimeTick& tick : timeTicks(from, to, timeTicksAtMost)) {
            // The corner right of the axis belongs to the names of the lines.
            const double free = double(to - tick.time_s) / double(to - from) * room;
            if (free >= kHalfTimeLabel) times->addTick(double(tick.time_s), tick.label);
        }
        QCPAxis* bottom = rects[p]->axis(QCPAxis::atBottom);
        bottom->setTicker(times);
        bottom->setRange(double(from), double(to));
    }
    // The panels get their heights now, not at the next event.
    widget->setViewport(widget->rect());
    for (auto phase :
         {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        widget->plotLayout()->update(phase);
    for (std::size_t p = 0; p < rects.size(); ++p) {
        const ChartPanel& panel = content.panels[p];
        // A panel too low for two numbers has one.
        const int fitting = static_cast<int>(frame(p).height() / 20);
        const int most = frame(p).height() < 18 ? 1 : std::clamp(fitting, 2, 6);
        auto values = QSharedPointer<QCPAxisTickerText>::create();
        const PanelTicks ticks = ticksOf(panel, most);
        for (std::size_t i = 0; i < ticks.at.size(); ++i)
            values->addTick(ticks.at[i], ticks.text[static_cast<qsizetype>(i)]);
        rects[p]->axis(QCPAxis::atLeft)->setTicker(values);
    }
    widget->replot(QCustomPlot::rpQueuedRefresh);
}

// What stands over the lines: names at their ends, marks, the crosshair. Transparent to the
// pointer.
class LineChart::Overlay : public QWidget {
  public:
    explicit Overlay(LineChart& chart) : QWidget(&chart), m_chart(chart) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

    double labelWidth() const;  // room the names need right of the lines

  protected:
    void paintEvent(QPaintEvent*) override;

  private:
    void paintAxisNames(QPainter& painter) const;
    bool endsTakeTwoLines(std::size_t panel) const;
    Interval endsRoom(std::size_t panel) const;
    void paintEnds(QPainter& painter, std::size_t panel) const;
    std::vector<Interval> markIntervals(const QFont& font, std::span<const ChartMark* const> marks,
                                        double longest) const;
    void paintMarks(QPainter& painter) const;
    void paintCrosshair(QPainter& painter) const;

    LineChart& m_chart;
};

double LineChart::Overlay::labelWidth() const {
    double widest = 0;
    for (std::size_t p = 0; p < m_chart.m_content.panels.size(); ++p) {
        const bool twoLines = endsTakeTwoLines(p);
        for (const ChartSeries& series : m_chart.m_content.panels[p].series) {
            const double label = textWidth(cascadelab::font(Type::small, true), series.label);
            const double value = textWidth(cascadelab::font(Type::small), series.value);
            widest = std::max(widest, twoLines ? std::max(label, value) : label + kWordGap + value);
        }
    }
    return std::min(widest + 10, 0.42 * m_chart.width());
}

// Names may use the corners beside the axis' name above and the times below a panel.
Interval LineChart::Overlay::endsRoom(std::size_t panel) const {
    const QRectF frame = m_chart.m_plot->frame(panel);
    const bool isLast = panel + 1 == m_chart.m_content.panels.size();
    return {frame.top() - kAxisName + 2, frame.bottom() + (isLast ? kTimeLabels : 2)};
}

bool LineChart::Overlay::endsTakeTwoLines(std::size_t panel) const {
    const auto [low, high] = endsRoom(panel);
    return kTwoLines * double(m_chart.m_content.panels[panel].series.size()) <= high - low;
}

void LineChart::Overlay::paintEvent(QPaintEvent*) {
    if (m_chart.m_content.times.size() < 2 || m_chart.m_plot->rects.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter);
    paintAxisNames(painter);
    for (std::size_t p = 0; p < m_chart.m_content.panels.size(); ++p) paintEnds(painter, p);
    if (m_chart.m_crosshair) paintCrosshair(painter);
}

void LineChart::Overlay::paintAxisNames(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (std::size_t p = 0; p < m_chart.m_content.panels.size(); ++p) {
        const QRectF frame = m_chart.m_plot->frame(p);
        const QString& name = m_chart.m_content.panels[p].axis;
        const QRectF place(0, frame.top() - kAxisName, textWidth(painter.font(), name), 12);
        haloText(painter, place, Qt::AlignLeft, name, m_chart.m_theme.dim, m_chart.m_theme.panel);
    }
}

void LineChart::Overlay::paintEnds(QPainter& painter, std::size_t panel) const {
    const QRectF frame = m_chart.m_plot->frame(panel);
    std::vector<double> wanted;
    std::vector<const ChartSeries*> shown;
    for (const ChartSeries& series : m_chart.m_content.panels[panel].series) {
        const auto last = lastFinite(series);
        if (!last) continue;
        wanted.push_back(std::clamp(m_chart.m_plot->y(panel, *last), frame.top(), frame.bottom()));
        shown.push_back(&series);
    }
    const auto [low, high] = endsRoom(panel);
    const bool twoLines = endsTakeTwoLines(panel);
    const double height = twoLines ? kTwoLines : kOneLine;
    const auto places = spreadLabels(wanted, height, low, high);
    const double left = frame.right() + 7, width = this->width() - left;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (!places[i]) continue;
        const double top = *places[i] - height / 2;
        painter.setFont(cascadelab::font(Type::small, true));
        if (!twoLines) {
            // Name and value side by side.
            lineText(painter, {left, top, width, kOneLine}, Qt::AlignVCenter, shown[i]->label,
                     shown[i]->ink);
            const double name = textWidth(painter.font(), shown[i]->label) + kWordGap;
            painter.setFont(cascadelab::font(Type::small));
            lineText(painter, {left + name, top, width - name, kOneLine}, Qt::AlignVCenter,
                     shortened(shown[i]->value, width - name), m_chart.m_theme.dim);
            continue;
        }
        lineText(painter, {left, top, width, 13}, Qt::AlignVCenter, shown[i]->label, shown[i]->ink);
        painter.setFont(cascadelab::font(Type::small));
        lineText(painter, {left, top + 13, width, 13}, Qt::AlignVCenter,
                 shortened(shown[i]->value, width), m_chart.m_theme.dim);
    }
}

// To the right of its line, to the left where there is more room.
std::vector<Interval> LineChart::Overlay::markIntervals(const QFont& font,
                                                        std::span<const ChartMark* const> marks,
                                                        double longest) const {
    std::vector<Interval> intervals;
    for (const ChartMark* mark : marks) {
        const double x = m_chart.m_plot->x(mark->time_s);
        const double wanted = std::min(longest, textWidth(font, mark->text));
        const double right = width() - x - 4, left = x - 4;
        const bool isRight = wanted <= right || right >= left;
        const double wide = std::min(wanted, std::max(0.0, isRight ? right : left));
        intervals.push_back(isRight ? Interval{x + 4, x + 4 + wide}
                                    : Interval{x - 4 - wide, x - 4});
    }
    return intervals;
}

void LineChart::Overlay::paintMarks(QPainter& painter) const {
    const QRectF first = m_chart.m_plot->frame(0);
    const double bottom = m_chart.m_plot->frame(m_chart.m_content.panels.size() - 1).bottom();
    painter.setFont(cascadelab::font(Type::tiny));
    std::vector<const ChartMark*> marks;
    for (const ChartMark& mark : m_chart.m_content.marks) {
        const double x = m_chart.m_plot->x(mark.time_s);
        if (x >= first.left() - 0.5 && x <= first.right() + 0.5) marks.push_back(&mark);
    }
    // Whole where all of them find room, cut where they are many.
    std::vector<Interval> intervals = markIntervals(painter.font(), marks, width());
    std::vector<int> rows = assignRows(intervals, kMarkRows, 6);
    if (std::ranges::count(rows, -1) > 0) {
        intervals = markIntervals(painter.font(), marks, kMarkText);
        rows = assignRows(intervals, kMarkRows, 6);
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const double x = std::round(m_chart.m_plot->x(marks[i]->time_s)) + 0.5;
        const double top = std::max(0, rows[i]) * kMarkRow;
        painter.setPen(QPen(marks[i]->line, 1, Qt::CustomDashLine));
        QPen pen(marks[i]->line, 1);
        pen.setDashPattern({3, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
        if (rows[i] < 0) continue;
        const QRectF place(intervals[i].from, top, intervals[i].to - intervals[i].from,
                           kMarkRow - 1);
        lineText(painter, place, Qt::AlignVCenter, marks[i]->text, marks[i]->ink);
    }
}

void LineChart::Overlay::paintCrosshair(QPainter& painter) const {
    const std::size_t index = *m_chart.m_crosshair;
    const double x = m_chart.m_plot->x(m_chart.m_content.times[index]);
    const double bottom = m_chart.m_plot->frame(m_chart.m_content.panels.size() - 1).bottom();
    painter.setPen(QPen(m_chart.m_theme.faint, 1));
    painter.drawLine(QPointF(x, m_chart.m_plot->frame(0).top()), QPointF(x, bottom));
    for (std::size_t p = 0; p < m_chart.m_content.panels.size(); ++p) {
        for (const ChartSeries& series : m_chart.m_content.panels[p].series) {
            if (!std::isfinite(series.y[index])) continue;
            painter.setPen(QPen(m_chart.m_theme.panel, 1.5));
            painter.setBrush(series.colour);
            painter.drawEllipse(QPointF(x, m_chart.m_plot->y(p, series.y[index])), 3.5, 3.5);
        }
    }
}

LineChart::LineChart(QWidget* parent)
    : QWidget(parent), m_plot(std::make_unique<Plot>(this)), m_overlay(new Overlay(*this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Line chart"));
    setMinimumSize(120, 60);
}

LineChart::~LineChart() = default;

void LineChart::setContent(ChartContent content) {
    m_content = std::move(content);
    if (m_crosshair && *m_crosshair >= m_content.times.size()) m_crosshair.reset();
    rebuild();
}

void LineChart::setTheme(const Theme& theme) {
    m_theme = theme;
    rebuild();
}

void LineChart::rebuild() {
    const bool hasData = m_content.times.size() >= 2 && !m_content.panels.empty();
    if (hasData) {
        m_plot->shape(m_content.panels);
        m_plot->style(m_theme);
        m_plot->fill(m_content);
        relayout();
    }
    // Shown only once they have a place.
    m_plot->widget->setVisible(hasData);
    m_overlay->setVisible(hasData);
}

void LineChart::relayout() {
    const bool isTiny = width() < 40 || height() < 40;  // before the first layout, or squeezed away
    if (isTiny || m_content.times.size() < 2 || m_content.panels.empty()) return;
    double left = 0;
    for (const ChartPanel& panel : m_content.panels)
        for (const QString& text : ticksOf(panel, 6).text)
            left = std::max(left, textWidth(cascadelab::font(Type::tiny), text));
    const Seconds from = m_content.times.front(), to = m_content.times.back();
    const bool hasMarks = std::ranges::any_of(
        m_content.marks, [&](const ChartMark& m) { return m.time_s >= from && m.time_s <= to; });
    const double top = hasMarks ? kMarkRows * kMarkRow + 2 : 0;
    // How tall the panels become decides how the names at their ends are written.
    m_plot->place(m_content, left + 9, top, 0);
    m_plot->place(m_content, left + 9, top, m_overlay->labelWidth());
    m_overlay->setGeometry(rect());
    m_overlay->raise();
    m_overlay->update();
}

void LineChart::resizeEvent(QResizeEvent*) {
    relayout();
}

std::optional<std::size_t> LineChart::indexAt(double x) const {
    if (m_content.times.size() < 2 || m_plot->rects.empty()) return std::nullopt;
    const QRectF frame = m_plot->frame(0);
    if (x < frame.left() - 8 || x > frame.right() + 8) return std::nullopt;
    const auto nearer = [&](Seconds a, Seconds b) {
        return std::abs(m_plot->x(a) - x) < std::abs(m_plot->x(b) - x);
    };
    const auto found = std::ranges::min_element(m_content.times, nearer);
    return static_cast<std::size_t>(found - m_content.times.begin());
}

QString LineChart::sentenceAt(std::size_t index) const {
    QStringList lines = {momentText(m_content.times[index])};
    for (const ChartPanel& panel : m_content.panels)
        for (const ChartSeries& series : panel.series)
            lines << series.label + QStringLiteral(": ") + panel.valueText(series.y[index]);
    for (const ChartMark& mark : m_content.marks)
        if (std::abs(m_plot->x(mark.time_s) - m_plot->x(m_content.times[index])) < 6)
            lines << momentText(mark.time_s) + QStringLiteral(": ") + mark.text;
    return lines.join(QLatin1Char('\n'));
}

void LineChart::setCrosshair(std::optional<std::size_t> index, QPoint tip) {
    if (index == m_crosshair) return;
    m_crosshair = index;
    m_overlay->update();
    if (index)
        QToolTip::showText(tip, sentenceAt(*index), this);
    else
        QToolTip::hideText();
}

void LineChart::mouseMoveEvent(QMouseEvent* event) {
    setCrosshair(indexAt(event->position().x()), event->globalPosition().toPoint() + QPoint(12, 6));
}

void LineChart::leaveEvent(QEvent*) {
    setCrosshair(std::nullopt, {});
}

void LineChart::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
    if ((!left && !right) || m_content.times.size() < 2) return QWidget::keyPressEvent(event);
    const std::size_t last = m_content.times.size() - 1;
    std::size_t index = m_crosshair.value_or(last);
    if (left && index > 0) --index;
    if (right && index < last) ++index;
    const QPoint tip(static_cast<int>(m_plot->x(m_content.times[index])) + 12, height() / 3);
    setCrosshair(index, mapToGlobal(tip));
}

}  // namespace cascadelab
