#include "ui/views/bill/bill_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

// The rest is too small to be told apart.
QColor colourOf(std::size_t stage, const Theme& theme) {
    return theme.categoryColor(stageColour(stage));
}

QString unitsText(const BillLine& line) {
    const Price& price = default_prices()[line.item.resource];
    return BillView::tr("%1 × %2 for one %3")
        .arg(countText(std::round(line.item.quantity)), dollarText(line.unit_usd),
             toText(price.unit));
}

}  // namespace

BillView::BillView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("The bill of the modelled fleet for a month, by stage and by item, and "
                      "dollars for a thousand requests over time."),
                   parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Dollars for a thousand requests over time"));
    m_chart->hide();
}

bool BillView::take() {
    if (!FleetPicture::take()) return false;
    m_stages = m_fleet ? billStages(fleet().bill) : std::vector<BillStage>{};
    return true;
}

QString BillView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("modelled · a month like the last day · %1 requests, %2 people")
        .arg(bigText(fleet().bill.requests), bigText(fleet().bill.people));
}

PictureView::Lack BillView::lack() const {
    if (!FleetPicture::hasPicture()) return FleetPicture::lack();
    return {tr("The fleet has cost nothing yet. Press play.")};
}

void BillView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    FleetPicture::setTheme(theme);
}

void BillView::place() {
    m_layout = {};
    m_chart->hide();
    if (!hasPicture()) return;
    m_layout = layoutBill(fleet().bill, m_stages, points().size() >= 2,
                          QRectF(rect()).adjusted(0, 0, -2, -2));
    m_chart->setVisible(!m_layout.chart.isNull());
    m_chart->setGeometry(m_layout.chart.toRect());
    fillChart();
}

void BillView::fillChart() {
    if (m_chart->isHidden()) return;
    ChartContent content;
    ChartPanel panel;
    panel.axis = tr("$ for 1000 requests, modelled");
    panel.valueText = dollarText;
    ChartSeries line;
    line.label = tr("for 1000");
    line.value = dollarText(points().back().usd_per_1000);
    line.colour = theme().categoryColor(0);
    line.ink = theme().categoryText(0);
    double high = 0;
    for (const FleetPoint& point : points()) {
        content.times.push_back(point.time_s);
        line.y.push_back(point.usd_per_1000);
        if (std::isfinite(point.usd_per_1000)) high = std::max(high, point.usd_per_1000);
    }
    panel.range = {0, high > 0 ? steppedRange(0, high).high : 1};
    panel.series.push_back(std::move(line));
    content.panels.push_back(std::move(panel));
    content.marks = chartMarks(marks(), theme());
    m_chart->setContent(std::move(content));
}

std::vector<QPointF> BillView::stops() const {
    std::vector<QPointF> places;
    for (const BillPart& part : m_layout.parts)
        if (part.box.width() >= 1) places.push_back(part.box.center());
    for (const BillRow& row : m_layout.rows) places.push_back(row.label.center());
    return places;
}

QString BillView::wordsOf(const BillLine& line) const {
    const Price& price = default_prices()[line.item.resource];
    return tr("%1, modelled: %2 a month.\n%3.\n%4.\nPrices of %5: %6 to %7 (%8, %9).")
        .arg(toText(line.item.label), dollarText(line.usd), unitsText(line), toText(line.item.how),
             toText(price.name), dollarText(price.low_usd), dollarText(price.high_usd),
             toText(price.source), toText(price.date));
}

QString BillView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    const Bill& bill = fleet().bill;
    for (const BillPart& part : m_layout.parts) {
        if (!part.box.contains(position)) continue;
        const BillStage& stage = m_stages[part.stage];
        return tr("%1, modelled: %2 a month, %3 of the bill.")
            .arg(toText(stage.stage), dollarText(stage.usd),
                 percentText(stage.usd / bill.month_usd()));
    }
    for (const BillRow& row : m_layout.rows)
        if (row.row.contains(position)) return wordsOf(bill.lines[row.line]);
    return {};
}

void BillView::paint(QPainter& painter) const {
    paintFigures(painter);
    paintStack(painter);
    paintRows(painter);
}

void BillView::paintFigures(QPainter& painter) const {
    const Bill& bill = fleet().bill;
    const QString figures[][2] = {{dollarText(bill.month_usd()), tr("a month")},
                                  {dollarText(bill.per_thousand_usd()), tr("a thousand requests")},
                                  {dollarText(bill.per_person_usd()), tr("a person and month")}};
    const double column = m_layout.figures.width() / 3;
    const double high = m_layout.figures.height();
    for (int i = 0; i < 3; ++i) {
        const QRectF place(m_layout.figures.left() + column * i, m_layout.figures.top(), column - 8,
                           high);
        painter.setFont(cascadelab::font(Type::title, true));
        lineText(painter, {place.left(), place.top(), place.width(), 0.55 * high}, Qt::AlignVCenter,
                 figures[i][0], theme().text);
        painter.setFont(cascadelab::font(Type::tiny));
        lineText(painter, {place.left(), place.top() + 0.55 * high, place.width(), 0.45 * high},
                 Qt::AlignVCenter,
                 fittingText(painter.font(), place.width(),
                             {figures[i][1] + tr(", modelled"), figures[i][1]}),
                 theme().dim);
    }
}

void BillView::paintStack(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (const BillPart& part : m_layout.parts) {
        const QColor colour = colourOf(part.stage, theme());
        const double hair = part.box.width() > 3 ? 1 : 0;
        painter.fillRect(part.box.adjusted(0, 0, -hair, 0), colour);
        if (part.name.isNull()) continue;
        const QString name = toText(m_stages[part.stage].stage);
        const QString cost = dollarText(m_stages[part.stage].usd);
        lineText(painter, part.name, Qt::AlignVCenter,
                 fittingText(painter.font(), part.name.width(),
                             {name + QLatin1Char(' ') + cost, name, cost, QString()}),
                 inkOn(colour));
    }
}

void BillView::paintRows(QPainter& painter) const {
    const Bill& bill = fleet().bill;
    painter.setFont(cascadelab::font(Type::small));
    double shown = 0;
    for (const BillRow& row : m_layout.rows) {
        const BillLine& line = bill.lines[row.line];
        shown += line.usd;
        const QColor colour = colourOf(row.stage, theme());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(row.swatch, 2, 2);
        QRectF bar = row.bar;
        bar.setWidth(std::max(1.0, bar.width()));
        painter.drawRoundedRect(bar, 2, 2);
        // An item that does not name its stage says it.
        const QString label = toText(line.item.label), stage = toText(line.item.stage);
        lineText(painter, row.label, Qt::AlignVCenter,
                 label.startsWith(stage) ? label : stage + QStringLiteral(": ") + label,
                 theme().text);
        if (!row.how.isNull())
            lineText(painter, row.how, Qt::AlignVCenter, toText(line.item.how), theme().dim);
        lineText(painter, row.usd, Qt::AlignRight | Qt::AlignVCenter, dollarText(line.usd),
                 theme().text);
    }
    if (m_layout.rest.isNull()) return;
    lineText(painter, m_layout.rest.adjusted(16, 0, 0, 0), Qt::AlignVCenter,
             tr("and %1 more items for %2")
                 .arg(bill.lines.size() - m_layout.rows.size())
                 .arg(dollarText(std::max(0.0, bill.month_usd() - shown))),
             theme().dim);
}

PictureView::Twin BillView::twin() const {
    std::vector<std::size_t> order;
    for (const BillStage& stage : m_stages)
        order.insert(order.end(), stage.lines.begin(), stage.lines.end());
    const auto cell = [fleet = m_fleet, order](int row, int column) -> QVariant {
        const BillLine& line = fleet->bill.lines[order[static_cast<std::size_t>(row)]];
        const Price& price = default_prices()[line.item.resource];
        switch (column) {
            case 0:
                return toText(line.item.stage);
            case 1:
                return toText(line.item.label);
            case 2:
                return line.item.quantity;
            case 3:
                return toText(price.unit);
            case 4:
                return line.unit_usd;
            case 5:
                return line.usd;
            default:
                return toText(line.item.how);
        }
    };
    return {{tr("Stage (modelled)"), tr("Item"), tr("Units a month"), tr("Unit"), tr("$ a unit"),
             tr("$ a month"), tr("Arithmetic")},
            static_cast<int>(order.size()),
            cell};
}

}  // namespace cascadelab
