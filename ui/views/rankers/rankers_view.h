// Kinds of ranker on the same impressions: how good against how quick, with where they came from as
// a fading trail. Quality belongs to the run, times are measured on this machine. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/rankers/rankers_layout.h"

namespace cascadelab {

class Segmented;

class RankersView : public PictureView {
    Q_OBJECT
  public:
    explicit RankersView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("times measured here") : QString(); }
    QString wordsAt(QPointF position) const override;
    void setMeasure(RankerMeasure measure);

  protected:
    bool take() override;
    bool hasPicture() const override { return m_rounds && !m_rounds->empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    void paintAxes(QPainter& painter) const;
    void paintTrail(QPainter& painter, const FrontierModel& model) const;
    void paintModel(QPainter& painter, const FrontierModel& model) const;
    QString pointWords(std::size_t model, std::size_t round) const;

    std::shared_ptr<const std::vector<RankerRoundView>> m_rounds;
    bool m_isComparing = false;             // the parameter is on
    std::optional<RankingModel> m_serving;  // ranks people's pages now
    RankerMeasure m_measure = RankerMeasure::ndcg;
    FrontierAxes m_axes;
    RankersLayout m_frontier;
    Segmented* m_switch;
};

}  // namespace cascadelab
