// Reads the tree and holds it to the rules of the house: who may include whom, where third-party
// headers stand, how long files and functions may be, and what nobody writes.
#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>

#include "tests/house/ladder.h"
#include "tests/house/places.h"

using namespace cascadelab;

namespace {

struct SourceFile {
    QString path;  // from the repository's top
    QStringList lines;
};

struct Finding {
    QString path;
    qsizetype line;  // 1-based
    QString text;
};
using Findings = QList<Finding>;

SourceFile file_of(const QString& path, const QString& text) {
    return {path, text.split('\n')};
}

bool is_code(const QString& path) {
    return path.endsWith(".cpp") || path.endsWith(".h");
}

// Everything that people write here: code, build files, scripts, scenarios.
QList<SourceFile> read_tree() {
    const QDir top(source_path(""));
    QStringList paths = {"CMakeLists.txt", "CMakePresets.json", ".ci/run"};
    for (const char* folder : {"engine", "ui", "app", "tests", "scenarios"}) {
        QDirIterator entry(top.filePath(folder), QDir::Files, QDirIterator::Subdirectories);
        while (entry.hasNext()) paths.append(top.relativeFilePath(entry.next()));
    }
    paths.sort();
    QList<SourceFile> files;
    for (const QString& path : paths) {
        QFile file(top.filePath(path));
        if (!file.open(QIODevice::ReadOnly)) continue;
        files.append(file_of(path, QString::fromUtf8(file.readAll())));
    }
    return files;
}

// The included path of a line, with its " or < in front; empty when the line includes nothing.
QString included(const QString& line) {
    static const QRegularExpression pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
    const QRegularExpressionMatch match = pattern.match(line);
    return match.hasMatch() ? match.captured(1) + match.captured(2) : QString();
}

template <class Check>
Findings per_line(const SourceFile& file, Check check) {
    Findings findings;
    for (qsizetype i = 0; i < file.lines.size(); ++i) {
        const QString problem = check(file.lines[i]);
        if (!problem.isEmpty()) findings.append({file.path, i + 1, problem});
    }
    return findings;
}

// --- the ladder -------------------------------------------------------------------------------

// A view is a folder of its own: it knows no other view, nor the list of them.
bool stays_in_its_view(const QString& from, const QString& target) {
    const QString views = "ui/views/";
    if (!from.startsWith(views) || !target.startsWith(views)) return true;
    const QString own = from.section('/', 2, 2);
    const bool is_list = !from.mid(views.size()).contains('/');
    return is_list || target.section('/', 2, 2) == own;
}

// The window sees values and the run, never the world but its clock, nor models but how IDs go.
bool window_may_see(const QString& path) {
    static const QRegularExpression pattern(
        "^(ui/|engine/(base|params|store|studies|run)/|engine/bench/index_study\\.h$|"
        "engine/cascade/request/(trace|ranking_columns)\\.h$|"
        "engine/models/semantic_ids/(code_tree|semantic_ids)\\.h$|"
        "engine/sim/(commands/command|snapshot/(snapshot|fleet_section)|"
        "metrics/(metric_names|metric_point))\\.h$|engine/world/events/(clock|moment_text)\\.h$)");
    return pattern.match(path).hasMatch();
}

QString include_problem(const QString& from, const QString& include) {
    const QString target = include.mid(1);
    const bool in_tests = from.startsWith("tests/");
    if (include.startsWith('<')) {
        static const QRegularExpression qt("^(Qt?[A-Z]|qcustomplot)");
        const bool is_plain = from.startsWith("engine/") || from.startsWith("app/cli/");
        return is_plain && qt.match(target).hasMatch() ? "no Qt here: " + target : QString();
    }
    if (target.endsWith(".moc") || in_tests) return {};
    if (target.startsWith("tests/")) return "nothing includes tests: " + target;
    const qsizetype level = level_of(from);
    const qsizetype target_level = level_of(target);
    if (target_level < 0) return "not written from the repository's top: " + target;
    if (target_level > level) return "against the ladder: " + target;
    if (rung_of(from, level) < 0) return "in a folder without a rung: " + from;
    if (target_level == level && rung_of(target, level) > rung_of(from, level))
        return "against the rungs of " + kRooms[level] + ": " + target;
    if (!stays_in_its_view(from, target)) return "another view: " + target;
    if (from.startsWith("ui/") && !window_may_see(target)) return "not for the window: " + target;
    return {};
}

Findings ladder_findings(const SourceFile& file) {
    if (!is_code(file.path)) return {};
    return per_line(file, [&](const QString& line) {
        const QString include = included(line);
        return include.isEmpty() ? QString() : include_problem(file.path, include);
    });
}

// --- one definition ---------------------------------------------------------------------------

// The type that a line at the margin of a header defines, empty when it defines none.
QString defined_type(const QString& line) {
    static const QRegularExpression pattern(R"(^(?:class|struct|enum class) (\w+)\b[^;:]*[:{])");
    const QRegularExpressionMatch match = pattern.match(line);
    return match.hasMatch() && !line.contains(match.captured(1) + "::") ? match.captured(1)
                                                                        : QString();
}

// Two types of one name in one namespace: the linker takes the code of either for both.
Findings one_definition_findings(const QList<SourceFile>& files) {
    static const QRegularExpression opens("^namespace ([\\w:]+) \\{");
    Findings findings;
    QHash<QString, QString> owner_of;
    for (const SourceFile& file : files) {
        if (!file.path.endsWith(".h") || level_of(file.path) < 0) continue;
        QString space;
        findings += per_line(file, [&](const QString& line) -> QString {
            const QRegularExpressionMatch opened = opens.match(line);
            if (opened.hasMatch()) space = opened.captured(1);
            const QString type = defined_type(line);
            if (type.isEmpty()) return {};
            QString& owner = owner_of[space + "::" + type];
            if (owner.isEmpty()) owner = file.path;
            return owner == file.path ? QString() : type + " is already in " + owner;
        });
    }
    return findings;
}

// --- third-party headers ----------------------------------------------------------------------

Findings third_party_findings(const QList<SourceFile>& files) {
    Findings findings;
    for (const char* library :
         {"hnswlib/", "xgboost/", "sqlite3.h", "nlohmann/", "valijson/", "CLI/", "qcustomplot"}) {
        QString owner;
        for (const SourceFile& file : files) {
            if (!is_code(file.path) || level_of(file.path) < 0) continue;
            findings += per_line(file, [&](const QString& line) -> QString {
                if (!included(line).mid(1).startsWith(library)) return {};
                if (owner.isEmpty()) owner = file.path;
                if (file.path.endsWith(".h")) return QString(library) + " in a header";
                return owner == file.path ? QString() : library + (" is already in " + owner);
            });
        }
    }
    return findings;
}

// --- lengths ----------------------------------------------------------------------------------

constexpr qsizetype kMostFileLines = 500;
constexpr qsizetype kMostFunctionLines = 70;

Findings file_length_findings(const SourceFile& file) {
    const qsizetype length = file.lines.size() - 1;
    if (!is_code(file.path) || length <= kMostFileLines) return {};
    return {{file.path, length, QString("%1 lines in one file").arg(length)}};
}

// The code with comments and literals blanked out, line breaks kept.
QString bare_code(const SourceFile& file) {
    static const QRegularExpression pattern(
        R"re(R"(\w*)\([\s\S]*?\)\1"|//[^\n]*|/\*[\s\S]*?\*/|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+')re");
    QString code = file.lines.join('\n');
    qsizetype from = 0;
    QRegularExpressionMatch match;
    while ((from = code.indexOf(pattern, from, &match)) >= 0) {
        const auto breaks = match.captured(0).count('\n');
        code.replace(from, match.capturedLength(), QString(breaks, '\n'));
        from += breaks;
    }
    return code;
}

// Whether the words before an opening brace, outside of any function, begin a function. The rows of
// a Qt Test table (name_data) are data, however many.
bool begins_function(const QString& head) {
    static const QRegularExpression other(R"(\b(namespace|class|struct|union|enum)\b[^()]*$)");
    static const QRegularExpression value(R"((^|[^=!<>])=([^=]|$))");
    const QString words = QString(head).replace("operator=", "operator");
    const qsizetype parenthesis = words.indexOf('(');
    return parenthesis >= 0 && !words.left(parenthesis).endsWith("_data") &&
           !other.match(words).hasMatch() && !value.match(words.left(parenthesis)).hasMatch();
}

Findings function_length_findings(const SourceFile& file) {
    if (!is_code(file.path)) return {};
    Findings findings;
    qsizetype line = 1, depth = 0, begin = 0, function_depth = -1;
    QString head;
    for (const QChar c : bare_code(file)) {
        if (c == '\n') ++line;
        if (c == '{') {
            if (function_depth < 0 && begins_function(head)) {
                function_depth = depth;
                begin = line - head.trimmed().count('\n');
            }
            ++depth;
        } else if (c == '}') {
            const bool ends_function = --depth == function_depth;
            const qsizetype length = line - begin + 1;
            if (ends_function && length > kMostFunctionLines) {
                findings.append({file.path, begin, QString("a function of %1 lines").arg(length)});
            }
            if (ends_function) function_depth = -1;
        }
        const bool ends_head = c == '{' || c == '}' || c == ';';
        head = ends_head ? QString() : head + c;
    }
    return findings;
}

// --- words ------------------------------------------------------------------------------------

struct Forbidden {
    QRegularExpression pattern;
    QString why;
};

// Written in pieces, so that this file does not find itself.
QList<Forbidden> forbidden_words() {
    const auto pattern = [](const char* begin, const char* end) {
        return QRegularExpression(QString(begin) + end);
    };
    return {
        {pattern("random_", "device"), "a source of randomness that no seed decides"},
        {pattern("\\bs?ra", "nd\\s*\\("), "a generator that no seed of ours decides"},
        {pattern("march=", "native"), "not the same bits on another machine"},
        {pattern("ffast-", "math"), "not the same bits in another build"},
        {pattern("\\bdesign,? sec", "tion \\d"), "a document that is not here"},
        {pattern("\\bTO", "DO\\b"), "an open end"},
        {pattern("\\bFIX", "ME\\b"), "an open end"},
        {pattern("https?:", "//(?!(json-schema|www\\.w3)\\.org/)[A-Za-z0-9]"), "an address"},
    };
}

Findings word_findings(const SourceFile& file) {
    static const QList<Forbidden> words = forbidden_words();
    return per_line(file, [](const QString& line) -> QString {
        for (const auto& [pattern, why] : words) {
            const QRegularExpressionMatch match = pattern.match(line);
            if (match.hasMatch()) return match.captured(0) + ": " + why;
        }
        return {};
    });
}

// A hash container that is walked over, in the file that declares it.
Findings hash_walk_findings(const SourceFile& file) {
    if (!file.path.startsWith("engine/")) return {};
    static const QRegularExpression declared(R"(unordered_(?:map|set)<.*>&?\s+(\w+)\s*[;={(,)])");
    QStringList names;
    for (const QString& line : file.lines) {
        const QRegularExpressionMatch match = declared.match(line);
        if (match.hasMatch()) names.append(match.captured(1));
    }
    if (names.isEmpty()) return {};
    const QString any = "(" + names.join('|') + ")";
    const QRegularExpression walked("for \\(.*:\\s*" + any + "\\)|\\b" + any + "\\.c?begin\\(");
    return per_line(file, [&](const QString& line) {
        return walked.match(line).hasMatch() ? QString("walks over a hash container") : QString();
    });
}

// Colours live in ui/theme. Masks made of whole and half bytes are not colours.
Findings colour_findings(const SourceFile& file) {
    if (!file.path.startsWith("ui/") || file.path.startsWith("ui/theme/")) return {};
    static const QRegularExpression colour(
        "\"#[0-9A-Fa-f]{3,8}\"|\\b(QColor|qRgba?|fromRgb)\\(\\s*[0-9]|"
        "\\bQt::(red|green|blue|cyan|magenta|yellow|(dark|light)?[gG]r[ae]y|black|white)\\b|"
        "\\b0x(?!((00|01|7[Ff]|80|[Ff]{2}){3,4})[uU]?\\b)([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6})[uU]?\\b");
    return per_line(file, [&](const QString& line) {
        const QRegularExpressionMatch match = colour.match(line);
        return match.hasMatch() ? "a colour outside ui/theme: " + match.captured(0) : QString();
    });
}

Findings header_findings(const SourceFile& file) {
    if (!file.path.endsWith(".h")) return {};
    Findings findings;
    if (!file.lines.first().startsWith("// ")) {
        findings.append({file.path, 1, "a header begins with what it is for"});
    }
    if (!file.lines.contains("#pragma once")) findings.append({file.path, 1, "no #pragma once"});
    return findings;
}

template <class Check>
Findings over_tree(Check check) {
    Findings findings;
    for (const SourceFile& file : read_tree()) findings += check(file);
    return findings;
}

// Prints every finding; true when there is none.
bool none(const Findings& findings) {
    for (const auto& [path, line, text] : findings) {
        std::fprintf(stderr, "%s:%lld: %s\n", qPrintable(path), static_cast<long long>(line),
                     qPrintable(text));
    }
    return findings.isEmpty();
}

QString function_of(int lines) {
    return "int f(int a,\n      int b) {\n" + QString("    a += b;\n").repeated(lines - 3) + "}\n";
}

class TidyTest : public QObject {
    Q_OBJECT
  private slots:
    void includes_go_down_the_ladder() { QVERIFY(none(over_tree(ladder_findings))); }
    void a_name_is_one_type() { QVERIFY(none(one_definition_findings(read_tree()))); }
    void third_party_headers_stand_in_one_place() {
        QVERIFY(none(third_party_findings(read_tree())));
    }
    void files_are_short() { QVERIFY(none(over_tree(file_length_findings))); }
    void functions_fit_a_screen() { QVERIFY(none(over_tree(function_length_findings))); }
    void nobody_writes_forbidden_words() { QVERIFY(none(over_tree(word_findings))); }
    void hash_containers_are_not_walked() { QVERIFY(none(over_tree(hash_walk_findings))); }
    void colours_live_in_the_theme() { QVERIFY(none(over_tree(colour_findings))); }
    void headers_say_what_they_are_for() { QVERIFY(none(over_tree(header_findings))); }

    // The rules themselves, on small bad examples.
    void a_step_up_the_ladder_is_found() {
        QVERIFY(include_problem("engine/world/world.h", "\"engine/params/params.h").isEmpty());
        QVERIFY(
            include_problem("engine/models/nn/layer.h", "\"engine/models/progress.h").isEmpty());
        QVERIFY(include_problem("engine/sim/step/stepper.cpp", "<vector").isEmpty());
        QVERIFY(
            !include_problem("engine/world/world.h", "\"engine/sim/metrics/metrics.h").isEmpty());
        QVERIFY(!include_problem("engine/run/session.h", "\"ui/view/selection.h").isEmpty());
        QVERIFY(!include_problem("engine/base/ids.h", "\"ids.h").isEmpty());
        QVERIFY(
            !include_problem("app/cascadelab.cpp", "\"tests/worlds/ui/demo_snapshot.h").isEmpty());
        const QString view = "ui/views/funnel/funnel_view.cpp";
        QVERIFY(!include_problem(view, "\"engine/world/world.h").isEmpty());
        QVERIFY(include_problem(view, "\"engine/cascade/request/trace.h").isEmpty());
    }
    void a_step_up_inside_a_room_is_found() {
        const char* request = "engine/cascade/request/eras.cpp";
        QVERIFY(!include_problem(request, "\"engine/cascade/rank/ranker.h").isEmpty());
        QVERIFY(!include_problem(request, "\"engine/cascade/cascade.h").isEmpty());
        QVERIFY(include_problem("engine/cascade/cascade.cpp", "\"engine/cascade/rank/ranker.h")
                    .isEmpty());
        QVERIFY(!include_problem("engine/models/attic/a.cpp", "\"engine/base/ids.h").isEmpty());
        QVERIFY(!include_problem("ui/views/a/a_view.cpp", "\"ui/views/b/b_view.h").isEmpty());
        QVERIFY(!include_problem("ui/views/a/a_view.cpp", "\"ui/views/registry.h").isEmpty());
        QVERIFY(include_problem("ui/views/registry.cpp", "\"ui/views/b/b_view.h").isEmpty());
        QVERIFY(!include_problem("ui/plot/ink.cpp", "\"ui/view/view.h").isEmpty());
    }
    void qt_in_the_engine_is_found() {
        for (const char* header : {"<QString", "<QtCore", "<QtCore/QString", "<qcustomplot.h"}) {
            QVERIFY(!include_problem("engine/base/text.h", header).isEmpty());
            QVERIFY(!include_problem("app/cli/main.cpp", header).isEmpty());
            QVERIFY(include_problem("ui/window.h", header).isEmpty());
        }
    }
    void a_second_type_of_a_name_is_found() {
        const QString text = "namespace cascadelab {\nstruct Visit;\nstruct Visit {\n};\n}\n";
        const SourceFile first = file_of("engine/sim/visit/visit.h", text);
        QVERIFY(one_definition_findings({first}).isEmpty());
        QCOMPARE(one_definition_findings({first, file_of("ui/a.h", text)}).size(), 1);
        const SourceFile other =
            file_of("engine/run/a.h", "namespace cascadelab::a {\nclass Visit final : B {\n");
        QVERIFY(one_definition_findings({first, other}).isEmpty());
        const SourceFile inside =
            file_of("engine/run/a.h", "namespace cascadelab {\nstruct Visit::Impl {\n");
        QVERIFY(one_definition_findings({first, inside}).isEmpty());
    }
    void a_second_home_of_a_library_is_found() {
        const QString text = "#include <sqlite3.h>\n";
        const SourceFile first = file_of("engine/base/sqlite.cpp", text);
        QVERIFY(third_party_findings({first}).isEmpty());
        QCOMPARE(third_party_findings({first, file_of("ui/plot/a.cpp", text)}).size(), 1);
        QCOMPARE(third_party_findings({file_of("engine/base/sqlite.h", text)}).size(), 1);
    }
    void long_functions_and_files_are_found() {
        const auto findings = [](const QString& text) {
            return function_length_findings(file_of("engine/a.cpp", text));
        };
        QVERIFY(findings(function_of(70)).isEmpty());
        const Findings found = findings("namespace x {\nclass A {\n" + function_of(71) + "};\n}\n");
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().line, 3);
        // Braces in literals and comments do not count, and a long table is no function.
        const QString decoy = "char c = '{';  // {\nconst char* s = \"{\";\n";
        QCOMPARE(findings(decoy + function_of(71)).size(), 1);
        QVERIFY(findings("constexpr A kA[] = {\n" + QString("{f(1)},\n").repeated(90) + "};\n")
                    .isEmpty());
        QVERIFY(findings(function_of(71).replace("int f(", "int f_data(")).isEmpty());
        QVERIFY(file_length_findings(file_of("ui/a.h", QString("x\n").repeated(500))).isEmpty());
        QCOMPARE(file_length_findings(file_of("ui/a.h", QString("x\n").repeated(501))).size(), 1);
    }
    void forbidden_words_are_found() {
        const auto count = [](const QString& line) {
            return word_findings(file_of("engine/a.cpp", line)).size();
        };
        for (const char* half : {"TO", "FIX"}) {
            QCOMPARE(count(QString("// ") + half + (half[0] == 'T' ? "DO" : "ME") + ": later"), 1);
        }
        QCOMPARE(count(QString("x = ra") + "nd();"), 1);
        QCOMPARE(count(QString("see https:") + "//example.org/x"), 1);
        QCOMPARE(count(QString("// see design sec") + "tion 8"), 1);
        QCOMPARE(count("// Tufte 1983, section 8"), 0);
        QCOMPARE(count("operand(x); brandish; todo_list"), 0);
        const QString map = "std::unordered_map<int, A> cells;\nfor (auto& [k, v] : cells) {}\n";
        QCOMPARE(hash_walk_findings(file_of("engine/a.cpp", map)).size(), 1);
    }
    void hard_coded_colours_are_found() {
        const auto count = [](const QString& path, const QString& line) {
            return colour_findings(file_of(path, line)).size();
        };
        for (const char* line : {"QColor(\"#4e79a7\")", "QColor(12, 3, 4)", "0xFF4E79A7", "Qt::red",
                                 "qRgb(1, 2, 3)", "f(0x4e79a7u)"}) {
            QCOMPARE(count("ui/views/a.cpp", line), 1);
            QCOMPARE(count("ui/theme/a.cpp", line), 0);
        }
        QCOMPARE(count("ui/plot/a.cpp", "even & 0x00FF00FFu, 0x00800080u, 1 << 16, 0x9F"), 0);
    }
    void bare_headers_are_found() {
        QCOMPARE(header_findings(file_of("ui/a.h", "#include <a>\n")).size(), 2);
        QVERIFY(header_findings(file_of("ui/a.h", "// For a.\n#pragma once\n")).isEmpty());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TidyTest)
#include "tidy_test.moc"
