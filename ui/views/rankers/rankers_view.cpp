#include "ui/views/rankers/rankers_view.h"

#include <QPainter>
#include <QPainterPath>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/plot/ink.h"
#include "ui/widgets/segmented.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

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

RankersView::RankersView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Quality of each kind of ranker against the time it takes a request."),
                  parent),
      m_switch(new Segmented(tr("Quality"),
                             {{measureLabel(RankerMeasure::ndcg),
                               tr("Order inside a page: clicks high up when sorted by value")},
                              {measureLabel(RankerMeasure::auc),
                               tr("Chance that a clicked item scores above one that was not")},
                              {measureLabel(RankerMeasure::log_loss),
                               tr("Surprise at what happened: order and calibration, nats")}},
                             this)) {
    m_switch->setCurrent(static_cast<int>(m_measure));
    connect(m_switch, &Segmented::chosen, this,
            [this](int index) { setMeasure(static_cast<RankerMeasure>(index)); });
    m_switch->hide();
}

QString RankersView::subtitle() const {
    if (!hasPicture()) return {};
    const RankerRoundView& now = m_rounds->back();
    return tr("clicks · learned from %1 impressions, measured on the %2 after them · %3")
        .arg(countText(double(now.learned)), countText(double(now.held_out)),
             momentText(now.time_s));
}

void RankersView::setMeasure(RankerMeasure measure) {
    if (measure == m_measure) return;
    m_measure = measure;
    m_switch->setCurrent(static_cast<int>(measure));
    m_axes.quality = {0, 0};
    arrange();
}

bool RankersView::take() {
    const auto rounds = snapshot() ? snapshot()->rankers : nullptr;
    const bool isComparing =
        snapshot() && snapshot()->params && snapshot()->params->ranking.compare;
    const auto serving = snapshot() ? snapshot()->ranker : std::nullopt;
    const bool isSame = rounds == m_rounds && isComparing == m_isComparing && serving == m_serving;
    m_rounds = rounds;
    m_isComparing = isComparing;
    m_serving = serving;
    return !isSame;
}

void RankersView::place() {
    m_switch->setVisible(hasPicture());
    m_switch->adjustSize();
    m_switch->move(width() - m_switch->width(), 0);
    m_frontier = {};
    if (!hasPicture()) return;
    const double top = m_switch->height() + 2;
    m_frontier =
        layoutRankers(*m_rounds, m_measure, QRectF(0, top, width(), height() - top), m_axes);
}

std::vector<QPointF> RankersView::stops() const {
    std::vector<QPointF> places;
    for (const FrontierModel& model : m_frontier.models)
        for (const FrontierPoint& point : model.trail) places.push_back(point.at);
    return places;
}

PictureView::Lack RankersView::lack() const {
    if (m_isComparing)
        return {
            tr("The next training also trains logistic regression, boosted trees and the deep "
               "ranker on the same impressions, and compares them here.")};
    return {tr("Logistic regression, boosted trees and the deep ranker can be trained on the same "
               "impressions and compared here: quality against milliseconds."),
            tr("Compare at every training"),
            tr("Switches ranking.compare on; what people see stays the same"),
            QStringLiteral("ranking.compare"), 1};
}

void RankersView::paint(QPainter& painter) const {
    if (m_frontier.models.empty())
        return emptyText(painter, rect(), tr("Too small for the picture; see View data."), theme());
    paintAxes(painter);
    for (const FrontierModel& model : m_frontier.models) paintTrail(painter, model);
    for (const FrontierModel& model : m_frontier.models) paintModel(painter, model);
}

void RankersView::paintAxes(QPainter& painter) const {
    const QRectF& frame = m_frontier.frame;
    painter.setFont(cascadelab::font(Type::tiny));
    for (const FrontierTick& tick : m_frontier.across) {
        const double x = std::round(tick.at) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
        lineText(painter, QRectF(tick.at - 30, frame.bottom() + 3, 60, 13), Qt::AlignCenter,
                 tick.text, theme().dim);
    }
    for (const FrontierTick& tick : m_frontier.up) {
        const double y = std::round(tick.at) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
        lineText(painter, QRectF(0, tick.at - 7, frame.left() - 6, 14),
                 Qt::AlignRight | Qt::AlignVCenter, tick.text, theme().dim);
    }
    lineText(painter, QRectF(frame.left(), frame.bottom() + 17, frame.width(), 14),
             Qt::AlignRight | Qt::AlignVCenter,
             tr("Time to score %1 candidates, ms, one thread").arg(kScoredRows), theme().dim);
    const QString unit = m_measure == RankerMeasure::log_loss
                             ? tr("Log loss of a click, nats: low is better and stands high")
                             : tr("%1 of clicks: high is better").arg(measureLabel(m_measure));
    lineText(painter, QRectF(0, frame.top() - 18, width(), 14), Qt::AlignVCenter, unit,
             theme().dim);
    QPen edge(theme().dim, 1, Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(m_frontier.best.data(), static_cast<int>(m_frontier.best.size()));
}

void RankersView::paintTrail(QPainter& painter, const FrontierModel& model) const {
    QColor colour = theme().categoryColor(categoryOf(model.model));
    const auto count = static_cast<double>(model.trail.size());
    for (std::size_t i = 0; i + 1 < model.trail.size(); ++i) {
        colour.setAlphaF(static_cast<float>(0.08 + 0.4 * static_cast<double>(i + 1) / count));
        painter.setPen(QPen(colour, 1.5));
        painter.drawLine(model.trail[i].at, model.trail[i + 1].at);
        painter.setPen(Qt::NoPen);
        painter.fillPath(shapeOf(model.model, model.trail[i].at, 2.5), colour);
    }
}

void RankersView::paintModel(QPainter& painter, const FrontierModel& model) const {
    if (model.trail.empty()) return;
    const QPointF at = model.trail.back().at;
    const std::size_t category = categoryOf(model.model);
    painter.fillPath(shapeOf(model.model, at, 5.5), theme().categoryColor(category));
    if (m_serving == static_cast<RankingModel>(model.model)) {
        painter.setPen(QPen(theme().text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, 10, 10);
    }
    if (model.label.isEmpty()) return;
    QRectF line = model.label;
    if (!model.words.isEmpty()) line.setHeight(model.label.height() / 2);
    painter.setFont(cascadelab::font(Type::small, true));
    haloText(painter, line, Qt::AlignHCenter, model.name, theme().categoryText(category),
             theme().panel);
    painter.setFont(cascadelab::font(Type::tiny));
    haloText(painter, line.translated(0, line.height()), Qt::AlignHCenter, model.words, theme().dim,
             theme().panel);
}

QString RankersView::pointWords(std::size_t model, std::size_t round) const {
    const RankerRoundView& asked = (*m_rounds)[round];
    const RankerPoint& point = asked.models[model];
    const bool serves =
        m_serving == static_cast<RankingModel>(model) && round + 1 == m_rounds->size();
    QString text =
        tr("%1, trained at %2\nNDCG@10 %3 · AUC %4 · log loss %5 nats\n"
           "Scores %6 candidates in %7; trained in %8 s on %9 impressions.")
            .arg(rankerName(model), momentText(asked.time_s), measureText(point.ndcg_at_10),
                 measureText(point.auc), measureText(point.log_loss))
            .arg(kScoredRows)
            .arg(microsText(point.score_us), plainText(point.train_s),
                 countText(double(asked.learned)));
    if (serves) text += tr("\nRinged: its kind ranks people's pages now.");
    return text;
}

QString RankersView::wordsAt(QPointF position) const {
    double nearest = kReach;
    QString text;
    for (const FrontierModel& model : m_frontier.models) {
        for (const FrontierPoint& point : model.trail) {
            const QPointF away = point.at - position;
            const double distance = std::hypot(away.x(), away.y());
            if (distance > nearest) continue;
            nearest = distance;
            text = pointWords(model.model, point.round);
        }
    }
    return text;
}

PictureView::Twin RankersView::twin() const {
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
                return momentText(round.time_s);
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
    return {{tr("Trained at"), tr("Model"), tr("NDCG@10"), tr("AUC"), tr("Log loss, nats"),
             tr("300 candidates, ms"), tr("Training, s"), tr("Learned from, impressions"),
             tr("Measured on, impressions")},
            static_cast<int>(m_rounds->size() * enum_count<RankingModel>),
            cell};
}

}  // namespace cascadelab
