// A switch that is on or off, drawn in the theme. Window's thread.
#pragma once

#include <QAbstractButton>

#include "ui/theme/theme.h"

namespace cascadelab {

class Toggle : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit Toggle(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override { return {32, 20}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
