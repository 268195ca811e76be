// The heading of a group: a chevron, letter-spaced capitals, and at the right what must be known
// now ("retraining 64 %"). A click or Space opens and closes. Window's thread.
#pragma once

#include <QAbstractButton>

#include "ui/theme/theme.h"

namespace cascadelab {

class SectionHeader : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit SectionHeader(const QString& title, bool collapsible = true,
                           QWidget* parent = nullptr);
    void setOpen(bool open) { setChecked(open); }
    bool isOpen() const { return isChecked(); }
    void setTitle(const QString& title);
    // `important`: in the warning colour, otherwise dim.
    void setNote(const QString& note, bool important = false);
    QString note() const { return m_note; }

    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override { return {120, 26}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    bool m_collapsible;
    QString m_note;
    bool m_important = false;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
