#include "ui/widgets/line_edit.h"

#include <QKeyEvent>

namespace cascadelab {

void LineEdit::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            emit escaped();
            return clearFocus();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            QLineEdit::keyPressEvent(event);
            return clearFocus();
        default:
            QLineEdit::keyPressEvent(event);
    }
}

}  // namespace cascadelab
