#include "ui/shell/view_grid.h"

#include <QActionGroup>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/view/selection.h"
#include "ui/view/table_window.h"
#include "ui/view/view.h"
#include "ui/widgets/card.h"

namespace cascadelab {
namespace {

constexpr std::array<const char*, ViewGrid::kPlaces> kFirst = {"embedding", "funnel", "latency",
                                                               "dynamics"};
constexpr int kGutter = 12;

QSplitter* splitter(Qt::Orientation orientation) {
    auto* result = new QSplitter(orientation);
    result->setHandleWidth(kGutter);
    result->setChildrenCollapsible(false);
    return result;
}

}  // namespace

ViewGrid::ViewGrid(Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_selection(selection),
      m_kinds(viewKinds()),
      m_rows(splitter(Qt::Vertical)),
      m_top(splitter(Qt::Horizontal)),
      m_bottom(splitter(Qt::Horizontal)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    m_rows->addWidget(m_top);
    m_rows->addWidget(m_bottom);
    for (std::size_t i = 0; i < kPlaces; ++i) {
        Card* card = m_places[i].card = new Card;
        card->setMinimumSize(220, 140);
        (i < 2 ? m_top : m_bottom)->addWidget(card);
        connect(card, &Card::titleDoubleClicked, this, [this, i] { growPlace(i); });
        connect(card->menu(), &QMenu::aboutToShow, this, [this, i] { fillMenu(i); });
    }
    reset();
}

void ViewGrid::reset() {
    shrink();
    QStringList names;
    for (const char* name : kFirst) names << name;
    arrange(names);
    m_rows->setSizes({560, 460});
    m_top->setSizes({550, 450});
    m_bottom->setSizes({480, 520});
}

void ViewGrid::arrange(const QStringList& wanted) {
    const auto known = [this](const QString& name) {
        return std::ranges::find(m_kinds, name, &ViewKind::name) != m_kinds.end();
    };
    QStringList names;
    for (const QString& key : wanted) {
        const QString name = presentKey(key);
        if (known(name) && !names.contains(name)) names << name;
    }
    // Places that are still free take the views in their order.
    for (const ViewKind& kind : m_kinds) {
        if (!names.contains(kind.name)) names << kind.name;
    }
    for (std::size_t i = 0; i < kPlaces; ++i) m_places[i].card->setBody(nullptr);
    for (std::size_t i = 0; i < kPlaces; ++i) {
        m_places[i].name = names.value(static_cast<qsizetype>(i));
        fill(i);
    }
}

QStringList ViewGrid::arrangement() const {
    QStringList names;
    for (const Place& place : m_places) names << place.name;
    return names;
}

View* ViewGrid::viewOf(const QString& name) {
    if (const auto made = m_views.find(name); made != m_views.end()) return made->second;
    const auto kind = std::ranges::find(m_kinds, name, &ViewKind::name);
    if (kind == m_kinds.end()) return nullptr;
    View* view = kind->make(m_selection, this);
    view->hide();
    applyTheme(view, m_theme);
    connect(view, &View::headingChanged, this, [this, name] {
        for (std::size_t i = 0; i < kPlaces; ++i) {
            if (m_places[i].name == name) renewHeading(i);
        }
    });
    connect(view, &View::parameterWished, this, &ViewGrid::parameterWished);
    m_views[name] = view;
    return view;
}

void ViewGrid::fill(std::size_t place) {
    View* view = viewOf(m_places[place].name);
    m_places[place].card->setBody(view);
    if (view && m_snapshot) view->setSnapshot(m_snapshot);
    renewHeading(place);
}

void ViewGrid::renewHeading(std::size_t place) {
    const View* view = viewOf(m_places[place].name);
    Card* card = m_places[place].card;
    card->setTitle(view ? view->title() : tr("Empty"));
    card->setSubtitle(view ? view->subtitle() : tr("Choose a view in the menu of this place"));
    card->setTag(view ? view->tag() : QString());
}

void ViewGrid::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    for (std::size_t i = 0; i < kPlaces; ++i) {
        // What is hidden behind a grown view catches up when it comes back.
        if (isGrown() && i != m_grown) continue;
        if (View* view = viewOf(m_places[i].name)) view->setSnapshot(m_snapshot);
    }
}

void ViewGrid::setTheme(const Theme& theme) {
    m_theme = theme;
}

void ViewGrid::showAt(std::size_t place, const QString& name) {
    if (m_places[place].name == name) return;
    const auto elsewhere = std::ranges::find(m_places, name, &Place::name);
    m_places[place].card->setBody(nullptr);
    if (elsewhere != m_places.end()) {
        elsewhere->card->setBody(nullptr);
        elsewhere->name = m_places[place].name;
        fill(static_cast<std::size_t>(elsewhere - m_places.begin()));
    }
    m_places[place].name = name;
    fill(place);
}

bool ViewGrid::grow(const QString& key) {
    const QString name = presentKey(key);
    if (std::ranges::find(m_kinds, name, &ViewKind::name) == m_kinds.end()) return false;
    const auto found = std::ranges::find(m_places, name, &Place::name);
    const std::size_t place =
        found == m_places.end() ? kPlaces - 1 : static_cast<std::size_t>(found - m_places.begin());
    shrink();
    showAt(place, name);
    growPlace(place);
    return true;
}

void ViewGrid::growPlace(std::size_t place) {
    if (isGrown()) return shrink();
    m_grown = place;
    for (std::size_t i = 0; i < kPlaces; ++i) m_places[i].card->setVisible(i == place);
    m_top->setVisible(place < 2);
    m_bottom->setVisible(place >= 2);
}

void ViewGrid::shrink() {
    if (!isGrown()) return;
    m_grown = kPlaces;
    m_top->show();
    m_bottom->show();
    for (Place& place : m_places) place.card->show();
    if (m_snapshot) setSnapshot(m_snapshot);
}

void ViewGrid::fillMenu(std::size_t place) {
    QMenu& menu = *m_places[place].card->menu();
    menu.clear();
    View* view = viewOf(m_places[place].name);
    menu.addAction(isGrown() ? tr("Back to four views") : tr("Grow to the whole centre"), this,
                   [this, place] { growPlace(place); });
    if (view) {
        QAction* twin = menu.addAction(tr("View data…"), this, [this, view] { showData(*view); });
        twin->setEnabled(view->table() != nullptr);
        const QList<QAction*> own = view->menuActions();
        if (!own.isEmpty()) menu.addSeparator();
        menu.addActions(own);
    }
    menu.addSeparator();
    for (const ViewKind& kind : m_kinds) {
        QAction* choice = menu.addAction(kind.title, this,
                                         [this, place, name = kind.name] { showAt(place, name); });
        choice->setCheckable(true);
        choice->setChecked(kind.name == m_places[place].name);
    }
}

void ViewGrid::showData(View& view) {
    auto* window = new TableWindow(view.title(), *view.table(), this->window());
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &TableWindow::problem, this, &ViewGrid::problem);
    window->show();
}

QByteArray ViewGrid::saveSizes() const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    for (const QSplitter* part : {m_rows, m_top, m_bottom}) stream << part->saveState();
    return bytes;
}

void ViewGrid::restoreSizes(const QByteArray& state) {
    QDataStream stream(state);
    for (QSplitter* part : {m_rows, m_top, m_bottom}) {
        QByteArray bytes;
        stream >> bytes;
        part->restoreState(bytes);
        part->setHandleWidth(kGutter);
    }
}

}  // namespace cascadelab
