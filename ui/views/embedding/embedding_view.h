// The embedding map: items coloured by topic, people as rings, the explained query with what it
// retrieved and where it pointed before. Pan, zoom, hover, click. Every point is drawn. Window's
// thread.
#pragma once

#include <QVariantAnimation>
#include <array>
#include <optional>

#include "ui/plot/plane_transform.h"
#include "ui/plot/point_grid.h"
#include "ui/plot/splatter.h"
#include "ui/view/picture_view.h"
#include "ui/views/embedding/embedding_picture.h"

namespace cascadelab {

class EmbeddingView : public PictureView {
    Q_OBJECT
  public:
    explicit EmbeddingView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    QSize minimumSizeHint() const override { return {240, 180}; }

    QString wordsAt(QPointF position) const override;
    // What stands under a point of the widget, at most kPickRadius away; for hover and click.
    struct Pick {
        ItemId item;
        PersonId person;
        QPointF place;  // widget coordinates
    };
    std::optional<Pick> pickAt(QPointF position) const;

  protected:
    bool take() override;
    bool hasPicture() const override {
        return m_map && !(m_map->items.empty() && m_map->people.empty());
    }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    void pointAt(std::optional<QPointF> position) override;
    QList<QAction*> choices() override { return {m_peopleAction, m_motionAction, m_fitAction}; }
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void makeActions();
    void takeMap();
    void glide(double share);
    void refit();
    void invalidate();
    void zoomBy(double factor, QPointF anchor);
    void resetZoom();

    PlaneTransform transform() const;
    QPointF onScreen(const std::array<float, 2>& point) const;
    std::optional<QPointF> placeOf(ItemId item) const;
    bool showsQuery() const;
    void drawLayer() const;
    void drawQuery(QPainter& painter) const;
    void drawSelected(QPainter& painter) const;
    void drawWords(QPainter& painter) const;
    QRectF drawCallout(QPainter& painter) const;
    void drawAxes(QPainter& painter) const;

    std::shared_ptr<const MapView> m_map;

    // Points as shown (on their way), where they came from, and how they look.
    std::vector<float> m_x, m_y, m_fromX, m_fromY;
    std::vector<std::uint8_t> m_styles;
    std::vector<TopicPlace> m_topics;
    QuerySet m_query;
    std::shared_ptr<const CascadeTrace> m_trace;
    QVariantAnimation m_glide{this};
    PointGrid m_itemGrid, m_personGrid;

    QRectF m_frame;         // map units shown when not zoomed
    PlaneTransform m_fit;   // of that frame
    PlaneTransform m_user;  // screen to screen: the reader's own zoom and shift

    mutable Splatter m_splatter;
    mutable QImage m_layer;  // of all points, drawn when first painted
    mutable bool m_layerStale = true;

    QPointF m_pressed, m_dragged;
    bool m_isDragging = false;
    std::optional<Pick> m_hovered;

    QAction* m_peopleAction = nullptr;
    QAction* m_motionAction = nullptr;
    QAction* m_fitAction = nullptr;
};

}  // namespace cascadelab
