#include "ui/view/table_window.h"

#include <QAbstractItemModel>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/view/csv.h"

namespace cascadelab {

TableWindow::TableWindow(const QString& title, QAbstractItemModel& model, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("%1: data").arg(title));
    resize(760, 480);
    auto* table = new QTableView;
    table->setModel(&model);
    table->setAccessibleName(windowTitle());
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    auto* save = new QPushButton(tr("Export CSV"));
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    auto* line = new QHBoxLayout;
    line->addStretch();
    line->addWidget(save);
    line->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table, 1);
    layout->addLayout(line);
    // As wide as the words in the style they will have, not in the one before the first show.
    table->ensurePolished();
    table->horizontalHeader()->ensurePolished();
    table->resizeColumnsToContents();
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(save, &QPushButton::clicked, this, [this, title, &model] {
        const QString sentence = exportCsv(model, title.toLower() + ".csv", this);
        if (!sentence.isEmpty()) emit problem(sentence);
    });
}

}  // namespace cascadelab
