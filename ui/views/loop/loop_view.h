// How much of the catalogue is exposed, day by day: squares that shrink as the feed narrows, the
// map of what a day showed, and what was repeated most. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/loop/loop_layout.h"

namespace cascadelab {

class LazyTable;
class Selection;

class LoopView : public View {
    Q_OBJECT
  public:
    explicit LoopView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Loop"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 200}; }
    const LoopLayout& placed() const { return m_layout; }
    // The day whose map and list are shown; the last one follows the run.
    void showDay(std::size_t day);
    std::size_t shownDay() const;
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    bool hasExposure() const { return !m_picture.days.empty(); }
    QString itemTitle(ItemId item) const;
    QString spanText(std::size_t day) const;
    void takeDay();
    void relayout();
    void paintSquares(QPainter& painter) const;
    void paintNames(QPainter& painter) const;
    void paintMap(QPainter& painter) const;
    void paintList(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const std::vector<ExposurePoint>> m_exposure;
    std::shared_ptr<const MapView> m_map;
    LoopPicture m_picture;
    LoopLayout m_layout;
    std::optional<Seconds> m_chosen;  // end of the day to show; none: the last
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
