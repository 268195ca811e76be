// Who is being looked at: a letter in a circle, the name and a line of facts. Window's thread.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace cascadelab {

class ElidedLabel;

class PersonHead : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit PersonHead(QWidget* parent = nullptr);
    void setPerson(const QString& name, const QString& facts, std::size_t topic);
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    ElidedLabel* m_name;
    ElidedLabel* m_facts;
    std::size_t m_topic = 0;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
