// All candidates of the explained request: sortable, filterable, exportable. A chosen row selects
// its item everywhere. Window's thread.
#pragma once

#include "ui/view/view.h"

class QComboBox;
class QSortFilterProxyModel;
class QTableView;

namespace cascadelab {

class CandidateModel;
class LineEdit;
class Selection;

class CandidatesView : public View {
    Q_OBJECT
  public:
    explicit CandidatesView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override { return m_subtitle; }
    QString tag() const override { return m_tag; }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QWidget* buildTools();
    void buildTable();
    void showWhatIs();
    void showCount();
    void showSelection();
    void choose(int row);

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    CandidateModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    QWidget* m_tools = nullptr;  // above it
    LineEdit* m_filter = nullptr;
    QComboBox* m_fate = nullptr;
    QString m_subtitle, m_tag;
    std::shared_ptr<const CascadeTrace> m_trace;
    bool m_following = false;  // the table is showing the selection, not making it
};

}  // namespace cascadelab
