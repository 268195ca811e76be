// One choice of a few, side by side. Window's thread.
#pragma once

#include <QFrame>

class QButtonGroup;

namespace cascadelab {

class Segmented : public QFrame {
    Q_OBJECT
  public:
    struct Choice {
        QString text, help;
    };
    Segmented(const QString& name, const QList<Choice>& choices, QWidget* parent = nullptr);
    void setCurrent(int index);
    int current() const;

  signals:
    void chosen(int index);  // by hand only

  private:
    QButtonGroup* m_buttons;
};

}  // namespace cascadelab
