// Short rows of words in columns, painted as one: features before and now, scores of a candidate.
// The first column takes what is left; the last is at the right edge. A row of a single cell
// belongs to the row above and takes the whole width. Window's thread.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"

namespace cascadelab {

class FactTable : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit FactTable(const QString& name, QWidget* parent = nullptr);
    void setRows(std::vector<QStringList> rows);
    void setTheme(const Theme& theme) override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::vector<QStringList> m_rows;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
