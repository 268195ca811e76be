// The lanes that features take: how often memory has what is read, in this run and at production
// size, how far every partition of the stream lags behind, how old each feature is, and the
// arithmetic from the run to production. Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/lanes/lanes_layout.h"

namespace cascadelab {

class LineChart;

class LanesView : public FleetPicture {
    Q_OBJECT
  public:
    explicit LanesView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    void setTheme(const Theme& theme) override;
    QString wordsAt(QPointF position) const override;
    const LanesLayout& placed() const { return m_layout; }

  protected:
    QString awaited() const override { return tr("Memory and stream of the feature store"); }
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    std::vector<QPointF> stops() const override;

  private:
    struct Hit {
        QString name, says;  // "this run's reads", "counted here"
        double share = 0;
        bool isModelled = true;
    };
    // A lane, or a feature, in words.
    struct Line {
        QString name, whose, version, behind, hits;  // hits: of the run's own fetches
        QString says;                                // a sentence
    };
    std::vector<Hit> hits() const;
    Line lineOf(const FeatureLane& feature) const;
    std::vector<Line> lanes() const;
    std::vector<Line> lines() const;  // what the layout has places for
    double worstLag() const;
    void fillChart();
    void paintHead(QPainter& painter, QRectF place, const QStringList& words) const;
    void paintMemory(QPainter& painter) const;
    void paintLag(QPainter& painter) const;
    void paintLines(QPainter& painter) const;

    LanesLayout m_layout;
    LineChart* m_chart;
};

}  // namespace cascadelab
