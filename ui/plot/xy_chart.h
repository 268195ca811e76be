// Curves over a common axis, straight or logarithmic: own values as lines, published ones as rings
// of the same colour. Paints what layoutXyChart places. Window's thread.
#pragma once

#include <QWidget>

#include "engine/studies/study.h"
#include "ui/theme/theme.h"

namespace cascadelab {

class XyChart : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit XyChart(QWidget* parent = nullptr);

    void setPlot(const StudyPlot& plot);
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    StudyPlot m_plot;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
