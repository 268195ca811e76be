// The sheet of keys (F1). Window's thread.
#pragma once

#include <QDialog>

namespace cascadelab {

class KeySheet : public QDialog {
    Q_OBJECT
  public:
    explicit KeySheet(QWidget* parent);
};

}  // namespace cascadelab
