// The online features of the person in focus: from which lane, how old, what they were at the
// request before and what they are now. Window's thread.
#pragma once

#include "ui/view/view.h"

class QTableView;

namespace cascadelab {

class FeatureRowsModel;
class Selection;

class FeaturesView : public View {
    Q_OBJECT
  public:
    explicit FeaturesView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    FeatureRowsModel* m_model;
    QTableView* m_rows;
};

}  // namespace cascadelab
