#include "ui/views/codes/codes_view.h"

#include <QAction>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/view/selection.h"
#include "ui/widgets/segmented.h"
#include "ui/words/numbers.h"

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
QString codesText(const CodesView& codes, const CodeTree& tree, CodeTree::Node node, int digits) {
    const auto path = codes.path(tree.items(node).front());
    QStringList words;
    for (int d = 0; d < digits; ++d) words << QString::number(path[static_cast<std::size_t>(d)]);
    return words.join(QStringLiteral(" · "));
}

}  // namespace

CodeTreeView::CodeTreeView(Selection& selection, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_switch(new Segmented(
          tr("Area"),
          {{tr("Items"), tr("Areas are as large as the items that have a prefix")},
           {tr("Exposure"), tr("Areas are as large as the impressions of the last 24 hours")}},
          this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("codes"))),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Codes of every level, dead ones included, and the tree of items."));
    m_switch->setCurrent(0);
    m_switch->hide();
    connect(m_switch, &Segmented::chosen, this,
            [this](int index) { setSize(static_cast<Size>(index)); });
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
}

QString CodeTreeView::subtitle() const {
    if (!hasCodes()) return {};
    QStringList sizes;
    for (const auto& uses : m_picture->uses) sizes << countText(double(uses.size()));
    return tr("%1 items · %2 codes · codebook of day %3")
        .arg(countText(double(m_codes->items())), sizes.join(QStringLiteral(" × ")))
        .arg(day_of(m_status.built_s));
}

QString CodeTreeView::tag() const {
    return hasCodes() && m_status.version_skew ? tr("decoder of older codes") : QString();
}

void CodeTreeView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void CodeTreeView::setSize(Size size) {
    m_size = size;
    m_switch->setCurrent(static_cast<int>(size));
    relayout();
}

void CodeTreeView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto codes = snapshot ? snapshot->codes : nullptr;
    const bool hasExposure = snapshot && snapshot->exposure && !snapshot->exposure->empty();
    const auto impressions = hasExposure ? snapshot->exposure->back().impressions : nullptr;
    m_cards = snapshot ? snapshot->cards : nullptr;
    m_status = snapshot ? snapshot->generative : GenerativeStatus{};
    if (codes == m_codes && impressions == m_impressions) return emit headingChanged();
    if (codes != m_codes) {
        m_codes = codes;
        m_picture = nullptr;
        if (hasCodes())
            m_picture = std::make_shared<const CodePicture>(
                pictureOf({codes->alphabet, codes->extra_digit, codes->digits, codes->version}));
    }
    m_impressions = impressions;
    weigh();
    relayout();
    emit headingChanged();
}

void CodeTreeView::weigh() {
    m_shown.clear();
    if (!hasCodes()) return;
    std::vector<double> ofItem(m_codes->items());
    if (m_impressions)
        std::copy_n(m_impressions->begin(), std::min(ofItem.size(), m_impressions->size()),
                    ofItem.begin());
    m_shown = sumsByNode(m_picture->tree, ofItem);
}

void CodeTreeView::relayout() {
    m_layout = {};
    m_switch->setVisible(hasCodes());
    if (!hasCodes()) return update();
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
    update();
}

void CodeTreeView::resizeEvent(QResizeEvent*) {
    relayout();
}

QString CodeTreeView::areaWords(const CodeArea& area) const {
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

QString CodeTreeView::cellWords(const CodeStripCell& cell) const {
    const auto uses = m_picture->uses[static_cast<std::size_t>(cell.level)][cell.code];
    const QString name = tr("Level %1, code %2").arg(cell.level + 1).arg(cell.code);
    if (uses == 0) return tr("%1 is dead: no item has it.").arg(name);
    return tr("%1: %2 items, %3 of all.")
        .arg(name, countText(double(uses)), percentText(double(uses) / double(m_codes->items())));
}

QString CodeTreeView::wordsAt(QPointF position) const {
    if (const auto cell = codeStripCellAt(m_layout, position)) return cellWords(*cell);
    if (const auto area = codeAreaAt(m_layout, position)) return areaWords(*area);
    return {};
}

bool CodeTreeView::holdsSelected(const CodeArea& area) const {
    const ItemId item = m_selection.item();
    if (!item.valid() || item.index() >= m_codes->items()) return false;
    const auto own = m_codes->path(item);
    const auto path = m_codes->path(m_picture->tree.items(area.node).front());
    return std::equal(own.begin(), own.begin() + area.digits, path.begin());
}

void CodeTreeView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!hasCodes())
        return emptyText(painter, rect(),
                         tr("Items get their codes once something asks for them: raise Generative "
                            "weight under Retrieval, or set Feed under Generative to generative, "
                            "and wait for the next training."),
                         m_theme);
    paintStrips(painter);
    paintKey(painter);
    if (m_sums[CodeTree::kRoot] > 0) return paintAreas(painter);
    emptyText(painter, m_map, tr("Nothing was shown in the last 24 hours."), m_theme);
}

void CodeTreeView::paintStrips(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, {0, 0, double(width()), kHead - 2}, Qt::AlignVCenter,
             fittingText(painter.font(), width(),
                         {tr("every code of a level: brighter with more items, an empty cell is "
                             "dead"),
                          tr("codes of a level: brighter with more items, empty: dead"),
                          tr("brighter: more items, empty: dead")}),
             m_theme.dim);
    for (std::size_t level = 0; level < m_layout.strips.size(); ++level) {
        const CodeStrip& strip = m_layout.strips[level];
        const auto dead = std::ranges::count(m_picture->uses[level], std::size_t{0});
        lineText(painter, strip.name, Qt::AlignVCenter, tr("level %1").arg(level + 1), m_theme.dim);
        lineText(painter, strip.words, Qt::AlignVCenter,
                 dead > 0 ? tr("%1 dead").arg(dead) : tr("none dead"),
                 dead > 0 ? m_theme.badText : m_theme.dim);
    }
    const ItemId item = m_selection.item();
    const bool chosen = item.valid() && item.index() < m_codes->items();
    for (const CodeStripCell& cell : m_layout.codes) {
        const double gap = cell.box.width() >= 4 ? 0.5 : 0;
        const QRectF box = cell.box.adjusted(gap, 0, -gap, 0);
        if (cell.amount > 0) {
            painter.fillRect(box, amountColour(cell.amount));
        } else {
            painter.setPen(QPen(m_theme.bad, 1));
            painter.setBrush(Qt::NoBrush);
            if (box.width() >= 3) painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        if (chosen && m_codes->path(item)[static_cast<std::size_t>(cell.level)] == cell.code) {
            painter.setPen(QPen(m_theme.text, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5));
        }
    }
}

void CodeTreeView::paintAreas(QPainter& painter) const {
    const bool chosen = m_selection.item().valid() && m_selection.item().index() < m_codes->items();
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
            painter.setPen(QPen(m_theme.border, 1));
            painter.setBrush(m_theme.raised);
            painter.drawRect(area.box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        if (!area.name.isNull()) {
            const bool isFilled = area.whole;
            lineText(painter, area.name, Qt::AlignVCenter,
                     codesText(*m_codes, m_picture->tree, area.node, 1),
                     isFilled ? inkOn(amountColour(m_picture->tangled[area.node])) : m_theme.text);
        }
        if (chosen && meant && area.whole) {
            painter.setPen(QPen(m_theme.text, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(area.box);
        }
    }
    painter.setOpacity(1);
}

void CodeTreeView::paintKey(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QString sized =
        m_size == Size::items ? tr("area: items") : tr("area: impressions of the last 24 h");
    lineText(
        painter, m_words, Qt::AlignVCenter,
        fittingText(painter.font(), m_words.width(),
                    {tr("%1 · numbers: first code").arg(sized), sized, tr("area: impressions")}),
        m_theme.dim);
    const QString low = percentText(0), high = percentText(1);
    double x = 0;
    const auto word = [&](const QString& text) {
        const double wide = std::min(textWidth(painter.font(), text), width() - x);
        lineText(painter, {x, m_key.top(), wide, m_key.height()}, Qt::AlignVCenter, text,
                 m_theme.dim);
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

void CodeTreeView::mouseMoveEvent(QMouseEvent* event) {
    const QString words = wordsAt(event->position());
    if (words.isEmpty()) return QToolTip::hideText();
    QToolTip::showText(event->globalPosition().toPoint(), words, this);
}

// The items of a prefix one after the other.
void CodeTreeView::mousePressEvent(QMouseEvent* event) {
    const auto area = codeAreaAt(m_layout, event->position());
    if (!area) return;
    const auto items = m_picture->tree.items(area->node);
    const auto now = std::ranges::find(items, m_selection.item());
    const bool isLast = now == items.end() || now + 1 == items.end();
    m_selection.selectItem(isLast ? items.front() : now[1]);
}

QAbstractItemModel* CodeTreeView::table() {
    if (!hasCodes()) {
        m_table->setContent({}, 0, {});
        return m_table;
    }
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
    m_table->setContent({tr("Codes"), tr("Level"), tr("Items"), tr("Impressions, last 24 h"),
                         tr("Sharing their codes with another, share")},
                        static_cast<int>(m_picture->tree.level_begin(levels + 1)) - 1, cell);
    return m_table;
}

}  // namespace cascadelab
