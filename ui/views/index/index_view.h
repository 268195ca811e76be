// What each kind of vector index finds and what it costs, measured on this machine on the vectors
// of the running world: one curve a kind as its breadth grows, and where the present setting
// stands. Measures when asked to, on a thread of its own; the run knows nothing of it. Window's
// thread.
#pragma once

#include <atomic>

#include "ui/view/picture_view.h"
#include "ui/views/index/index_layout.h"

class QPushButton;

namespace cascadelab {

class BusyOverlay;
class Segments;

class IndexView : public PictureView {
    Q_OBJECT
  public:
    explicit IndexView(Selection& selection, QWidget* parent = nullptr);
    ~IndexView() override;

    QString subtitle() const override;
    QString tag() const override { return m_study ? tr("measured here") : QString(); }

    void setTheme(const Theme& theme) override;
    QString wordsAt(QPointF position) const override;
    // What the controls ask for, on the vectors of the last snapshot.
    IndexStudyOptions wanted() const;
    void showStudy(std::shared_ptr<const IndexStudy> study);
    bool isMeasuring() const { return m_job != nullptr; }

  public slots:
    void measure();  // again, when a study is shown
    void cancel();   // what was shown stays

  protected:
    bool take() override;
    bool hasPicture() const override { return m_study != nullptr; }
    Lack lack() const override;
    void place() override;
    void paint(QPainter& painter) const override;
    Twin twin() const override;
    void fill() override { measure(); }
    void pointAt(std::optional<QPointF> position) override;
    std::vector<QPointF> stops() const override;

  private:
    void deliver();
    void placeControls();
    void paintAxes(QPainter& painter) const;
    void paintTrace(QPainter& painter, const IndexTrace& trace) const;

    RetrievalParams m_setting;  // of the last snapshot
    std::int64_t m_catalogue = 0;
    std::shared_ptr<const Matrix> m_vectors;
    std::shared_ptr<const IndexStudy> m_study;
    IndexLayout m_layout;
    int m_controlsHeight = 0;  // of the rows above the picture
    std::optional<IndexHit> m_hit;

    Segments* m_neighbours;
    Segments* m_items;
    QPushButton* m_measure;
    BusyOverlay* m_busy;

    std::atomic<bool> m_pending = false;   // the study has said something that was not yet read
    std::unique_ptr<IndexStudyJob> m_job;  // last: it ends before what it tells of goes
};

}  // namespace cascadelab
