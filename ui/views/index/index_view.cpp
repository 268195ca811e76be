#include "ui/views/index/index_view.h"

#include <QPushButton>
#include <array>

#include "ui/widgets/busy_overlay.h"
#include "ui/widgets/segments.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

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

IndexView::IndexView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("Recall of each kind of vector index against milliseconds a query. Left and right go "
             "through the measurements."),
          parent),
      m_neighbours(new Segments({tr("10 nearest"), tr("100"), tr("500")}, this)),
      m_items(new Segments({tr("This catalogue"), tr("20,000"), tr("100,000 items")}, this)),
      m_measure(new QPushButton(tr("Measure again"), this)),
      m_busy(new BusyOverlay(this)) {
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
    m_busy->setTheme(theme);
    PictureView::setTheme(theme);
}

bool IndexView::take() {
    if (!snapshot() || !snapshot()->params) return false;
    m_vectors = snapshot()->item_vectors;
    m_catalogue = static_cast<std::int64_t>(snapshot()->items);
    const RetrievalParams before = m_setting;
    m_setting = snapshot()->params->retrieval;
    // The marker of the present setting.
    return m_setting.index != before.index || m_setting.hnsw_breadth != before.hnsw_breadth ||
           m_setting.ivf_probes != before.ivf_probes;
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
    renew();
}

// The button stands right of the choices, under them where the row is full.
void IndexView::placeControls() {
    m_measure->setVisible(m_study != nullptr);
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
}

void IndexView::place() {
    placeControls();
    const QRectF area = QRectF(rect()).adjusted(0, m_controlsHeight, 0, 0);
    if (m_study) m_layout = layoutIndexStudy(*m_study, m_setting, area);
}

QString IndexView::wordsAt(QPointF position) const {
    const auto hit = m_study ? indexHitAt(m_layout, position) : std::nullopt;
    if (!hit) return {};
    const IndexCurve& curve = *m_layout.traces[hit->trace].curve;
    const QString built =
        tr("built in %1")
            .arg(curve.build_s < 1 ? microsText(1e6 * curve.build_s) : durationText(curve.build_s));
    return pointSentence(curve, hit->point) + QStringLiteral("\n") + built;
}

void IndexView::pointAt(std::optional<QPointF> position) {
    m_hit = position && m_study ? indexHitAt(m_layout, *position) : std::nullopt;
    update();
}

// All measurements, curve after curve.
std::vector<QPointF> IndexView::stops() const {
    std::vector<QPointF> places;
    for (const IndexTrace& trace : m_layout.traces)
        places.insert(places.end(), trace.points.begin(), trace.points.end());
    return places;
}

PictureView::Twin IndexView::twin() const {
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
    return {{tr("Index"), tr("Breadth"), tr("Recall"), tr("CPU time a query, ms"), tr("Build, s")},
            count,
            cell};
}

}  // namespace cascadelab
