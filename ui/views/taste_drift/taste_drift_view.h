// People drifting in taste space: every line goes from what somebody liked in the beginning to what
// they like now, by segment. Hidden truth, which no recommender sees. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/taste_drift/taste_drift_layout.h"

namespace cascadelab {

class TasteDriftView : public PictureView {
    Q_OBJECT
  public:
    explicit TasteDriftView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    QSize minimumSizeHint() const override { return {260, 240}; }
    const TasteDriftLayout& placed() const { return m_layout; }
    // The whole way day by day, or straight from then to now.
    void showWholeWay(bool whole);
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_picture.tastes != nullptr; }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    QList<QAction*> choices() override { return {m_wholeAction}; }
    std::vector<QPointF> stops() const override;
    void selectionChanged() override { renew(); }

  private:
    QColor colourOf(double degrees) const;
    void paintPanel(QPainter& painter, const TastePanel& panel) const;
    void paintTopics(QPainter& painter, const TastePanel& panel, std::vector<QRectF> taken) const;
    void paintTrail(QPainter& painter, const TasteTrail& trail) const;
    QString chosenText(const TasteTrail& trail) const;
    std::optional<QRectF> chosenPlace(const TastePanel& panel, const TasteTrail& trail) const;
    void paintChosen(QPainter& painter, const TasteTrail& trail, std::optional<QRectF> place) const;
    void paintSpread(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    std::shared_ptr<const Cards> m_cards;
    TastePicture m_picture;
    TasteDriftLayout m_layout;
    QAction* m_wholeAction;
};

}  // namespace cascadelab
