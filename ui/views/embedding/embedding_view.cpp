#include "ui/views/embedding/embedding_view.h"

#include <QAction>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "ui/plot/motion.h"
#include "ui/view/selection.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr double kPickRadius = 8;  // screen units
constexpr double kClickSlack = 3;  // a press that moves less is a click
constexpr double kMaxZoom = 200;
constexpr int kSplatThreads = 2;

float between(float from, float to, double share) {
    return from + static_cast<float>(share) * (to - from);
}

}  // namespace

EmbeddingView::EmbeddingView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Map of items and people. Arrow keys move, plus and minus zoom, 0 "
                     "shows everything."),
                  parent),
      m_splatter(kSplatThreads) {
    makeActions();
    m_glide.setDuration(kGlideMs);
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& share) { glide(share.toDouble()); });
}

void EmbeddingView::makeActions() {
    m_peopleAction = new QAction(tr("Show people"), this);
    m_peopleAction->setCheckable(true);
    m_peopleAction->setChecked(true);
    connect(m_peopleAction, &QAction::toggled, this, [this] {
        invalidate();
        emit headingChanged();
    });
    m_motionAction = new QAction(tr("Let points glide"), this);
    m_motionAction->setCheckable(true);
    m_motionAction->setChecked(!isMotionReduced());
    connect(m_motionAction, &QAction::toggled, this,
            [](bool glides) { qApp->setProperty(kReducedMotion, !glides); });
    m_fitAction = new QAction(tr("Show everything"), this);
    m_fitAction->setShortcut(Qt::Key_0);
    m_fitAction->setShortcutContext(Qt::WidgetShortcut);
    addAction(m_fitAction);
    connect(m_fitAction, &QAction::triggered, this, &EmbeddingView::resetZoom);
}

QString EmbeddingView::subtitle() const {
    if (!m_map) return {};
    QStringList parts = {toText(m_map->model)};
    if (m_map->explained_share > 0)
        parts << tr("%1 of variance").arg(percentText(m_map->explained_share));
    parts << tr("%1 items").arg(countText(double(m_map->items.size())));
    if (m_peopleAction->isChecked())
        parts << tr("%1 people (rings)").arg(countText(double(m_map->people.size())));
    return parts.join(QStringLiteral(" · "));
}

QString EmbeddingView::tag() const {
    return m_map ? tr("all points drawn") : QString();
}

bool EmbeddingView::take() {
    const auto map = snapshot() && snapshot()->cards ? snapshot()->map : nullptr;
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    if (trace != m_trace) {
        m_trace = trace;
        m_query = trace ? querySet(*trace) : QuerySet{};
        update();
    }
    if (map == m_map) return false;
    m_map = map;
    m_hovered.reset();
    if (m_map) takeMap();
    return true;
}

void EmbeddingView::takeMap() {
    m_styles = embeddingStyles(*m_map, *snapshot()->cards);
    m_topics = topicPlaces(*m_map, *snapshot()->cards);
    m_itemGrid = PointGrid(m_map->items);
    m_personGrid = PointGrid(m_map->people);

    // Items keep their index; people stand behind them and start anew when items were added.
    const std::size_t items = m_map->items.size(), count = items + m_map->people.size();
    const bool hadPoints = m_x.size() == count;
    m_fromX = m_x;
    m_fromY = m_y;
    if (!hadPoints) {
        m_fromX.resize(count);
        m_fromY.resize(count);
        const std::size_t known = m_x.size() < items ? m_x.size() : 0;
        for (std::size_t i = known; i < count; ++i) {
            const auto& target = i < items ? m_map->items[i] : m_map->people[i - items];
            m_fromX[i] = target[0], m_fromY[i] = target[1];
        }
    }
    m_x = m_fromX;
    m_y = m_fromY;
    refit();
    m_glide.stop();
    if (isVisible() && hadPoints && !isMotionReduced())
        m_glide.start();
    else
        glide(1);
}

void EmbeddingView::glide(double share) {
    if (!m_map) return;
    const std::size_t items = m_map->items.size();
    const std::size_t count = std::min(m_x.size(), items + m_map->people.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto& target = i < items ? m_map->items[i] : m_map->people[i - items];
        m_x[i] = between(m_fromX[i], target[0], share);
        m_y[i] = between(m_fromY[i], target[1], share);
    }
    invalidate();
}

void EmbeddingView::refit() {
    if (!m_map) return;
    m_frame = steadyFrame(embeddingBounds(*m_map, snapshot()->focus.get()), m_frame);
    m_fit = fitPlane(m_frame, QRectF(rect()).adjusted(4, 4, -4, -4));
}

void EmbeddingView::invalidate() {
    m_layerStale = true;
    update();
}

PlaneTransform EmbeddingView::transform() const {
    return {m_fit.scale * m_user.scale, m_fit.dx * m_user.scale + m_user.dx,
            m_fit.dy * m_user.scale + m_user.dy};
}

QPointF EmbeddingView::onScreen(const std::array<float, 2>& point) const {
    return transform().toScreen({point[0], point[1]});
}

std::optional<QPointF> EmbeddingView::placeOf(ItemId item) const {
    if (!m_map || item.index() >= m_map->items.size()) return std::nullopt;
    return onScreen({m_x[item.index()], m_y[item.index()]});
}

std::optional<EmbeddingView::Pick> EmbeddingView::pickAt(QPointF position) const {
    if (!m_map) return std::nullopt;
    const PlaneTransform plane = transform();
    const QPointF at = plane.toMap(position);
    const auto x = static_cast<float>(at.x()), y = static_cast<float>(at.y());
    const auto radius = static_cast<float>(kPickRadius / plane.scale);
    const auto distance = [&](QPointF place) {
        return std::hypot(place.x() - position.x(), place.y() - position.y());
    };

    std::optional<Pick> best;
    if (const auto i = m_itemGrid.nearest(m_map->items, x, y, radius))
        best = Pick{ItemId{*i}, {}, onScreen(m_map->items[*i])};
    if (!m_peopleAction->isChecked()) return best;
    if (const auto p = m_personGrid.nearest(m_map->people, x, y, radius)) {
        const Pick person{{}, PersonId{*p}, onScreen(m_map->people[*p])};
        if (!best || distance(person.place) < distance(best->place)) best = person;
    }
    return best;
}

void EmbeddingView::place() {
    refit();
    m_layerStale = true;
}

void EmbeddingView::zoomBy(double factor, QPointF anchor) {
    const double target = std::clamp(m_user.scale * factor, 1.0, kMaxZoom);
    m_user = target == 1.0 ? PlaneTransform{} : m_user.zoomed(target / m_user.scale, anchor);
    invalidate();
}

void EmbeddingView::resetZoom() {
    m_user = {};
    invalidate();
}

void EmbeddingView::wheelEvent(QWheelEvent* event) {
    zoomBy(std::pow(1.0018, event->angleDelta().y()), event->position());
    event->accept();
}

void EmbeddingView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_pressed = m_dragged = event->position();
    m_isDragging = false;
}

void EmbeddingView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return PictureView::mouseMoveEvent(event);
    const QPointF way = event->position() - m_pressed;
    m_isDragging = m_isDragging || std::hypot(way.x(), way.y()) > kClickSlack;
    if (!m_isDragging) return;
    setCursor(Qt::ClosedHandCursor);
    m_user = m_user.moved(event->position() - m_dragged);
    m_dragged = event->position();
    invalidate();
}

void EmbeddingView::mouseReleaseEvent(QMouseEvent* event) {
    unsetCursor();
    if (event->button() == Qt::LeftButton && !m_isDragging) chooseAt(event->position());
}

void EmbeddingView::chooseAt(QPointF position) {
    const auto pick = pickAt(position);
    if (!pick) return selection().clear();
    if (pick->person.valid())
        selection().selectPerson(pick->person);
    else
        selection().selectItem(pick->item);
}

QString EmbeddingView::wordsAt(QPointF position) const {
    const auto pick = pickAt(position);
    if (!pick) return {};
    const Cards& cards = *snapshot()->cards;
    if (pick->item.valid() && pick->item.index() < cards.items.size())
        return itemSentence(cards.items[pick->item.index()], cards, snapshot()->now_s);
    if (pick->person.valid() && pick->person.index() < cards.people.size())
        return personSentence(cards.people[pick->person.index()]);
    return {};
}

void EmbeddingView::pointAt(std::optional<QPointF> position) {
    const auto pick = position ? pickAt(*position) : std::nullopt;
    const bool isSame =
        pick.has_value() == m_hovered.has_value() &&
        (!pick || (pick->item == m_hovered->item && pick->person == m_hovered->person));
    if (isSame) return;
    m_hovered = pick;
    update();
}

void EmbeddingView::keyPressEvent(QKeyEvent* event) {
    constexpr double kStep = 40;  // screen units
    const QPointF middle = QRectF(rect()).center();
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(1.25, middle);
        case Qt::Key_Minus:
            return zoomBy(1 / 1.25, middle);
        case Qt::Key_Left:
            m_user = m_user.moved({kStep, 0});
            return invalidate();
        case Qt::Key_Right:
            m_user = m_user.moved({-kStep, 0});
            return invalidate();
        case Qt::Key_Up:
            m_user = m_user.moved({0, kStep});
            return invalidate();
        case Qt::Key_Down:
            m_user = m_user.moved({0, -kStep});
            return invalidate();
        default:
            PictureView::keyPressEvent(event);
    }
}

PictureView::Twin EmbeddingView::twin() const {
    const auto cell = [map = m_map, cards = snapshot()->cards](int row, int column) -> QVariant {
        const auto i = static_cast<std::size_t>(row);
        if (column == 0) return row;
        if (column >= 3) return double(map->items[i][static_cast<std::size_t>(column - 3)]);
        if (i >= cards->items.size()) return QString();
        const ItemView& item = cards->items[i];
        return column == 1 ? toText(item.title) : toText(cards->topics[item.topic % kTopicCount]);
    };
    return {{tr("Item"), tr("Title"), tr("Topic"), tr("Axis 1"), tr("Axis 2")},
            static_cast<int>(m_map->items.size()),
            cell};
}

}  // namespace cascadelab
