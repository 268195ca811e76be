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
#include "ui/view/view.h"
#include "ui/views/embedding/embedding_picture.h"

namespace cascadelab {

class LazyTable;
class Selection;

class EmbeddingView : public View {
    Q_OBJECT
  public:
    explicit EmbeddingView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Embedding space"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override {
        return {m_peopleAction, m_motionAction, m_fitAction, m_saveAction};
    }
    QSize minimumSizeHint() const override { return {240, 180}; }

    // What stands under a point of the widget, at most kPickRadius away; for hover and click.
    struct Pick {
        ItemId item;
        PersonId person;
        QPointF place;  // widget coordinates
    };
    std::optional<Pick> pickAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void makeActions();
    void takeMap();
    void glide(double share);
    void refit();
    void invalidate();
    void zoomBy(double factor, QPointF anchor);
    void resetZoom();
    void hover(QPointF position);
    void choose(const Pick& pick);

    PlaneTransform transform() const;
    QPointF onScreen(const std::array<float, 2>& point) const;
    std::optional<QPointF> placeOf(ItemId item) const;
    bool showsQuery() const;
    void drawLayer();
    void drawQuery(QPainter& painter) const;
    void drawSelected(QPainter& painter) const;
    void drawWords(QPainter& painter) const;
    QRectF drawCallout(QPainter& painter) const;
    void drawAxes(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const MapView> m_map;

    // Points as shown (on their way), where they came from, and how they look.
    std::vector<float> m_x, m_y, m_fromX, m_fromY;
    std::vector<std::uint8_t> m_styles;
    std::vector<TopicPlace> m_topics;
    QuerySet m_query;
    std::shared_ptr<const CascadeTrace> m_trace;
    QVariantAnimation m_glide;
    PointGrid m_itemGrid, m_personGrid;

    QRectF m_frame;         // map units shown when not zoomed
    PlaneTransform m_fit;   // of that frame
    PlaneTransform m_user;  // screen to screen: the reader's own zoom and shift

    Splatter m_splatter;
    QImage m_layer;
    bool m_layerStale = true;

    QPointF m_pressed, m_dragged;
    bool m_isDragging = false;
    std::optional<Pick> m_hovered;

    QAction* m_peopleAction = nullptr;
    QAction* m_motionAction = nullptr;
    QAction* m_fitAction = nullptr;
    QAction* m_saveAction = nullptr;
    LazyTable* m_table = nullptr;
};

}  // namespace cascadelab
