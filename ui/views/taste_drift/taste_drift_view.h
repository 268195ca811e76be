// People drifting in taste space: every line goes from what somebody liked in the beginning to what
// they like now, by segment. Hidden truth, which no recommender sees. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/taste_drift/taste_drift_layout.h"

namespace cascadelab {

class LazyTable;
class Selection;

class TasteDriftView : public View {
    Q_OBJECT
  public:
    explicit TasteDriftView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Taste drift"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_wholeAction, m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 240}; }
    const TasteLayout& placed() const { return m_layout; }
    // The whole way day by day, or straight from then to now.
    void showWholeWay(bool whole);
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    bool hasTastes() const { return m_picture.tastes != nullptr; }
    QString nameOf(PersonId person) const;
    void relayout();
    QColor colourOf(double degrees) const;
    void paintPanel(QPainter& painter, const TastePanel& panel) const;
    void paintTopics(QPainter& painter, const TastePanel& panel, std::vector<QRectF> taken) const;
    void paintTrail(QPainter& painter, const TasteTrail& trail) const;
    QString chosenText(const TasteTrail& trail) const;
    std::optional<QRectF> chosenPlace(const TastePanel& panel, const TasteTrail& trail) const;
    void paintChosen(QPainter& painter, const TasteTrail& trail, std::optional<QRectF> place) const;
    void paintSpread(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Cards> m_cards;
    TastePicture m_picture;
    TasteLayout m_layout;
    QAction* m_wholeAction;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
