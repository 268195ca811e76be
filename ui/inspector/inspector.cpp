#include "ui/inspector/inspector.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/base/text.h"
#include "ui/inspector/fact_table.h"
#include "ui/inspector/incident_menu.h"
#include "ui/inspector/person_head.h"
#include "ui/inspector/shap_bars.h"
#include "ui/inspector/topic_bars.h"
#include "ui/items/item_tile.h"
#include "ui/view/selection.h"
#include "ui/widgets/section_header.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr std::size_t kCards = 5, kTopics = 4, kReasons = 5, kFeatures = 6;
constexpr qsizetype kLongChange = 16;  // characters beside name, lane and age

constexpr std::int64_t kReleased = 10;

QString score(float number) {
    return toText(fixed_text(number, 3));
}

ItemTileContent tileContent(const Snapshot& snapshot, ItemId item) {
    ItemTileContent content;
    content.item = item;
    content.topic = topicOf(snapshot, item);
    content.title = itemTitle(snapshot, item);
    content.line = itemLine(snapshot, item);
    if (const Candidate* candidate = findCandidate(snapshot, item)) {
        content.line += " · " + inSentence(toText(source_label(candidate->source)));
        content.badge = badgeText(snapshot, *candidate);
        content.promising = !candidate->explored;
        const bool valued = snapshot.focus->trace->maker == FeedMaker::cascade;
        if (valued && candidate->rank != kUnranked) content.value = score(candidate->value);
    }
    const auto& clicked = snapshot.focus ? snapshot.focus->clicked : std::vector<ItemId>{};
    content.clicked = std::ranges::find(clicked, item) != clicked.end();
    return content;
}

QLabel* smallLabel() {
    auto* label = new QLabel;
    label->setProperty("role", "small");
    label->setWordWrap(true);
    return label;
}

void setText(QLabel* label, const QString& text) {
    if (label->text() != text) label->setText(text);
}

}  // namespace

Inspector::Inspector(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection) {
    setMinimumWidth(280);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(19, 16, 14, 14);
    layout->setSpacing(4);
    m_empty = smallLabel();
    m_empty->setText(
        tr("Nobody is looked at yet. Let the world run: the latest request appears "
           "here. Click a person or an item anywhere to look closer."));
    layout->addWidget(m_empty);
    layout->addWidget(buildItem());
    layout->addWidget(buildPerson());
    layout->addStretch();

    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    // What is shown keeps its width when the bar comes and goes.
    connect(area->verticalScrollBar(), &QScrollBar::rangeChanged, layout,
            [area, layout, margins = layout->contentsMargins()](int, int most) {
                const int bar = most > 0 ? 0 : area->verticalScrollBar()->sizeHint().width();
                layout->setContentsMargins(margins + QMargins(0, 0, bar, 0));
            });
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(area, 1);
    outer->addWidget(buildButtons());
    outer->addWidget(buildIncidents());
    connect(&m_selection, &Selection::changed, this, &Inspector::refresh);
    refresh();
}

QWidget* Inspector::buildItem() {
    m_item = new QWidget;
    auto* layout = new QVBoxLayout(m_item);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(4);
    auto* head = new SectionHeader(tr("Selected item"), false);
    head->setNote(tr("Esc clears"));
    m_itemTile = new ItemTile;
    m_itemTile->setSelected(true);
    m_itemWhy = new QLabel;
    m_itemWhy->setWordWrap(true);
    m_itemFacts = new FactTable(tr("Scores of the selected item"));
    layout->addWidget(head);
    layout->addWidget(m_itemTile);
    layout->addWidget(m_itemWhy);
    layout->addWidget(m_itemFacts);
    return m_item;
}

QWidget* Inspector::buildPerson() {
    m_person = new QWidget;
    auto* layout = new QVBoxLayout(m_person);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_head = new PersonHead;
    layout->addWidget(m_head);
    layout->addSpacing(4);
    m_topics = new TopicBars;
    layout->addWidget(m_topics);
    auto* note = smallLabel();
    note->setText(tr("bar: recent views · mark: hidden taste"));
    layout->addWidget(note);

    m_slateHead = new SectionHeader(tr("Slate"), false);
    layout->addWidget(m_slateHead);
    for (std::size_t i = 0; i < kCards; ++i) {
        m_tiles.push_back(new ItemTile);
        layout->addWidget(m_tiles.back());
        connect(m_tiles.back(), &ItemTile::chosen, this, [this](ItemId item) {
            if (m_snapshot->focus) m_selection.selectCandidate(m_snapshot->focus->person, item);
        });
    }
    m_whyHead = new SectionHeader(tr("Why the first one"), false);
    m_why = new ShapBars;
    m_featuresHead = new SectionHeader(tr("What the features knew"), false);
    m_featuresHead->setNote(tr("before → now"));
    m_features = new FactTable(tr("Features of this person"));
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_whyHead, m_why, m_featuresHead, m_features}) {
        layout->addWidget(part);
    }
    return m_person;
}

QWidget* Inspector::buildButtons() {
    m_buttons = new QWidget;
    auto* grid = new QGridLayout(m_buttons);
    grid->setContentsMargins(16, 8, 14, 12);
    grid->setSpacing(8);
    auto* slate = new QPushButton(tr("Whole slate"));
    slate->setToolTip(tr("The page as the person sees it, in the centre"));
    m_candidates = new QPushButton(tr("All candidates"));
    m_candidates->setToolTip(tr("Every candidate of this request with scores and fate"));
    auto* search = buildTopicButton(tr("Let them search…"),
                                    tr("This person opens a session now and searches for a topic"),
                                    [this](TopicId topic) {
                                        return Search{m_snapshot->focus->person, 1, topic};
                                    });
    auto* release = buildTopicButton(tr("Release items…"),
                                     tr("Ten new items of a topic appear now"), [](TopicId topic) {
                                         return ReleaseItems{topic, 0, kReleased};
                                     });
    auto* turn =
        buildTopicButton(tr("Turn their taste…"),
                         tr("From now on this person wants something else, with a topic first"),
                         [this](TopicId topic) {
                             return ChangeTaste{m_snapshot->focus->person, 1, topic};
                         });
    auto* news = buildTopicButton(
        tr("Break news…"), tr("For a day everybody wants a topic, and new items of it appear"),
        [](TopicId topic) { return Burst{.topic = topic}; });
    grid->addWidget(slate, 0, 0);
    grid->addWidget(m_candidates, 0, 1);
    grid->addWidget(search, 1, 0);
    grid->addWidget(release, 1, 1);
    grid->addWidget(turn, 2, 0);
    grid->addWidget(news, 2, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    connect(slate, &QPushButton::clicked, this, &Inspector::slateRequested);
    connect(m_candidates, &QPushButton::clicked, this, &Inspector::candidatesRequested);
    return m_buttons;
}

// Needs nobody to be looked at, only a fleet.
QWidget* Inspector::buildIncidents() {
    m_incidents = new QWidget;
    auto* layout = new QVBoxLayout(m_incidents);
    layout->setContentsMargins(16, 0, 14, 12);
    auto* button = new QPushButton(tr("Let the fleet suffer…"));
    button->setToolTip(tr("Something goes wrong in the modelled fleet now"));
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, button] {
        if (!m_snapshot || !m_snapshot->fleet) return;
        QMenu menu(this);
        fillIncidentMenu(menu, *m_snapshot->fleet,
                         [this](const FleetIncident& incident) { emit commanded(incident); });
        menu.exec(button->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
    });
    return m_incidents;
}

QPushButton* Inspector::buildTopicButton(const QString& text, const QString& help,
                                         const std::function<Command(TopicId)>& command) {
    auto* button = new QPushButton(text);
    button->setToolTip(help);
    // A plain popup, so that the button looks like its neighbours.
    connect(button, &QPushButton::clicked, this, [this, button, command] {
        QMenu menu(this);
        for (std::size_t t = 0; t < 8; ++t) {
            menu.addAction(topicName(*m_snapshot, t), this,
                           [this, command, t] { emit commanded(command(TopicId{t})); });
        }
        menu.exec(button->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
    });
    return button;
}

void Inspector::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    refresh();
}

void Inspector::refresh() {
    const bool known = m_snapshot && m_snapshot->focus && m_snapshot->cards &&
                       m_snapshot->focus->person.index() < m_snapshot->cards->people.size();
    m_empty->setVisible(!known);
    m_person->setVisible(known);
    m_buttons->setVisible(known && m_snapshot->focus->trace);
    m_incidents->setVisible(m_snapshot && m_snapshot->fleet);
    const bool item = known && m_selection.item().valid();
    m_item->setVisible(item);
    if (item) showItem();
    if (known) showPerson(*m_snapshot->focus);
}

void Inspector::showPerson(const PersonView& person) {
    const PersonCard& card = m_snapshot->cards->people[person.person.index()];
    QStringList facts = {QString::number(card.age), toText(group_name(card.segment + 1u)),
                         toText(card.device), toText(card.region)};
    if (card.joined_s >= 0) facts << tr("joined on %1").arg(dayText(card.joined_s));
    if (person.churned) {
        facts << tr("left for good");
    } else if (person.in_session) {
        facts << tr("on page %1").arg(person.session_pages);
    }
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5, 6, 7};
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return person.recent_share[a] + person.taste_share[a] >
               person.recent_share[b] + person.taste_share[b];
    });
    m_head->setPerson(toText(card.name), facts.join(" · "), order.front());
    std::vector<TopicBar> bars;
    for (std::size_t i = 0; i < kTopics; ++i) {
        const std::size_t t = order[i];
        bars.push_back(
            {topicName(*m_snapshot, t), t, person.recent_share[t], person.taste_share[t]});
    }
    std::ranges::stable_sort(bars, std::greater{}, &TopicBar::recent);
    m_topics->setBars(std::move(bars));
    showSlate();
    showWhy();
    showFeatures(person);
}

void Inspector::showItem() {
    const ItemId item = m_selection.item();
    m_itemTile->setContent(tileContent(*m_snapshot, item));
    const Candidate* c = findCandidate(*m_snapshot, item);
    if (!c) {
        setText(
            m_itemWhy,
            tr("No source proposed it in the request below; %1.").arg(itemAge(*m_snapshot, item)));
        m_itemFacts->setRows({});
        return;
    }
    setText(m_itemWhy, whyText(*m_snapshot, *c));
    std::vector<QStringList> rows = {{tr("proposed by"), sourcesText(*c)},
                                     {tr("retrieval score"), score(c->retrieval_score)}};
    if (const PageRow* row = rowOf(*m_snapshot->focus->trace, *c))
        rows.push_back({tr("row"), rowTitle(*m_snapshot, *row)});
    if (c->rank != kUnranked) {
        rows.push_back({tr("rank"), QString::number(c->rank + 1)});
    }
    if (c->rank != kUnranked && m_snapshot->focus->trace->maker == FeedMaker::cascade) {
        rows.push_back({tr("p(click) · p(watch)"), score(c->click) + " · " + score(c->watch)});
        rows.push_back(
            {tr("p(like) · p(not interested)"), score(c->like) + " · " + score(c->not_interested)});
        rows.push_back({tr("value"), score(c->value)});
        if (c->discount != 0)
            rows.push_back({tr("popularity discount"), tr("%1 SD").arg(score(c->discount))});
    }
    m_itemFacts->setRows(std::move(rows));
}

void Inspector::showSlate() {
    const CascadeTrace* trace = m_snapshot->focus->trace.get();
    const std::size_t count = trace ? trace->slate.size() : 0;
    m_slateHead->setVisible(count > 0);
    for (std::size_t i = 0; i < kCards; ++i) {
        m_tiles[i]->setVisible(i < count);
        if (i >= count) continue;
        m_tiles[i]->setContent(tileContent(*m_snapshot, trace->slate[i]));
        m_tiles[i]->setSelected(m_selection.isItem(trace->slate[i]));
    }
    if (!trace) return;
    const QString when = clockText(trace->now_s);
    m_slateHead->setNote(
        trace->preview ? tr("preview for %1, not asked for").arg(when)
        : trace->maker == FeedMaker::cascade
            ? tr("first %1 of %2 · %3").arg(std::min(kCards, count)).arg(count).arg(when)
            : tr("%1 · %2").arg(toText(feed_maker_label(trace->maker))).arg(when));
    m_candidates->setText(tr("All %1 candidates").arg(trace->candidates.size()));
}

void Inspector::showWhy() {
    const CascadeTrace* trace = m_snapshot->focus->trace.get();
    std::size_t place = 0;
    if (trace) {
        const auto selected = std::ranges::find(trace->slate, m_selection.item());
        if (selected != trace->slate.end()) {
            place = static_cast<std::size_t>(selected - trace->slate.begin());
        }
    }
    // A ranker that did not choose the page has nothing to say of it.
    const bool explained = trace && trace->maker == FeedMaker::cascade &&
                           trace->contributions.rows() > static_cast<long>(place);
    m_whyHead->setVisible(explained);
    if (explained) m_whyHead->setNote(tr("%1, log-odds").arg(toText(trace->explanation)));
    m_why->setVisible(explained);
    if (!explained) return;
    m_whyHead->setTitle(place == 0 ? tr("Why the first one") : tr("Why place %1").arg(place + 1));
    m_why->setBars(largestContributions(*trace, place, kReasons));
}

void Inspector::showFeatures(const PersonView& person) {
    // What changed since the last request first.
    std::vector<const FeatureRow*> order;
    for (const FeatureRow& row : person.features) order.push_back(&row);
    std::ranges::stable_sort(order, [](const FeatureRow* a, const FeatureRow* b) {
        return (a->before != a->now) > (b->before != b->now);
    });
    if (order.size() > kFeatures) order.resize(kFeatures);
    std::vector<QStringList> rows;
    for (const FeatureRow* row : order) {
        const bool same = row->before == row->now;
        const QString now = toText(row->now);
        const QString change = same                  ? tr("unchanged")
                               : row->before.empty() ? now
                                                     : toText(row->before) + " → " + now;
        // A long value gets a line of its own.
        const bool isLong = change.size() > kLongChange;
        rows.push_back({toText(row->name), toText(row->lane),
                        row->age_s < 0 ? tr("never") : durationText(row->age_s),
                        isLong ? QString() : change});
        if (isLong) rows.push_back({change});
    }
    m_featuresHead->setVisible(!rows.empty());
    m_features->setRows(std::move(rows));
}

void Inspector::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void Inspector::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.panel);
    painter.fillRect(QRect(0, 0, 1, height()), m_theme.border);
}

}  // namespace cascadelab
