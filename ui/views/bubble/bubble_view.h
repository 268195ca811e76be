// One person's bubble: what exists, what the cascade retrieved and showed, and what they would have
// loved, on a map of their own. Hidden truth beside what was served. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/bubble/bubble_layout.h"

namespace cascadelab {

class LazyTable;
class Selection;

class BubbleView : public View {
    Q_OBJECT
  public:
    explicit BubbleView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Bubble"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 240}; }
    const BubbleLayout& placed() const { return m_layout; }
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    QString itemTitle(ItemId item) const;
    void relayout();
    void paintGround(QPainter& painter) const;
    void paintDot(QPainter& painter, const BubbleDot& dot) const;
    void paintChosen(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void paintTable(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Cards> m_cards;
    std::shared_ptr<const PersonView> m_person;
    std::optional<BubbleContent> m_content;
    BubbleLayout m_layout;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
