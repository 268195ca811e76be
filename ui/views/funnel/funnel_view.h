// The cascade as a funnel: candidates flow from their sources to the page; what falls says where
// and why. One explained request, or the mean of the last hour. Window's thread.
#pragma once

#include <optional>

#include "ui/view/picture_view.h"
#include "ui/views/funnel/funnel_layout.h"

namespace cascadelab {

class Segments;

class FunnelView : public PictureView {
    Q_OBJECT
  public:
    explicit FunnelView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;  // who made the page, when no cascade did
    QSize minimumSizeHint() const override { return {260, 220}; }

    QString wordsAt(QPointF position) const override;
    void showHour(bool hour);
    void setLinear(bool linear);

  protected:
    bool take() override;
    bool hasPicture() const override { return m_hasPicture; }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void pointAt(std::optional<QPointF> position) override;
    std::vector<QPointF> stops() const override;

  private:
    bool showsHour() const;
    const PersonView* focus() const { return snapshot() ? snapshot()->focus.get() : nullptr; }
    void recount();
    QString sentenceAt(QPointF position, std::optional<std::size_t>& series) const;
    std::optional<std::size_t> emphasised() const;  // the series that keeps its full colour

    void paintRibbons(QPainter& painter) const;
    void paintHeads(QPainter& painter) const;
    void paintLost(QPainter& painter) const;
    void paintOracle(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    const Candidate* selectedCandidate() const;

    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const HourFunnel> m_hour;
    std::vector<ItemId> m_clicked;
    FunnelCounts m_counts;
    std::vector<Source> m_sources;
    std::vector<LossShare> m_shares;
    FunnelLayout m_layout;
    bool m_hasPicture = false;
    std::optional<std::size_t> m_hovered;  // series

    Segments* m_span;
    Segments* m_scale;
};

}  // namespace cascadelab
