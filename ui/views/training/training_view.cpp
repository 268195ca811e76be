#include "ui/views/training/training_view.h"

#include <QAction>
#include <QPainter>
#include <QVBoxLayout>
#include <limits>

#include "ui/plot/ink.h"
#include "ui/plot/xy_chart.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/widgets/elided_label.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

StudyCurve curveOf(std::string name, const std::vector<float>& loss) {
    StudyCurve curve;
    curve.name = std::move(name);
    for (std::size_t epoch = 0; epoch < loss.size(); ++epoch) {
        curve.x.push_back(static_cast<double>(epoch + 1));
        curve.y.push_back(static_cast<double>(loss[epoch]));
    }
    return curve;
}

StudyPlot plotOf(const std::vector<TrainingCurve>& curves) {
    StudyPlot plot;
    plot.title = "Loss while the models that serve now were trained";
    plot.x_label = "epoch";
    plot.y_label = "mean loss, nats";
    for (const TrainingCurve& curve : curves) {
        if (!curve.train.empty()) plot.own.push_back(curveOf(curve.model, curve.train));
        if (!curve.validation.empty())
            plot.own.push_back(curveOf(curve.model + ", held out", curve.validation));
    }
    return plot;
}

bool sameCurves(const std::vector<TrainingCurve>& a, const std::vector<TrainingCurve>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const TrainingCurve& x, const TrainingCurve& y) {
                          return x.model == y.model && x.trained_s == y.trained_s;
                      });
}

}  // namespace

TrainingCurvesView::TrainingCurvesView(Selection&, QWidget* parent)
    : View(parent),
      m_jobs(new ElidedLabel(Type::small, false, &Theme::dim)),
      m_chart(new XyChart),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("training"))),
      m_table(new LazyTable(this)) {
    setAccessibleName(title());
    setAccessibleDescription(tr("Loss by epoch of the models that serve now."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_jobs);
    layout->addWidget(m_chart, 1);
    m_jobs->hide();
    m_chart->hide();
}

QString TrainingCurvesView::subtitle() const {
    if (!hasCurves()) return {};
    QStringList parts;
    for (const TrainingCurve& curve : m_snapshot->curves)
        parts << tr("%1 of day %2").arg(toText(curve.model)).arg(day_of(curve.trained_s));
    return parts.join(QStringLiteral(" · ")) + tr(" · mean loss by epoch");
}

QString TrainingCurvesView::jobsText() const {
    if (m_snapshot->jobs.empty()) return tr("Nothing is being trained now.");
    // Jobs that go live together are named together.
    QStringList parts, together;
    const auto& jobs = m_snapshot->jobs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        together << QStringLiteral("%1 %2").arg(toText(jobs[i].label),
                                                percentText(jobs[i].progress));
        if (i + 1 < jobs.size() && jobs[i + 1].deploy_s == jobs[i].deploy_s) continue;
        parts << tr("live %1: %2")
                     .arg(agoText(m_snapshot->now_s - jobs[i].deploy_s),
                          together.join(QStringLiteral(", ")));
        together.clear();
    }
    return tr("Under way, %1").arg(parts.join(QStringLiteral(" · ")));
}

void TrainingCurvesView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_jobs->setTheme(theme);
    m_chart->setTheme(theme);
    update();
}

void TrainingCurvesView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto before = m_snapshot;
    m_snapshot = std::move(snapshot);
    m_chart->setVisible(hasCurves());
    m_jobs->setVisible(hasCurves());
    if (!hasCurves()) return update();
    m_jobs->setText(jobsText());
    if (before && sameCurves(before->curves, m_snapshot->curves)) return;
    m_chart->setPlot(plotOf(m_snapshot->curves));
    emit headingChanged();
    update();
}

void TrainingCurvesView::paintEvent(QPaintEvent*) {
    if (hasCurves()) return;
    QPainter painter(this);
    emptyText(painter, rect(),
              tr("How the loss fell stands here once the first models serve. Press play to get "
                 "there."),
              m_theme);
}

QAbstractItemModel* TrainingCurvesView::table() {
    if (!hasCurves()) {
        m_table->setContent({}, 0, {});
        return m_table;
    }
    const StudyPlot plot = plotOf(m_snapshot->curves);
    QStringList headers = {tr("Epoch")};
    std::size_t epochs = 0;
    for (const StudyCurve& curve : plot.own) {
        headers << toText(curve.name) + tr(", nats");
        epochs = std::max(epochs, curve.y.size());
    }
    const auto cell = [curves = plot.own](int row, int column) -> QVariant {
        if (column == 0) return row + 1;
        const auto& loss = curves[static_cast<std::size_t>(column - 1)].y;
        const auto epoch = static_cast<std::size_t>(row);
        return epoch < loss.size() ? QVariant(loss[epoch]) : QVariant(QString());
    };
    m_table->setContent(headers, static_cast<int>(epochs), cell);
    return m_table;
}

}  // namespace cascadelab
