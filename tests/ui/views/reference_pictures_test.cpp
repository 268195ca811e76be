// Every view looks as it did: wide and dark, narrow and light, it shows a moment of a real run as
// its pictures in the tree do (tests/ui/views/KEY/THEME-WIDTH.png), and no broken picture could
// pass for them. With CASCADELAB_RENEW set the pictures that would hold are left in the build
// folder.
#include <QApplication>
#include <QDirIterator>
#include <QFontDatabase>
#include <QtTest>
#include <algorithm>

#include "tests/house/places.h"
#include "tests/pictures/block_comparison.h"
#include "tests/pictures/kept_picture.h"
#include "tests/pictures/label_places.h"
#include "tests/worlds/ui/demo_study.h"
#include "tests/worlds/ui/picture_moment.h"
#include "ui/plot/motion.h"
#include "ui/view/selection.h"
#include "ui/view/view.h"
#include "ui/views/index/index_view.h"
#include "ui/views/registry.h"
#include "ui/widgets/card.h"

using namespace cascadelab;

namespace {

constexpr QSize kWide(440, 300), kNarrow(320, 270);
constexpr qint64 kMostBytes = 19'000;  // of the pictures of a view, on average

// A view in its card, as the window shows it, with the moment in it.
struct Shown {
    Selection selection;
    Card card;
    View* view = nullptr;

    Shown(const ViewKind& kind, const Theme& theme, QSize size) {
        qApp->setPalette(theme.palette());
        qApp->setStyleSheet(theme.styleSheet());
        view = kind.make(selection, &card);
        card.setBody(view);
        applyTheme(&card, theme);
        card.resize(size);
        card.show();
        view->setSnapshot(pictureMoment().snapshot);
        // Its own content is measured with a clock.
        if (auto* index = qobject_cast<IndexView*>(view)) index->showStudy(demoStudy());
        card.setTitle(view->title());
        card.setSubtitle(view->subtitle());
        card.setTag(view->tag());
        card.grab();  // lays everything out
    }
    QImage picture() { return card.grab().toImage().convertToFormat(QImage::Format_RGB32); }
};

// One picture of the tree: "funnel", "dark", 480.
struct Kept {
    ViewKind kind;
    bool dark = true;
    QSize size;

    Theme theme() const { return dark ? Theme::dark() : Theme::light(); }
    QString name() const {
        return QStringLiteral("%1/%2-%3.png")
            .arg(kind.name, dark ? "dark" : "light")
            .arg(size.width());
    }
    QString path() const { return source_path("tests/ui/views/") + name(); }
};

// Geometry is of a size and colours are of a theme, so two pictures show four: where words stand is
// compared between the themes.
std::vector<Kept> allKept() {
    std::vector<Kept> all;
    for (const ViewKind& kind : viewKinds()) {
        all.push_back({kind, true, kWide});
        all.push_back({kind, false, kNarrow});
    }
    return all;
}

void rows(const std::vector<Kept>& pictures) {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(pictures.size()); ++i)
        QTest::newRow(qPrintable(pictures[std::size_t(i)].name())) << i;
}

QString renewed(const QString& name) {
    return build_path("pictures/renewed/") + name;
}

// Leaves what is and what differs in the build folder, and says so.
QString failure(const Kept& kept, const QImage& now, const QImage& reference) {
    const QString folder = build_path("pictures/different/");
    QString actual = folder + kept.name(), difference = actual;
    difference.replace(QStringLiteral(".png"), QStringLiteral("-difference.png"));
    QDir().mkpath(QFileInfo(actual).path());
    now.save(actual);
    differencePicture(now, reference).save(difference);
    return QStringLiteral(
               "tests/ui/views/%1 shows something else: %2. Look at %3 and %4. If it is meant to "
               "look like that, renew the picture as tests/README.md says. (The run ends with log "
               "%5: where golden hashes moved, the pictures do.)")
        .arg(kept.name(), compareByBlocks(now, reference).sentence(), actual, difference,
             QString::number(pictureMoment().log_hash, 16));
}

QRect aroundBlocks(const QRect& place, const QRect& picture) {
    const auto down = [](int x) { return std::max(0, (x / kBlock - 1) * kBlock); };
    return QRect(QPoint(down(place.left()), down(place.top())),
                 QPoint(place.right() / kBlock * kBlock + 2 * kBlock - 1,
                        place.bottom() / kBlock * kBlock + 2 * kBlock - 1))
        .intersected(picture);
}

// As of whole pictures, for two that differ around a place alone.
BlockComparison compareAround(const QRect& place, const QImage& a, const QImage& b) {
    const QRect around = aroundBlocks(place, a.rect());
    return compareByBlocks(a.copy(around), b.copy(around));
}

}  // namespace

class ReferencePicturesTest : public QObject {
    Q_OBJECT
    const std::vector<Kept> m_all = allKept();

  private slots:
    void initTestCase();
    void every_view_has_its_pictures_and_no_other_has();
    void pictures_are_kept_small();
    void a_view_looks_as_it_did_data() { rows(m_all); }
    void a_view_looks_as_it_did();
    void both_themes_write_in_the_same_places_data() { rows(m_all); }
    void both_themes_write_in_the_same_places();
    void parts_of_a_pixel_are_no_difference_data() { rows(m_all); }
    void parts_of_a_pixel_are_no_difference();
    void a_label_out_of_its_place_is_a_difference_data() { rows(m_all); }
    void a_label_out_of_its_place_is_a_difference();
    void a_label_missing_or_cut_is_a_difference_data() { rows(m_all); }
    void a_label_missing_or_cut_is_a_difference();
    void another_colour_is_a_difference_data() { rows(m_all); }
    void another_colour_is_a_difference();
    void cleanupTestCase();

  private:
    // The row at hand, and what its view shows.
    const Kept& kept() const {
        QFETCH(const int, index);
        return m_all[std::size_t(index)];
    }
    QImage reference() const { return QImage(kept().path()); }
    static void measure(const char* what, const BlockComparison& found, bool isBroken);

    // By what was done to pictures: strangers and tone of the one that came nearest to the bounds.
    struct Measured {
        int strangers = 0;
        double tone = 0;
        int count = 0;
    };
    static inline QMap<QString, Measured> m_measured;
};

// Of what must pass the worst is kept, of what must fail the least.
void ReferencePicturesTest::measure(const char* what, const BlockComparison& found, bool isBroken) {
    Measured& m = m_measured[QString::fromLatin1(what)];
    const auto share = [](int strangers, double tone) {
        return std::max(strangers / double(kMostStrangers + 1), tone / kMostTone);
    };
    const bool isNearer =
        isBroken == (share(found.strangers, found.tone) < share(m.strangers, m.tone));
    if (m.count++ == 0 || isNearer) m.strangers = found.strangers, m.tone = found.tone;
}

void ReferencePicturesTest::initTestCase() {
    QVERIFY2(QFontDatabase::hasFamily("Inter"),
             "the pictures are written in Inter: install fonts-inter, as app/setup does");
    prepareApplication();
    qApp->setProperty(kReducedMotion, true);
    if (!qEnvironmentVariableIsSet("CASCADELAB_RENEW")) return;
    for (const Kept& each : m_all) {
        Shown shown(each.kind, each.theme(), each.size);
        QVERIFY2(keepPicture(shown.picture(), renewed(each.name())), qPrintable(each.name()));
    }
    QSKIP(qPrintable("the pictures are renewed in " + renewed({})));
}

void ReferencePicturesTest::every_view_has_its_pictures_and_no_other_has() {
    QStringList wanted, found;
    for (const Kept& each : m_all) {
        wanted << each.name();
        QVERIFY2(QFile::exists(each.path()),
                 qPrintable(QStringLiteral(
                                "the view \"%1\" has no picture tests/ui/views/%2: run "
                                "CASCADELAB_RENEW=1 build/release/tests/reference_pictures_test, "
                                "look at %3 and copy it there")
                                .arg(each.kind.name, each.name(), renewed(each.name()))));
    }
    const QDir views(source_path("tests/ui/views"));
    QDirIterator entry(views.path(), {"*.png"}, QDir::Files, QDirIterator::Subdirectories);
    while (entry.hasNext()) found << views.relativeFilePath(entry.next());
    wanted.sort();
    found.sort();
    QCOMPARE(found, wanted);
}

void ReferencePicturesTest::pictures_are_kept_small() {
    const qint64 most = kMostBytes * qint64(viewKinds().size());
    qint64 bytes = 0;
    for (const Kept& each : m_all) bytes += QFileInfo(each.path()).size();
    QVERIFY2(
        bytes > 0 && bytes <= most,
        qPrintable(
            QStringLiteral("%1 bytes of pictures, at most %2 may be kept").arg(bytes).arg(most)));
}

void ReferencePicturesTest::a_view_looks_as_it_did() {
    Shown shown(kept().kind, kept().theme(), kept().size);
    const QImage now = shown.picture();
    const BlockComparison found = compareByBlocks(now, reference());
    measure("as kept (must pass)", found, false);
    if (!found.isAlike()) QFAIL(qPrintable(failure(kept(), now, reference())));
}

void ReferencePicturesTest::both_themes_write_in_the_same_places() {
    Shown shown(kept().kind, Theme::dark(), kept().size);
    const std::vector<LabelPlace> dark = labelPlaces(shown.card);
    Shown other(kept().kind, Theme::light(), kept().size);
    const std::vector<LabelPlace> light = labelPlaces(other.card);
    QCOMPARE(dark.size(), light.size());
    for (std::size_t i = 0; i < dark.size(); ++i) {
        QCOMPARE(dark[i].text, light[i].text);
        QCOMPARE(dark[i].place, light[i].place);
    }
}

// What another rasteriser does to edges, done to the whole picture.
void ReferencePicturesTest::parts_of_a_pixel_are_no_difference() {
    Shown shown(kept().kind, kept().theme(), kept().size);
    const QImage picture = shown.picture();
    for (const QPoint towards : {QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)}) {
        const QImage aside = withPartsOfAPixel(picture, towards, 0.25);
        const BlockComparison found = compareByBlocks(aside, reference());
        measure("a quarter of a pixel aside (must pass)", found, false);
        QVERIFY2(found.isAlike(), qPrintable(found.sentence()));
    }
}

void ReferencePicturesTest::a_label_out_of_its_place_is_a_difference() {
    Shown shown(kept().kind, kept().theme(), kept().size);
    const QImage picture = shown.picture();
    int labels = 0;
    for (const LabelPlace& label : labelPlaces(shown.card)) {
        if (inkIn(picture, label.place) == 0) continue;  // covered, or of spaces
        ++labels;
        for (const QPoint by : {QPoint(3, 0), QPoint(-3, 0), QPoint(0, 3), QPoint(0, -3)}) {
            const QImage moved = withMoved(picture, label.place, by);
            const BlockComparison found =
                compareAround(label.place.adjusted(-3, -3, 3, 3), moved, reference());
            measure("a label 3 px off (must fail)", found, true);
            QVERIFY2(!found.isAlike(), qPrintable(label.text + ": " + found.sentence()));
        }
    }
    QVERIFY(labels > 3);
}

void ReferencePicturesTest::a_label_missing_or_cut_is_a_difference() {
    Shown shown(kept().kind, kept().theme(), kept().size);
    const QImage picture = shown.picture();
    for (const LabelPlace& label : labelPlaces(shown.card)) {
        if (inkIn(picture, label.place) == 0) continue;
        const QImage without = withErased(picture, label.place);
        const BlockComparison missing = compareAround(label.place, without, reference());
        measure("a label missing (must fail)", missing, true);
        QVERIFY2(!missing.isAlike(), qPrintable(label.text + ": " + missing.sentence()));
        // Its last letters, about.
        QRect end = label.place;
        end.setLeft(end.right() - std::max(8, end.width() / 3));
        if (label.place.width() < 24 || inkIn(picture, end) == 0) continue;
        const BlockComparison cut = compareAround(end, withErased(picture, end), reference());
        measure("a label cut (must fail)", cut, true);
        QVERIFY2(!cut.isAlike(), qPrintable(label.text + " cut: " + cut.sentence()));
    }
}

void ReferencePicturesTest::another_colour_is_a_difference() {
    Theme raised = kept().theme(), loud = raised,
          other = kept().dark ? Theme::light() : Theme::dark();
    raised.panel = raised.raised;
    loud.dim = loud.text;
    for (const Theme& theme : {raised, loud, other}) {
        Shown changed(kept().kind, theme, kept().size);
        const BlockComparison found = compareByBlocks(changed.picture(), reference());
        measure("another colour of the theme (must fail)", found, true);
        QVERIFY2(!found.isAlike(), qPrintable(found.sentence()));
    }
}

void ReferencePicturesTest::cleanupTestCase() {
    for (auto each = m_measured.begin(); each != m_measured.end(); ++each)
        qInfo("%s: %d pictures; nearest to the bounds: %d strangers, tone %.1f",
              qPrintable(each.key()), each->count, each->strangers, each->tone);
}

// Fonts and screen are those of the tests, whatever the machine prefers.
int main(int argc, char** argv) {
    qputenv("FONTCONFIG_FILE", source_path("tests/pictures/fonts.conf").toUtf8());
    for (const char* name : {"QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE",
                             "QT_QPA_PLATFORMTHEME", "QT_SCREEN_SCALE_FACTORS"})
        qunsetenv(name);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ReferencePicturesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "reference_pictures_test.moc"
