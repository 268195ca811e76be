// One item as a row: artwork, title, facts, badge and value. Selects its item when clicked.
// Repaints only when what it says changed. Window's thread.
#pragma once

#include <QWidget>

#include "ui/items/artwork.h"

namespace cascadelab {

struct ItemTileContent {
    ItemId item;
    std::size_t topic = 0;
    QString title, line, badge, value;
    bool promising = false;  // the badge in green rather than amber
    bool clicked = false;    // the person opened it

    bool operator==(const ItemTileContent&) const = default;
};

class ItemTile : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ItemTile(QWidget* parent = nullptr);
    void setContent(const ItemTileContent& content);
    const ItemTileContent& content() const { return m_content; }
    void setSelected(bool selected);

    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override { return {280, 46}; }

  signals:
    void chosen(ItemId item);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    ItemTileContent m_content;
    Artwork m_artwork;
    bool m_selected = false;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
