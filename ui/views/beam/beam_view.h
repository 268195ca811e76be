// How the decoder spelled its items for the explained request: the prefixes beam search kept and
// pruned at every digit, with their probabilities, and the items at the end. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/beam/beam_layout.h"

namespace cascadelab {

class BeamView : public PictureView {
    Q_OBJECT
  public:
    explicit BeamView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("as computed") : QString(); }
    QSize minimumSizeHint() const override { return {280, 180}; }
    const BeamLayout& placed() const { return m_layout; }
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_drawing && m_drawing->steps() > 0; }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    void pointAt(std::optional<QPointF> position) override;
    std::vector<QPointF> stops() const override;

  private:
    bool isItem(BeamPlace place) const { return place.step == m_drawing->steps(); }
    QString titleOf(ItemId item) const;
    QString footText() const;
    QString headOf(std::size_t step) const;
    QString itemWords(BeamPlace place) const;
    QString prefixWords(BeamPlace place) const;
    QString pastWords() const;
    std::vector<BeamPlace> meantPath() const;
    void paintHeads(QPainter& painter) const;
    void paintLinks(QPainter& painter, const std::vector<BeamPlace>& path) const;
    void paintBox(QPainter& painter, const BeamBox& box, bool meant) const;

    std::shared_ptr<const CascadeTrace> m_trace;
    std::shared_ptr<const BeamDrawing> m_drawing;  // of m_trace; null without
    BeamLayout m_layout;
    std::optional<BeamPlace> m_pointed;
};

}  // namespace cascadelab
