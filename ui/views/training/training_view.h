// How the models that serve now were trained: loss by epoch, on what they learned from and on what
// was held out, and the jobs under way. Window's thread.
#pragma once

#include "ui/view/view.h"

namespace cascadelab {

class ElidedLabel;
class LazyTable;
class Selection;
class XyChart;

class TrainingCurvesView : public View {
    Q_OBJECT
  public:
    explicit TrainingCurvesView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Training"); }
    QString subtitle() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    bool hasCurves() const { return m_snapshot && !m_snapshot->curves.empty(); }
    QString jobsText() const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    ElidedLabel* m_jobs;
    XyChart* m_chart;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
