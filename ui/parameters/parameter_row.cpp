#include "ui/parameters/parameter_row.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <array>

#include "ui/parameters/parameter_scale.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/thin_slider.h"
#include "ui/widgets/toggle.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr int kLeastChoice = 98;  // px; "everybody"

// A wheel over a choice scrolls the panel unless the choice has the focus.
class Choice : public QComboBox {
  protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus()) return QComboBox::wheelEvent(event);
        event->ignore();
    }
};

}  // namespace

ParameterRow::ParameterRow(ParameterValues& values, std::size_t index, QWidget* parent)
    : QWidget(parent), m_values(values), m_index(index), m_label(new ElidedLabel(Type::body)) {
    m_label->setText(toText(parameter().label));
    setToolTip(helpText(parameter()));
    setObjectName(toText(parameter().key));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 2);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_label, 1);
    layout->addLayout(head);
    switch (parameter().kind) {
        case Kind::boolean:
            buildToggle(head);
            break;
        case Kind::choice:
            buildChoice(head);
            break;
        case Kind::integer:
        case Kind::real:
            buildNumber(head);
            layout->addWidget(m_slider);
            break;
    }
    refresh();
}

void ParameterRow::buildNumber(QHBoxLayout* head) {
    m_editor = new LineEdit;
    m_editor->setProperty("role", "value");
    m_editor->setAlignment(Qt::AlignRight);
    m_editor->setFixedHeight(19);
    m_editor->setTextMargins(0, 0, 0, 0);
    m_editor->setContextMenuPolicy(Qt::NoContextMenu);
    nameControl(m_editor);
    head->addWidget(m_editor);
    if (!parameter().unit.empty()) {
        m_unit = new ElidedLabel(Type::body, false, &Theme::dim);
        m_unit->setText(toText(parameter().unit));
        m_unit->setFixedWidth(m_unit->sizeHint().width());
        head->addWidget(m_unit);
    }
    m_slider = new ThinSlider;
    m_slider->setTick(positionOf(parameter(), parameter().initial()));
    nameControl(m_slider);

    connect(m_editor, &QLineEdit::editingFinished, this, &ParameterRow::typed);
    connect(m_editor, &LineEdit::escaped, this,
            [this] { m_editor->setText(shownValue(parameter(), m_values.value(m_index))); });
    connect(m_editor, &QLineEdit::textEdited, this, &ParameterRow::fitEditor);
    connect(m_slider, &ThinSlider::moved, this,
            [this](double position) { preview(valueAt(parameter(), position)); });
    connect(m_slider, &ThinSlider::nudgedBy, this,
            [this](int steps) { preview(nudged(parameter(), m_preview, steps)); });
    connect(m_slider, &ThinSlider::settled, this, [this] {
        m_values.edit(m_index, m_preview);
        refresh();
    });
    connect(m_slider, &ThinSlider::resetRequested, this, &ParameterRow::reset);
}

void ParameterRow::buildToggle(QHBoxLayout* head) {
    m_toggle = new Toggle;
    nameControl(m_toggle);
    head->addWidget(m_toggle);
    connect(m_toggle, &Toggle::clicked, this,
            [this](bool on) { m_values.edit(m_index, on ? 1 : 0); });
}

void ParameterRow::buildChoice(QHBoxLayout* head) {
    m_choice = new Choice;
    m_choice->setFocusPolicy(Qt::StrongFocus);
    nameControl(m_choice);
    for (const std::string_view choice : parameter().choices) {
        m_choice->addItem(toText(choice).replace('_', ' '));
    }
    // Name and choice share a narrow panel: the longest choice does not take all of it.
    m_choice->setMinimumWidth(kLeastChoice);
    head->addWidget(m_choice);
    connect(m_choice, &QComboBox::activated, this,
            [this](int position) { m_values.edit(m_index, position); });
}

void ParameterRow::nameControl(QWidget* control) {
    QString name = toText(parameter().label);
    if (!parameter().unit.empty()) name += ", " + toText(parameter().unit);
    control->setAccessibleName(name);
    control->setAccessibleDescription(toText(parameter().help));
}

bool ParameterRow::matches(const QString& search) const {
    return std::ranges::any_of(
        std::array{parameter().label, parameter().key, parameter().help},
        [&](std::string_view text) { return toText(text).contains(search, Qt::CaseInsensitive); });
}

void ParameterRow::refresh() {
    const double value = m_values.value(m_index);
    const bool changed = m_values.isChanged(m_index);
    m_label->setStrong(changed);
    if (m_toggle) m_toggle->setChecked(value != 0);
    if (m_choice) m_choice->setCurrentIndex(static_cast<int>(value));
    if (m_slider && !m_slider->isHeld()) {
        m_preview = value;
        m_slider->setPosition(positionOf(parameter(), value));
        m_slider->setChanged(changed);
    }
    if (m_editor && !m_editor->hasFocus() && !m_slider->isHeld()) {
        m_editor->setText(shownValue(parameter(), value));
    }
    if (m_editor && m_editor->property("changed").toBool() != changed) {
        m_editor->setProperty("changed", changed);
        m_editor->style()->unpolish(m_editor);
        m_editor->style()->polish(m_editor);
    }
    if (m_editor) fitEditor();
    update();
}

void ParameterRow::preview(double value) {
    m_preview = value;
    m_slider->setPosition(positionOf(parameter(), value));
    m_slider->setChanged(value != parameter().initial());
    m_editor->setText(shownValue(parameter(), value));
    fitEditor();
}

void ParameterRow::typed() {
    const std::string text = m_editor->text().remove(',').trimmed().toStdString();
    const auto value = parse_value(parameter(), text);
    if (value) m_values.edit(m_index, value.value());
    m_editor->setText(shownValue(parameter(), m_values.value(m_index)));
    fitEditor();
}

void ParameterRow::fitEditor() {
    // Measured bold, so that the row does not jump when a value leaves its default.
    const QFontMetrics metrics(cascadelab::font(Type::body, true));
    m_editor->setFixedWidth(metrics.horizontalAdvance(m_editor->text()) + 9);
}

void ParameterRow::reset() {
    m_values.edit(m_index, parameter().initial());
    refresh();
}

void ParameterRow::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ParameterRow::paintEvent(QPaintEvent*) {
    if (parameter().when != When::restart) return;
    // Needs a restart: a small ring after the label, filled while a change waits.
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool waits = m_values.waits(m_index);
    const int after = std::min(m_label->sizeHint().width(), m_label->width() - 12);
    const QPointF centre(m_label->x() + after + 8, m_label->geometry().center().y() + 1);
    painter.setPen(QPen(waits ? m_theme.warn : m_theme.faint, 1.3));
    painter.setBrush(waits ? QBrush(m_theme.warn) : Qt::NoBrush);
    painter.drawEllipse(centre, 2.6, 2.6);
}

void ParameterRow::mouseDoubleClickEvent(QMouseEvent*) {
    reset();
}

}  // namespace cascadelab
