#include "ui/views/training/training_view.h"

#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/plot/xy_chart.h"
#include "ui/widgets/elided_label.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

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
    return std::ranges::equal(a, b, [](const TrainingCurve& x, const TrainingCurve& y) {
        return x.model == y.model && x.trained_s == y.trained_s;
    });
}

}  // namespace

TrainingView::TrainingView(Selection& selection, QWidget* parent)
    : PictureView(selection, tr("Loss by epoch of the models that serve now."), parent),
      m_jobs(new ElidedLabel(Type::small, false, &Theme::dim)),
      m_chart(new XyChart) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_jobs);
    layout->addWidget(m_chart, 1);
    m_jobs->hide();
    m_chart->hide();
}

QString TrainingView::subtitle() const {
    if (!hasPicture()) return {};
    QStringList parts;
    for (const TrainingCurve& curve : m_curves)
        parts << tr("%1 of %2").arg(toText(curve.model), dayText(curve.trained_s));
    return parts.join(QStringLiteral(" · ")) + tr(" · mean loss by epoch");
}

QString TrainingView::jobsText() const {
    if (snapshot()->jobs.empty()) return tr("Nothing is being trained now.");
    // Jobs that go live together are named together.
    QStringList parts, together;
    const auto& jobs = snapshot()->jobs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        together << QStringLiteral("%1 %2").arg(toText(jobs[i].label),
                                                percentText(jobs[i].progress));
        if (i + 1 < jobs.size() && jobs[i + 1].deploy_s == jobs[i].deploy_s) continue;
        parts << tr("live %1: %2")
                     .arg(agoText(snapshot()->now_s - jobs[i].deploy_s),
                          together.join(QStringLiteral(", ")));
        together.clear();
    }
    return tr("Under way, %1").arg(parts.join(QStringLiteral(" · ")));
}

void TrainingView::setTheme(const Theme& theme) {
    m_jobs->setTheme(theme);
    m_chart->setTheme(theme);
    PictureView::setTheme(theme);
}

bool TrainingView::take() {
    const auto curves = snapshot() ? snapshot()->curves : std::vector<TrainingCurve>{};
    const bool isSame = sameCurves(curves, m_curves);
    m_curves = curves;
    if (hasPicture()) m_jobs->setText(jobsText());
    if (!isSame && hasPicture()) m_chart->setPlot(plotOf(m_curves));
    return !isSame;
}

void TrainingView::place() {
    m_chart->setVisible(hasPicture());
    m_jobs->setVisible(hasPicture());
}

PictureView::Lack TrainingView::lack() const {
    return {
        tr("How the loss fell stands here once the first models serve. Press play to get "
           "there.")};
}

PictureView::Twin TrainingView::twin() const {
    const StudyPlot plot = plotOf(m_curves);
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
    return {headers, static_cast<int>(epochs), cell};
}

}  // namespace cascadelab
