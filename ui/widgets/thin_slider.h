// A thin slider over 0..1 with a tick at the default. Says "moved" while dragged and "settled" once
// when the hand lets go. The wheel turns it only when it has the focus. Knows nothing of values.
// Window's thread.
#pragma once

#include <QAbstractSlider>

#include "ui/theme/theme.h"

class QTimer;

namespace cascadelab {

class ThinSlider : public QAbstractSlider, public Themed {
    Q_OBJECT
  public:
    explicit ThinSlider(QWidget* parent = nullptr);

    void setPosition(double position);  // ignored while a hand is on it
    void setTick(double position);      // where the default stands
    void setChanged(bool changed);      // accent when it is off the default
    bool isHeld() const { return m_held; }

    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override { return {160, 16}; }
    QSize minimumSizeHint() const override { return {60, 16}; }

  signals:
    void moved(double position);  // preview
    void nudgedBy(int steps);     // preview by keys or wheel
    void settled();               // once, after a drag or a series of nudges
    void resetRequested();        // double click

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    double positionAt(double x) const;
    double xAt(double position) const;
    void nudge(int steps);

    double m_position = 0, m_tick = 0;
    bool m_changed = false, m_held = false, m_moved = false;
    QTimer* m_settle;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
