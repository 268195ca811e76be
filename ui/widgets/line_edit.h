// A line to type in that gives the keyboard back: Enter when done, Esc to take it back. So the
// transport's keys work again at once. Window's thread.
#pragma once

#include <QLineEdit>

namespace cascadelab {

class LineEdit : public QLineEdit {
    Q_OBJECT
  public:
    using QLineEdit::QLineEdit;

  signals:
    void escaped();  // before the focus goes

  protected:
    void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace cascadelab
