#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLabel>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"

namespace cascadelab {
namespace {

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double worstContrast(const QColor& color, std::span<const QColor> surfaces) {
    double worst = 21;
    for (const QColor& surface : surfaces) worst = std::min(worst, contrast(color, surface));
    return worst;
}

void deriveWords(Theme& theme) {
    const auto surfaces = theme.surfaces();
    theme.accentText = readable(theme.accent, surfaces);
    theme.warnText = readable(theme.warn, surfaces);
    theme.badText = readable(theme.bad, surfaces);
    theme.goodText = readable(theme.good, surfaces);
}

}  // namespace

Theme Theme::dark() {
    Theme t;
    t.isDark = true;
    t.window = "#12151A", t.panel = "#191D24", t.raised = "#212731";
    t.border = "#2B323D", t.grid = "#232A34", t.track = "#323A47";
    t.text = "#E8EBF0", t.dim = "#98A3B3", t.faint = "#5D6878";
    t.accent = "#56B4E9", t.warn = "#E69F00", t.bad = "#F0655A", t.good = "#2BB38A";
    t.onAccent = "#0D1117";
    t.category = {QColor("#56B4E9"), QColor("#E69F00"), QColor("#2BB38A"), QColor("#CC79A7"),
                  QColor("#D55E00"), QColor("#F0E442"), QColor("#0072B2"), QColor("#9AA5B5")};
    deriveWords(t);
    return t;
}

Theme Theme::light() {
    Theme t;
    t.isDark = false;
    t.window = "#F3F5F8", t.panel = "#FFFFFF", t.raised = "#F0F2F6";
    t.border = "#DCE1E8", t.grid = "#E9EDF2", t.track = "#D5DBE3";
    t.text = "#1B1F26", t.dim = "#5A6575", t.faint = "#8E98A6";
    t.accent = "#0072B2", t.warn = "#B87A00", t.bad = "#C8402F", t.good = "#00805F";
    t.onAccent = "#FFFFFF";
    t.category = {QColor("#0072B2"), QColor("#D98E00"), QColor("#009E73"), QColor("#B85C93"),
                  QColor("#D55E00"), QColor("#A89A00"), QColor("#3D8FC6"), QColor("#7A8594")};
    deriveWords(t);
    return t;
}

QColor Theme::categoryText(std::size_t index) const {
    return readable(categoryColor(index), surfaces());
}

QPalette Theme::palette() const {
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, panel);
    p.setColor(QPalette::AlternateBase, raised);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, dim);
    p.setColor(QPalette::Button, raised);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, badText);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, accentText);
    p.setColor(QPalette::LinkVisited, accentText);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Light, raised);
    p.setColor(QPalette::Midlight, border);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, border);
    p.setColor(QPalette::Shadow, window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, faint);
    }
    return p;
}

QFont font(Type type, bool strong) {
    QFont f(QFontDatabase::hasFamily("Inter")
                ? QString("Inter")
                : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family());
    f.setStyleHint(QFont::SansSerif);
    f.setHintingPreference(QFont::PreferNoHinting);
    // Said outright, so that a painter does not take them over from its widget.
    f.setCapitalization(QFont::MixedCase);
    f.setLetterSpacing(QFont::PercentageSpacing, 100);
    switch (type) {
        case Type::title:
            f.setPixelSize(15);
            break;
        case Type::heading:
            f.setPixelSize(13);
            break;
        case Type::body:
            f.setPixelSize(12);
            break;
        case Type::small:
            f.setPixelSize(11);
            break;
        case Type::tiny:
            f.setPixelSize(10);
            break;
        case Type::capitals:
            f.setPixelSize(11);
            f.setCapitalization(QFont::AllUppercase);
            f.setLetterSpacing(QFont::PercentageSpacing, 108);
            strong = true;
            break;
    }
    f.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return f;
}

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor inkOn(const QColor& fill) {
    return contrast(fill, Qt::white) > contrast(fill, Qt::black) ? Qt::white : Qt::black;
}

QColor readable(const QColor& color, std::span<const QColor> surfaces, double ratio) {
    if (surfaces.empty()) return color;
    const QColor end = luminance(surfaces.front()) < 0.18 ? Qt::white : Qt::black;
    QColor best = color;
    for (int percent = 0; percent <= 100; percent += 2) {
        best = mixed(color, end, percent / 100.0);
        if (worstContrast(best, surfaces) >= ratio) break;
    }
    return best;
}

QColor cividis(double amount) {
    // Nine even stops of the published map; between them straight lines in sRGB.
    static constexpr std::array<std::array<int, 3>, 9> kStops = {{{0, 34, 78},
                                                                  {18, 53, 112},
                                                                  {59, 73, 108},
                                                                  {87, 93, 109},
                                                                  {112, 113, 115},
                                                                  {138, 134, 120},
                                                                  {165, 156, 116},
                                                                  {203, 186, 105},
                                                                  {254, 232, 56}}};
    const double at = std::clamp(amount, 0.0, 1.0) * (kStops.size() - 1);
    const std::size_t low = std::min(static_cast<std::size_t>(at), kStops.size() - 2);
    const auto color = [](const std::array<int, 3>& c) { return QColor(c[0], c[1], c[2]); };
    return mixed(color(kStops[low]), color(kStops[low + 1]), at - static_cast<double>(low));
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto between = [share](float x, float y) {
        return x + static_cast<float>(share) * (y - x);
    };
    return QColor::fromRgbF(between(a.redF(), b.redF()), between(a.greenF(), b.greenF()),
                            between(a.blueF(), b.blueF()), between(a.alphaF(), b.alphaF()));
}

namespace {

// The one door of words into labels and tips: they are shown as they stand. Titles and notes come
// from files, and a label that guesses would follow their markup into other files.
class PlainWords : public QObject {
  public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        // A tip is a label too; it is polished before it is given its words.
        if (event->type() != QEvent::Polish) return false;
        auto* label = qobject_cast<QLabel*>(watched);
        if (label && label->textFormat() == Qt::AutoText) label->setTextFormat(Qt::PlainText);
        return false;
    }
};

}  // namespace

void prepareApplication() {
    qApp->installEventFilter(new PlainWords(qApp));
    QApplication::setStyle("Fusion");
    QApplication::setFont(font(Type::body));
    loadIcons();
}

void applyTheme(QWidget* root, const Theme& theme) {
    if (auto* themed = dynamic_cast<Themed*>(root)) themed->setTheme(theme);
    for (QObject* child : root->children()) {
        if (auto* widget = qobject_cast<QWidget*>(child)) applyTheme(widget, theme);
    }
}

}  // namespace cascadelab
