#include "ui/views/codes/codes_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/widgets/segmented.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kHead = 14, kFoot = 16, kGap = 6;
constexpr double kRest = 0.25;      // opacity of what is not selected
constexpr double kTangled = 0.5;    // hatched from here: most items share their codes
constexpr double kLeastHatch = 7;   // px; smaller areas are not hatched
constexpr double kScaleWidth = 80;  // of the colour scale
constexpr int kTitles = 4;          // named in a sentence

// The darkest end of the scale would vanish on a dark card.
QColor amountColour(double amount) {
    return cividis(0.2 + 0.8 * amount);
}

// A prefix as words: "17 · 4".
QString codesText(const ItemCodes& codes, const CodeTree& tree, CodeTree::Node node, int digits) {
    const auto path = codes.path(tree.items(node).front());
    QStringList words;
    for (int d = 0; d < digits; ++d) words << QString::number(path[static_cast<std::size_t>(d)]);
    return words.join(QStringLiteral(" · "));
}

}  // namespace

CodesView::CodesView(Selection& selection, QWidget* parent)
    : PictureView(selection, tr("Codes of every level, dead ones included, and the tree of items."),
                  parent),
      m_switch(new Segmented(
          tr("Area"),
          {{tr("Items"), tr("Areas are as large as the items that have a prefix")},
           {tr("Exposure"), tr("Areas are as large as the impressions of the last 24 hours")}},
          this)) {
    m_switch->setCurrent(0);
    m_switch->hide();
    connect(m_switch, &Segmented::chosen, this,
            [this](int index) { setSize(static_cast<Size>(index)); });
}

QString CodesView::subtitle() const {
    if (!hasPicture()) return {};
    QStringList sizes;
    for (const auto& uses : m_picture->uses) sizes << countText(double(uses.size()));
    return tr("%1 items · %2 codes · codebook of %3")
        .arg(countText(double(m_codes->items())), sizes.join(QStringLiteral(" × ")),
             dayText(m_status.built_s));
}

QString CodesView::tag() const {
    return hasPicture() && m_status.version_skew ? tr("decoder of older codes") : QString();
}

void CodesView::setSize(Size size) {
    m_size = size;
    m_switch->setCurrent(static_cast<int>(size));
    arrange();
}

bool CodesView::take() {
    const auto codes = snapshot() ? snapshot()->codes : nullptr;
    const bool hasExposure = snapshot() && snapshot()->exposure && !snapshot()->exposure->empty();
    const auto impressions = hasExposure ? snapshot()->exposure->back().impressions : nullptr;
    const GenerativeStatus status = snapshot() ? snapshot()->generative : GenerativeStatus{};
    const bool isSame = codes == m_codes && impressions == m_impressions &&
                        status.version_skew == m_status.version_skew &&
                        status.built_s == m_status.built_s;
    m_cards = snapshot() ? snapshot()->cards : nullptr;
    m_status = status;
    if (isSame) return false;
    if (codes != m_codes) {
        m_codes = codes;
        m_picture = nullptr;
        if (hasPicture())
            m_picture = std::make_shared<const CodePicture>(
                pictureOf({codes->alphabet, codes->extra_digit, codes->digits, codes->version}));
    }
    m_impressions = impressions;
    weigh();
    return true;
}

void CodesView::weigh() {
    m_shown.clear();
    if (!hasPicture()) return;
    std::vector<double> ofItem(m_codes->items());
    if (m_impressions)
        std::copy_n(m_impressions->begin(), std::min(ofItem.size(), m_impressions->size()),
                    ofItem.begin());
    m_shown = sumsByNode(m_picture->tree, ofItem);
}

void CodesView::place() {
    m_layout = {};
    m_switch->setVisible(hasPicture());
    if (!hasPicture()) return;
    m_switch->adjustSize();
    const double strips = codeStripsHeight(*m_picture);
    layoutCodeStrips(*m_picture, QRectF(0, kHead, width(), strips), m_layout);
    const double top = kHead + strips + kGap;
    m_switch->move(width() - m_switch->width(), static_cast<int>(top));
    m_words = {0, top, std::max(0.0, double(width() - m_switch->width() - 8)),
               double(m_switch->height())};
    m_key = {0, height() - kFoot + 2, double(width()), kFoot - 2};
    m_map = QRectF(QPointF(0, m_words.bottom() + kGap), QPointF(width(), m_key.top() - 4));
    m_sums = m_shown;
    if (m_size == Size::items)
        for (CodeTree::Node node = 0; node < m_sums.size(); ++node)
            m_sums[node] = static_cast<double>(m_picture->tree.item_count(node));
    layoutCodeAreas(*m_picture, m_sums, m_map, m_layout);
}

// The areas that have a name, then the codes of every level.
std::vector<QPointF> CodesView::stops() const {
    std::vector<QPointF> places;
    for (const CodeArea& area : m_layout.areas)
        if (area.whole && !area.name.isNull()) places.push_back(area.box.center());
    for (const CodeStripCell& cell : m_layout.codes) places.push_back(cell.box.center());
    return places;
}

QString CodesView::areaWords(const CodeArea& area) const {
    const auto items = m_picture->tree.items(area.node);
    QString words = tr("Codes %1: %2 items, %3 impressions in the last 24 h.\n%4 of the items "
                       "share all their codes with another.")
                        .arg(codesText(*m_codes, m_picture->tree, area.node, area.digits),
                             countText(double(items.size())), countText(m_shown[area.node]),
                             percentText(m_picture->tangled[area.node]));
    for (std::size_t i = 0; m_cards && i < std::min<std::size_t>(items.size(), kTitles); ++i)
        if (items[i].index() < m_cards->items.size())
            words += QLatin1Char('\n') + toText(m_cards->items[items[i].index()].title);
    if (items.size() > kTitles)
        words += tr("\nand %1 more").arg(countText(double(items.size() - kTitles)));
    return words;
}

QString CodesView::cellWords(const CodeStripCell& cell) const {
    const auto uses = m_picture->uses[static_cast<std::size_t>(cell.level)][cell.code];
    const QString name = tr("Level %1, code %2").arg(cell.level + 1).arg(cell.code);
    if (uses == 0) return tr("%1 is dead: no item has it.").arg(name);
    return tr("%1: %2 items, %3 of all.")
        .arg(name, countText(double(uses)), percentText(double(uses) / double(m_codes->items())));
}

QString CodesView::wordsAt(QPointF position) const {
    if (const auto cell = codeStripCellAt(m_layout, position)) return cellWords(*cell);
    if (const auto area = codeAreaAt(m_layout, position)) return areaWords(*area);
    return {};
}

bool CodesView::holdsSelected(const CodeArea& area) const {
    const ItemId item = selection().item();
    if (!item.valid() || item.index() >= m_codes->items()) return false;
    const auto own = m_codes->path(item);
    const auto path = m_codes->path(m_picture->tree.items(area.node).front());
    return std::equal(own.begin(), own.begin() + area.digits, path.begin());
}

PictureView::Lack CodesView::lack() const {
    return {
        tr("Items get their codes once something asks for them: raise Generative "
           "weight under Retrieval, or set Feed under Generative to generative, "
           "and wait for the next training.")};
}

void CodesView::paint(QPainter& painter) const {
    paintStrips(painter);
    paintKey(painter);
    if (m_sums[CodeTree::kRoot] > 0) return paintAreas(painter);
    emptyText(painter, m_map, tr("Nothing was shown in the last 24 hours."), theme());
}

void CodesView::paintStrips(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, {0, 0, double(width()), kHead - 2}, Qt::AlignVCenter,
             fittingText(painter.font(), width(),
                         {tr("every code of a level: brighter with more items, an empty cell is "
                             "dead"),
                          tr("codes of a level: brighter with more items, empty: dead"),
                          tr("brighter: more items, empty: dead")}),
             theme().dim);
    for (std::size_t level = 0; level < m_layout.strips.size(); ++level) {
        const CodeStrip& strip = m_layout.strips[level];
        const auto dead = std::ranges::count(m_picture->uses[level], std::size_t{0});
        lineText(painter, strip.name, Qt::AlignVCenter, tr("level %1").arg(level + 1), theme().dim);
        lineText(painter, strip.words, Qt::AlignVCenter,
                 dead > 0 ? tr("%1 dead").arg(dead) : tr("none dead"),
                 dead > 0 ? theme().badText : theme().dim);
    }
    const ItemId item = selection().item();
    const bool chosen = item.valid() && item.index() < m_codes->items();
    for (const CodeStripCell& cell : m_layout.codes) {
        const double gap = cell.box.width() >= 4 ? 0.5 : 0;
        const QRectF box = cell.box.adjusted(gap, 0, -gap, 0);
        if (cell.amount > 0) {
            painter.fillRect(box, amountColour(cell.amount));
        } else {
            painter.setPen(QPen(theme().bad, 1));
            painter.setBrush(Qt::NoBrush);
            if (box.width() >= 3) painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        if (chosen && m_codes->path(item)[static_cast<std::size_t>(cell.level)] == cell.code) {
            painter.setPen(QPen(theme().text, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5));
        }
    }
}

void CodesView::paintAreas(QPainter& painter) const {
    const bool chosen = selection().item().valid() && selection().item().index() < m_codes->items();
    painter.setFont(cascadelab::font(Type::tiny));
    for (const CodeArea& area : m_layout.areas) {
        const bool meant = !chosen || holdsSelected(area);
        painter.setOpacity(meant ? 1 : kRest);
        if (area.whole) {
            const QColor fill = amountColour(m_picture->tangled[area.node]);
            const double gap = std::min(area.box.width(), area.box.height()) > 3 ? 0.5 : 0;
            const QRectF box = area.box.adjusted(gap, gap, -gap, -gap);
            painter.fillRect(box, fill);
            if (m_picture->tangled[area.node] >= kTangled &&
                std::min(box.width(), box.height()) >= kLeastHatch) {
                QColor hatch = inkOn(fill);
                hatch.setAlphaF(0.45f);
                painter.fillRect(box, QBrush(hatch, Qt::BDiagPattern));
            }
        } else if (area.digits == 1) {
            painter.setPen(QPen(theme().border, 1));
            painter.setBrush(theme().raised);
            painter.drawRect(area.box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        if (!area.name.isNull()) {
            const bool isFilled = area.whole;
            lineText(painter, area.name, Qt::AlignVCenter,
                     codesText(*m_codes, m_picture->tree, area.node, 1),
                     isFilled ? inkOn(amountColour(m_picture->tangled[area.node])) : theme().text);
        }
        if (chosen && meant && area.whole) {
            painter.setPen(QPen(theme().text, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(area.box);
        }
    }
    painter.setOpacity(1);
}

void CodesView::paintKey(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QString sized =
        m_size == Size::items ? tr("area: items") : tr("area: impressions of the last 24 h");
    lineText(
        painter, m_words, Qt::AlignVCenter,
        fittingText(painter.font(), m_words.width(),
                    {tr("%1 · numbers: first code").arg(sized), sized, tr("area: impressions")}),
        theme().dim);
    const QString low = percentText(0), high = percentText(1);
    double x = 0;
    const auto word = [&](const QString& text) {
        const double wide = std::min(textWidth(painter.font(), text), width() - x);
        lineText(painter, {x, m_key.top(), wide, m_key.height()}, Qt::AlignVCenter, text,
                 theme().dim);
        x += wide + 5;
    };
    word(low);
    QLinearGradient scale(QPointF(x, 0), QPointF(x + kScaleWidth, 0));
    for (int k = 0; k <= 8; ++k) scale.setColorAt(k / 8.0, amountColour(k / 8.0));
    painter.fillRect(QRectF(x, m_key.center().y() - 4, kScaleWidth, 8), scale);
    QColor hatch = inkOn(amountColour(1));
    hatch.setAlphaF(0.45f);
    painter.fillRect(
        QRectF(x + kScaleWidth * kTangled, m_key.center().y() - 4, kScaleWidth * (1 - kTangled), 8),
        QBrush(hatch, Qt::BDiagPattern));
    x += kScaleWidth + 5;
    word(high);
    word(fittingText(painter.font(), width() - x,
                     {tr("of items share their codes with another"),
                      tr("of items share their codes"), tr("share codes")}));
}

// The items of a prefix one after the other.
void CodesView::chooseAt(QPointF position) {
    const auto area = codeAreaAt(m_layout, position);
    if (!area) return;
    const auto items = m_picture->tree.items(area->node);
    const auto now = std::ranges::find(items, selection().item());
    const bool isLast = now == items.end() || now + 1 == items.end();
    selection().selectItem(isLast ? items.front() : now[1]);
}

PictureView::Twin CodesView::twin() const {
    const int levels = static_cast<int>(m_picture->uses.size());
    std::vector<int> digits(m_picture->tree.nodes());
    for (int d = 1; d <= levels; ++d)
        std::fill(digits.begin() + m_picture->tree.level_begin(d),
                  digits.begin() + m_picture->tree.level_begin(d + 1), d);
    const auto cell = [codes = m_codes, picture = m_picture, shown = m_shown, digits](
                          int row, int column) -> QVariant {
        const auto node = static_cast<CodeTree::Node>(row + 1);
        switch (column) {
            case 0:
                return codesText(*codes, picture->tree, node, digits[node]);
            case 1:
                return digits[node];
            case 2:
                return static_cast<qulonglong>(picture->tree.item_count(node));
            case 3:
                return shown[node];
            default:
                return picture->tangled[node];
        }
    };
    return {{tr("Codes"), tr("Level"), tr("Items"), tr("Impressions, last 24 h"),
             tr("Sharing their codes with another, share")},
            static_cast<int>(m_picture->tree.level_begin(levels + 1)) - 1,
            cell};
}

}  // namespace cascadelab
