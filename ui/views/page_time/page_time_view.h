// The time of a page hour by hour: modelled, against the budget; beside it what our own stages took
// on this machine. Window's thread.
#pragma once

#include "ui/view/fleet_picture.h"
#include "ui/views/page_time/page_time_content.h"

namespace cascadelab {

class LineChart;

class PageTimeView : public FleetPicture {
    Q_OBJECT
  public:
    explicit PageTimeView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    void setTheme(const Theme& theme) override;

  protected:
    bool hasPicture() const override { return FleetPicture::hasPicture() && m_hours.size() >= 2; }
    bool take() override;
    Lack lack() const override;
    QString awaited() const override { return tr("The time of a page, hour by hour,"); }
    void place() override;
    Twin twin() const override;

  private:
    std::vector<PageHour> m_hours;
    LineChart* m_chart;
};

}  // namespace cascadelab
