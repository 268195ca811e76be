#include "ui/view/picture_view.h"

#include <QAction>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolTip>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/view/picture_file.h"
#include "ui/view/selection.h"

namespace cascadelab {
namespace {

constexpr double kPin = 7;        // px, radius of the ring around what is pinned
constexpr double kPlateGap = 12;  // px from there to its sentence
constexpr double kPlateRoom = 8;  // px around the words
constexpr double kWidest = 340;   // px of a sentence
constexpr double kWidestLack = 520, kLackRoom = 24, kLackGap = 12;  // px of an empty place

}  // namespace

PictureView::PictureView(Selection& selection, const QString& description, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_description(description),
      m_saveAction(makeSavePictureAction(*this)),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(description);
    connect(&m_selection, &Selection::changed, this, [this] { selectionChanged(); });
}

void PictureView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    if (take()) renew();
}

void PictureView::setTheme(const Theme& theme) {
    m_theme = theme;
    arrange();
}

void PictureView::renew() {
    arrange();
    emit headingChanged();
}

void PictureView::arrange() {
    place();
    offer();
    if (const auto places = reachable(); m_pinned && *m_pinned < places.size())
        pointAt(places[*m_pinned]);
    update();
}

void PictureView::resizeEvent(QResizeEvent*) {
    arrange();
}

QAbstractItemModel* PictureView::table() {
    Twin content = hasPicture() ? twin() : Twin{};
    m_table->setContent(std::move(content.headers), content.rows, std::move(content.cell));
    return m_table;
}

QList<QAction*> PictureView::menuActions() {
    return choices() << m_saveAction;
}

std::vector<QPointF> PictureView::reachable() const {
    return hasPicture() ? stops() : std::vector<QPointF>{};
}

void PictureView::fill() {
    const Lack wished = lack();
    emit parameterWished(wished.key, wished.value);
}

// Sentence and button stand in the middle, one under the other.
QRectF PictureView::sentencePlace(const QString& sentence) const {
    const double wide = std::min<double>(width(), kWidestLack);
    const QFontMetricsF metrics(cascadelab::font(Type::body));
    const double high =
        metrics
            .boundingRect(QRectF(0, 0, wide - 2 * kLackRoom, height()), Qt::TextWordWrap, sentence)
            .height();
    const double below = m_fill && !m_fill->isHidden() ? kLackGap + m_fill->height() : 0;
    return {(width() - wide) / 2, std::max(0.0, (height() - high - below) / 2), wide, high};
}

// A button under the sentence, as long as one press would fill the place.
void PictureView::offer() {
    const Lack missing = hasPicture() ? Lack{} : lack();
    const bool isOffered = !missing.button.isEmpty();
    if (m_fill) m_fill->setVisible(isOffered);
    if (!isOffered) return;
    if (!m_fill) {
        m_fill = new QPushButton(this);
        connect(m_fill, &QPushButton::clicked, this, [this] { fill(); });
        m_fill->lower();
        m_fill->show();
    }
    m_fill->setText(missing.button);
    m_fill->setToolTip(missing.tip);
    m_fill->adjustSize();
    const double top = sentencePlace(missing.sentence).bottom() + kLackGap;
    m_fill->move((width() - m_fill->width()) / 2, static_cast<int>(top));
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasPicture()) {
        paint(painter);
    } else {
        const QString sentence = lack().sentence;
        emptyText(painter, sentencePlace(sentence), sentence, m_theme);
    }
    painter.setOpacity(1);
    painter.setClipping(false);
    paintPin(painter);
    if (!m_isReached || m_pinned) return;
    painter.setPen(QPen(m_theme.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

// A ring around the thing and its sentence beside it, on the side with more room.
void PictureView::paintPin(QPainter& painter) const {
    const auto places = reachable();
    if (!m_pinned || *m_pinned >= places.size()) return;
    const QPointF at = places[*m_pinned];
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, kPin, kPin);
    const QString words = wordsAt(at);
    if (words.isEmpty()) return;
    painter.setFont(cascadelab::font(Type::small));
    const double most = std::min(kWidest, width() - 2 * kPlateRoom);
    QRectF plate = painter.boundingRect(QRectF(0, 0, most, height()), Qt::TextWordWrap, words)
                       .adjusted(-kPlateRoom, -kPlateRoom, kPlateRoom, kPlateRoom);
    const bool isBelow = at.y() < height() / 2.0;
    plate.moveTop(isBelow ? at.y() + kPlateGap : at.y() - kPlateGap - plate.height());
    plate.moveLeft(
        std::clamp(at.x() - plate.width() / 2, 0.0, std::max(0.0, width() - plate.width())));
    painter.setPen(QPen(m_theme.accent, 1));
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(m_theme.text);
    painter.drawText(plate.adjusted(kPlateRoom, kPlateRoom, -kPlateRoom, -kPlateRoom),
                     Qt::TextWordWrap, words);
}

void PictureView::pin(std::optional<std::size_t> stop) {
    const auto places = reachable();
    if (stop && *stop >= places.size()) stop.reset();
    if (stop == m_pinned) return;
    m_pinned = stop;
    pointAt(stop ? std::optional(places[*stop]) : std::nullopt);
    setAccessibleDescription(stop ? wordsAt(places[*stop]) : m_description);
    update();
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    pin(std::nullopt);
    pointAt(event->position());
    const QString words = hasPicture() ? wordsAt(event->position()) : QString();
    if (words.isEmpty()) return QToolTip::hideText();
    QToolTip::showText(event->globalPosition().toPoint(), words, this);
}

void PictureView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && hasPicture()) chooseAt(event->position());
}

void PictureView::leaveEvent(QEvent*) {
    if (!m_pinned) pointAt(std::nullopt);
}

void PictureView::keyPressEvent(QKeyEvent* event) {
    const auto places = reachable();
    const int key = event->key();
    const bool isForth = key == Qt::Key_Right || key == Qt::Key_Down;
    const bool isBack = key == Qt::Key_Left || key == Qt::Key_Up;
    const std::size_t count = places.size();
    if (count > 0 && (isForth || isBack)) {
        const std::size_t now = m_pinned.value_or(isForth ? count - 1 : 0);
        return pin((now + (isForth ? 1 : count - 1)) % count);
    }
    const bool isHeld = m_pinned && *m_pinned < count;
    if (isHeld && (key == Qt::Key_Return || key == Qt::Key_Enter))
        return chooseAt(places[*m_pinned]);
    if (m_pinned && key == Qt::Key_Escape) return pin(std::nullopt);
    View::keyPressEvent(event);
}

void PictureView::focusInEvent(QFocusEvent* event) {
    m_isReached =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    View::focusInEvent(event);
    update();
}

void PictureView::focusOutEvent(QFocusEvent* event) {
    m_isReached = false;
    pin(std::nullopt);
    View::focusOutEvent(event);
    update();
}

}  // namespace cascadelab
