#include "ui/views/beam/beam_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <ranges>

#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr double kFoot = 15;
constexpr double kRest = 0.25;      // opacity of what the meant path does not touch
constexpr double kValueRoom = 52;   // px; narrower boxes say no number
constexpr double kTitleRoom = 170;  // and titles narrower than this take all room
constexpr double kWordRoom = 70;    // px; a narrower column says counts alone
constexpr double kPastReach = 9;    // px around the beginning
constexpr double kMostPrefix = 40;  // px of a number beside its code

QString codesText(const std::vector<std::uint16_t>& codes) {
    QStringList words;
    for (const std::uint16_t code : codes) words << QString::number(code);
    return words.join(QStringLiteral(" · "));
}

}  // namespace

BeamView::BeamView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("Prefixes that beam search kept and pruned for the person in focus, digit by digit."),
          parent) {}

QString BeamView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("one request · %1 · after %2 items · %3 generated")
        .arg(personName(*snapshot(), m_trace->person),
             countText(double(m_drawing->beam.past.size())),
             countText(double(m_drawing->beam.found.size())));
}

bool BeamView::take() {
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    if (trace == m_trace) {
        update();  // what it lacks may be another thing by now
        return false;
    }
    m_trace = trace;
    m_drawing = nullptr;
    m_pointed = std::nullopt;
    if (m_trace && !m_trace->beam.steps.empty())
        m_drawing = std::make_shared<const BeamDrawing>(
            BeamDrawing{m_trace->beam, leavesOf(m_trace->beam, snapshot()->codes.get())});
    return true;
}

void BeamView::place() {
    const QRectF area(0, 0, width(), height() - kFoot);
    m_layout = hasPicture() ? layoutBeam(*m_drawing, area) : BeamLayout{};
}

std::vector<QPointF> BeamView::stops() const {
    std::vector<QPointF> places;
    for (const BeamBox& box : m_layout.boxes) places.push_back(box.box.center());
    return places;
}

QString BeamView::titleOf(ItemId item) const {
    return itemTitle(*snapshot(), item);
}

QString BeamView::headOf(std::size_t step) const {
    if (step == m_drawing->steps()) return tr("items");
    const bool extra = snapshot()->codes && snapshot()->codes->extra_digit;
    return extra && step + 1 == m_drawing->steps() ? tr("extra") : tr("code %1").arg(step + 1);
}

QString BeamView::itemWords(BeamPlace place) const {
    const QString title = titleOf(m_drawing->beam.found[place.index]);
    const auto nats = logProbabilityOf(*m_drawing, place);
    if (!nats) return tr("%1\nIts codes have changed since this request.").arg(title);
    return tr("%1, number %2 of what was generated\nProbability of its codes: %3, %4 nats.")
        .arg(title)
        .arg(place.index + 1)
        .arg(percentText(std::exp(*nats)), natsText(*nats));
}

QString BeamView::prefixWords(BeamPlace place) const {
    const BeamPrefix& prefix = m_drawing->beam.steps[place.step][place.index];
    const auto nats = static_cast<double>(prefix.log_probability);
    QString words = tr("Codes %1: probability %2, %3 nats.\n%4 items begin so; %5.")
                        .arg(codesText(prefix.codes), percentText(std::exp(nats)), natsText(nats),
                             countText(double(prefix.items)),
                             prefix.kept ? tr("kept in the beam") : tr("pruned"));
    if (isDrawn(m_drawing->beam))
        words += tr("\nBy chance it counted as %1 nats.").arg(natsText(double(prefix.score)));
    else if (prefix.score < prefix.log_probability)
        words += tr("\nDiversity took off %1 nats.")
                     .arg(natsText(nats - static_cast<double>(prefix.score)));
    return words;
}

QString BeamView::pastWords() const {
    QStringList words = {tr("What the decoder read, newest first:")};
    for (const ItemId item : std::views::reverse(m_drawing->beam.past)) words << titleOf(item);
    return words.join(QLatin1Char('\n'));
}

QString BeamView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    if (const auto place = beamPlaceAt(m_layout, position))
        return isItem(*place) ? itemWords(*place) : prefixWords(*place);
    for (const BeamRest& rest : m_layout.rests) {
        if (!rest.box.contains(position)) continue;
        const QString count = countText(double(rest.count));
        if (rest.step == m_drawing->steps()) return tr("%1 more items came out.").arg(count);
        return rest.kept ? tr("%1 more prefixes were kept.").arg(count)
                         : tr("%1 more prefixes were looked at and pruned.").arg(count);
    }
    const QPointF away = m_layout.past - position;
    return std::hypot(away.x(), away.y()) < kPastReach ? pastWords() : QString();
}

// To what is pointed at, else to the selected item; empty: everything is meant alike.
std::vector<BeamPlace> BeamView::meantPath() const {
    if (m_pointed) return beamPath(*m_drawing, *m_pointed);
    const auto& found = m_drawing->beam.found;
    const auto selected = std::ranges::find(found, selection().item());
    if (selected == found.end()) return {};
    return beamPath(*m_drawing,
                    {m_drawing->steps(), static_cast<std::size_t>(selected - found.begin())});
}

PictureView::Lack BeamView::lack() const {
    const bool answers = snapshot() && snapshot()->generative.ready;
    if (snapshot() && snapshot()->generative.version_skew)
        return {
            tr("The decoder speaks of older codes than the items have, so nobody asks it. Its "
               "next training mends that.")};
    if (answers && m_trace)
        return {
            tr("The decoder was not asked for this request. Raise Generative weight under "
               "Retrieval, or select somebody it answered.")};
    if (snapshot() && snapshot()->generative.wanted)
        return {tr("How the decoder spells its items stands here after its first training.")};
    return {
        tr("How a decoder spells items code by code stands here once one serves: raise "
           "Generative weight under Retrieval, or set Feed under Generative to generative.")};
}

void BeamView::paint(QPainter& painter) const {
    const std::vector<BeamPlace> path = meantPath();
    const auto isMeant = [&](BeamPlace place) {
        return path.empty() || std::ranges::find(path, place) != path.end();
    };
    paintHeads(painter);
    paintLinks(painter, path);
    for (const BeamBox& box : m_layout.boxes) paintBox(painter, box, isMeant(box.place));
    painter.setFont(cascadelab::font(Type::tiny));
    for (const BeamRest& rest : m_layout.rests) {
        const QString count = countText(double(rest.count));
        const QString words = rest.kept ? tr("+ %1 kept").arg(count) : tr("+ %1 pruned").arg(count);
        const bool fits = rest.box.width() >= kWordRoom;
        lineText(painter, rest.box, Qt::AlignVCenter, fits ? words : tr("+ %1").arg(count),
                 theme().dim);
    }
    lineText(painter, {0, height() - kFoot + 2, double(width()), kFoot - 2}, Qt::AlignVCenter,
             footText(), theme().dim);
}

QString BeamView::footText() const {
    const QString words = tr("log-probability, nats · fill: of the likeliest · dashed: pruned");
    if (!isDrawn(m_drawing->beam)) return words;
    const QString all = words + tr(" · beams drawn by chance, not the likeliest");
    return fittingText(cascadelab::font(Type::tiny), width(), {all, words});
}

void BeamView::paintHeads(QPainter& painter) const {
    for (const BeamHead& head : m_layout.heads) {
        QRectF line = head.box;
        line.setHeight(13);
        const bool isItems = head.step == m_drawing->steps();
        painter.setFont(cascadelab::font(Type::small, true));
        lineText(painter, line, Qt::AlignVCenter, headOf(head.step), theme().text);
        painter.setFont(cascadelab::font(Type::tiny));
        const QString kept = countText(double(head.kept));
        lineText(painter, line.translated(0, 13), Qt::AlignVCenter,
                 isItems ? (isDrawn(m_drawing->beam) ? tr("%1, in the order drawn")
                                                     : tr("%1, likeliest first"))
                               .arg(kept)
                         : tr("%1 of %2").arg(kept, countText(double(head.kept + head.pruned))),
                 theme().dim);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().dim);
    painter.drawEllipse(m_layout.past, 3.5, 3.5);
}

void BeamView::paintLinks(QPainter& painter, const std::vector<BeamPlace>& path) const {
    painter.setBrush(Qt::NoBrush);
    // The meant path lies on top.
    for (const bool onTop : {false, true}) {
        for (const BeamLink& link : m_layout.links) {
            const bool meant = std::ranges::find(path, link.to) != path.end();
            if (meant != onTop) continue;
            QPen pen(meant       ? theme().accent
                     : link.kept ? theme().dim
                                 : theme().faint,
                     meant ? 2 : 1, link.kept ? Qt::SolidLine : Qt::DashLine);
            painter.setPen(pen);
            painter.setOpacity(meant ? 1 : path.empty() && link.kept ? 0.6 : kRest);
            const double middle = (link.from.x() + link.end.x()) / 2;
            QPainterPath curve(link.from);
            curve.cubicTo({middle, link.from.y()}, {middle, link.end.y()}, link.end);
            painter.drawPath(curve);
        }
    }
    painter.setOpacity(1);
}

void BeamView::paintBox(QPainter& painter, const BeamBox& box, bool meant) const {
    painter.setOpacity(meant ? 1 : kRest);
    painter.setPen(Qt::NoPen);
    painter.setBrush(box.kept ? theme().track : theme().panel);
    painter.drawRoundedRect(box.box, 3, 3);
    if (box.kept && box.share > 0) {
        QRectF fill = box.box;
        fill.setWidth(std::max(3.0, fill.width() * std::min(1.0, box.share)));
        painter.setBrush(mixed(theme().panel, theme().accent, theme().isDark ? 0.45 : 0.4));
        painter.drawRoundedRect(fill, 3, 3);
    }
    if (!box.kept) {
        painter.setPen(QPen(theme().track, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
    painter.setFont(cascadelab::font(Type::tiny));
    const QColor ink = box.kept ? theme().text : theme().dim;
    QRectF words = box.box.adjusted(4, 0, -4, 0);
    const auto nats = logProbabilityOf(*m_drawing, box.place);
    if (nats && box.box.width() >= (isItem(box.place) ? kTitleRoom : kValueRoom)) {
        const QString value = natsText(*nats);
        lineText(painter, words, Qt::AlignVCenter | Qt::AlignRight, value, ink);
        words.setRight(words.right() - std::min(kMostPrefix, textWidth(painter.font(), value)) - 4);
    }
    QString name;
    if (isItem(box.place))
        name = titleOf(m_drawing->beam.found[box.place.index]);
    else
        name = QString::number(m_drawing->beam.steps[box.place.step][box.place.index].codes.back());
    const bool chosen =
        isItem(box.place) && selection().isItem(m_drawing->beam.found[box.place.index]);
    if (chosen) painter.setFont(cascadelab::font(Type::tiny, true));
    lineText(painter, words, Qt::AlignVCenter, name, ink);
    painter.setOpacity(1);
}

void BeamView::pointAt(std::optional<QPointF> position) {
    const auto place = position ? beamPlaceAt(m_layout, *position) : std::nullopt;
    if (place == m_pointed) return;
    m_pointed = place;
    update();
}

void BeamView::chooseAt(QPointF position) {
    const auto place = beamPlaceAt(m_layout, position);
    if (place && isItem(*place)) selection().selectItem(m_drawing->beam.found[place->index]);
}

PictureView::Twin BeamView::twin() const {
    std::vector<BeamPlace> rows;
    for (std::size_t step = 0; step < m_drawing->steps(); ++step)
        for (std::size_t i = 0; i < m_drawing->beam.steps[step].size(); ++i)
            rows.push_back({step, i});
    const auto cell = [drawing = m_drawing, rows](int row, int column) -> QVariant {
        const BeamPlace place = rows[static_cast<std::size_t>(row)];
        const BeamPrefix& prefix = drawing->beam.steps[place.step][place.index];
        switch (column) {
            case 0:
                return static_cast<qulonglong>(place.step + 1);
            case 1:
                return codesText(prefix.codes);
            case 2:
                return static_cast<double>(prefix.log_probability);
            case 3:
                return static_cast<double>(prefix.score);
            case 4:
                return prefix.kept ? tr("kept") : tr("pruned");
            default:
                return prefix.items;
        }
    };
    return {{tr("Digit"), tr("Codes"), tr("Log-probability, nats"), tr("Score, nats"),
             tr("Kept or pruned"), tr("Items")},
            static_cast<int>(rows.size()),
            cell};
}

}  // namespace cascadelab
