#include "ui/views/slate/slate_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "ui/items/candidate_model.h"
#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr int kScrollBar = 12;  // pixels at the right that the scroll bar takes

}  // namespace

std::vector<QRectF> layOutSlate(std::size_t count, double width, double height) {
    std::vector<QRectF> frames;
    if (count == 0 || width < kSmallestCard) return frames;
    // The number of columns whose cards come out largest while all rows fit, if any does.
    const auto most = static_cast<std::size_t>((width + kCardGap) / (kSmallestCard + kCardGap));
    std::size_t best = std::clamp<std::size_t>(most, 1, count);
    double bestSize = 0;
    for (std::size_t columns = 1; columns <= std::min(count, most); ++columns) {
        const double n = static_cast<double>(columns);
        const double rows = std::ceil(static_cast<double>(count) / n);
        const double wide = (width - kCardGap * (n - 1)) / n;
        const double tall = (height - kCardGap * (rows - 1)) / rows - kCardWords;
        const double size = std::min(wide, tall * 16 / 9);
        if (tall >= kFlattestPicture && size > bestSize) best = columns, bestSize = size;
    }
    const double n = static_cast<double>(best);
    const double rows = std::ceil(static_cast<double>(count) / n);
    const double w = (width - kCardGap * (n - 1)) / n;
    const double fitting = (height - kCardGap * (rows - 1)) / rows;
    const double natural = w * 9 / 16 + kCardWords;
    const double h = bestSize > 0 ? std::min(fitting, natural) : natural;
    for (std::size_t i = 0; i < count; ++i) {
        const auto column = static_cast<double>(i % best), row = static_cast<double>(i / best);
        frames.emplace_back(column * (w + kCardGap), row * (h + kCardGap), w, h);
    }
    return frames;
}

SlateView::SlateView(Selection& selection, QWidget* parent)
    : PictureView(selection, tr("The page of one person, in page order."), parent),
      m_candidates(new CandidateModel(this)),
      m_scroll(new QScrollBar(Qt::Vertical, this)) {
    connect(m_scroll, &QScrollBar::valueChanged, this, [this] { update(); });
    m_scroll->hide();
}

bool SlateView::take() {
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    if (trace == m_trace) return false;
    m_trace = trace;
    m_candidates->setSnapshot(snapshot());
    m_rowShift.assign(m_trace ? m_trace->rows.size() : 0, 0.0);
    return true;
}

QString SlateView::subtitle() const {
    if (!m_trace) return tr("the page that one person sees");
    const bool isValued = m_trace->maker == FeedMaker::cascade;
    return (isValued ? tr("what %1 sees at %2, in page order; value = weighted predictions")
                     : tr("what %1 sees at %2, in page order"))
        .arg(personName(*snapshot(), m_trace->person), momentText(m_trace->now_s));
}

QString SlateView::tag() const {
    if (!m_trace) return {};
    if (m_trace->preview) return tr("preview");
    const bool isValued = m_trace->maker == FeedMaker::cascade;
    return isValued ? QString() : toText(feed_maker_label(m_trace->maker));
}

QAbstractItemModel* SlateView::table() {
    return m_candidates;
}

RowsLayout SlateView::rowsLayout() const {
    RowsLayout layout = layOutRows(m_trace->rows, width() - kScrollBar, height() - 2);
    for (QRectF& heading : layout.headings) heading.translate(0, -m_scroll->value());
    for (std::size_t place = 0; place < layout.cards.size(); ++place)
        layout.cards[place].translate(-m_rowShift[rowOfPlace(place)], -m_scroll->value());
    return layout;
}

std::vector<QRectF> SlateView::frames() const {
    if (inRows()) return rowsLayout().cards;
    auto places = layOutSlate(m_trace ? m_trace->slate.size() : 0, width() - kScrollBar, height());
    for (QRectF& place : places) place.translate(0, -m_scroll->value());
    return places;
}

void SlateView::fitScrollBar() {
    const auto places = frames();
    const int over = places.empty() ? 0
                                    : static_cast<int>(std::ceil(places.back().bottom() - 0.01)) +
                                          m_scroll->value() - height();
    m_scroll->setRange(0, std::max(0, over));
    m_scroll->setPageStep(height());
    m_scroll->setSingleStep(24);
    m_scroll->setGeometry(width() - 8, 0, 8, height());
    m_scroll->setVisible(over > 0);
}

void SlateView::reveal(int place) {
    if (frames().empty()) return;
    if (inRows()) revealInRow(static_cast<std::size_t>(place));
    const QRectF frame = frames()[static_cast<std::size_t>(place)];
    const int below = static_cast<int>(frame.bottom()) - height();
    if (frame.top() < 0) m_scroll->setValue(m_scroll->value() + static_cast<int>(frame.top()));
    if (below > 0) m_scroll->setValue(m_scroll->value() + below + 1);
}

std::size_t SlateView::rowOfPlace(std::size_t place) const {
    return static_cast<std::size_t>(row_at(m_trace->rows, place) - m_trace->rows.data());
}

double SlateView::rowOverhang(std::size_t row, const RowsLayout& layout) const {
    const PageRow& shown = m_trace->rows[row];
    const QRectF last = layout.cards[shown.first + std::size_t{shown.count} - 1];
    return std::max(0.0, last.right() + m_rowShift[row] - (width() - kScrollBar));
}

void SlateView::scrollRow(std::size_t row, double by) {
    m_rowShift[row] = std::clamp(m_rowShift[row] + by, 0.0, rowOverhang(row, rowsLayout()));
    update();
}

void SlateView::revealInRow(std::size_t place) {
    const QRectF frame = frames()[place];
    const double over = frame.right() - (width() - kScrollBar);
    scrollRow(rowOfPlace(place), frame.left() < 0 ? frame.left() : std::max(0.0, over));
}

void SlateView::place() {
    fitScrollBar();
}

void SlateView::resizeEvent(QResizeEvent* event) {
    std::ranges::fill(m_rowShift, 0.0);
    PictureView::resizeEvent(event);
}

void SlateView::wheelEvent(QWheelEvent* event) {
    // Sideways, or with Shift, the row under the pointer moves.
    const QPoint turn = event->angleDelta();
    const bool sideways =
        event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turn.x()) > std::abs(turn.y());
    if (inRows() && sideways && !frames().empty()) {
        const RowsLayout layout = rowsLayout();
        const auto below = std::ranges::find_if(layout.headings, [&](const QRectF& heading) {
            return heading.top() > event->position().y();
        });
        const auto row = std::max<std::ptrdiff_t>(1, below - layout.headings.begin()) - 1;
        scrollRow(static_cast<std::size_t>(row), -(turn.x() != 0 ? turn.x() : turn.y()) / 2.0);
        return;
    }
    if (m_scroll->isHidden()) return event->ignore();
    m_scroll->setValue(m_scroll->value() - event->angleDelta().y() / 2);
}

PictureView::Lack SlateView::lack() const {
    return {tr("No request yet. Let the world run, or click a person.")};
}

void SlateView::paint(QPainter& painter) const {
    const auto places = frames();
    painter.setClipRect(0, 0, width() - kScrollBar, height());
    if (inRows()) paintHeadings(painter);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].intersects(QRectF(rect()))) paintCard(painter, places[i], i);
    }
}

void SlateView::paintHeadings(QPainter& painter) const {
    const RowsLayout layout = rowsLayout();
    for (std::size_t r = 0; r < m_trace->rows.size(); ++r) {
        const PageRow& row = m_trace->rows[r];
        const QRectF place = layout.headings[r];
        // Where a row goes on beyond the view: which of its places are whole in it.
        QString range;
        if (rowOverhang(r, layout) > 0) {
            int first = 0, last = 0;
            for (int k = 0; k < row.count; ++k) {
                const QRectF card = layout.cards[row.first + static_cast<std::size_t>(k)];
                if (card.left() < -0.5 || card.right() > place.right() + 0.5) continue;
                last = k + 1;
                if (first == 0) first = last;
            }
            range = tr("%1–%2 of %3 ›").arg(first).arg(last).arg(row.count);
        }
        painter.setFont(cascadelab::font(Type::small));
        painter.setPen(theme().dim);
        const double taken = painter.fontMetrics().horizontalAdvance(range) + 12;
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, range);
        painter.setFont(cascadelab::font(Type::heading, true));
        painter.setPen(theme().text);
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(rowTitle(*snapshot(), row), Qt::ElideRight,
                                             static_cast<int>(place.width() - taken)));
    }
}

// How far the person came with an item, as a bar along the foot of its picture.
void SlateView::paintProgress(QPainter& painter, const QRectF& picture, ItemId item) const {
    const auto& unfinished = snapshot()->focus->unfinished;
    const auto left = std::ranges::find(unfinished, item, &UnfinishedView::item);
    if (left == unfinished.end()) return;
    const QRectF track(picture.left() + 6, picture.bottom() - 8, picture.width() - 12, 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().plate);
    painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), 2, 2);
    painter.setBrush(theme().accent);
    painter.drawRoundedRect(
        QRectF(track.left(), track.top(), track.width() * left->share, track.height()), 1.5, 1.5);
}

void SlateView::paintCard(QPainter& painter, const QRectF& frame, std::size_t place) const {
    const ItemId item = m_trace->slate[place];
    const Candidate* candidate = findCandidate(*snapshot(), item);
    const bool selected = selection().isItem(item);
    // The rest steps back only when the selected item is on this page.
    const bool onPage =
        std::ranges::find(m_trace->slate, selection().item()) != m_trace->slate.end();
    painter.setOpacity(onPage && !selected ? 0.4 : 1);
    const QRectF picture(frame.left(), frame.top(), frame.width(), frame.height() - kCardWords);
    paintArtwork(painter, picture, artworkOf(item, topicOf(*snapshot(), item)), theme(), 6);
    if (selected || static_cast<int>(place) == m_hover) {
        painter.setPen(QPen(selected ? theme().accent : theme().dim, selected ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(picture.adjusted(1, 1, -1, -1), 6, 6);
    }
    if (inRows()) paintProgress(painter, picture, item);
    // Place on the page, and a badge, on the picture itself.
    const auto plate = [&](const QString& text, bool atRight) {
        painter.setFont(cascadelab::font(Type::tiny, true));
        const double w = painter.fontMetrics().horizontalAdvance(text) + 10;
        const QRectF box(atRight ? picture.right() - w - 5 : picture.left() + 5, picture.top() + 5,
                         w, 16);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().plate);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(theme().onPlate);
        painter.drawText(box, Qt::AlignCenter, text);
    };
    plate(QString::number(place + 1), false);
    const QString badge = candidate ? badgeText(*snapshot(), *candidate) : QString();
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
    line(picture.bottom() + 4, Type::body, true, theme().text, itemTitle(*snapshot(), item));
    const QString facts = itemLine(*snapshot(), item);
    QStringList ways = {facts};
    // In a generated feed nobody valued anything; no number is cut.
    if (candidate && m_trace->maker == FeedMaker::cascade) {
        const QString separator = QStringLiteral(" · ");
        const QString value = toText(fixed_text(candidate->value, 3));
        ways = {facts + separator + value, facts.section(separator, 0, 0) + separator + value,
                value};
    }
    line(picture.bottom() + 21, Type::small, false, theme().dim,
         fittingText(cascadelab::font(Type::small), frame.width() - 2, ways));
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
    selection().selectCandidate(m_trace->person, m_trace->slate[static_cast<std::size_t>(place)]);
}

void SlateView::pointAt(std::optional<QPointF> position) {
    const int hover = position ? cardAt(*position) : -1;
    if (hover == m_hover) return;
    m_hover = hover;
    setCursor(hover >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void SlateView::chooseAt(QPointF position) {
    const int card = cardAt(position);
    if (card >= 0) return choose(card);
    selection().clear();
}

QString SlateView::wordsAt(QPointF position) const {
    const int card = cardAt(position);
    if (card < 0) return {};
    const ItemId item = m_trace->slate[static_cast<std::size_t>(card)];
    QString text = itemTitle(*snapshot(), item) + "\n" + itemAge(*snapshot(), item);
    if (const Candidate* candidate = findCandidate(*snapshot(), item))
        text += "\n" + sourcesText(*candidate) + "\n" + whyText(*snapshot(), *candidate);
    return text;
}

// From a card to its neighbour: in rows sideways along the row and up or down to the next row.
int SlateView::nextPlace(int key, int place) const {
    const int step = key == Qt::Key_Down || key == Qt::Key_Right ? 1 : -1;
    const auto last = static_cast<int>(m_trace->slate.size()) - 1;
    const bool alongRow = !inRows() || key == Qt::Key_Left || key == Qt::Key_Right;
    if (alongRow) return std::clamp(place + step, 0, last);
    const std::size_t row = rowOfPlace(static_cast<std::size_t>(place));
    const auto target = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(row) + step, 0,
                                                   std::ssize(m_trace->rows) - 1);
    const PageRow& to = m_trace->rows[static_cast<std::size_t>(target)];
    const int column = place - m_trace->rows[row].first;
    return to.first + std::min(column, to.count - 1);
}

void SlateView::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool upDown = key == Qt::Key_Up || key == Qt::Key_Down;
    const bool sideways = inRows() && (key == Qt::Key_Left || key == Qt::Key_Right);
    if (!(upDown || sideways) || !m_trace || m_trace->slate.empty())
        return PictureView::keyPressEvent(event);
    const auto now = std::ranges::find(m_trace->slate, selection().item());
    const bool forward = key == Qt::Key_Down || key == Qt::Key_Right;
    const int place = now != m_trace->slate.end()
                          ? nextPlace(key, static_cast<int>(now - m_trace->slate.begin()))
                      : forward ? 0
                                : static_cast<int>(m_trace->slate.size()) - 1;
    choose(place);
    reveal(place);
}

}  // namespace cascadelab
