// How healthy the codes of the items are over time: how evenly each level is used, which codes are
// dead, and how far items can be told apart. Window's thread.
#pragma once

#include "ui/view/view.h"

namespace cascadelab {

class LazyTable;
class LineChart;
class Selection;

class CodeHealthView : public View {
    Q_OBJECT
  public:
    explicit CodeHealthView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Code health"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    bool hasData() const { return m_points && m_points->size() >= 2; }
    void refill();

    Theme m_theme = Theme::dark();
    std::shared_ptr<const std::vector<CodeHealthPoint>> m_points;
    std::shared_ptr<const CodesView> m_codes;
    std::vector<Mark> m_marks;
    GenerativeStatus m_status;
    LineChart* m_chart;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
