// Work that takes more than half a second: what it is, how far, and a way to stop it, over the last
// picture, which stays. Window's thread.
#pragma once

#include <QWidget>
#include <optional>

#include "ui/theme/theme.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace cascadelab {

class BusyOverlay : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit BusyOverlay(QWidget* parent);  // covers its parent
    // Shows after half a second; `progress` 0..1, below 0: unknown. Nothing: done.
    void setWork(const std::optional<QString>& text, double progress);
    void setTheme(const Theme& theme) override;

  signals:
    void cancelled();

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* m_box;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QTimer* m_delay;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
