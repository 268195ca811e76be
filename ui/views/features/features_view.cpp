#include "ui/views/features/features_view.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/plot/ink.h"
#include "ui/views/features/feature_rows_model.h"
#include "ui/words/items.h"

namespace cascadelab {

namespace {

constexpr int kLaneWidth = 400;  // narrower, the lane is said on hover only

}  // namespace

FeaturesView::FeaturesView(Selection&, QWidget* parent)
    : View(parent), m_model(new FeatureRowsModel(this)), m_rows(new QTableView) {
    setAccessibleDescription(tr("Online features of the person in focus, before and now."));
    m_rows->setModel(m_model);
    m_rows->setAccessibleName(tr("Features"));
    m_rows->setShowGrid(false);
    m_rows->setWordWrap(false);  // a cut value ends where the room ends
    m_rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(24);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    // Values can be long: they share what the names leave, and say all of it on hover.
    for (const int column : {FeatureRowsModel::before, FeatureRowsModel::now})
        m_rows->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_rows->horizontalHeader()->setMinimumSectionSize(36);
    m_rows->horizontalHeader()->setStyleSheet(
        QStringLiteral("QHeaderView::section { padding: 4px 9px; }"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    m_rows->hide();
}

QString FeaturesView::subtitle() const {
    if (m_model->rowCount() == 0) return {};
    return tr("online store · %1 · now against the request before")
        .arg(personName(*m_snapshot, m_snapshot->focus->person));
}

void FeaturesView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_model->setTheme(theme);
    update();
}

void FeaturesView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const PersonView* before = m_snapshot ? m_snapshot->focus.get() : nullptr;
    m_snapshot = std::move(snapshot);
    const PersonView* focus = m_snapshot ? m_snapshot->focus.get() : nullptr;
    if (before == focus) return;
    m_model->setRows(focus ? focus->features : std::vector<FeatureRow>{});
    m_rows->setVisible(m_model->rowCount() > 0);
    emit headingChanged();
    update();
}

void FeaturesView::resizeEvent(QResizeEvent*) {
    m_rows->setColumnHidden(FeatureRowsModel::lane, width() < kLaneWidth);
}

QAbstractItemModel* FeaturesView::table() {
    return m_model;
}

void FeaturesView::paintEvent(QPaintEvent*) {
    if (m_model->rowCount() > 0) return;
    QPainter painter(this);
    emptyText(painter, rect(),
              tr("The features of the person in focus stand here after their first request. Press "
                 "play, or "
                 "choose a person in the map."),
              m_theme);
}

}  // namespace cascadelab
