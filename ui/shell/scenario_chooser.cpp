#include "ui/shell/scenario_chooser.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QLabel* label(const QString& text, const char* role) {
    auto* result = new QLabel(text);
    result->setTextFormat(Qt::PlainText);
    result->setProperty("role", role);
    result->setWordWrap(true);
    return result;
}

}  // namespace

ScenarioChooser::ScenarioChooser(const std::vector<ScenarioEntry>& entries,
                                 const QStringList& recent, const std::vector<KeptRun>& runs,
                                 QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Scenarios"));
    resize(640, 560);
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(12);
    for (const ScenarioEntry& entry : entries) column->addWidget(buildEntry(entry));
    if (entries.empty()) {
        column->addWidget(label(tr("No scenario was found beside the program. "
                                   "Open a file of your own below."),
                                "dim"));
    }
    const auto isListed = [&](const QString& path) {
        return std::ranges::find(entries, path, &ScenarioEntry::path) != entries.end();
    };
    QStringList own;
    for (const QString& path : recent) {
        if (!isListed(path) && QFileInfo::exists(path)) own << path;
    }
    if (!own.isEmpty()) column->addWidget(label(tr("Recent files"), "heading"));
    for (const QString& path : own) {
        auto* button = new QPushButton(QFileInfo(path).fileName());
        button->setToolTip(path);
        connect(button, &QPushButton::clicked, this, [this, path] { choose(path); });
        column->addWidget(button, 0, Qt::AlignLeft);
    }
    if (!runs.empty()) column->addWidget(label(tr("Runs that were kept"), "heading"));
    for (const KeptRun& run : runs) column->addWidget(buildRun(run));
    column->addStretch();
    auto* area = new QScrollArea;
    area->setWidget(list);
    area->setWidgetResizable(true);
    area->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);

    auto* browseButton = new QPushButton(tr("Open a file…"));
    auto* close = new QPushButton(tr("Close"));
    auto* line = new QHBoxLayout;
    line->addWidget(browseButton);
    line->addStretch();
    line->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("Scenarios"), "title"));
    layout->addWidget(area, 1);
    layout->addLayout(line);
    connect(browseButton, &QPushButton::clicked, this, &ScenarioChooser::browse);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

QWidget* ScenarioChooser::buildEntry(const ScenarioEntry& entry) {
    auto* frame = new QFrame;
    frame->setProperty("role", "entry");
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(5);
    auto* head = new QHBoxLayout;
    head->addWidget(label(entry.title, "heading"), 1);
    auto* open = new QPushButton(tr("Open"));
    open->setAccessibleName(tr("Open %1").arg(entry.title));
    head->addWidget(open);
    layout->addLayout(head);
    if (!entry.why.isEmpty()) layout->addWidget(label(entry.why, "dim"));
    for (const QString& look : entry.lookFor) {
        layout->addWidget(label(tr("Look for: %1").arg(look), "small"));
    }
    connect(open, &QPushButton::clicked, this, [this, path = entry.path] { choose(path); });
    return frame;
}

QWidget* ScenarioChooser::buildRun(const KeptRun& run) {
    const QString path = toText(run.path);
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(14, 0, 14, 0);
    auto* name = label(QFileInfo(path).completeBaseName(), "dim");
    name->setToolTip(path);
    layout->addWidget(name, 1);
    layout->addWidget(
        label(tr("%1, %2 ticks, %3")
                  .arg(toText(run.title), countText(static_cast<double>(run.ticks)),
                       QLocale::c().formattedDataSize(static_cast<qint64>(run.bytes), 0)),
              "small"),
        1);
    auto* open = new QPushButton(tr("Open"));
    open->setAccessibleName(tr("Open %1").arg(QFileInfo(path).completeBaseName()));
    connect(open, &QPushButton::clicked, this, [this, path] { choose(path); });
    layout->addWidget(open);
    return line;
}

void ScenarioChooser::choose(const QString& path) {
    m_path = path;
    accept();
}

void ScenarioChooser::browse() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a scenario or a run"), {},
                                     tr("Scenarios and runs (*.cascade.json *.json *.cascade)"));
    if (!path.isEmpty()) choose(path);
}

}  // namespace cascadelab
