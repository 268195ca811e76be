// Metrics over virtual time with the marks of commands and incidents. The reader chooses metrics
// and groups; different units never share an axis. Window's thread.
#pragma once

#include "ui/view/metric_lines.h"
#include "ui/view/picture_view.h"

class QMenu;
class QPushButton;

namespace cascadelab {

class DynamicsView : public PictureView {
    Q_OBJECT
  public:
    explicit DynamicsView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QSize minimumSizeHint() const override { return {240, 180}; }

    void setTheme(const Theme& theme) override;
    const DynamicsChoice& choice() const { return m_choice; }
    void setChoice(DynamicsChoice choice);

  protected:
    bool take() override;
    bool hasPicture() const override { return m_series && m_series->size() >= 2; }
    Lack lack() const override;
    void place() override;
    Twin twin() const override;

  private:
    void makeMenus();
    void toggleMetric(Metric metric, bool on);
    void toggleGroup(std::size_t group, bool on);

    std::shared_ptr<const MetricSeries> m_series;
    std::vector<Mark> m_marks;
    DynamicsChoice m_choice = defaultChoice();
    LineChart* m_chart;
    QPushButton* m_metricsButton;
    QPushButton* m_groupsButton;
    QPushButton* m_referencesButton;
    QMenu* m_metricsMenu;
    QMenu* m_groupsMenu;
};

}  // namespace cascadelab
