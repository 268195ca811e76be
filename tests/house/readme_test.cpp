// The pages of documentation say what the program and the tree say: generated tables are the ones
// printed, links lead somewhere, commands can be given, and the front page stays short.
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include "tests/house/places.h"

using namespace cascadelab;

namespace {

constexpr qsizetype kMostFrontPageBytes = 8 * 1024;

QString place_of(const QString& path) {
    return source_path(qPrintable(path));
}

QString text_of(const QString& path) {
    QFile file(place_of(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// Every README.md of the tree, from the repository's top.
QStringList pages() {
    QStringList paths = {"README.md"};
    const QDir top(source_path(""));
    for (const char* folder : {"engine", "ui", "app", "scenarios", "tests", "assets"}) {
        QDirIterator entry(top.filePath(folder), {"README.md"}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (entry.hasNext()) paths.append(top.relativeFilePath(entry.next()));
    }
    paths.sort();
    return paths;
}

// What the group of a pattern takes, at every place where the pattern stands.
QStringList all_captured(const QString& text, const char* pattern) {
    QStringList found;
    auto match = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
    while (match.hasNext()) found.append(match.next().captured(1));
    return found;
}

// Links that lead nowhere; addresses and places on the same page are not followed.
QStringList broken_links(const QString& page, const QString& text) {
    const QDir folder = QFileInfo(place_of(page)).dir();
    QStringList broken;
    for (const QString& link : all_captured(text, R"(\]\(([^)]+)\))")) {
        const QString target = link.section('#', 0, 0);
        const bool is_elsewhere = target.isEmpty() || target.contains("://");
        if (!is_elsewhere && !QFileInfo::exists(folder.filePath(target)))
            broken.append(page + ": " + link);
    }
    return broken;
}

// Pages that a line of code cites, by their path from the top, and that do not stand there.
QStringList missing_pages(const QString& code) {
    QStringList missing = all_captured(code, R"(([\w./]*\w\.md)\b)");
    erase_if(missing, [](const QString& page) { return QFileInfo::exists(place_of(page)); });
    return missing;
}

QString answer_of(const QStringList& arguments, int* exit_code) {
    QProcess process;
    process.start(build_path("app/cascadelab-cli"), arguments);
    const bool is_finished = process.waitForFinished(60000);
    *exit_code = is_finished ? process.exitCode() : -1;
    return QString::fromUtf8(process.readAllStandardOutput());
}

class ReadmeTest : public QObject {
    Q_OBJECT
  private slots:
    void parameter_table_is_the_generated_one() {
        int exit_code = 0;
        const QString generated = answer_of({"params", "--markdown"}, &exit_code).trimmed();
        QCOMPARE(exit_code, 0);
        QVERIFY(generated.contains("retrieval.candidates"));

        const QString page = text_of("engine/params/README.md");
        const qsizetype begin = page.indexOf("<!-- parameters -->");
        const qsizetype end = page.indexOf("<!-- /parameters -->");
        QVERIFY(begin >= 0 && end > begin);
        const QString stated = page.mid(begin, end - begin).section('\n', 1).trimmed();
        QCOMPARE(stated, generated);
    }
    // Name, title and first thing to look for are the file's; the column between is written by
    // hand.
    void every_scenario_has_the_row_of_its_file() {
        const QStringList files =
            QDir(source_path("scenarios")).entryList({"*.cascade.json"}, QDir::Files, QDir::Name);
        QVERIFY(!files.isEmpty());
        QStringList expected;
        for (const QString& file : files) {
            const QJsonObject scenario =
                QJsonDocument::fromJson(text_of("scenarios/" + file).toUtf8()).object();
            expected.append(QString("`%1` | %2 | %3")
                                .arg(file.section('.', 0, 0), scenario["title"].toString(),
                                     scenario["look_for"].toArray().first().toString()));
        }
        QStringList stated;
        for (const QString& row : all_captured(
                 text_of("scenarios/README.md").section("## Plans", 0, 0), R"(^\| (`.*) \|$)")) {
            const QStringList cells = row.split(" | ");
            QCOMPARE(cells.size(), 4);
            stated.append(QStringList{cells[0], cells[1], cells[3]}.join(" | "));
        }
        QCOMPARE(stated, expected);
    }
    void every_view_has_a_row() {
        const QStringList folders =
            QDir(source_path("ui/views")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        QVERIFY(!folders.isEmpty());
        QCOMPARE(all_captured(text_of("ui/README.md"), R"(^\| `(\w+)` \|)"), folders);
    }
    void every_room_of_the_engine_has_a_row() {
        QStringList rooms = all_captured(text_of("engine/README.md"), R"(^\| \d+ \| `(\w+)` \|)");
        rooms.sort();
        QCOMPARE(
            rooms,
            QDir(source_path("engine")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name));
    }
    void links_lead_to_files() {
        QVERIFY(pages().size() > 5);
        QStringList broken;
        for (const QString& page : pages()) broken += broken_links(page, text_of(page));
        QCOMPARE(broken, QStringList());
    }
    void a_broken_link_is_found() {
        QCOMPARE(broken_links("README.md", "[a](no/such/page#x) [b](LICENSE) [c](#d)").size(), 1);
    }
    void pages_that_code_cites_are_here() {
        int files = 0;
        for (const char* folder : {"engine", "ui", "app", "tests"}) {
            QDirIterator entry(source_path(folder), {"*.cpp", "*.h"}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (entry.hasNext()) {
                QFile file(entry.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QStringList missing = missing_pages(QString::fromUtf8(file.readAll()));
                QVERIFY2(missing.isEmpty(),
                         qPrintable(file.fileName() + ": " + missing.join(", ")));
                ++files;
            }
        }
        QVERIFY(files > 0);
    }
    void a_page_from_elsewhere_is_found() {
        QCOMPARE(missing_pages(QString("// as in nowhere") + ".md 4").size(), 1);
        QCOMPARE(missing_pages("// engine/README.md"), QStringList());
    }
    void front_page_is_short_and_opens_with_the_two_commands() {
        const QString readme = text_of("README.md");
        QVERIFY(readme.toUtf8().size() <= kMostFrontPageBytes);
        for (const char* command : {"./app/run", "./tests/run"}) {
            const qsizetype at = readme.indexOf(command);
            QVERIFY(at >= 0 && at < 200);
        }
    }
    void scripts_that_pages_name_can_be_run() {
        for (const QString& page : pages()) {
            for (const QString& script : all_captured(text_of(page), R"(^\./((?:app|tests)/\w+))"))
                QVERIFY2(QFileInfo(place_of(script)).isExecutable(), qPrintable(script));
        }
    }
    void tests_that_the_front_page_names_exist() {
        const QStringList names = all_captured(text_of("README.md"), R"(tests/run -R (\w+))");
        QVERIFY(!names.isEmpty());
        for (const QString& name : names) {
            const QString scenario = QString(name).remove("scenario_");
            QDirIterator test(source_path("tests"), {name + ".cpp"}, QDir::Files,
                              QDirIterator::Subdirectories);
            const bool exists =
                name.startsWith("scenario_")
                    ? QFile::exists(place_of("scenarios/" + scenario + ".cascade.json"))
                    : test.hasNext();
            QVERIFY2(exists, qPrintable(name));
        }
    }
    // Every subcommand that a page names answers --help, and lists the options it is given there.
    void commands_that_pages_name_are_known() {
        int named = 0;
        for (const QString& page : pages()) {
            for (const QString& line :
                 all_captured(text_of(page), R"(^\./cascadelab-cli ([a-z][^#\n]*))")) {
                const QStringList words = line.split(' ', Qt::SkipEmptyParts);
                // Up to the first option: a command of commands takes the second word, too.
                const auto option = std::ranges::find_if(
                    words, [](const QString& word) { return word.startsWith("--"); });
                const QStringList asked = words.mid(0, option - words.begin());
                int exit_code = 0;
                const QString help = answer_of(asked + QStringList{"--help"}, &exit_code);
                QVERIFY2(exit_code == 0, qPrintable(page + ": " + line));
                for (const QString& word : words) {
                    if (word.startsWith("--"))
                        QVERIFY2(help.contains(word), qPrintable(page + ": " + word));
                }
                ++named;
            }
        }
        QVERIFY(named > 5);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(ReadmeTest)
#include "readme_test.moc"
