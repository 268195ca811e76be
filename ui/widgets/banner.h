// One sentence in place: what went wrong and the way out. A new sentence takes the place of the
// old one. Window's thread.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

class QLabel;
class QToolButton;

namespace cascadelab {

class Banner : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Banner(QWidget* parent = nullptr);
    void say(const QString& sentence);
    QString sentence() const;
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QLabel* m_text;
    QToolButton* m_close;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
