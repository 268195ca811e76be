// Kinds of ranker on the same impressions: how good against how quick, with where they came from as
// a fading trail. Quality belongs to the run, times are measured on this machine. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/rankers/rankers_layout.h"

class QPushButton;

namespace cascadelab {

class LazyTable;
class Segmented;
class Selection;

class RankerView : public View {
    Q_OBJECT
  public:
    explicit RankerView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Rankers"); }
    QString subtitle() const override;
    QString tag() const override { return hasData() ? tr("times measured here") : QString(); }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 200}; }
    void setMeasure(RankerMeasure measure);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

  private:
    bool hasData() const { return m_rounds && !m_rounds->empty(); }
    void relayout();
    void paintAxes(QPainter& painter) const;
    void paintTrail(QPainter& painter, const FrontierModel& model) const;
    void paintModel(QPainter& painter, const FrontierModel& model) const;
    QString pointWords(std::size_t model, std::size_t round) const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const std::vector<RankerRoundView>> m_rounds;
    bool m_comparing = false;               // the parameter is on
    std::optional<RankingModel> m_serving;  // ranks people's pages now
    RankerMeasure m_measure = RankerMeasure::ndcg;
    FrontierAxes m_axes;
    RankerFrontier m_frontier;
    Segmented* m_switch;
    QPushButton* m_turnOn;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
