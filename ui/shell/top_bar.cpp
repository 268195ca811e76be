#include "ui/shell/top_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/segmented.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr int kLeastClock = 122;  // px; "Day 888 88:88"

QToolButton* iconButton(const QString& name, const QString& help, const char* role) {
    auto* button = new QToolButton;
    button->setAccessibleName(name);
    button->setToolTip(help);
    button->setFixedSize(32, 30);
    button->setIconSize({18, 18});
    button->setFocusPolicy(Qt::TabFocus);
    button->setProperty("role", role);
    return button;
}

}  // namespace

TopBar::TopBar(QWidget* parent) : QWidget(parent), m_layoutMenu(new QMenu(this)) {
    setFixedHeight(52);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(18, 0, 14, 0);
    line->setSpacing(14);
    line->addSpacing(32);  // the mark
    line->addWidget(buildTitle());
    line->addStretch(3);
    line->addWidget(buildTransport());
    line->addWidget(m_speed);
    line->addSpacing(6);
    line->addWidget(buildClock());
    setSpeed(Speed::fast);
    line->addStretch(4);
    line->addWidget(buildButtons());
}

QWidget* TopBar::buildTitle() {
    m_title = new ElidedLabel(Type::title, true);
    m_facts = new ElidedLabel(Type::small, false, &Theme::dim);
    auto* block = new QWidget;
    block->setMinimumWidth(150);
    block->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 7, 0, 7);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    return block;
}

QWidget* TopBar::buildTransport() {
    m_restart =
        iconButton(tr("Restart"), tr("Restart with the same seed (Backspace)"), "transport");
    m_back = iconButton(tr("Back"), tr("Back to the last keyframe (Left)"), "transport");
    m_play = iconButton(tr("Play"), tr("Play or pause (Space)"), "play");
    m_step = iconButton(tr("Step"), tr("One tick (Right)"), "transport");
    m_end =
        iconButton(tr("Run to the end"), tr("Run to the end of the scenario (End)"), "transport");
    connect(m_restart, &QToolButton::clicked, this, &TopBar::restartPressed);
    connect(m_back, &QToolButton::clicked, this, &TopBar::backPressed);
    connect(m_play, &QToolButton::clicked, this, &TopBar::playPressed);
    connect(m_step, &QToolButton::clicked, this, &TopBar::stepPressed);
    connect(m_end, &QToolButton::clicked, this, &TopBar::endPressed);
    m_speed =
        new Segmented(tr("Speed"), {{tr("Step"), tr("One tick a press (1)")},
                                    {tr("Live"), tr("Two ticks a second (2)")},
                                    {tr("Fast"), tr("As fast as the picture stays smooth (3)")},
                                    {tr("Express"), tr("One picture a virtual hour (4)")}});
    connect(m_speed, &Segmented::chosen, this,
            [this](int index) { emit speedChosen(static_cast<Speed>(index)); });
    auto* block = new QWidget;
    auto* layout = new QHBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    for (QToolButton* button : {m_restart, m_back, m_play, m_step, m_end}) {
        layout->addWidget(button);
    }
    return block;
}

QWidget* TopBar::buildClock() {
    m_day = new ElidedLabel(Type::title, true);
    m_time = new ElidedLabel(Type::title);
    m_time->reserve(QStringLiteral("88:88"));
    m_load = new ElidedLabel(Type::small, false, &Theme::dim);
    m_load->setToolTip(tr("Measured here: requests served and pictures drawn in a second"));
    auto* block = new QWidget;
    // As wide as it ever gets, so that the bar does not breathe with the numbers; a narrow window
    // keeps day and time.
    m_load->reserve(QStringLiteral("Wednesday · 88,888 requests/s · 88 fps"));
    block->setMinimumWidth(kLeastClock);
    block->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* first = new QHBoxLayout;
    first->setSpacing(7);
    first->addWidget(m_day);
    first->addWidget(m_time);
    first->addStretch();
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 7, 0, 7);
    layout->setSpacing(0);
    layout->addLayout(first);
    layout->addWidget(m_load);
    return block;
}

QWidget* TopBar::buildButtons() {
    auto* open = new QPushButton(tr("Scenarios"));
    open->setToolTip(tr("What can be run, why, and what to look for (Ctrl+O)"));
    open->setFocusPolicy(Qt::TabFocus);
    open->setFixedHeight(30);
    m_themeButton = iconButton(tr("Theme"), tr("Dark or light (Ctrl+T)"), "transport");
    m_layout = iconButton(tr("Window menu"), tr("Files, docks and layout"), "transport");
    m_layout->setMenu(m_layoutMenu);
    m_layout->setPopupMode(QToolButton::InstantPopup);
    m_help = iconButton(tr("Keys"), tr("All keys (F1)"), "transport");
    connect(open, &QPushButton::clicked, this, &TopBar::openPressed);
    connect(m_themeButton, &QToolButton::clicked, this, &TopBar::themePressed);
    connect(m_help, &QToolButton::clicked, this, &TopBar::helpPressed);
    auto* block = new QWidget;
    auto* layout = new QHBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{open, m_themeButton, m_help, m_layout}) {
        layout->addWidget(widget);
    }
    return block;
}

void TopBar::setSnapshot(const Snapshot& s, int framesPerSecond) {
    m_title->setText(toText(s.title));
    const auto facts = [&](const QString& items) {
        return tr("%1 · seed %2 · %3 people · %4 items")
            .arg(toText(s.pack))
            .arg(s.seed)
            .arg(countText(static_cast<double>(s.people)), items);
    };
    // A catalogue grows while it runs; the transport stays where it is.
    QString widest = countText(static_cast<double>(2 * s.items));
    for (QChar& digit : widest)
        if (digit.isDigit()) digit = QLatin1Char('8');
    m_facts->reserve(facts(widest));
    m_facts->setText(facts(countText(static_cast<double>(s.items))));
    m_day->setText(dayText(s.now_s));
    m_time->setText(clockText(s.now_s));
    // A world that stands still serves nobody: no rates, rather than zeros.
    const auto rate = static_cast<std::int64_t>(s.requests_per_s);
    const QString weekday = weekdayText(s.now_s);
    if (rate > 0 && m_playing)
        m_load->setText(tr("%1 · %2 requests/s · %3 fps")
                            .arg(weekday, countText(static_cast<double>(rate)))
                            .arg(framesPerSecond));
    else
        m_load->setText(m_playing ? weekday : tr("%1 · paused").arg(weekday));
}

void TopBar::setPlaying(bool playing) {
    if (playing == m_playing) return;
    m_playing = playing;
    m_play->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    renewIcons();
}

void TopBar::setSpeed(Speed speed) {
    m_speed->setCurrent(static_cast<int>(speed));
}

void TopBar::setTheme(const Theme& theme) {
    m_theme = theme;
    renewIcons();
    update();
}

void TopBar::renewIcons() {
    const QColor color = m_theme.text;
    m_restart->setIcon(icon("restart", color));
    m_back->setIcon(icon("back", color));
    m_play->setIcon(icon(m_playing ? "pause" : "play", m_theme.onAccent));
    m_step->setIcon(icon("step", color));
    m_end->setIcon(icon("end", color));
    m_themeButton->setIcon(icon(m_theme.isDark ? "sun" : "moon", color));
    m_help->setIcon(icon("help", color));
    m_layout->setIcon(icon("more", color));
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.border);
    painter.drawPixmap(18, 15, iconPixmap("logo", m_theme.accent, 22, devicePixelRatioF()));
}

}  // namespace cascadelab
