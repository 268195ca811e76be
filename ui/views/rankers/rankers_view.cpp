#include "ui/views/rankers/rankers_view.h"

#include <QAction>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QToolTip>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/plot/ink.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/widgets/segmented.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr double kReach = 14;  // px around a point that the pointer still means
constexpr int kScoredRows = 300;

// Shape tells the models apart as well as colour does: square, disc, and then polygons of ever more
// corners, the diamond first.
QPainterPath shapeOf(std::size_t model, QPointF at, double size) {
    QPainterPath path;
    if (model == 0) {
        path.addRect(at.x() - 0.85 * size, at.y() - 0.85 * size, 1.7 * size, 1.7 * size);
    } else if (model == 1) {
        path.addEllipse(at, size, size);
    } else {
        const auto corners = static_cast<int>(model) + 2;
        QPolygonF polygon;
        for (int corner = 0; corner <= corners; ++corner) {
            const double angle = 2 * std::numbers::pi * corner / corners;
            polygon << at + 1.2 * size * QPointF(std::sin(angle), -std::cos(angle));
        }
        path.addPolygon(polygon);
    }
    return path;
}

std::size_t categoryOf(std::size_t model) {
    constexpr std::array<std::size_t, 8> kCategories = {3, 0, 1, 2, 4, 5, 6, 7};
    return kCategories[model % kCategories.size()];
}

}  // namespace

RankerView::RankerView(Selection&, QWidget* parent)
    : View(parent),
      m_switch(new Segmented(tr("Quality"),
                             {{measureLabel(RankerMeasure::ndcg),
                               tr("Order inside a page: clicks high up when sorted by value")},
                              {measureLabel(RankerMeasure::auc),
                               tr("Chance that a clicked item scores above one that was not")},
                              {measureLabel(RankerMeasure::log_loss),
                               tr("Surprise at what happened: order and calibration, nats")}},
                             this)),
      m_turnOn(new QPushButton(tr("Compare at every training"), this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("rankers"))),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Quality of each kind of ranker against the time it takes a request."));
    m_switch->setCurrent(static_cast<int>(m_measure));
    m_turnOn->setToolTip(tr("Switches ranking.compare on; what people see stays the same"));
    connect(m_switch, &Segmented::chosen, this,
            [this](int index) { setMeasure(static_cast<RankerMeasure>(index)); });
    connect(m_turnOn, &QPushButton::clicked, this,
            [this] { emit parameterWished(QStringLiteral("ranking.compare"), 1); });
    m_switch->hide();
}

QString RankerView::subtitle() const {
    if (!hasData()) return {};
    const RankerRoundView& now = m_rounds->back();
    return tr("clicks · learned from %1 impressions, measured on the %2 after them · %3")
        .arg(countText(double(now.learned)), countText(double(now.held_out)), timeText(now.time_s));
}

void RankerView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void RankerView::setMeasure(RankerMeasure measure) {
    if (measure == m_measure) return;
    m_measure = measure;
    m_switch->setCurrent(static_cast<int>(measure));
    m_axes.quality = {0, 0};
    relayout();
}

void RankerView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto rounds = snapshot ? snapshot->rankers : nullptr;
    const bool comparing = snapshot && snapshot->params && snapshot->params->ranking.compare;
    const auto serving = snapshot ? snapshot->ranker : std::nullopt;
    const bool same = rounds == m_rounds && comparing == m_comparing && serving == m_serving &&
                      m_switch->isHidden() != hasData();
    m_rounds = rounds;
    m_comparing = comparing;
    m_serving = serving;
    if (same) return;
    relayout();
    emit headingChanged();
}

void RankerView::relayout() {
    m_switch->setVisible(hasData());
    m_turnOn->setVisible(!hasData() && !m_comparing);
    m_switch->adjustSize();
    m_switch->move(width() - m_switch->width(), 0);
    m_turnOn->adjustSize();
    m_turnOn->move((width() - m_turnOn->width()) / 2, height() / 2 + 34);
    if (hasData()) {
        const double top = m_switch->height() + 2;
        m_frontier =
            layoutFrontier(*m_rounds, m_measure, QRectF(0, top, width(), height() - top), m_axes);
    }
    update();
}

void RankerView::resizeEvent(QResizeEvent*) {
    relayout();
}

void RankerView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!hasData()) {
        const QString text =
            m_comparing
                ? tr("The next training also trains logistic regression, boosted trees and the "
                     "deep ranker on the same impressions, and compares them here.")
                : tr("Logistic regression, boosted trees and the deep ranker can be trained on the "
                     "same impressions and compared here: quality against milliseconds.");
        return emptyText(painter, rect(), text, m_theme);
    }
    if (m_frontier.models.empty())
        return emptyText(painter, rect(), tr("Too small for the picture; see View data."), m_theme);
    paintAxes(painter);
    for (const FrontierModel& model : m_frontier.models) paintTrail(painter, model);
    for (const FrontierModel& model : m_frontier.models) paintModel(painter, model);
}

void RankerView::paintAxes(QPainter& painter) const {
    const QRectF& frame = m_frontier.frame;
    painter.setFont(cascadelab::font(Type::tiny));
    for (const FrontierTick& tick : m_frontier.across) {
        const double x = std::round(tick.at) + 0.5;
        painter.setPen(m_theme.grid);
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
        lineText(painter, QRectF(tick.at - 30, frame.bottom() + 3, 60, 13), Qt::AlignCenter,
                 tick.text, m_theme.dim);
    }
    for (const FrontierTick& tick : m_frontier.up) {
        const double y = std::round(tick.at) + 0.5;
        painter.setPen(m_theme.grid);
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
        lineText(painter, QRectF(0, tick.at - 7, frame.left() - 6, 14),
                 Qt::AlignRight | Qt::AlignVCenter, tick.text, m_theme.dim);
    }
    lineText(painter, QRectF(frame.left(), frame.bottom() + 17, frame.width(), 14),
             Qt::AlignRight | Qt::AlignVCenter,
             tr("Time to score %1 candidates, ms, one thread").arg(kScoredRows), m_theme.dim);
    const QString unit = m_measure == RankerMeasure::log_loss
                             ? tr("Log loss of a click, nats: low is better and stands high")
                             : tr("%1 of clicks: high is better").arg(measureLabel(m_measure));
    lineText(painter, QRectF(0, frame.top() - 18, width(), 14), Qt::AlignVCenter, unit,
             m_theme.dim);
    QPen edge(m_theme.dim, 1, Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(m_frontier.best.data(), static_cast<int>(m_frontier.best.size()));
}

void RankerView::paintTrail(QPainter& painter, const FrontierModel& model) const {
    QColor colour = m_theme.categoryColor(categoryOf(model.model));
    const auto count = static_cast<double>(model.trail.size());
    for (std::size_t i = 0; i + 1 < model.trail.size(); ++i) {
        colour.setAlphaF(static_cast<float>(0.08 + 0.4 * static_cast<double>(i + 1) / count));
        painter.setPen(QPen(colour, 1.5));
        painter.drawLine(model.trail[i].at, model.trail[i + 1].at);
        painter.setPen(Qt::NoPen);
        painter.fillPath(shapeOf(model.model, model.trail[i].at, 2.5), colour);
    }
}

void RankerView::paintModel(QPainter& painter, const FrontierModel& model) const {
    if (model.trail.empty()) return;
    const QPointF at = model.trail.back().at;
    const std::size_t category = categoryOf(model.model);
    painter.fillPath(shapeOf(model.model, at, 5.5), m_theme.categoryColor(category));
    if (m_serving == static_cast<RankingModel>(model.model)) {
        painter.setPen(QPen(m_theme.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, 10, 10);
    }
    if (model.label.isEmpty()) return;
    QRectF line = model.label;
    line.setHeight(model.label.height() / 2);
    painter.setFont(cascadelab::font(Type::small, true));
    haloText(painter, line, Qt::AlignHCenter, model.name, m_theme.categoryText(category),
             m_theme.panel);
    painter.setFont(cascadelab::font(Type::tiny));
    haloText(painter, line.translated(0, line.height()), Qt::AlignHCenter, model.words, m_theme.dim,
             m_theme.panel);
}

QString RankerView::pointWords(std::size_t model, std::size_t round) const {
    const RankerRoundView& asked = (*m_rounds)[round];
    const RankerPoint& point = asked.models[model];
    const bool serves =
        m_serving == static_cast<RankingModel>(model) && round + 1 == m_rounds->size();
    QString text =
        tr("%1, trained at %2\nNDCG@10 %3 · AUC %4 · log loss %5 nats\n"
           "Scores %6 candidates in %7; trained in %8 s on %9 impressions.")
            .arg(rankerName(model), timeText(asked.time_s), measureText(point.ndcg_at_10),
                 measureText(point.auc), measureText(point.log_loss))
            .arg(kScoredRows)
            .arg(microsText(point.score_us), plainText(point.train_s),
                 countText(double(asked.learned)));
    if (serves) text += tr("\nRinged: its kind ranks people's pages now.");
    return text;
}

void RankerView::mouseMoveEvent(QMouseEvent* event) {
    if (!hasData()) return;
    double nearest = kReach;
    QString text;
    for (const FrontierModel& model : m_frontier.models) {
        for (const FrontierPoint& point : model.trail) {
            const QPointF away = point.at - event->position();
            const double distance = std::hypot(away.x(), away.y());
            if (distance > nearest) continue;
            nearest = distance;
            text = pointWords(model.model, point.round);
        }
    }
    if (text.isEmpty()) return QToolTip::hideText();
    QToolTip::showText(event->globalPosition().toPoint(), text, this);
}

QAbstractItemModel* RankerView::table() {
    if (!hasData()) return m_table;
    const auto cell = [rounds = m_rounds](int row, int column) -> QVariant {
        // Newest first.
        const auto line = static_cast<std::size_t>(row);
        const RankerRoundView& round =
            (*rounds)[rounds->size() - 1 - line / enum_count<RankingModel>];
        const std::size_t model = line % enum_count<RankingModel>;
        const RankerPoint& point = round.models[model];
        const auto number = [](double value) {
            return std::isfinite(value) ? QVariant(value) : QVariant(QString());
        };
        switch (column) {
            case 0:
                return timeText(round.time_s);
            case 1:
                return rankerName(model);
            case 2:
                return number(point.ndcg_at_10);
            case 3:
                return number(point.auc);
            case 4:
                return number(point.log_loss);
            case 5:
                return number(point.score_us / 1000.0);
            case 6:
                return number(point.train_s);
            case 7:
                return static_cast<qulonglong>(round.learned);
            default:
                return static_cast<qulonglong>(round.held_out);
        }
    };
    m_table->setContent({tr("Trained at"), tr("Model"), tr("NDCG@10"), tr("AUC"),
                         tr("Log loss, nats"), tr("300 candidates, ms"), tr("Training, s"),
                         tr("Learned from, impressions"), tr("Measured on, impressions")},
                        static_cast<int>(m_rounds->size() * enum_count<RankingModel>), cell);
    return m_table;
}

}  // namespace cascadelab
