#include "ui/parameters/parameter_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/parameters/first_keys.h"
#include "ui/parameters/parameter_row.h"
#include "ui/parameters/parameter_values.h"
#include "ui/parameters/path_row.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/section_header.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

bool comesFirst(const Parameter& parameter) {
    return std::ranges::find(kFirstKeys, parameter.key) != kFirstKeys.end();
}

// Stages a first look does not need stand closed.
bool opensAtFirst(Stage stage) {
    return stage != Stage::training && stage != Stage::metrics && stage != Stage::run;
}

QPushButton* linkButton(const QString& text) {
    auto* button = new QPushButton(text);
    button->setProperty("role", "link");
    button->setCursor(Qt::PointingHandCursor);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

ParameterPanel::ParameterPanel(ParameterValues& values, QWidget* parent)
    : QWidget(parent), m_values(values) {
    setMinimumWidth(240);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->setSpacing(0);
    layout->addWidget(buildTools());
    layout->addWidget(buildRows(), 1);
    layout->addWidget(buildRestartBar());

    connect(&m_values, &ParameterValues::changed, this, [this](std::size_t index) {
        m_rows[index]->refresh();
        showChanged(index);
    });
    connect(&m_values, &ParameterValues::pathChanged, this, [this](std::size_t index) {
        m_pathRows[index]->refresh();
        arrange();
    });
    connect(&m_values, &ParameterValues::waitingChanged, this, &ParameterPanel::showWaiting);
    arrange();
    showWaiting();
}

QWidget* ParameterPanel::buildTools() {
    auto* tools = new QWidget;
    auto* layout = new QVBoxLayout(tools);
    layout->setContentsMargins(16, 14, 16, 4);
    layout->setSpacing(4);

    m_search = new LineEdit;
    m_search->setPlaceholderText(tr("Search parameters (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search parameters"));
    m_search->setClearButtonEnabled(true);
    layout->addWidget(m_search);

    m_changedOnly = linkButton(tr("Changed only"));
    m_changedOnly->setCheckable(true);
    m_changedOnly->setToolTip(tr("Show only what differs from its default"));
    m_resetAll = linkButton(tr("Reset all"));
    m_resetAll->setToolTip(tr("Every parameter back to its default; one undo brings them back"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_changedOnly);
    line->addStretch();
    line->addWidget(m_resetAll);
    layout->addLayout(line);

    connect(m_search, &LineEdit::escaped, m_search, &QLineEdit::clear);
    connect(m_search, &QLineEdit::textChanged, this, [this] { arrange(); });
    connect(m_changedOnly, &QPushButton::toggled, this, [this](bool on) {
        m_changedOnly->setText(on ? tr("Show all") : tr("Changed only"));
        arrange();
    });
    connect(m_resetAll, &QPushButton::clicked, &m_values, &ParameterValues::resetAll);
    return tools;
}

QWidget* ParameterPanel::buildRows() {
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(18, 0, 12, 12);
    layout->setSpacing(0);

    const auto table = parameter_table();
    const auto paths = path_parameter_table();
    m_rows.resize(table.size());
    m_pathRows.resize(paths.size());
    for (int s = 0; s < kStageCount; ++s) {
        const auto stage = static_cast<Stage>(s);
        Section section{stage, new SectionHeader(toText(stage_label(stage))), linkButton({})};
        section.header->setOpen(opensAtFirst(stage));
        layout->addSpacing(4);
        layout->addWidget(section.header);
        for (std::size_t i = 0; i < table.size(); ++i) {
            if (table[i].dirties != stage) continue;
            m_rows[i] = new ParameterRow(m_values, i);
            layout->addWidget(m_rows[i]);
        }
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (paths[i].dirties != stage) continue;
            m_pathRows[i] = new PathRow(m_values, i);
            layout->addWidget(m_pathRows[i]);
        }
        layout->addWidget(section.more, 0, Qt::AlignLeft);
        m_sections.push_back(section);
        const std::size_t at = m_sections.size() - 1;
        connect(section.header, &SectionHeader::toggled, this, [this] { arrange(); });
        connect(section.more, &QPushButton::clicked, this, [this, at] {
            m_sections[at].showsAll = !m_sections[at].showsAll;
            arrange();
        });
    }
    m_nothing = new QLabel(tr("No parameter matches."));
    m_nothing->setProperty("role", "dim");
    layout->addWidget(m_nothing);
    layout->addStretch();

    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

QWidget* ParameterPanel::buildRestartBar() {
    auto* bar = new QFrame;
    bar->setProperty("role", "bar");
    auto* layout = new QVBoxLayout(bar);
    layout->setContentsMargins(16, 10, 16, 12);
    layout->setSpacing(8);
    m_restartText = new QLabel;
    m_restartText->setProperty("role", "warn");
    m_restartText->setWordWrap(true);
    layout->addWidget(m_restartText);
    auto* now = new QPushButton(tr("Restart now"));
    now->setProperty("role", "primary");
    auto* drop = new QPushButton(tr("Take back"));
    drop->setToolTip(tr("Takes the waiting changes back"));
    auto* line = new QHBoxLayout;
    line->addWidget(now, 1);
    line->addWidget(drop, 1);
    layout->addLayout(line);
    connect(now, &QPushButton::clicked, this, &ParameterPanel::restartRequested);
    connect(drop, &QPushButton::clicked, &m_values, &ParameterValues::dropWaiting);
    m_restartBar = bar;
    return bar;
}

void ParameterPanel::showWaiting() {
    const int count = m_values.waitingCount();
    m_restartBar->setVisible(count > 0);
    m_restartText->setText(count == 1 ? tr("1 change waits for a restart")
                                      : tr("%1 changes wait for a restart").arg(count));
}

// A changed parameter comes out from under "more"; it never vanishes under the hand that resets it.
void ParameterPanel::showChanged(std::size_t index) {
    if (!m_values.isChanged(index) || !m_rows[index]->isHidden()) return;
    for (Section& section : m_sections) {
        if (section.stage == m_rows[index]->parameter().dirties) arrange(section);
    }
}

void ParameterPanel::arrange() {
    setUpdatesEnabled(false);
    for (Section& section : m_sections) arrange(section);
    m_nothing->setVisible(
        std::ranges::none_of(m_sections, [](const Section& s) { return !s.header->isHidden(); }));
    setUpdatesEnabled(true);
}

void ParameterPanel::arrange(Section& section) {
    const QString search = m_search->text().trimmed();
    const bool filtered = !search.isEmpty() || m_changedOnly->isChecked();
    int matching = 0, later = 0;
    for (ParameterRow* row : m_rows) {
        if (row->parameter().dirties != section.stage) continue;
        const bool changed = m_values.isChanged(row->index());
        const bool found = row->matches(search) && (!m_changedOnly->isChecked() || changed);
        const bool early = changed || comesFirst(row->parameter());
        matching += found;
        later += !early;
        const bool open = section.header->isOpen() && (early || section.showsAll);
        row->setVisible(found && (filtered || open));
    }
    for (PathRow* row : m_pathRows) {
        if (row->parameter().dirties != section.stage) continue;
        const bool changed = row->isChanged();
        const bool found = row->matches(search) && (!m_changedOnly->isChecked() || changed);
        matching += found;
        later += !changed;
        const bool open = section.header->isOpen() && (changed || section.showsAll);
        row->setVisible(found && (filtered || open));
    }
    section.header->setVisible(matching > 0);
    section.more->setText(section.showsAll ? tr("Fewer") : tr("%1 more").arg(later));
    section.more->setVisible(!filtered && section.header->isOpen() && later > 0);
}

void ParameterPanel::setJobs(const std::vector<JobView>& jobs) {
    for (const Section& section : m_sections) {
        QString note;
        for (const JobView& job : jobs) {
            if (job.stage == section.stage) {
                note = tr("%1 %2").arg(toText(job.label), percentText(job.progress));
            }
        }
        section.header->setNote(note, true);
    }
}

void ParameterPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ParameterPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ParameterPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.panel);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.border);
}

}  // namespace cascadelab
