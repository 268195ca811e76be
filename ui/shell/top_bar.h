// The bar on top: what runs, transport, speed, the clock with the engine's load, and what can be
// opened. Says what was pressed; does nothing itself. Window's thread.
#pragma once

#include <QWidget>

#include "engine/run/session.h"
#include "ui/theme/theme.h"

class QMenu;
class QPushButton;
class QToolButton;

namespace cascadelab {

class ElidedLabel;
class Segmented;

class TopBar : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TopBar(QWidget* parent = nullptr);

    void setSnapshot(const Snapshot& snapshot, int framesPerSecond);
    void setPlaying(bool playing);
    void setSpeed(Speed speed);
    QMenu* layoutMenu() { return m_layoutMenu; }

    void setTheme(const Theme& theme) override;

  signals:
    void restartPressed();
    void backPressed();
    void playPressed();
    void stepPressed();
    void endPressed();
    void speedChosen(cascadelab::Speed speed);
    void openPressed();
    void themePressed();
    void helpPressed();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QWidget* buildTitle();
    QWidget* buildTransport();
    QWidget* buildClock();
    QWidget* buildButtons();
    void renewIcons();

    ElidedLabel *m_title, *m_facts, *m_day, *m_time, *m_load;
    QToolButton *m_restart, *m_back, *m_play, *m_step, *m_end, *m_themeButton, *m_help, *m_layout;
    QMenu* m_layoutMenu;
    Segmented* m_speed;
    bool m_playing = false;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
