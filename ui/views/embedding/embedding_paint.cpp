// How the embedding map is painted: the cached points, then the query, the selection and the words.
#include <QAction>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/view/selection.h"
#include "ui/views/embedding/embedding_view.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr double kRest = 0.25;  // opacity of what is not selected

QColor faded(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

void drawDot(QPainter& painter, QPointF at, double radius, const QColor& fill, const QColor& edge) {
    painter.setPen(QPen(edge, 1.25));
    painter.setBrush(fill);
    painter.drawEllipse(at, radius, radius);
}

}  // namespace

PictureView::Lack EmbeddingView::lack() const {
    return {tr("The map appears with the first trained model. Press play to get there.")};
}

void EmbeddingView::paint(QPainter& painter) const {
    drawLayer();
    painter.setOpacity(selection().empty() ? 1 : kRest);
    painter.drawImage(QPointF(0, 0), m_layer);
    painter.setOpacity(1);
    drawAxes(painter);
    if (showsQuery()) drawQuery(painter);
    drawSelected(painter);
    drawWords(painter);
}

void EmbeddingView::drawLayer() const {
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (!m_layerStale && m_layer.size() == pixels) return;
    const std::size_t count = m_peopleAction->isChecked() ? m_x.size() : m_map->items.size();
    const double radius = embeddingRadius(count, size(), m_user.scale);
    m_layer = m_splatter.draw({{m_x.data(), count}, {m_y.data(), count}, {m_styles.data(), count}},
                              embeddingLook(theme(), radius), transform(), size(), ratio);
    m_layerStale = false;
}

bool EmbeddingView::showsQuery() const {
    if (!snapshot() || !snapshot()->focus || !m_trace) return false;
    // Another person's selection hides this request until theirs arrives.
    return selection().empty() || !selection().person().valid() ||
           selection().isPerson(snapshot()->focus->person);
}

void EmbeddingView::drawQuery(QPainter& painter) const {
    const PersonView& focus = *snapshot()->focus;
    const QPointF query = onScreen(focus.query);
    const bool aside = selection().kind() == Selection::Kind::item;
    painter.setOpacity(aside ? kRest : 1);

    QPainterPath rays;
    for (ItemId item : m_query.nearest) {
        const auto place = placeOf(item);
        if (!place) continue;
        rays.moveTo(query);
        rays.lineTo(*place);
    }
    // Many rays would be a blot: together they carry about the ink of forty.
    const double ink =
        std::clamp(16.0 / std::max<double>(1, double(m_query.nearest.size())), 0.07, 0.4);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(faded(theme().accent, ink), 1));
    painter.drawPath(rays);

    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(theme().accent, 0.55));
    for (ItemId item : m_query.others)
        if (const auto place = placeOf(item)) painter.drawEllipse(*place, 1.6, 1.6);
    painter.setBrush(theme().accent);
    for (ItemId item : m_query.nearest)
        if (const auto place = placeOf(item)) painter.drawEllipse(*place, 2.1, 2.1);
    for (ItemId item : m_query.slate)
        if (const auto place = placeOf(item))
            drawDot(painter, *place, 3.6, theme().accent, theme().text);

    QPolygonF trail;
    for (const auto& point : focus.trail) trail << onScreen(point);
    trail << query;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().text, 1.4));
    painter.drawPolyline(trail);
    for (qsizetype i = 0; i + 1 < trail.size(); ++i)
        drawDot(painter, trail[i], 2.4, theme().panel, theme().text);
    drawDot(painter, query, 6.5, theme().warn, theme().panel);
    painter.setOpacity(1);
}

void EmbeddingView::drawSelected(QPainter& painter) const {
    const auto ring = [&](QPointF at, double radius) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().panel, 4));
        painter.drawEllipse(at, radius, radius);
        painter.setPen(QPen(theme().text, 1.75));
        painter.drawEllipse(at, radius, radius);
    };
    if (m_hovered) ring(m_hovered->place, 6);
    if (const auto place = placeOf(selection().item()); selection().item().valid() && place) {
        const std::size_t item = selection().item().index();
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().categoryColor(m_styles[item]));
        painter.drawEllipse(*place, 5, 5);
        ring(*place, 8);
    }
    const std::size_t person = selection().person().index();
    if (selection().person().valid() && person < m_map->people.size() && !showsQuery())
        ring(onScreen(m_map->people[person]), 7);
}

QRectF EmbeddingView::drawCallout(QPainter& painter) const {
    const PersonView& focus = *snapshot()->focus;
    if (focus.person.index() >= snapshot()->cards->people.size()) return {};
    const QString who = personSentence(snapshot()->cards->people[focus.person.index()])
                            .section(QLatin1Char('\n'), 0, 0);
    const bool isSmall = width() < 400;  // then the name alone, and the map stays free
    const QString what = isSmall ? QString() : querySentence(*m_trace, *snapshot()->cards);
    const QFont whoFont = cascadelab::font(Type::small, true),
                whatFont = cascadelab::font(Type::small);
    const double breadth = std::max(textWidth(whoFont, who), textWidth(whatFont, what)) + 16;

    const QPointF query = onScreen(focus.query);
    const LabelWish wish{query, {breadth, isSmall ? 22.0 : 38.0}, 12};
    const std::vector<QRectF> taken = {QRectF(query - QPointF(9, 9), QSizeF(18, 18))};
    const auto place =
        placeLabels({&wish, 1}, QRectF(rect()).adjusted(2, 2, -2, -2), taken).front();
    if (!place) return {};
    painter.setPen(theme().border);
    painter.setBrush(faded(theme().raised, 0.94));
    painter.drawRoundedRect(place->adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(whoFont);
    lineText(painter, QRectF(place->left() + 8, place->top() + 4, breadth - 16, 15),
             Qt::AlignVCenter, who, theme().text);
    painter.setFont(whatFont);
    lineText(painter, QRectF(place->left() + 8, place->top() + 19, breadth - 16, 15),
             Qt::AlignVCenter, what, theme().dim);
    return *place;
}

void EmbeddingView::drawWords(QPainter& painter) const {
    std::vector<QRectF> taken = {QRectF(0, height() - 34, 92, 34)};  // the axes
    if (showsQuery() && rect().contains(onScreen(snapshot()->focus->query).toPoint())) {
        const QPointF query = onScreen(snapshot()->focus->query);
        taken.emplace_back(query - QPointF(9, 9), QSizeF(18, 18));
        taken.push_back(drawCallout(painter));
    }
    const QFont words = cascadelab::font(Type::small, true);
    painter.setFont(words);
    const PlaneTransform plane = transform();
    std::vector<LabelWish> wishes;
    for (const TopicPlace& topic : m_topics) {
        const QString name = toText(snapshot()->cards->topics[topic.topic]);
        // Above the densest part, where the picture is quiet, but still close to it.
        const double reach = std::min(1.25 * topic.spread * plane.scale, 70.0);
        wishes.push_back({plane.toScreen(topic.middle), {textWidth(words, name), 14}, reach});
    }
    const auto places = placeLabels(wishes, QRectF(rect()).adjusted(2, 2, -2, -2), taken);
    const double strength = selection().empty() ? 1 : 0.55;
    for (std::size_t i = 0; i < places.size(); ++i) {
        // A topic out of the picture keeps its name out, too.
        if (!places[i] || !QRectF(rect()).contains(wishes[i].anchor)) continue;
        haloText(painter, *places[i], Qt::AlignHCenter,
                 toText(snapshot()->cards->topics[m_topics[i].topic]),
                 mixed(theme().panel, theme().text, strength), theme().panel);
    }
}

void EmbeddingView::drawAxes(QPainter& painter) const {
    const QPointF corner(8, height() - 8);
    painter.setPen(QPen(theme().dim, 1));
    painter.drawLine(corner, corner + QPointF(20, 0));
    painter.drawLine(corner, corner - QPointF(0, 20));
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, QRectF(corner.x() + 24, corner.y() - 7, 64, 12), Qt::AlignVCenter,
             tr("axis 1, no unit"), theme().dim);
    lineText(painter, QRectF(corner.x() - 2, corner.y() - 34, 64, 12), Qt::AlignVCenter,
             tr("axis 2"), theme().dim);
}

}  // namespace cascadelab
