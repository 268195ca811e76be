// How the models that serve now were trained: loss by epoch, on what they learned from and on what
// was held out, and the jobs under way. Window's thread.
#pragma once

#include "ui/view/picture_view.h"

namespace cascadelab {

class ElidedLabel;
class XyChart;

class TrainingView : public PictureView {
    Q_OBJECT
  public:
    explicit TrainingView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;

    void setTheme(const Theme& theme) override;

  protected:
    bool take() override;
    bool hasPicture() const override { return !m_curves.empty(); }
    Lack lack() const override;
    void place() override;
    Twin twin() const override;

  private:
    QString jobsText() const;

    std::vector<TrainingCurve> m_curves;
    ElidedLabel* m_jobs;
    XyChart* m_chart;
};

}  // namespace cascadelab
