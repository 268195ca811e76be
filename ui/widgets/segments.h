// A row of choices of which exactly one holds, as small joined buttons: click, or arrow keys with
// the focus. Window's thread.
#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/theme/theme.h"

namespace cascadelab {

class Segments : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Segments(QStringList choices, QWidget* parent = nullptr);

    int current() const { return m_current; }
    void setCurrent(int index);  // emits when it changes
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  signals:
    void currentChanged(int index);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QRectF segment(int index) const;

    QStringList m_choices;
    int m_current = 0;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
