// One person's bubble: what exists, what the cascade retrieved and showed, and what they would have
// loved, on a map of their own. Hidden truth beside what was served. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/bubble/bubble_layout.h"

namespace cascadelab {

class BubbleView : public PictureView {
    Q_OBJECT
  public:
    explicit BubbleView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    QSize minimumSizeHint() const override { return {260, 240}; }
    const BubbleLayout& placed() const { return m_layout; }
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_content.has_value(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;

  private:
    void paintGround(QPainter& painter) const;
    void paintDot(QPainter& painter, const BubbleDot& dot) const;
    void paintChosen(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void paintTable(QPainter& painter) const;

    std::shared_ptr<const Cards> m_cards;
    std::shared_ptr<const PersonView> m_person;
    std::optional<BubbleContent> m_content;
    BubbleLayout m_layout;
};

}  // namespace cascadelab
