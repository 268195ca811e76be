// The look of the window in one value: every colour by its role, the type sizes, and the palette
// and style sheet made from them. Widgets that paint themselves read it; nothing else names a
// colour. Window's thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <array>
#include <span>

class QWidget;

namespace cascadelab {

// Type sizes in pixels. Capitals are the letter-spaced headings of groups.
enum class Type { title, heading, body, small, tiny, capitals };

struct Theme {
    bool isDark = true;

    // Surfaces and lines.
    QColor window, panel, raised;
    QColor border, grid, track;
    // Text; faint is for decoration only, never for words one must read.
    QColor text, dim, faint;
    // Meaning, for fills and lines.
    QColor accent, warn, bad, good;
    // The same meanings for words: at least 4.5:1 on every surface.
    QColor accentText, warnText, badText, goodText;
    QColor onAccent;  // words and icons on an accent fill
    // On generated artwork, the same in both themes: a sun's glow, the far hills, a plate for
    // words.
    QColor glow = QColor(255, 255, 255, 70), hills = QColor(10, 16, 28);
    QColor plate = QColor(10, 14, 20, 190), onPlate = Qt::white;
    // Okabe-Ito categories, tuned: topics, sources, series.
    std::array<QColor, 8> category;

    static Theme dark();
    static Theme light();

    std::array<QColor, 3> surfaces() const { return {window, panel, raised}; }
    QColor categoryColor(std::size_t index) const { return category[index % category.size()]; }
    QColor categoryText(std::size_t index) const;  // the category's colour, readable as words
    QPalette palette() const;
    QString styleSheet() const;
};

// The one family for all words: Inter when the system has it, else its sans.
QFont font(Type type, bool strong = false);

// Contrast ratio of two opaque colours, 1..21 (WCAG 2.1, relative luminance).
double contrast(const QColor& a, const QColor& b);
// Black or white, whichever reads better on a fill.
QColor inkOn(const QColor& fill);
// The colour nearest to `color` that reaches `ratio` on every surface, moved toward white or black.
QColor readable(const QColor& color, std::span<const QColor> surfaces, double ratio = 4.5);
// Amounts: cividis at 0..1 (Nunez, Anderton and Renslow 2018), readable with any colour vision.
QColor cividis(double amount);
// `a` moved by share 0..1 toward `b`.
QColor mixed(const QColor& a, const QColor& b, double share);

// Style, type and icons of the whole program; once, after the application object.
void prepareApplication();

// A widget that paints itself and therefore must be told.
class Themed {
  public:
    virtual ~Themed() = default;
    virtual void setTheme(const Theme& theme) = 0;
};
// Tells `root` and everything inside it, parents first.
void applyTheme(QWidget* root, const Theme& theme);

}  // namespace cascadelab
