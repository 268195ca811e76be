// The tree of semantic IDs: which codes of each level are used and which are dead, and the items
// under their prefixes, as areas coloured by how many share their codes with another. Window's
// thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/codes/codes_layout.h"

namespace cascadelab {

class Segmented;

class CodesView : public PictureView {
    Q_OBJECT
  public:
    enum class Size { items, impressions };

    explicit CodesView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override;
    void setSize(Size size);  // what areas are as large as
    const CodesLayout& placed() const { return m_layout; }
    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_codes && m_codes->items() > 0; }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;

  private:
    void weigh();
    QString areaWords(const CodeArea& area) const;
    QString cellWords(const CodeStripCell& cell) const;
    bool holdsSelected(const CodeArea& area) const;
    void paintStrips(QPainter& painter) const;
    void paintAreas(QPainter& painter) const;
    void paintKey(QPainter& painter) const;

    std::shared_ptr<const Cards> m_cards;
    std::shared_ptr<const ItemCodes> m_codes;
    std::shared_ptr<const std::vector<std::uint32_t>> m_impressions;  // of the last 24 hours
    GenerativeStatus m_status;
    std::shared_ptr<const CodePicture> m_picture;  // of m_codes; null without
    std::vector<double> m_shown;                   // impressions by node
    std::vector<double> m_sums;                    // by node, what areas are as large as
    Size m_size = Size::items;
    CodesLayout m_layout;
    QRectF m_words, m_map, m_key;
    Segmented* m_switch;
};

}  // namespace cascadelab
