// What the person in focus sees: the page of the explained request as a product would show it.
// Window's thread.
#pragma once

#include <QRectF>
#include <vector>

#include "ui/items/artwork.h"
#include "ui/view/picture_view.h"
#include "ui/views/slate/row_layout.h"

class QScrollBar;

namespace cascadelab {

class CandidateModel;

// Frames of `count` cards by rows, as large as fits into width and height; never smaller than one
// can read, so the last rows may lie below `height`. Pure.
std::vector<QRectF> layOutSlate(std::size_t count, double width, double height);

class SlateView : public PictureView {
    Q_OBJECT
  public:
    explicit SlateView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    QAbstractItemModel* table() override;
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_trace && !m_trace->slate.empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    void chooseAt(QPointF position) override;
    void pointAt(std::optional<QPointF> position) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    bool inRows() const { return m_trace && !m_trace->rows.empty(); }
    RowsLayout rowsLayout() const;       // where a page in rows is now, scrolled
    std::vector<QRectF> frames() const;  // where the cards are now, scrolled
    std::size_t rowOfPlace(std::size_t place) const;
    double rowOverhang(std::size_t row, const RowsLayout& layout) const;  // pixels beyond the view
    void scrollRow(std::size_t row, double by);
    void revealInRow(std::size_t place);
    int nextPlace(int key, int place) const;
    void fitScrollBar();
    void reveal(int place);
    int cardAt(const QPointF& point) const;  // -1: none
    void choose(int place);
    void paintHeadings(QPainter& painter) const;
    void paintProgress(QPainter& painter, const QRectF& picture, ItemId item) const;
    void paintCard(QPainter& painter, const QRectF& frame, std::size_t place) const;

    CandidateModel* m_candidates;
    QScrollBar* m_scroll;
    std::shared_ptr<const CascadeTrace> m_trace;
    std::vector<double> m_rowShift;  // how far each row is scrolled to the left, pixels
    int m_hover = -1;
};

}  // namespace cascadelab
