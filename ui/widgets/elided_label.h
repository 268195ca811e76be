// A label of one line that ends in an ellipsis when it must, and then says all of it on hover.
// Repaints only when its text changed. Window's thread.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace cascadelab {

class ElidedLabel : public QWidget, public Themed {
    Q_OBJECT
  public:
    // The theme's colour the words take.
    using Role = QColor Theme::*;
    explicit ElidedLabel(Type type, bool strong = false, Role role = &Theme::text,
                         QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return m_text; }
    void setRole(Role role);
    void setStrong(bool strong);
    // Asks for no less room than this text takes, so that what stands beside it does not move.
    void reserve(const QString& widest);
    void setAlignment(Qt::Alignment alignment);
    bool isElided() const;

    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    Type m_type;
    Role m_role;
    QString m_text, m_widest;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
