// What the simulated language model was shown and what it made of it, for the explained request:
// the ranker's order beside its own, the words it read of every item, tokens, faults, and what they
// cost. Window's thread.
#pragma once

#include "ui/view/picture_view.h"
#include "ui/views/simulated_llm/simulated_llm_layout.h"

namespace cascadelab {

class SimulatedLlmView : public PictureView {
    Q_OBJECT
  public:
    explicit SimulatedLlmView(Selection& selection, QWidget* parent = nullptr);

    QString subtitle() const override;
    QString tag() const override { return hasPicture() ? tr("simulated LLM") : QString(); }
    QString wordsAt(QPointF position) const override;
    const SimulatedLlmLayout& placed() const { return m_layout; }

  protected:
    bool take() override;
    bool hasPicture() const override { return m_trace && !m_trace->language.after.empty(); }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void chooseAt(QPointF position) override;
    std::vector<QPointF> stops() const override;

  private:
    QString readOf(std::size_t before) const;  // the line of the prompt that tells of an item
    QString footText() const;

    std::shared_ptr<const CascadeTrace> m_trace;
    QStringList m_lines;  // of the prompt
    SimulatedLlmLayout m_layout;
};

}  // namespace cascadelab
