#include "ui/shell/key_sheet.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace cascadelab {
namespace {

struct Key {
    const char *keys, *does;
};
constexpr Key kKeys[] = {
    {QT_TR_NOOP("Space"), QT_TR_NOOP("Play or pause")},
    {QT_TR_NOOP("Right"), QT_TR_NOOP("One tick")},
    {QT_TR_NOOP("Left"), QT_TR_NOOP("Back to the last keyframe")},
    {QT_TR_NOOP("Backspace"), QT_TR_NOOP("Restart with the same seed")},
    {QT_TR_NOOP("End"), QT_TR_NOOP("Run to the end of the scenario")},
    {QT_TR_NOOP("1  2  3  4"), QT_TR_NOOP("Speed: step, live, fast, express")},
    {QT_TR_NOOP("Esc"), QT_TR_NOOP("Clear the selection, or back to four views")},
    {QT_TR_NOOP("Double click"), QT_TR_NOOP("On a view's title: grow it; on a parameter: default")},
    {QT_TR_NOOP("Ctrl+F"), QT_TR_NOOP("Search parameters")},
    {QT_TR_NOOP("Ctrl+Z  Ctrl+Shift+Z"), QT_TR_NOOP("Undo and redo a parameter edit")},
    {QT_TR_NOOP("Ctrl+O"), QT_TR_NOOP("Scenarios")},
    {QT_TR_NOOP("Ctrl+T"), QT_TR_NOOP("Dark or light theme")},
    {QT_TR_NOOP("F5  F6  F7"), QT_TR_NOOP("Show or hide parameters, inspector, timeline")},
    {QT_TR_NOOP("F1"), QT_TR_NOOP("This sheet")},
};

}  // namespace

KeySheet::KeySheet(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(24, 20, 24, 18);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(8);
    int row = 0;
    for (const Key& key : kKeys) {
        auto* keys = new QLabel(tr(key.keys));
        keys->setProperty("role", "heading");
        grid->addWidget(keys, row, 0);
        grid->addWidget(new QLabel(tr(key.does)), row++, 1);
    }
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    grid->addWidget(close, row, 1, Qt::AlignRight);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

}  // namespace cascadelab
