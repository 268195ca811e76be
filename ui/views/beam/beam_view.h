// How the decoder spelled its items for the explained request: the prefixes beam search kept and
// pruned at every digit, with their probabilities, and the items at the end. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/beam/beam_layout.h"

namespace cascadelab {

class LazyTable;
class Selection;

class BeamView : public View {
    Q_OBJECT
  public:
    explicit BeamView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Beam search"); }
    QString subtitle() const override;
    QString tag() const override { return hasBeam() ? tr("as computed") : QString(); }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {280, 180}; }
    const BeamLayout& placed() const { return m_layout; }
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    bool hasBeam() const { return m_drawing && m_drawing->steps() > 0; }
    bool isItem(BeamPlace place) const { return place.step == m_drawing->steps(); }
    QString itemTitle(ItemId item) const;
    QString footText() const;
    QString headOf(std::size_t step) const;
    QString itemWords(BeamPlace place) const;
    QString prefixWords(BeamPlace place) const;
    QString pastWords() const;
    QString emptyWords() const;
    void relayout();
    void pointAt(std::optional<BeamPlace> place);
    std::vector<BeamPlace> meantPath() const;
    void paintHeads(QPainter& painter) const;
    void paintLinks(QPainter& painter, const std::vector<BeamPlace>& path) const;
    void paintBox(QPainter& painter, const BeamBox& box, bool meant) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const BeamDrawing> m_drawing;  // of m_trace; null without
    BeamLayout m_layout;
    std::optional<BeamPlace> m_pointed;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
