#include "ui/parameters/path_row.h"

#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/parameters/parameter_values.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_edit.h"
#include "ui/words/numbers.h"

namespace cascadelab {

PathRow::PathRow(ParameterValues& values, std::size_t index, QWidget* parent)
    : QWidget(parent),
      m_values(values),
      m_index(index),
      m_label(new ElidedLabel(Type::body)),
      m_editor(new LineEdit) {
    m_label->setText(toText(parameter().label));
    m_editor->setPlaceholderText(tr("none"));
    m_editor->setAccessibleName(toText(parameter().label));
    m_editor->setAccessibleDescription(toText(parameter().help));
    setToolTip(toText(parameter().help));
    setObjectName(toText(parameter().key));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 4);
    layout->setSpacing(2);
    layout->addWidget(m_label);
    layout->addWidget(m_editor);
    connect(m_editor, &QLineEdit::editingFinished, this,
            [this] { m_values.editPath(m_index, m_editor->text().trimmed()); });
    connect(m_editor, &LineEdit::escaped, this, &PathRow::refresh);
    refresh();
}

bool PathRow::isChanged() const {
    return !m_values.path(m_index).isEmpty();
}

bool PathRow::matches(const QString& search) const {
    return std::ranges::any_of(
        std::array{parameter().label, parameter().key, parameter().help},
        [&](std::string_view text) { return toText(text).contains(search, Qt::CaseInsensitive); });
}

void PathRow::refresh() {
    m_label->setStrong(isChanged());
    m_editor->setText(m_values.path(m_index));
}

}  // namespace cascadelab
