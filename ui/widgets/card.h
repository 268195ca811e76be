// The frame around everything shown: title, one line that says what exactly is shown, a tag for
// what must not be overlooked, a menu, and a slot for the body. Knows nothing of its content.
// Window's thread.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

class QMenu;
class QToolButton;
class QVBoxLayout;

namespace cascadelab {

class Chip;
class ElidedLabel;

class Card : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Card(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    void setTag(const QString& tag);
    QString title() const;
    void setBody(QWidget* body);  // takes it; the body before is hidden and let go
    QWidget* body() const { return m_body; }
    QMenu* menu() const { return m_menu; }  // filled by the owner; its button opens it

    void setTheme(const Theme& theme) override;

  signals:
    void titleDoubleClicked();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    ElidedLabel* m_title;
    ElidedLabel* m_subtitle;
    Chip* m_tag;
    QToolButton* m_button;
    QMenu* m_menu;
    QVBoxLayout* m_slot;
    QWidget* m_body = nullptr;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
