#include "ui/slate/slate_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "ui/inspector/candidate_model.h"
#include "ui/plot/picture_file.h"
#include "ui/selection.h"
#include "ui/slate/item_words.h"
#include "ui/text.h"

namespace cascadelab {
namespace {

constexpr double kGap = 10, kWordsHeight = 42, kSmallest = 118;
constexpr double kFlattest = 52;  // of a picture

}  // namespace

std::vector<QRectF> layOutSlate(std::size_t count, double width, double height) {
    std::vector<QRectF> frames;
    if (count == 0 || width < kSmallest) return frames;
    // The number of columns whose cards come out largest while all rows fit, if any does.
    const auto most = static_cast<std::size_t>((width + kGap) / (kSmallest + kGap));
    std::size_t best = std::clamp<std::size_t>(most, 1, count);
    double bestSize = 0;
    for (std::size_t columns = 1; columns <= std::min(count, most); ++columns) {
        const double n = static_cast<double>(columns);
        const double rows = std::ceil(static_cast<double>(count) / n);
        const double wide = (width - kGap * (n - 1)) / n;
        const double tall = (height - kGap * (rows - 1)) / rows - kWordsHeight;
        const double size = std::min(wide, tall * 16 / 9);
        if (tall >= kFlattest && size > bestSize) best = columns, bestSize = size;
    }
    const double n = static_cast<double>(best);
    const double rows = std::ceil(static_cast<double>(count) / n);
    const double w = (width - kGap * (n - 1)) / n;
    const double fitting = (height - kGap * (rows - 1)) / rows;
    const double natural = w * 9 / 16 + kWordsHeight;
    const double h = bestSize > 0 ? std::min(fitting, natural) : natural;
    for (std::size_t i = 0; i < count; ++i) {
        const auto column = static_cast<double>(i % best), row = static_cast<double>(i / best);
        frames.emplace_back(column * (w + kGap), row * (h + kGap), w, h);
    }
    return frames;
}

SlateView::SlateView(Selection& selection, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_table(new CandidateModel(this)),
      m_scroll(new QScrollBar(Qt::Vertical, this)),
      m_save(makeSavePictureAction(*this, "slate")) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Slate"));
    m_subtitle = tr("the page that one person sees");
    connect(&m_selection, &Selection::changed, this, [this] { update(); });
    connect(m_scroll, &QScrollBar::valueChanged, this, [this] { update(); });
    m_scroll->hide();
}

void SlateView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto trace = snapshot && snapshot->focus ? snapshot->focus->trace : nullptr;
    const bool same = trace == m_trace;
    m_snapshot = std::move(snapshot);
    m_trace = trace;
    if (same) return;
    m_table->setSnapshot(m_snapshot);
    if (m_trace) {
        const PersonCard& person = m_snapshot->cards->people[m_trace->person.index()];
        m_subtitle = tr("what %1 sees at %2, in page order; value = weighted predictions")
                         .arg(words(person.name), momentText(m_trace->now_s));
        m_tag = m_trace->preview ? tr("preview") : QString();
        emit headingChanged();
    }
    fitScrollBar();
    update();
}

void SlateView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QAbstractItemModel* SlateView::table() {
    return m_table;
}

std::vector<QRectF> SlateView::frames() const {
    auto places = layOutSlate(m_trace ? m_trace->slate.size() : 0, width() - 12, height());
    for (QRectF& place : places) place.translate(0, -m_scroll->value());
    return places;
}

void SlateView::fitScrollBar() {
    const auto places = layOutSlate(m_trace ? m_trace->slate.size() : 0, width() - 12, height());
    const int over = places.empty() ? 0 : static_cast<int>(places.back().bottom()) - height() + 1;
    m_scroll->setRange(0, std::max(0, over));
    m_scroll->setPageStep(height());
    m_scroll->setSingleStep(24);
    m_scroll->setGeometry(width() - 8, 0, 8, height());
    m_scroll->setVisible(over > 0);
}

void SlateView::reveal(int place) {
    const QRectF frame = frames()[static_cast<std::size_t>(place)];
    const int below = static_cast<int>(frame.bottom()) - height();
    if (frame.top() < 0) m_scroll->setValue(m_scroll->value() + static_cast<int>(frame.top()));
    if (below > 0) m_scroll->setValue(m_scroll->value() + below + 1);
}

void SlateView::resizeEvent(QResizeEvent*) {
    fitScrollBar();
}

void SlateView::wheelEvent(QWheelEvent* event) {
    if (m_scroll->isHidden()) return event->ignore();
    m_scroll->setValue(m_scroll->value() - event->angleDelta().y() / 2);
}

void SlateView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto places = frames();
    if (places.empty()) {
        painter.setPen(m_theme.dim);
        painter.setFont(cascadelab::font(Type::body));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("No request yet. Let the world run, or click a person."));
        return;
    }
    for (std::size_t i = 0; i < places.size(); ++i) paintCard(painter, places[i], i);
}

void SlateView::paintCard(QPainter& painter, const QRectF& frame, std::size_t place) const {
    const ItemId item = m_trace->slate[place];
    const Candidate* candidate = findCandidate(*m_snapshot, item);
    const bool selected = m_selection.isItem(item);
    // The rest steps back only when the selected item is on this page.
    const bool onPage =
        std::ranges::find(m_trace->slate, m_selection.item()) != m_trace->slate.end();
    painter.setOpacity(onPage && !selected ? 0.4 : 1);
    const QRectF picture(frame.left(), frame.top(), frame.width(), frame.height() - kWordsHeight);
    paintArtwork(painter, picture, artworkOf(item, topicOf(*m_snapshot, item)), m_theme, 6);
    if (selected || static_cast<int>(place) == m_hover) {
        painter.setPen(QPen(selected ? m_theme.accent : m_theme.dim, selected ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(picture.adjusted(1, 1, -1, -1), 6, 6);
    }
    // Place on the page, and a badge, on the picture itself.
    const auto plate = [&](const QString& text, bool atRight) {
        painter.setFont(cascadelab::font(Type::tiny, true));
        const double w = painter.fontMetrics().horizontalAdvance(text) + 10;
        const QRectF box(atRight ? picture.right() - w - 5 : picture.left() + 5, picture.top() + 5,
                         w, 16);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.plate);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(m_theme.onPlate);
        painter.drawText(box, Qt::AlignCenter, text);
    };
    plate(QString::number(place + 1), false);
    const QString badge = candidate ? badgeText(*m_snapshot, *candidate) : QString();
    if (!badge.isEmpty()) plate(badge, true);

    const auto line = [&](double y, Type type, bool strong, const QColor& color,
                          const QString& text) {
        painter.setFont(cascadelab::font(type, strong));
        painter.setPen(color);
        const QRectF box(frame.left() + 1, y, frame.width() - 2, 16);
        painter.drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(box.width())));
    };
    line(picture.bottom() + 4, Type::body, true, m_theme.text, itemTitle(*m_snapshot, item));
    QString facts = itemLine(*m_snapshot, item);
    if (candidate) facts += " · " + words(fixed_text(candidate->value, 2));
    line(picture.bottom() + 21, Type::small, false, m_theme.dim, facts);
    painter.setOpacity(1);
}

int SlateView::cardAt(const QPointF& point) const {
    const auto places = frames();
    const auto hit =
        std::ranges::find_if(places, [&](const QRectF& f) { return f.contains(point); });
    return hit == places.end() ? -1 : static_cast<int>(hit - places.begin());
}

void SlateView::choose(int place) {
    if (place < 0 || !m_trace || place >= static_cast<int>(m_trace->slate.size())) return;
    m_selection.selectCandidate(m_trace->person, m_trace->slate[static_cast<std::size_t>(place)]);
}

void SlateView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int place = cardAt(event->position());
    if (place >= 0) return choose(place);
    m_selection.clear();
}

void SlateView::mouseMoveEvent(QMouseEvent* event) {
    const int hover = cardAt(event->position());
    if (hover == m_hover) return;
    m_hover = hover;
    setCursor(hover >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void SlateView::leaveEvent(QEvent*) {
    m_hover = -1;
    update();
}

void SlateView::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || !m_trace || m_trace->slate.empty()) return View::keyPressEvent(event);
    const auto now = std::ranges::find(m_trace->slate, m_selection.item());
    const auto count = static_cast<int>(m_trace->slate.size());
    const int at = now == m_trace->slate.end() ? (step > 0 ? -1 : count)
                                               : static_cast<int>(now - m_trace->slate.begin());
    choose(std::clamp(at + step, 0, count - 1));
    reveal(std::clamp(at + step, 0, count - 1));
}

bool SlateView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return View::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int place = cardAt(help->pos());
    if (place < 0) return true;
    const ItemId item = m_trace->slate[static_cast<std::size_t>(place)];
    QString text = itemTitle(*m_snapshot, item) + "\n" + itemAge(*m_snapshot, item);
    if (const Candidate* candidate = findCandidate(*m_snapshot, item)) {
        text += "\n" + sourcesText(*candidate) + "\n" + whyText(*m_snapshot, *candidate);
    }
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

}  // namespace cascadelab
