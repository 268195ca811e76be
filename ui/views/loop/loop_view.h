// How much of the catalogue is exposed, day by day: squares that shrink as the feed narrows, the
// map of what a day showed, and what was repeated most. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/loop/loop_layout.h"

namespace cascadelab {

class LoopView : public PictureView {
    Q_OBJECT
  public:
    explicit LoopView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    const LoopLayout& placed() const { return m_layout; }
    // The day whose map and list are shown; the last one follows the run.
    void showDay(std::size_t day);
    std::size_t shownDay() const;
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return !m_picture.days.empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;

  private:
    QString dayWords(std::size_t day) const;
    QString squareName(const LoopSquare& square) const;
    void takeDay();
    void paintSquares(QPainter& painter) const;
    void paintNames(QPainter& painter) const;
    void paintMap(QPainter& painter) const;
    void paintList(QPainter& painter) const;

    std::shared_ptr<const std::vector<ExposurePoint>> m_exposure;
    std::shared_ptr<const MapView> m_map;
    bool m_isHalted = false;  // the monitor has the fallback serve
    LoopPicture m_picture;
    LoopLayout m_layout;
    std::optional<Seconds> m_chosen;  // end of the day to show; none: the last
};

}  // namespace cascadelab
