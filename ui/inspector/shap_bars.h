// Why the click model scored one item as it did: the largest contributions in log-odds, to the
// right what spoke for it, to the left what spoke against it. Window's thread.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "engine/cascade/request/trace.h"
#include "ui/theme/theme.h"

namespace cascadelab {

struct ShapBar {
    QString phrase;    // "share of the topic in the last items"
    double value = 0;  // log-odds

    bool operator==(const ShapBar&) const = default;
};

// The `count` largest of a page place, by size, and in one more bar the sum of what all candidates
// of the request have in common (hour, device, mood of the session): it says nothing for one item
// over another. Empty when the request was not explained.
std::vector<ShapBar> largestContributions(const CascadeTrace& trace, std::size_t place,
                                          std::size_t count);

class ShapBars : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ShapBars(QWidget* parent = nullptr);
    void setBars(std::vector<ShapBar> bars);
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::vector<ShapBar> m_bars;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
