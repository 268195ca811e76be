// Which past events the sequence model looked at for the explained request: a strip of weights by
// block over the person's last events, and the strongest of them by name. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/attention/attention_layout.h"

namespace cascadelab {

class AttentionView : public PictureView {
    Q_OBJECT
  public:
    explicit AttentionView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("as computed") : QString(); }

    QString wordsAt(QPointF position) const override;

  protected:
    bool take() override;
    bool hasPicture() const override { return m_trace && !m_trace->attention.events.empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;

  private:
    QString eventTitle(std::size_t event) const;
    QString eventSentence(std::size_t event) const;
    void paintStrip(QPainter& painter) const;
    void paintRows(QPainter& painter) const;

    std::shared_ptr<const CascadeTrace> m_trace;
    AttentionLayout m_layout;
};

}  // namespace cascadelab
