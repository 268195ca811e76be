// How healthy the codes of the items are over time: how evenly each level is used, which codes are
// dead, and how far items can be told apart. Window's thread.
#pragma once

#include "ui/view/picture_view.h"

namespace cascadelab {

class LineChart;

class CodeHealthView : public PictureView {
    Q_OBJECT
  public:
    explicit CodeHealthView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;

    void setTheme(const Theme& theme) override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_points && m_points->size() >= 2; }
    Lack lack() const override;
    void place() override;
    Twin twin() const override;

  private:
    std::shared_ptr<const std::vector<CodeHealthPoint>> m_points;
    std::shared_ptr<const ItemCodes> m_codes;
    std::vector<Mark> m_marks;
    GenerativeStatus m_status;
    LineChart* m_chart;
};

}  // namespace cascadelab
