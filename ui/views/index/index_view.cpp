#include "ui/views/index/index_view.h"

#include <QAction>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QToolTip>
#include <array>

#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/widgets/busy_overlay.h"
#include "ui/widgets/segments.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr int kControls = 30;  // height of the row above the picture
constexpr std::array<int, 3> kNeighbours = {10, 100, 500};
constexpr std::array<std::int64_t, 3> kItems = {0, 20000, 100000};  // 0: as many as there are

QString originText(const IndexStudy& study) {
    switch (study.vectors) {
        case StudyVectors::as_given:
            return IndexView::tr("two-tower vectors of this world");
        case StudyVectors::sampled:
            return IndexView::tr("a sample of the %1 two-tower vectors of this world")
                .arg(countText(double(study.given)));
        case StudyVectors::enlarged:
            return IndexView::tr("the %1 two-tower vectors of this world and copies moved a little")
                .arg(countText(double(study.given)));
        case StudyVectors::synthetic:
            return IndexView::tr("synthetic vectors in clusters");
    }
    return {};
}

}  // namespace

IndexView::IndexView(Selection&, QWidget* parent)
    : View(parent),
      m_neighbours(new Segments({tr("10 nearest"), tr("100"), tr("500")}, this)),
      m_items(new Segments({tr("This catalogue"), tr("20,000"), tr("100,000 items")}, this)),
      m_measure(new QPushButton(tr("Measure"), this)),
      m_busy(new BusyOverlay(this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("index"))),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Recall of each kind of vector index against milliseconds a query. Left and right go "
           "through the measurements."));
    m_neighbours->setToolTip(tr("How many neighbours a query asks for"));
    m_neighbours->setAccessibleName(tr("Neighbours"));
    m_neighbours->setCurrent(1);
    m_items->setToolTip(tr("On the vectors of the running world, or on a larger catalogue"));
    m_items->setAccessibleName(tr("Catalogue"));
    m_measure->setToolTip(
        tr("Builds the three indexes and searches them. The run goes on beside it."));
    connect(m_measure, &QPushButton::clicked, this, &IndexView::measure);
    connect(m_busy, &BusyOverlay::cancelled, this, &IndexView::cancel);
}

IndexView::~IndexView() = default;

QString IndexView::subtitle() const {
    if (!m_study) return tr("what a search finds and what it costs, kind by kind");
    return tr("%1 nearest of %2 items × %3 · %4 · %5 queries")
        .arg(countText(m_study->k), countText(double(m_study->items)), countText(m_study->dims),
             originText(*m_study), countText(m_study->queries));
}

void IndexView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_busy->setTheme(theme);
    update();
}

void IndexView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    if (!snapshot || !snapshot->params) return;
    m_vectors = snapshot->item_vectors;
    m_catalogue = static_cast<std::int64_t>(snapshot->items);
    const RetrievalParams before = m_setting;
    m_setting = snapshot->params->retrieval;
    const bool moved = m_setting.index != before.index ||
                       m_setting.hnsw_breadth != before.hnsw_breadth ||
                       m_setting.ivf_probes != before.ivf_probes;
    if (moved) relayout();  // the marker of the present setting
}

IndexStudyOptions IndexView::wanted() const {
    IndexStudyOptions options;
    options.vectors = m_vectors;
    options.items = kItems[static_cast<std::size_t>(m_items->current())];
    if (options.items == 0 && !m_vectors) options.items = m_catalogue;
    options.k = kNeighbours[static_cast<std::size_t>(m_neighbours->current())];
    options.setting = m_setting;
    return options;
}

void IndexView::measure() {
    if (m_job) return;
    m_busy->setWork(tr("Measuring"), 0);
    m_measure->setEnabled(false);
    m_job = std::make_unique<IndexStudyJob>(wanted(), [this] {
        if (m_pending.exchange(true)) return;
        QMetaObject::invokeMethod(this, &IndexView::deliver, Qt::QueuedConnection);
    });
}

void IndexView::cancel() {
    if (m_job) m_job->cancel();
}

// Takes what the study has said last.
void IndexView::deliver() {
    m_pending = false;
    if (!m_job) return;
    const IndexStudyJob::State state = m_job->state();
    if (!state.ended) {
        m_busy->setWork(tr("Measuring: %1").arg(toText(state.text)), state.share);
        return;
    }
    m_job.reset();
    m_busy->setWork(std::nullopt, 0);
    m_measure->setEnabled(true);
    if (state.study) showStudy(state.study);
}

void IndexView::showStudy(std::shared_ptr<const IndexStudy> study) {
    m_study = std::move(study);
    m_hit.reset();
    relayout();
    emit headingChanged();
}

// The button stands right of the choices, under them where the row is full, and in the middle as
// long as there is nothing else.
void IndexView::placeControls() {
    m_measure->setText(m_study ? tr("Measure again") : tr("Measure"));
    m_measure->adjustSize();
    int x = 0, y = 0;
    for (Segments* control : {m_neighbours, m_items}) {
        const QSize size = control->sizeHint();
        if (x > 0 && x + size.width() > width()) {
            x = 0;
            y += kControls;
        }
        control->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + 10;
    }
    const int right = width() - m_measure->width();
    if (x > right) y += kControls;
    m_controlsHeight = y + kControls;
    m_measure->move(right, y - 2);
    if (!m_study) m_measure->move(right / 2, height() / 2 + 34);
}

void IndexView::relayout() {
    placeControls();
    const QRectF area = QRectF(rect()).adjusted(0, m_controlsHeight, 0, 0);
    if (m_study) m_layout = layoutIndexStudy(*m_study, m_setting, area);
    update();
}

void IndexView::resizeEvent(QResizeEvent*) {
    relayout();
}

// Shows a measurement in words, or none.
void IndexView::pointAt(std::optional<IndexHit> hit, QPoint tip) {
    m_hit = hit;
    update();
    if (!hit) return QToolTip::hideText();
    const IndexCurve& curve = *m_layout.traces[hit->trace].curve;
    const QString built =
        tr("built in %1")
            .arg(curve.build_s < 1 ? microsText(1e6 * curve.build_s) : durationText(curve.build_s));
    QToolTip::showText(tip, pointSentence(curve, hit->point) + QStringLiteral("\n") + built, this);
}

void IndexView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_study) return;
    pointAt(indexHitAt(m_layout, event->position()), event->globalPosition().toPoint());
}

void IndexView::leaveEvent(QEvent*) {
    if (m_hit) pointAt(std::nullopt, {});
}

// Left and right go through all measurements, curve after curve.
void IndexView::keyPressEvent(QKeyEvent* event) {
    const bool right = event->key() == Qt::Key_Right;
    if (!m_study || (!right && event->key() != Qt::Key_Left)) return View::keyPressEvent(event);
    std::vector<IndexHit> all;
    std::size_t at = 0;
    for (std::size_t t = 0; t < m_layout.traces.size(); ++t) {
        for (std::size_t p = 0; p < m_layout.traces[t].points.size(); ++p) {
            if (m_hit && m_hit->trace == t && m_hit->point == p) at = all.size();
            all.push_back({t, p});
        }
    }
    if (all.empty()) return;
    if (m_hit) at = (at + (right ? 1 : all.size() - 1)) % all.size();
    const QPointF place = m_layout.traces[all[at].trace].points[all[at].point];
    pointAt(all[at], mapToGlobal(place.toPoint()));
}

QAbstractItemModel* IndexView::table() {
    if (!m_study) return m_table;
    struct Row {
        const IndexCurve* curve;
        std::size_t point;
    };
    std::vector<Row> rows;
    for (const IndexCurve& curve : m_study->curves) {
        for (std::size_t p = 0; p < curve.points.size(); ++p) rows.push_back({&curve, p});
    }
    const auto count = static_cast<int>(rows.size());
    const auto cell = [study = m_study, rows = std::move(rows)](int row, int column) -> QVariant {
        const auto& [curve, p] = rows[static_cast<std::size_t>(row)];
        const IndexPoint& point = curve->points[p];
        switch (column) {
            case 0:
                return indexName(curve->kind);
            case 1:
                return breadthText(curve->kind, point);
            case 2:
                return point.recall;
            case 3:
                return point.ms;
            default:
                return curve->build_s;
        }
    };
    m_table->setContent(
        {tr("Index"), tr("Breadth"), tr("Recall"), tr("CPU time a query, ms"), tr("Build, s")},
        count, cell);
    return m_table;
}

}  // namespace cascadelab
