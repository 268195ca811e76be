// One parameter in the panel: label, value that can be typed, unit, and a slider, switch or choice,
// all from its row of the table. Reads and edits ParameterValues; never talks to the engine.
// Window's thread.
#pragma once

#include <QWidget>

#include "ui/parameters/parameter_values.h"
#include "ui/theme/theme.h"

class QComboBox;
class QHBoxLayout;

namespace cascadelab {

class ElidedLabel;
class LineEdit;
class ThinSlider;
class Toggle;

class ParameterRow : public QWidget, public Themed {
    Q_OBJECT
  public:
    ParameterRow(ParameterValues& values, std::size_t index, QWidget* parent = nullptr);

    std::size_t index() const { return m_index; }
    const Parameter& parameter() const { return parameter_table()[m_index]; }
    bool matches(const QString& search) const;  // in label, key or help; empty matches all
    void refresh();                             // value, boldness and marks from the values

    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    void buildNumber(QHBoxLayout* head);
    void buildToggle(QHBoxLayout* head);
    void buildChoice(QHBoxLayout* head);
    void preview(double value);
    void typed();
    void fitEditor();
    void reset();
    void nameControl(QWidget* control);

    ParameterValues& m_values;
    std::size_t m_index;
    double m_preview = 0;  // what the slider says while it is held
    ElidedLabel* m_label;
    ElidedLabel* m_unit = nullptr;
    LineEdit* m_editor = nullptr;
    ThinSlider* m_slider = nullptr;
    Toggle* m_toggle = nullptr;
    QComboBox* m_choice = nullptr;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
