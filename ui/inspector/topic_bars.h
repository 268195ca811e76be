// The topics of one person: a bar for what was watched lately, a mark for the hidden taste that no
// model ever sees. Repaints only when it would differ. Window's thread.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"

namespace cascadelab {

struct TopicBar {
    QString name;
    std::size_t topic = 0;
    float recent = 0;  // share, the bar
    float taste = 0;   // share, the mark

    bool operator==(const TopicBar&) const = default;
};

class TopicBars : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TopicBars(QWidget* parent = nullptr);
    void setBars(std::vector<TopicBar> bars);
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::vector<TopicBar> m_bars;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
