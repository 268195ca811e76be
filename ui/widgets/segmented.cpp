#include "ui/widgets/segmented.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

#include "ui/theme/theme.h"

namespace cascadelab {

Segmented::Segmented(const QString& name, const QList<Choice>& choices, QWidget* parent)
    : QFrame(parent), m_buttons(new QButtonGroup(this)) {
    setProperty("role", "segments");
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(2, 2, 2, 2);
    line->setSpacing(0);
    const QFontMetrics bold(cascadelab::font(Type::body, true));
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new QToolButton;
        button->setText(choices[i].text);
        button->setToolTip(choices[i].help);
        button->setAccessibleName(name + ": " + choices[i].text);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setProperty("role", "segment");
        // As wide as its bold words, so that nothing moves when the choice does.
        button->setFixedSize(bold.horizontalAdvance(choices[i].text) + 22, 26);
        m_buttons->addButton(button, i);
        line->addWidget(button);
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::setCurrent(int index) {
    if (m_buttons->checkedId() != index) m_buttons->button(index)->setChecked(true);
}

int Segmented::current() const {
    return m_buttons->checkedId();
}

}  // namespace cascadelab
