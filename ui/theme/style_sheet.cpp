// The one style sheet of the window, made from a theme's roles.
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

namespace cascadelab {
namespace {

// Roles stand as @name in the sheet; longer names first, so that @text never eats @textDim.
constexpr const char* kSheet = R"(
QMainWindow, QDialog { background: @window; color: @text; }
QDockWidget { color: @text; border: 1px solid @border; font-size: 13px; font-weight: 600;
  titlebar-close-icon: url(:/icons/@close); titlebar-normal-icon: url(:/icons/@dock); }
QDockWidget::title { background: @raised; border: 1px solid @border; padding: 8px 14px; }
QMainWindow::separator { background: @window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: @track; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 6px 8px;
  font-size: 11px; }
QLabel { color: @text; background: transparent; }
QLabel[role="dim"] { color: @dim; }
QLabel[role="small"] { color: @dim; font-size: 11px; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="heading"] { font-size: 13px; font-weight: 600; }
QLabel[role="warn"] { color: @warnText; font-size: 11px; }

QPushButton, QToolButton[role="button"] { background: @raised; color: @text;
  border: 1px solid @border; border-radius: 6px; padding: 5px 12px; font-weight: 500; }
QPushButton:hover, QToolButton[role="button"]:hover { border-color: @faint; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: @track; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent;
  color: @accentText; padding: 2px 0; font-size: 11px; }
QPushButton[role="link"]:focus { border-color: @accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; color: @text; }
QToolButton:hover { background: @raised; }
QToolButton::menu-indicator { image: none; }

QFrame[role="segments"] { background: @raised; border: 1px solid @border; border-radius: 7px; }
QToolButton[role="segment"] { color: @dim; border: 1px solid transparent; border-radius: 5px;
  padding: 3px 9px; font-size: 12px; }
QToolButton[role="segment"]:hover { color: @text; }
QToolButton[role="segment"]:checked { background: @track; color: @text; font-weight: 600; }
QToolButton[role="segment"]:focus { border-color: @accent; }
QToolButton[role="transport"] { background: @raised; border: 1px solid @border; }
QToolButton[role="transport"]:hover { border-color: @faint; }
QToolButton[role="transport"]:focus { border-color: @accent; }
QToolButton[role="transport"]:pressed { background: @track; }
QToolButton[role="play"] { background: @accent; border: 1px solid @accent; }
QToolButton[role="play"]:focus { border-color: @text; }

QFrame[role="entry"] { background: @panel; border: 1px solid @border; border-radius: 8px; }
QFrame[role="bar"] { background: @raised; border-top: 1px solid @border; }

QLineEdit { background: @raised; color: @text; border: 1px solid @border; border-radius: 6px;
  padding: 5px 9px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus { border-color: @accent; }
QLineEdit[role="value"] { background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 0 0 0 1px; }
QLineEdit[role="value"]:hover { border-color: @border; }
QLineEdit[role="value"]:focus { border-color: @accent; background: @raised; }
QLineEdit[changed="true"] { font-weight: 600; }
QComboBox { background: @raised; color: @text; border: 1px solid @border; border-radius: 5px;
  padding: 2px 8px; font-size: 12px; }
QComboBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 16px; }
QComboBox::down-arrow { image: url(:/icons/@chevron); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @border;
  selection-background-color: @raised; selection-color: @text; outline: none; }
QCheckBox { color: @text; spacing: 6px; }

QMenu { background: @panel; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @raised; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::indicator { width: 12px; height: 12px; left: 4px; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: @track; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 24px; margin: 0 1px; }
QScrollBar::handle:horizontal { min-width: 24px; margin: 1px 0; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView, QListView { background: @panel; color: @text; border: none; outline: none;
  gridline-color: @grid; alternate-background-color: @panel; font-size: 11px;
  selection-background-color: @raised; selection-color: @text; }
QTableView::item { padding: 0 3px; border-bottom: 1px solid @grid; }
QTableView::item:selected, QListView::item:selected { background: @raised; color: @text; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @dim; border: none;
  border-bottom: 1px solid @border; padding: 4px 6px; font-size: 11px; font-weight: 600; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: top center;
  width: 8px; height: 8px; }
QHeaderView::up-arrow { image: url(:/icons/@up); }
QHeaderView::down-arrow { image: url(:/icons/@chevron); }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: @panel; border: none; }
QProgressBar { background: @track; border: none; border-radius: 3px; height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
)";

}  // namespace

QString Theme::styleSheet() const {
    loadIcons();
    const std::pair<const char*, QColor> roles[] = {{"@accentText", accentText},
                                                    {"@warnText", warnText},
                                                    {"@onAccent", onAccent},
                                                    {"@window", window},
                                                    {"@panel", panel},
                                                    {"@raised", raised},
                                                    {"@border", border},
                                                    {"@grid", grid},
                                                    {"@track", track},
                                                    {"@text", text},
                                                    {"@dim", dim},
                                                    {"@faint", faint},
                                                    {"@accent", accent}};
    QString sheet = QString::fromLatin1(kSheet);
    for (const auto& [role, color] : roles) sheet.replace(role, color.name());
    sheet.replace("@chevron", isDark ? "chevron-dark.svg" : "chevron-light.svg");
    sheet.replace("@up", isDark ? "up-dark.svg" : "up-light.svg");
    sheet.replace("@close", isDark ? "close-dark.svg" : "close-light.svg");
    sheet.replace("@dock", isDark ? "dock-dark.svg" : "dock-light.svg");
    return sheet;
}

}  // namespace cascadelab
