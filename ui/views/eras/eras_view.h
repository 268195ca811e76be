// The three eras of representation side by side on the same requests: what each alone would have
// retrieved, for whom, and what it cost; below, where there is room, how it came to that. Window's
// thread.
#pragma once

#include <array>

#include "ui/view/picture_view.h"
#include "ui/views/eras/eras_content.h"

namespace cascadelab {

class LineChart;

class ErasView : public PictureView {
    Q_OBJECT
  public:
    explicit ErasView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;

    void setTheme(const Theme& theme) override;

  protected:
    bool take() override;
    bool hasPicture() const override;
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;

  private:
    static constexpr std::size_t kColumns = 5;
    using Amounts = EnumArray<Era, std::array<double, kColumns>>;

    void collect();
    double headHeight() const;
    double tableHeight() const;
    double nameWidth() const;
    QString servesText(Era era) const;

    Amounts m_amounts{};  // by Era: shares, the last column microseconds; NaN: nothing to say
    std::shared_ptr<const MetricSeries> m_series;
    std::size_t m_marks = 0;     // how many there were
    bool m_isComparing = false;  // the parameter is on
    LineChart* m_chart;
};

}  // namespace cascadelab
