// Words are readable on every surface of both themes, and amounts grow lighter.
#include "ui/theme/theme.h"

#include <QtTest>

using namespace cascadelab;

class ThemeTest : public QObject {
    Q_OBJECT
  private slots:
    void words_reach_the_contrast_they_need();
    void contrast_agrees_with_known_pairs();
    void cividis_grows_lighter();
    void style_sheet_leaves_no_role_unfilled();
};

void ThemeTest::words_reach_the_contrast_they_need() {
    for (const Theme& theme : {Theme::dark(), Theme::light()}) {
        QList<QColor> wordColors = {theme.text,     theme.dim,     theme.accentText,
                                    theme.warnText, theme.badText, theme.goodText};
        for (std::size_t i = 0; i < theme.category.size(); ++i) wordColors << theme.categoryText(i);
        for (const QColor& color : wordColors) {
            for (const QColor& surface : theme.surfaces()) {
                QVERIFY2(contrast(color, surface) >= 4.5,
                         qPrintable(color.name() + " on " + surface.name()));
            }
        }
        QVERIFY(contrast(theme.onAccent, theme.accent) >= 4.5);
    }
}

void ThemeTest::contrast_agrees_with_known_pairs() {
    QVERIFY(std::abs(contrast(Qt::white, Qt::black) - 21) < 1e-6);
    QVERIFY(std::abs(contrast(QColor("#777777"), Qt::white) - 4.478) < 0.01);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
}

void ThemeTest::cividis_grows_lighter() {
    double before = 0;
    for (int i = 0; i <= 20; ++i) {
        const double light = contrast(cividis(i / 20.0), Qt::black);
        QVERIFY(light > before);
        before = light;
    }
}

void ThemeTest::style_sheet_leaves_no_role_unfilled() {
    QVERIFY(!Theme::dark().styleSheet().contains('@'));
    QVERIFY(Theme::light().styleSheet().contains(Theme::light().raised.name()));
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
