// A small framed word beside a title: what must not be overlooked. Invisible when empty. Window's
// thread.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace cascadelab {

class Chip : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Chip(QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const { return m_text; }
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString m_text;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
