// The three eras of representation side by side on the same requests: what each alone would have
// retrieved, for whom, and what it cost; below, where there is room, how it came to that. Window's
// thread.
#pragma once

#include <array>

#include "ui/view/view.h"
#include "ui/views/eras/eras_content.h"

class QPushButton;

namespace cascadelab {

class LazyTable;
class LineChart;
class Selection;

class ErasView : public View {
    Q_OBJECT
  public:
    explicit ErasView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Eras"); }
    QString subtitle() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    static constexpr std::size_t kEras = kEraLooks.size(), kColumns = 5;
    using Amounts = std::array<std::array<double, kColumns>, kEras>;

    void collect();
    void arrange();
    double headHeight() const;
    double tableHeight() const;
    double nameWidth() const;
    bool hasAmounts() const;
    bool isComparing() const;
    QString servesText(std::size_t era) const;

    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    Amounts m_amounts{};  // by Era: shares, the last column microseconds; NaN: nothing to say
    LineChart* m_chart;
    QPushButton* m_turnOn;  // offered while nothing is compared
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
