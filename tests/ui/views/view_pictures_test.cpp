// Every view shows the demo moment in both themes, and saves what it shows to the build folder
// (pictures/VIEW-THEME-SIZE.png), where one can look at it.
#include <QtTest>

#include "tests/house/places.h"
#include "tests/pictures/block_comparison.h"
#include "tests/pictures/label_places.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "tests/worlds/ui/demo_study.h"
#include "ui/view/selection.h"
#include "ui/view/view.h"
#include "ui/views/funnel/funnel_view.h"
#include "ui/views/index/index_view.h"
#include "ui/views/registry.h"
#include "ui/widgets/card.h"

using namespace cascadelab;

namespace {

constexpr int kSentence = 20;  // letters of a line that is no label

struct Shown {
    Card card;
    View* view = nullptr;
};

// A view in its card, as the window shows it.
std::unique_ptr<Shown> show(const ViewKind& kind, Selection& selection, const Theme& theme,
                            QSize size) {
    auto shown = std::make_unique<Shown>();
    shown->view = kind.make(selection, &shown->card);
    shown->card.setBody(shown->view);
    applyTheme(&shown->card, theme);
    shown->card.resize(size);
    shown->card.show();
    return shown;
}

void setHeading(Shown& shown) {
    shown.card.setTitle(shown.view->title());
    shown.card.setSubtitle(shown.view->subtitle());
    shown.card.setTag(shown.view->tag());
}

QString folder() {
    const QString path = build_path("pictures");
    QDir().mkpath(path);
    return path;
}

// The view's part of its card's picture.
QImage bodyOf(const Shown& shown, const QImage& picture) {
    return picture.copy(QRect(shown.view->mapTo(&shown.card, QPoint()), shown.view->size()));
}

// The lines of words in it that are at least so long.
QStringList linesOf(View& view, int letters) {
    QStringList lines;
    for (const LabelPlace& label : labelPlaces(view))
        if (label.text.size() >= letters) lines << label.text;
    return lines;
}

// Pixels that differ from the card's plain surface.
int inkOf(const QImage& image, const QColor& paper) {
    int ink = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) ink += image.pixelColor(x, y) != paper;
    return ink;
}

}  // namespace

class ViewPicturesTest : public QObject {
    Q_OBJECT
  private slots:
    void every_view_shows_the_demo_in_both_themes_data();
    void every_view_shows_the_demo_in_both_themes();
    void every_view_says_what_would_fill_it();
    void every_view_stands_being_squeezed();
    void a_selection_shows_in_map_and_funnel();
    void the_funnel_of_an_hour_is_another_picture();
};

void ViewPicturesTest::every_view_shows_the_demo_in_both_themes_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    const auto kinds = viewKinds();
    for (int i = 0; i < int(kinds.size()); ++i) {
        for (bool dark : {true, false}) {
            for (QSize size : {QSize(520, 450), QSize(330, 330), QSize(960, 850)}) {
                const QString name = QStringLiteral("%1-%2-%3")
                                         .arg(kinds[std::size_t(i)].name, dark ? "dark" : "light")
                                         .arg(size.width());
                QTest::newRow(qPrintable(name)) << i << dark << size;
            }
        }
    }
}

void ViewPicturesTest::every_view_shows_the_demo_in_both_themes() {
    QFETCH(int, index);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    const ViewKind kind = viewKinds()[std::size_t(index)];
    const Theme theme = dark ? Theme::dark() : Theme::light();
    qApp->setPalette(theme.palette());
    qApp->setStyleSheet(theme.styleSheet());
    Selection selection;
    const auto shown = show(kind, selection, theme, size);
    const QStringList empty = linesOf(*shown->view, kSentence);
    QVERIFY(!empty.isEmpty());
    shown->view->setSnapshot(demoSnapshot());
    if (auto* study = qobject_cast<IndexView*>(shown->view)) study->showStudy(demoStudy());
    setHeading(*shown);
    QVERIFY(!shown->view->subtitle().isEmpty());
    QVERIFY(!shown->view->accessibleName().isEmpty());

    const QImage picture = shown->card.grab().toImage(), body = bodyOf(*shown, picture);
    QVERIFY(inkOf(body, theme.panel) > 500);
    // Nothing is left of what the empty view said.
    for (const QString& line : linesOf(*shown->view, kSentence)) QVERIFY(!empty.contains(line));
    QVERIFY(picture.save(folder() + QLatin1Char('/') +
                         QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")));
    QVERIFY(shown->view->table() && shown->view->table()->rowCount() > 0);
    QVERIFY(!shown->view->table()->headerData(0, Qt::Horizontal).toString().isEmpty());
    QVERIFY(!shown->view->table()->index(0, 0).data().toString().isEmpty());
}

void ViewPicturesTest::every_view_says_what_would_fill_it() {
    for (const ViewKind& kind : viewKinds()) {
        Selection selection;
        const auto shown = show(kind, selection, Theme::dark(), {520, 450});
        shown->view->setSnapshot(std::make_shared<Snapshot>());
        setHeading(*shown);
        const QImage picture = shown->card.grab().toImage();
        const QString words = linesOf(*shown->view, 1).join(' ');
        QVERIFY2(words.contains('.') && words.count(' ') > 6, qPrintable(kind.name));
        QVERIFY2(inkOf(bodyOf(*shown, picture), Theme::dark().panel) > 500, qPrintable(kind.name));
        QVERIFY(
            picture.save(folder() + QLatin1Char('/') + kind.name + QStringLiteral("-empty.png")));
    }
}

// A view gets its snapshot before its place: it is as small as a widget without a layout then.
void ViewPicturesTest::every_view_stands_being_squeezed() {
    const auto snapshot = demoSnapshot();
    const auto roomy = [](View& view) {
        view.resize(520, 450);
        return view.grab().toImage();
    };
    for (const ViewKind& kind : viewKinds()) {
        Selection chosen;
        const std::unique_ptr<View> never(kind.make(chosen, nullptr));
        never->resize(520, 450);
        never->setSnapshot(snapshot);
        chosen.selectPerson(snapshot->focus->person);
        const QImage wanted = roomy(*never);
        for (const QSize size : {QSize(100, 30), QSize(1, 1), QSize(30, 300), QSize(300, 30)}) {
            Selection selection;
            const std::unique_ptr<View> view(kind.make(selection, nullptr));
            view->setMinimumSize(1, 1);
            view->resize(size);
            view->setSnapshot(snapshot);
            selection.selectPerson(snapshot->focus->person);
            view->grab();
            // With room again it shows what one shows that was never short of it.
            const BlockComparison found = compareByBlocks(roomy(*view), wanted);
            QVERIFY2(found.isAlike(), qPrintable(kind.name + ": " + found.sentence()));
        }
    }
}

void ViewPicturesTest::a_selection_shows_in_map_and_funnel() {
    const Theme theme = Theme::dark();
    qApp->setPalette(theme.palette());
    qApp->setStyleSheet(theme.styleSheet());
    const auto snapshot = demoSnapshot();
    for (const ViewKind& kind : viewKinds()) {
        if (kind.name != QStringLiteral("embedding") && kind.name != QStringLiteral("funnel"))
            continue;
        Selection selection;
        const auto shown = show(kind, selection, theme, {520, 450});
        shown->view->setSnapshot(snapshot);
        setHeading(*shown);
        const QImage before = shown->card.grab().toImage();
        selection.selectCandidate(snapshot->focus->person,
                                  snapshot->focus->trace->candidates[40].item);
        const QImage after = shown->card.grab().toImage();
        QVERIFY(after != before);
        QVERIFY(
            after.save(folder() + QLatin1Char('/') + kind.name + QStringLiteral("-selected.png")));
        selection.clear();
        QCOMPARE(shown->card.grab().toImage(), before);
    }
}

void ViewPicturesTest::the_funnel_of_an_hour_is_another_picture() {
    Selection selection;
    FunnelView view(selection);
    applyTheme(&view, Theme::light());
    qApp->setPalette(Theme::light().palette());
    view.resize(500, 390);
    view.setSnapshot(demoSnapshot());
    const QString request = view.subtitle();
    const QImage before = view.grab().toImage();
    view.showHour(true);
    view.setLinear(true);
    QVERIFY(view.subtitle() != request);
    const QImage after = view.grab().toImage();
    QVERIFY(after != before);
    QVERIFY(after.save(folder() + QStringLiteral("/funnel-hour-linear.png")));
}

QTEST_MAIN(ViewPicturesTest)
#include "view_pictures_test.moc"
