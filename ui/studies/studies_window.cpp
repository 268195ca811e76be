#include "ui/studies/studies_window.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/plot/xy_chart.h"
#include "ui/studies/study_checks_model.h"
#include "ui/studies/study_worker.h"
#include "ui/view/csv.h"
#include "ui/view/table_window.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

// A sign as an icon, so that a long title wraps beside it.
QIcon signIcon(const QString& sign, const QColor& colour) {
    constexpr int kSize = 14;
    constexpr double kRatio = 2;
    QPixmap pixmap(QSize(kSize, kSize) * kRatio);
    pixmap.setDevicePixelRatio(kRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setFont(font(Type::body, true));
    painter.setPen(colour);
    painter.drawText(QRectF(0, 0, kSize, kSize), Qt::AlignCenter, sign);
    return QIcon(pixmap);
}

// The curves of a plot as rows, for its table twin.
QStandardItemModel* plotTable(const StudyPlot& plot) {
    auto* table = new QStandardItemModel(0, 4);
    table->setHorizontalHeaderLabels({StudiesWindow::tr("Curve"), StudiesWindow::tr("From"),
                                      toText(plot.x_label), toText(plot.y_label)});
    const auto add = [&](const StudyCurve& curve, const QString& from) {
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            auto* x = new QStandardItem;
            auto* y = new QStandardItem;
            x->setData(curve.x[i], Qt::DisplayRole);
            y->setData(curve.y[i], Qt::DisplayRole);
            table->appendRow(
                {new QStandardItem(toText(curve.name)), new QStandardItem(from), x, y});
        }
    };
    for (const StudyCurve& curve : plot.own) add(curve, StudiesWindow::tr("this program"));
    for (const StudyCurve& curve : plot.published) add(curve, StudiesWindow::tr("published"));
    return table;
}

QLabel* label(const char* role) {
    auto* result = new QLabel;
    result->setTextFormat(Qt::PlainText);
    result->setProperty("role", role);
    result->setWordWrap(true);
    return result;
}

}  // namespace

StudiesWindow::StudiesWindow(QWidget* parent)
    : QDialog(parent), m_worker(new StudyWorker(this)), m_checks(new StudyChecksModel(this)) {
    setWindowTitle(tr("Published results"));
    resize(1080, 760);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(buildList());
    layout->addWidget(buildSheet(), 1);
    connect(m_worker, &StudyWorker::progressed, this, [this](double share) {
        m_progress->setValue(static_cast<int>(share * m_progress->maximum()));
    });
    connect(m_worker, &StudyWorker::finished, this, &StudiesWindow::take);
    connect(m_list, &QListWidget::currentRowChanged, this, &StudiesWindow::showStudy);
    m_list->setCurrentRow(0);
}

QWidget* StudiesWindow::buildList() {
    auto* column = new QWidget;
    column->setFixedWidth(290);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* heading = label("title");
    heading->setText(tr("Published results"));
    auto* why = label("small");
    why->setText(
        tr("Laws and experiments from the literature, run again with the parts this "
           "laboratory is made of."));
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Studies"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (std::size_t i = 0; i < studies().size(); ++i) m_list->addItem(QString());
    m_all = new QPushButton(tr("Run all"));
    connect(m_all, &QPushButton::clicked, this, &StudiesWindow::startAll);
    layout->addWidget(heading);
    layout->addWidget(why);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_all);
    return column;
}

QWidget* StudiesWindow::buildControls() {
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_run = new QPushButton(tr("Run"));
    m_run->setProperty("role", "primary");
    m_cancel = new QPushButton(tr("Cancel"));
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_state = label("dim");
    m_state->setWordWrap(false);
    auto* save = new QPushButton(tr("Export CSV"));
    layout->addWidget(m_run);
    layout->addWidget(m_cancel);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_state, 1);
    layout->addWidget(save);
    connect(m_run, &QPushButton::clicked, this, &StudiesWindow::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_waiting.clear();
        m_worker->cancel();
    });
    connect(save, &QPushButton::clicked, this, [this] {
        const QString problem = exportCsv(*m_checks, toText(chosen().name) + ".csv", this);
        if (!problem.isEmpty()) m_state->setText(problem);
    });
    return line;
}

QWidget* StudiesWindow::buildSheet() {
    auto* sheet = new QWidget;
    auto* layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_title = label("title");
    m_citation = label("dim");
    m_setup = label("small");
    m_table = new QTableView;
    m_table->setModel(m_checks);
    m_table->setAccessibleName(tr("Checks"));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setMinimumSectionSize(24);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(StudyChecksModel::what, QHeaderView::Stretch);
    auto* picture = new QWidget;
    auto* column = new QVBoxLayout(picture);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(2);
    m_plotTitle = label("heading");
    m_plotWords = label("small");
    m_chart = new XyChart;
    m_data = new QPushButton(tr("View data"));
    m_data->setProperty("role", "link");
    connect(m_data, &QPushButton::clicked, this, &StudiesWindow::showPlotData);
    auto* head = new QHBoxLayout;
    head->addWidget(m_plotTitle, 1);
    head->addWidget(m_data);
    column->addLayout(head);
    column->addWidget(m_plotWords);
    column->addWidget(m_chart, 1);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_table);
    halves->addWidget(picture);
    halves->setStretchFactor(0, 2);
    halves->setStretchFactor(1, 3);
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_citation),
                          static_cast<QWidget*>(m_setup), buildControls()}) {
        layout->addWidget(part);
    }
    layout->addWidget(halves, 1);
    return sheet;
}

const Study& StudiesWindow::chosen() const {
    return studies()[static_cast<std::size_t>(std::max(0, m_list->currentRow()))];
}

void StudiesWindow::choose(const Study& study) {
    m_list->setCurrentRow(static_cast<int>(&study - studies().data()));
}

bool StudiesWindow::isRunning() const {
    return m_worker->running() != nullptr;
}

void StudiesWindow::start() {
    m_waiting = {&chosen()};
    startNext();
}

void StudiesWindow::startAll() {
    m_waiting.clear();
    for (const Study& study : studies()) m_waiting.insert(m_waiting.begin(), &study);
    startNext();
}

void StudiesWindow::startNext() {
    if (!m_waiting.empty() && !isRunning()) {
        const Study* next = m_waiting.back();
        m_waiting.pop_back();
        choose(*next);
        m_progress->setValue(0);
        m_worker->start(*next);
    }
    showStudy();
}

void StudiesWindow::take(const Study* study, std::shared_ptr<const StudyResult> result) {
    if (result) m_results[study] = std::move(result);
    startNext();
    emit resultArrived(study);
}

void StudiesWindow::showStudy() {
    const Study& study = chosen();
    m_title->setText(toText(study.title));
    m_citation->setText(toText(study.citation));
    m_setup->setText(toText(study.setup));
    const auto found = m_results.find(&study);
    const StudyResult* result = found == m_results.end() ? nullptr : found->second.get();
    m_checks->setResult(result ? found->second : nullptr);
    showPlots(result);
    showProgress();
    showSigns();
}

void StudiesWindow::showPlots(const StudyResult* result) {
    const bool has = result != nullptr && !result->plots.empty();
    m_plotTitle->setVisible(has);
    m_plotWords->setVisible(has);
    m_data->setVisible(has);
    m_chart->setPlot(has ? result->plots.front() : StudyPlot{});
    if (!has) return;
    m_plotTitle->setText(toText(result->plots.front().title));
    m_plotWords->setText(tr("Lines and dots: this program. Rings: published, or the law."));
}

void StudiesWindow::showPlotData() {
    const StudyPlot& plot = m_results.at(&chosen())->plots.front();
    QStandardItemModel* rows = plotTable(plot);
    auto* table = new TableWindow(toText(plot.title), *rows, this);
    rows->setParent(table);
    table->setAttribute(Qt::WA_DeleteOnClose);
    connect(table, &TableWindow::problem, m_state, &QLabel::setText);
    table->show();
}

void StudiesWindow::showProgress() {
    const bool running = isRunning();
    const bool here = running && m_worker->running() == &chosen();
    m_run->setVisible(!running);
    m_all->setEnabled(!running);
    m_cancel->setVisible(running);
    m_progress->setVisible(running);
    m_state->setVisible(!here);
    const auto found = m_results.find(&chosen());
    if (running) {
        m_state->setText(tr("Running: %1").arg(toText(m_worker->running()->title)));
    } else if (found == m_results.end()) {
        m_state->setText(tr("Not run yet."));
    } else {
        const auto& checks = found->second->checks;
        const auto passed = std::ranges::count_if(checks, &StudyCheck::passed);
        m_state->setText(tr("%1 of %2 values hold.").arg(passed).arg(checks.size()));
    }
}

void StudiesWindow::showSigns() {
    for (std::size_t i = 0; i < studies().size(); ++i) {
        const auto found = m_results.find(&studies()[i]);
        QListWidgetItem* item = m_list->item(static_cast<int>(i));
        const bool known = found != m_results.end();
        const bool passed = known && found->second->passed();
        const QString sign = QString::fromUtf8(!known ? "·" : passed ? "✓" : "✗");
        const QColor colour = !known ? m_theme.dim : passed ? m_theme.goodText : m_theme.badText;
        const QString title = toText(studies()[i].title);
        item->setText(title);
        item->setIcon(signIcon(sign, colour));
        item->setData(Qt::AccessibleTextRole, sign + " " + title);
        item->setToolTip(toText(studies()[i].citation));
    }
}

void StudiesWindow::setTheme(const Theme& theme) {
    m_theme = theme;
    m_checks->setTheme(theme);
    showSigns();
}

}  // namespace cascadelab
