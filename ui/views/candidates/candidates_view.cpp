#include "ui/views/candidates/candidates_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/items/candidate_model.h"
#include "ui/plot/ink.h"
#include "ui/view/csv.h"
#include "ui/view/selection.h"
#include "ui/widgets/line_edit.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

// Words in any column, and one fate or all.
class CandidateFilter : public QSortFilterProxyModel {
  public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setFate(int fate) {
        m_fate = fate;
        invalidateFilter();
    }
    void setWords(const QString& text) {
        m_words = text;
        invalidateFilter();
    }

  protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const auto* model = static_cast<const CandidateModel*>(sourceModel());
        if (m_fate >= 0 && static_cast<int>(model->candidate(row)->fate) != m_fate) return false;
        for (const int column :
             {CandidateModel::title, CandidateModel::topic, CandidateModel::source,
              CandidateModel::fate, CandidateModel::pageRow}) {
            const QString text =
                model->data(model->index(row, column, parent), Qt::DisplayRole).toString();
            if (text.contains(m_words, Qt::CaseInsensitive)) return true;
        }
        return false;
    }

  private:
    int m_fate = -1;
    QString m_words;
};

}  // namespace

CandidatesView::CandidatesView(Selection& selection, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_model(new CandidateModel(this)),
      m_sorted(new CandidateFilter(this)),
      m_table(new QTableView) {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::EditRole);
    buildTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(6);
    layout->addWidget(m_tools = buildTools());
    layout->addWidget(m_table, 1);
    showWhatIs();
    connect(&m_selection, &Selection::changed, this, &CandidatesView::showSelection);
    m_subtitle = tr("every item that any source proposed for one request, and what became of it");
}

QWidget* CandidatesView::buildTools() {
    auto* tools = new QWidget;
    auto* line = new QHBoxLayout(tools);
    line->setContentsMargins(0, 0, 0, 0);
    m_filter = new LineEdit;
    m_filter->setPlaceholderText(tr("Filter by title, topic, source or fate"));
    m_filter->setAccessibleName(tr("Filter candidates"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(90);
    m_fate = new QComboBox;
    m_fate->setAccessibleName(tr("Fate"));
    m_fate->setFixedWidth(120);
    m_fate->addItem(tr("every fate"));
    for (std::size_t f = 0; f < enum_count<Fate>; ++f) {
        m_fate->addItem(toText(fate_label(static_cast<Fate>(f))));
    }
    auto* save = new QPushButton(tr("CSV"));
    line->addWidget(m_filter, 1);
    line->addWidget(m_fate);
    line->addWidget(save);

    auto* filter = static_cast<CandidateFilter*>(m_sorted);
    connect(m_filter, &LineEdit::escaped, m_filter, &QLineEdit::clear);
    connect(m_filter, &QLineEdit::textChanged, this, [this, filter](const QString& text) {
        filter->setWords(text.trimmed());
        showCount();
    });
    connect(m_fate, &QComboBox::currentIndexChanged, this, [this, filter](int index) {
        filter->setFate(index - 1);
        showCount();
    });
    connect(save, &QPushButton::clicked, this, [this] {
        const QString problem = exportCsv(*m_sorted, "candidates.csv", this);
        if (!problem.isEmpty()) m_filter->setPlaceholderText(problem);
    });
    return tools;
}

void CandidatesView::buildTable() {
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Candidates"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CandidateModel::rank, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(24);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(48);
    for (int column = 0; column < CandidateModel::kColumns; ++column) {
        header->resizeSection(column, 76);
    }
    header->resizeSection(CandidateModel::rank, 52);
    header->resizeSection(CandidateModel::title, 190);
    header->resizeSection(CandidateModel::fate, 112);
    header->resizeSection(CandidateModel::pageRow, 150);
    header->resizeSection(CandidateModel::value, 60);
    header->resizeSection(CandidateModel::source, 150);
    header->setStretchLastSection(true);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) { choose(m_sorted->mapToSource(now).row()); });
}

void CandidatesView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto trace = snapshot && snapshot->focus ? snapshot->focus->trace : nullptr;
    const bool same = trace == m_trace;
    m_trace = trace;
    m_following = true;
    m_model->setSnapshot(snapshot);
    m_table->setColumnHidden(CandidateModel::pageRow, !trace || trace->rows.empty());
    m_following = false;
    showWhatIs();
    if (same || !trace) return;
    const PersonCard& person = snapshot->cards->people[trace->person.index()];
    m_subtitle = tr("request of %1 at %2: every item that any source proposed")
                     .arg(toText(person.name), momentText(trace->now_s));
    showCount();
    showSelection();
}

// The table, or in its place what would fill it.
void CandidatesView::showWhatIs() {
    m_tools->setVisible(m_trace != nullptr);
    m_table->setVisible(m_trace != nullptr);
    update();
}

void CandidatesView::paintEvent(QPaintEvent*) {
    if (m_trace) return;
    QPainter painter(this);
    emptyText(painter, rect(),
              tr("Every item that the sources propose for a request stands here, with what became "
                 "of it. Press play, or choose a person in the map."),
              m_theme);
}

void CandidatesView::showCount() {
    m_tag = tr("%1 of %2").arg(m_sorted->rowCount()).arg(m_model->rowCount());
    if (m_trace && m_trace->preview) m_tag += tr(" · preview");
    emit headingChanged();
}

void CandidatesView::showSelection() {
    const int row = m_selection.item().valid() ? m_model->rowOf(m_selection.item()) : -1;
    m_following = true;
    if (row < 0) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    } else {
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
    m_following = false;
}

void CandidatesView::choose(int row) {
    if (m_following || !m_trace) return;
    if (const Candidate* candidate = m_model->candidate(row)) {
        m_selection.selectCandidate(m_trace->person, candidate->item);
    }
}

void CandidatesView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QAbstractItemModel* CandidatesView::table() {
    return m_sorted;
}

}  // namespace cascadelab
