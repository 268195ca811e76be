// Which past events the sequence model looked at for the explained request: a strip of weights by
// block over the person's last events, and the strongest of them by name. Window's thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/attention/attention_layout.h"

namespace cascadelab {

class LazyTable;
class Selection;

class AttentionView : public View {
    Q_OBJECT
  public:
    explicit AttentionView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Attention"); }
    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("as computed") : QString(); }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    bool hasPicture() const { return m_trace && !m_trace->attention.events.empty(); }
    QString eventTitle(std::size_t event) const;
    QString eventSentence(std::size_t event) const;
    void relayout();
    void paintStrip(QPainter& painter) const;
    void paintRows(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const CascadeTrace> m_trace;
    AttentionLayout m_layout;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
