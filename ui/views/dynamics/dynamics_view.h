// Metrics over virtual time with the marks of commands and incidents. The reader chooses metrics
// and groups; different units never share an axis. Window's thread.
#pragma once

#include "ui/view/metric_lines.h"
#include "ui/view/view.h"

class QMenu;
class QPushButton;

namespace cascadelab {

class LazyTable;
class Selection;

class DynamicsView : public View {
    Q_OBJECT
  public:
    explicit DynamicsView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Dynamics"); }
    QString subtitle() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

    const DynamicsChoice& choice() const { return m_choice; }
    void setChoice(DynamicsChoice choice);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void makeMenus();
    void toggleMetric(Metric metric, bool on);
    void toggleGroup(std::size_t group, bool on);
    void refill();
    bool hasData() const { return m_series && m_series->size() >= 2; }

    Theme m_theme = Theme::dark();
    std::shared_ptr<const MetricSeries> m_series;
    std::vector<Mark> m_marks;
    DynamicsChoice m_choice = defaultChoice();
    LineChart* m_chart;
    QPushButton* m_metricsButton;
    QPushButton* m_groupsButton;
    QPushButton* m_referencesButton;
    QMenu* m_metricsMenu;
    QMenu* m_groupsMenu;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
