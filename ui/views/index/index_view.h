// What each kind of vector index finds and what it costs, measured on this machine on the vectors
// of the running world: one curve a kind as its breadth grows, and where the present setting
// stands. Measures when asked to, on a thread of its own; the run knows nothing of it. Window's
// thread.
#pragma once

#include <atomic>

#include "ui/view/view.h"
#include "ui/views/index/index_layout.h"

class QPushButton;

namespace cascadelab {

class BusyOverlay;
class LazyTable;
class Segments;
class Selection;

class IndexView : public View {
    Q_OBJECT
  public:
    explicit IndexView(Selection& selection, QWidget* parent = nullptr);
    ~IndexView() override;

    QString title() const override { return tr("Index"); }
    QString subtitle() const override;
    QString tag() const override { return m_study ? tr("measured here") : QString(); }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) override;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() override { return {m_saveAction}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

    // What the controls ask for, on the vectors of the last snapshot.
    IndexStudyOptions wanted() const;
    void showStudy(std::shared_ptr<const IndexStudy> study);
    bool isMeasuring() const { return m_job != nullptr; }

  public slots:
    void measure();  // again, when a study is shown
    void cancel();   // what was shown stays

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void deliver();
    void relayout();
    void pointAt(std::optional<IndexHit> hit, QPoint tip);
    void placeControls();
    void paintAxes(QPainter& painter) const;
    void paintTrace(QPainter& painter, const IndexTrace& trace) const;

    Theme m_theme = Theme::dark();
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
    QAction* m_saveAction;
    LazyTable* m_table;

    std::atomic<bool> m_pending = false;   // the study has said something that was not yet read
    std::unique_ptr<IndexStudyJob> m_job;  // last: it ends before what it tells of goes
};

}  // namespace cascadelab
