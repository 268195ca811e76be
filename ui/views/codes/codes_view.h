// The tree of semantic IDs: which codes of each level are used and which are dead, and the items
// under their prefixes, as areas coloured by how many share their codes with another. Window's
// thread.
#pragma once

#include "ui/view/view.h"
#include "ui/views/codes/codes_layout.h"

namespace cascadelab {

class LazyTable;
class Segmented;
class Selection;

class CodeTreeView : public View {
    Q_OBJECT
  public:
    enum class Size { items, impressions };

    explicit CodeTreeView(Selection& selection, QWidget* parent = nullptr);

    QString title() const override { return tr("Codes"); }
    QString subtitle() const override;
    QString tag() const override;
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 200}; }
    void setSize(Size size);  // what areas are as large as
    const CodeTreeLayout& placed() const { return m_layout; }
    // The sentence of what stands at a position; empty beside everything.
    QString wordsAt(QPointF position) const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    bool hasCodes() const { return m_codes && m_codes->items() > 0; }
    void weigh();
    void relayout();
    QString areaWords(const CodeArea& area) const;
    QString cellWords(const CodeStripCell& cell) const;
    bool holdsSelected(const CodeArea& area) const;
    void paintStrips(QPainter& painter) const;
    void paintAreas(QPainter& painter) const;
    void paintKey(QPainter& painter) const;

    Selection& m_selection;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Cards> m_cards;
    std::shared_ptr<const CodesView> m_codes;
    std::shared_ptr<const std::vector<std::uint32_t>> m_impressions;  // of the last 24 hours
    GenerativeStatus m_status;
    std::shared_ptr<const CodePicture> m_picture;  // of m_codes; null without
    std::vector<double> m_shown;                   // impressions by node
    std::vector<double> m_sums;                    // by node, what areas are as large as
    Size m_size = Size::items;
    CodeTreeLayout m_layout;
    QRectF m_words, m_map, m_key;
    Segmented* m_switch;
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
