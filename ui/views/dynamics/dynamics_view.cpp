#include "ui/views/dynamics/dynamics_view.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <algorithm>
#include <cmath>

#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr int kButtonsHeight = 24, kButtonsGap = 8;  // px
constexpr std::size_t kMostMetrics = 6;              // more panels than that cannot be read

bool sameMarks(const std::vector<Mark>& a, const std::vector<Mark>& b) {
    return std::ranges::equal(a, b, [](const Mark& x, const Mark& y) {
        return x.time_s == y.time_s && x.text == y.text && x.planned == y.planned;
    });
}

template <class T>
void toggle(std::vector<T>& values, T value, bool on) {
    const auto found = std::ranges::find(values, value);
    if (on && found == values.end()) values.push_back(value);
    if (!on && found != values.end()) values.erase(found);
}

}  // namespace

DynamicsView::DynamicsView(Selection& selection, QWidget* parent)
    : PictureView(selection, tr("Metrics over virtual time with marks of what was changed."),
                  parent),
      m_chart(new LineChart(this)),
      m_metricsButton(new QPushButton(tr("Metrics…"), this)),
      m_groupsButton(new QPushButton(tr("Groups…"), this)),
      m_referencesButton(new QPushButton(tr("References"), this)),
      m_metricsMenu(new QMenu(this)),
      m_groupsMenu(new QMenu(this)) {
    m_chart->setAccessibleName(tr("Chart of the chosen metrics"));
    makeMenus();
}

void DynamicsView::makeMenus() {
    for (QPushButton* button : {m_metricsButton, m_groupsButton, m_referencesButton}) {
        button->setProperty("role", "link");
        button->setCursor(Qt::PointingHandCursor);
    }
    m_metricsButton->setToolTip(tr("Choose up to %1 metrics").arg(kMostMetrics));
    m_groupsButton->setToolTip(tr("Everyone, or the segments one by one"));
    m_referencesButton->setCheckable(true);
    m_referencesButton->setToolTip(
        tr("Beside every line what the oracle would have shown the same people at the same "
           "requests (dashed), and what they would have met without a recommender (dotted)"));
    connect(m_referencesButton, &QPushButton::toggled, this, [this](bool on) {
        DynamicsChoice choice = m_choice;
        choice.references = on;
        setChoice(choice);
    });
    m_metricsMenu->setToolTipsVisible(true);
    // Filled when opened, so that it always shows the present choice.
    connect(m_metricsMenu, &QMenu::aboutToShow, this, [this] {
        m_metricsMenu->clear();
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            const auto metric = static_cast<Metric>(m);
            const MetricInfo& info = metric_info(metric);
            QAction* action = m_metricsMenu->addAction(toText(info.label));
            action->setToolTip(toText(info.help));
            action->setCheckable(true);
            action->setChecked(std::ranges::count(m_choice.metrics, metric) > 0);
            action->setEnabled(action->isChecked() || m_choice.metrics.size() < kMostMetrics);
            connect(action, &QAction::toggled, this,
                    [this, metric](bool on) { toggleMetric(metric, on); });
        }
    });
    connect(m_groupsMenu, &QMenu::aboutToShow, this, [this] {
        m_groupsMenu->clear();
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            QAction* action = m_groupsMenu->addAction(toText(group_name(group)));
            action->setCheckable(true);
            action->setChecked(std::ranges::count(m_choice.groups, group) > 0);
            connect(action, &QAction::toggled, this,
                    [this, group](bool on) { toggleGroup(group, on); });
        }
    });
    connect(m_metricsButton, &QPushButton::clicked, this, [this] {
        m_metricsMenu->popup(m_metricsButton->mapToGlobal(QPoint(0, m_metricsButton->height())));
    });
    connect(m_groupsButton, &QPushButton::clicked, this, [this] {
        m_groupsMenu->popup(m_groupsButton->mapToGlobal(QPoint(0, m_groupsButton->height())));
    });
}

void DynamicsView::toggleMetric(Metric metric, bool on) {
    DynamicsChoice choice = m_choice;
    toggle(choice.metrics, metric, on);
    setChoice(choice);
}

void DynamicsView::toggleGroup(std::size_t group, bool on) {
    DynamicsChoice choice = m_choice;
    toggle(choice.groups, group, on);
    setChoice(choice);
}

void DynamicsView::setChoice(DynamicsChoice choice) {
    if (choice.metrics.empty() || choice.groups.empty()) return;  // one line at least
    std::ranges::sort(choice.groups);
    m_choice = std::move(choice);
    m_referencesButton->setChecked(m_choice.references);
    m_referencesButton->setText(m_choice.references ? tr("Without references") : tr("References"));
    renew();
}

QString DynamicsView::subtitle() const {
    if (!hasPicture()) return {};
    QStringList groups;
    for (std::size_t group : m_choice.groups) groups << toText(group_name(group));
    const bool isAll = m_choice.groups == std::vector<std::size_t>{0};
    return tr("%1 · each point covers the day before it · change against a day ago")
        .arg(isAll ? tr("all people") : groups.join(QStringLiteral(", ")));
}

void DynamicsView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    PictureView::setTheme(theme);
}

bool DynamicsView::take() {
    const auto series = snapshot() ? snapshot()->series : nullptr;
    const auto marks = snapshot() ? snapshot()->marks : std::vector<Mark>{};
    if (series == m_series && sameMarks(marks, m_marks)) return false;
    m_series = series;
    m_marks = marks;
    return true;
}

void DynamicsView::place() {
    int left = 0;
    for (QPushButton* button : {m_metricsButton, m_groupsButton, m_referencesButton}) {
        button->setVisible(hasPicture());
        button->adjustSize();
        button->move(left, 0);
        left += button->width() + kButtonsGap;
    }
    m_chart->setGeometry(0, kButtonsHeight, width(), height() - kButtonsHeight);
    m_chart->setVisible(hasPicture());
    if (hasPicture()) m_chart->setContent(dynamicsContent(*m_series, m_marks, m_choice, theme()));
}

PictureView::Lack DynamicsView::lack() const {
    return {tr("Metrics appear after the first virtual hours. Press play to get there.")};
}

PictureView::Twin DynamicsView::twin() const {
    struct Column {
        std::size_t metric, group;
        std::optional<Reference> reference;
    };
    QStringList headers = {tr("Time")};
    std::vector<Column> columns;
    for (Metric metric : m_choice.metrics) {
        for (std::size_t group : m_choice.groups) {
            const MetricInfo& info = metric_info(metric);
            const QString unit =
                info.unit.empty() ? QString() : QStringLiteral(", ") + toText(info.unit);
            headers << QStringLiteral("%1 (%2)%3")
                           .arg(toText(info.label), toText(group_name(group)), unit);
            columns.push_back({index_of(metric), group, std::nullopt});
        }
        if (!m_choice.references || !has_reference(metric)) continue;
        const std::size_t group = m_choice.groups.front();
        for (const Reference reference : every<Reference>) {
            headers << QStringLiteral("%1 (%2, %3)")
                           .arg(toText(metric_info(metric).label), toText(group_name(group)),
                                toText(reference_label(reference)));
            columns.push_back({index_of(metric), group, reference});
        }
    }
    const auto cell = [series = m_series, columns](int row, int column) -> QVariant {
        const MetricPoint& point = (*series)[static_cast<std::size_t>(row)];
        if (column == 0) return momentText(point.time_s);
        const Column& which = columns[static_cast<std::size_t>(column - 1)];
        const MetricValues& values =
            which.reference ? point.reference[*which.reference] : point.value;
        const float value = values[which.metric][which.group];
        return std::isfinite(value) ? QVariant(value) : QVariant(QString());
    };
    return {headers, static_cast<int>(m_series->size()), cell};
}

}  // namespace cascadelab
