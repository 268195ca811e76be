// The cascade as a funnel: candidates flow from their sources to the page; what falls says where
// and why. One explained request, or the mean of the last hour. Window's thread.
#pragma once

#include <optional>

#include "ui/view/view.h"
#include "ui/views/funnel/funnel_layout.h"

namespace cascadelab {

class LazyTable;
class Segments;
class Selection;

class CascadeView : public View {
    Q_OBJECT
  public:
    explicit CascadeView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Cascade"); }
    QString subtitle() const override;
    QString tag() const override;  // who made the page, when no cascade did
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 220}; }

    void showHour(bool hour);
    void setLinear(bool linear);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    bool showsHour() const;
    const PersonView* focus() const { return m_snapshot ? m_snapshot->focus.get() : nullptr; }
    void recount();
    void relayout();
    QString sentenceAt(QPointF position, std::optional<std::size_t>& series) const;
    std::optional<std::size_t> emphasised() const;  // the series that keeps its full colour

    void paintRibbons(QPainter& painter) const;
    void paintHeads(QPainter& painter) const;
    void paintLost(QPainter& painter) const;
    void paintOracle(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    const Candidate* selectedCandidate() const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const FunnelView> m_hour;
    std::vector<ItemId> m_clicked;
    FunnelCounts m_counts;
    std::vector<Source> m_sources;
    std::vector<LossShare> m_shares;
    FunnelLayout m_layout;
    bool m_hasData = false;
    std::optional<std::size_t> m_hovered;  // series

    Segments* m_span;
    Segments* m_scale;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
