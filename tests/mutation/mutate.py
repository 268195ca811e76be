#!/usr/bin/python3
"""Breaks the engine in many small places, one at a time, and counts how often no test notices.

usage: tests/mutation/mutate.py [--count N] [--seed S] [--only PATH] [--list] [--build FOLDER]

Every change that a file of FILES offers (an operator, a bound, a sign, a condition) is written into one copy of
it, under build/mutation, each with a number: `a < b` becomes `a < mutant::less{17} < b`, which tests/mutation/mutants.h
lets compute what stood there unless CASCADELAB_MUTANT=17. So one build holds them all (mutant schemata, Untch
et al. 1993), and trying one takes a run of its tests. The copies are compiled as build/release compiles the files
themselves, with the assertions of the standard library; a change that does not compile is found by the line of
its error and left out. The tests named for the files are linked with the copies before the engine's library.

Of those that compile, as many from every file as can be are drawn by the seed. Each is killed (a test fails,
crashes or hangs) or survives; build/mutation/results.tsv tells which. Those killed before are not tried again.
Exits with 1 when more than 5 % survive, those of EQUIVALENT not counted.
"""
import argparse
import json
import math
import os
import pathlib
import random
import re
import resource
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
RESULTS = WORK / "results.tsv"
MUTANTS = ROOT / "tests" / "mutation" / "mutants.h"
MOST_SURVIVORS = 0.05
WALL_TIMEOUT_S = 1800
MOST_BYTES = 8 << 30  # of a test whose bound has gone
IDS_OF_A_FILE = 1000

# What is broken, and which tests should see it, the quickest first.
FILES = {
    "engine/cascade/eras/examples.cpp": ["eras_test", "training_test"],
    "engine/cascade/eras/factorization.cpp": ["era_training_test", "eras_test", "person_vectors_test"],
    "engine/cascade/eras/hstu.cpp": ["era_training_test", "eras_test", "person_vectors_test"],
    "engine/cascade/eras/two_tower.cpp": ["era_training_test", "eras_test", "sources_test"],
    "engine/cascade/request/eras.cpp": ["eras_test", "person_vectors_test"],
    "engine/cascade/request/representation.cpp": ["eras_test", "person_vectors_test"],
    "engine/cascade/retrieve/person_vectors.cpp": ["person_vectors_test", "sources_test"],
    "engine/cascade/retrieve/nearest.cpp": ["sources_test", "eras_test"],
    "engine/cascade/retrieve/row_candidates.cpp": ["rows_test", "eras_test"],
    "engine/cascade/retrieve/candidates.cpp": ["cascade_test", "sources_test"],
    "engine/cascade/retrieve/sources.cpp": ["sources_test", "cascade_test"],
    "engine/cascade/rank/ranking.cpp": ["cascade_test", "interventions_test"],
    "engine/cascade/rank/popularity_discount.cpp": ["interventions_test"],
    "engine/cascade/rerank/rerank.cpp": ["rerank_test"],
    "engine/cascade/rerank/calibration.cpp": ["calibration_test", "rerank_test"],
    "engine/cascade/rerank/row_rankers.cpp": ["rows_test"],
    "engine/cascade/explore/bandit.cpp": ["bandit_test"],
    "engine/cascade/policy/policy_gate.cpp": ["policy_gate_test", "cascade_test"],
    "engine/features/counter_ring.cpp": ["feature_store_test"],
    "engine/features/streaming.cpp": ["feature_store_test", "point_in_time_test"],
    "engine/features/point_in_time.cpp": ["point_in_time_test"],
    "engine/sim/metrics/metric_definitions.cpp": ["metric_definitions_test"],
    "engine/sim/metrics/day_metrics.cpp": ["metrics_test"],
    "engine/sim/metrics/request_metrics.cpp": ["request_metrics_test"],
    "engine/world/people/choice_model.cpp": ["choice_model_test"],
    "engine/world/people/choice.cpp": ["page_test", "behaviour_test", "manners_test"],
    "engine/world/people/examination.cpp": ["page_test", "behaviour_test", "manners_test"],
    "engine/world/people/utility.cpp": ["behaviour_test", "world_test", "page_test", "manners_test"],
    "engine/models/decoder/beam_search.cpp": ["beam_search_test"],
    "engine/models/semantic_ids/tokenizer.cpp": ["tokenizer_test", "semantic_ids_test"],
    "engine/models/semantic_ids/semantic_ids.cpp": ["semantic_ids_test"],
    "engine/models/semantic_ids/sinkhorn.cpp": ["tokenizer_test"],
    "engine/models/numeric/kmeans.cpp": ["kmeans_test"],
    "engine/sim/step/stepper.cpp": ["command_test", "simulation_test"],
    "engine/sim/step/schedule.cpp": ["training_test", "simulation_test"],
}

# Changes that no test can see: (file, line of code, change) and the reason.
EQUIVALENT = {
    ("engine/cascade/rank/popularity_discount.cpp", "double mean = 0, deviation = 0;", "0 -> 1"):
        "the deviation is set before it is read",
    ("engine/cascade/retrieve/candidates.cpp", "if (scratch.order.size() >= page) return;", ">= -> >"):
        "the fallback is then asked for nothing, and what is left is kept again",
    ("engine/cascade/retrieve/row_candidates.cpp", "if (out.size() > most) out.resize(most);", "> -> >="):
        "what is of the size already is resized to it",
    ("engine/models/decoder/beam_search.cpp", "if (code >= shares.cols()) continue;", "continue; -> break;"):
        "children stand in the order of their codes",
    ("engine/models/decoder/beam_search.cpp",
     "if (settings.diversity > 0) choose_apart(candidates, settings.width, settings.diversity);", "> -> >="):
        "with nothing taken off it chooses in the order that stands",
    ("engine/sim/metrics/request_metrics.cpp", "bool slot = false;     // a slot of exploration placed it",
     "false -> true"): "every item of a page is a candidate, and is told by it",
    ("engine/world/people/examination.cpp", "if (arrival.delay_s > 0) pass(arrival.delay_s);", "> -> >="):
        "no time passes",
}

# What stands there (a pattern), what it becomes (for the report), and what is written: {id} is the number, REST
# what follows up to its end.
REST = "\x01"
OPERATORS = {"<": ("less", "<="), "<=": ("less_equal", "<"), ">": ("greater", ">="), ">=": ("greater_equal", ">"),
             "==": ("equal", "!="), "!=": ("not_equal", "=="), "+": ("plus", "-"), "-": ("minus", "+"),
             "*": ("times", "/"), "/": ("over", "*")}
ASSIGNMENTS = {"+=": ("add", "-="), "-=": ("subtract", "+="), "*=": ("scale", "/="), "/=": ("divide", "*=")}
CHANGES = [
    *((f" {re.escape(old)} ", new, f" {old} mutant::{name}{{{{{{id}}}}}} {old} ")
      for old, (name, new) in OPERATORS.items()),
    *((f" {re.escape(old)} ", new, f" {old} mutant::{name}{{{{{{id}}}}}} = ")
      for old, (name, new) in ASSIGNMENTS.items()),
    (r" && ", "&& true &&", f" && (mutant::on({{id}}) || ({REST}))"),
    (r" \|\| ", "|| false ||", f" || (!mutant::on({{id}}) && ({REST}))"),
    (r"\bif \(", "if (!", f"if (mutant::flip({{id}}, {REST})"),
    (r"std::max\(", "std::min(", "mutant::max({id}, "),
    (r"std::min\(", "std::max(", "mutant::min({id}, "),
    (r"\+\+(?=\w)", "--", "mutant::step{{{id}}} ->* "),
    (r"\btrue\b", "false", "mutant::pick({id}, true, false)"),
    (r"\bfalse\b", "true", "mutant::pick({id}, false, true)"),
    *((rf"(?<=[ (]){old}{re.escape(tail)}(?=[;,) ])", f"{new}{tail}",
       f"mutant::pick({{id}}, {old}{tail}, {new}{tail})")
      for old, new in ((0, 1), (1, 2)) for tail in ("", ".0", ".0f")),
    (r"(?<=return )-", "", "mutant::pick({id}, -1, 1) * "),
    (r"\bcontinue;", "break;", "{{ if (mutant::on({id})) break; continue; }}"),
]
# Not of this program's behaviour: comments, strings, directives, promises, what is computed at compile time, and the
# step of a loop, which would only hang.
HIDDEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"|^#[^\n]*|\bCHECK\(|\bstatic_assert\(|\bconstexpr\b|template <[^\n]*'
                    r'|(?<=; )\+\+\w+', re.MULTILINE)


def end_of(code, start, stops):
    """The first place from `start` on where one of `stops` stands outside all brackets opened since."""
    depth = 0
    for at in range(start, len(code)):
        if depth == 0 and any(code.startswith(stop, at) for stop in stops):
            return at
        depth += (code[at] in "([{") - (code[at] in ")]}")
        if depth < 0:
            return at
    return len(code)


# Which is larger of two that differ: `>=` would say the same.
DIFFERENT = re.compile(r"(\S+) != (\S+) \? (\1 [<>] \2)")


def visible(text):
    """The text with all that is not to be changed blanked, so that places stay where they are."""
    code = DIFFERENT.sub(lambda match: match.group()[:-len(match[3])] + "\x02" * len(match[3]), text)
    for match in HIDDEN.finditer(text):
        start, end = match.span()
        if match.group().endswith("("):
            end = end_of(code, end, ")")
        elif match.group() == "constexpr":
            end = end_of(code, end, ";{")
            end = end_of(code, end + 1, "}") if code[end] == "{" else end
        code = code[:start] + re.sub(r"[^\n]", "\x02", code[start:end]) + code[end:]
    return code


class Place:
    """One change: where it begins and ends in the text, where the rest of it ends, and what it is."""

    def __init__(self, path, text, match, new, written, stop):
        self.path, self.begin, self.end, self.stop = path, match.start(), match.end(), stop
        self.change = f"{match.group().strip()} -> {new or 'nothing'}"
        self.written, self.id = written, None
        line = text.count("\n", 0, self.begin)
        self.code = text.split("\n")[line].strip()
        self.name = f"{path}:{line + 1}:{self.begin - text.rfind(chr(10), 0, self.begin)}\t{self.change}\t{self.code}"


def places_of(path, text):
    """Every change that a file offers, in the order of the text, numbered."""
    code = visible(text)
    places = []
    for pattern, new, written in CHANGES:
        for match in re.finditer(pattern, code):
            stop = match.end()
            if REST in written:
                whole = match.group().endswith("(")  # a condition, up to its bracket
                stop = end_of(code, stop, (";",) if whole else (";", ",", " ? ", " : ", " && ", " || "))
                if whole and code[stop] == ";":
                    continue
            places.append(Place(path, text, match, new, written, stop))
    places.sort(key=lambda place: place.begin)
    for number, place in enumerate(places):
        place.id = IDS_OF_A_FILE * list(FILES).index(path) + number
    return places


def mutated(text, places):
    """The file with all its changes, and for every line of it the place that it begins with, if any."""
    edits = []  # position, closings first, how much is replaced, by what, the place
    for place in places:
        opening, _, closing = place.written.format(id=place.id).partition(REST)
        edits.append((place.begin, 1, place.end - place.begin, opening, place))
        if closing:
            edits.append((place.stop, 0, 0, closing, None))
    result, at, lines = "", 0, {}
    for position, _, length, written, place in sorted(edits, key=lambda edit: edit[:2]):
        result += text[at:position]
        if place is not None:
            result += "\n"  # a line for itself, so that an error tells its place
            lines[result.count("\n") + 1] = place
        result += written
        at = position + length
    return result + text[at:], lines


def place_of_line(lines, line):
    """The place that the line belongs to: the last that begins there or before."""
    return lines[max((first for first in lines if first <= line), default=min(lines))]


def compile_mutants(path, entry, headers):
    """Writes and compiles the copy of a file; gives its places that compile."""
    text, copy = (ROOT / path).read_text(), WORK / path
    places, kept = places_of(path, text), copy.with_suffix(".json")
    original = pathlib.Path(entry["directory"]) / re.search(r" -o (\S+)", entry["command"]).group(1)
    if kept.exists() and kept.stat().st_mtime > max(file.stat().st_mtime for file in (original, headers)):
        known = json.loads(kept.read_text())
        compiling = [place for place in places if place.id in known]
        if copy.read_text() == mutated(text, compiling)[0]:
            return compiling
    command = compiler(entry) + ["-include", headers, "-o", copy.with_suffix(".o"), "-c", copy]
    copy.parent.mkdir(parents=True, exist_ok=True)
    while True:
        source, lines = mutated(text, places)
        copy.write_text(source)
        run = subprocess.run(command, cwd=entry["directory"], capture_output=True, text=True)
        if run.returncode == 0:
            kept.write_text(json.dumps([place.id for place in places]))
            return places
        wrong = re.findall(rf"{re.escape(str(copy))}:(\d+):\d+: (?:error|  required from)", run.stderr)
        if not wrong or not lines:
            sys.exit(f"mutate: {path} does not compile:\n{run.stderr}")
        broken = [place_of_line(lines, int(line)) for line in wrong]
        places = [place for place in places if place not in broken]


def compiler(entry):
    """The command that compiles a file of the engine, without its own headers, names and warnings."""
    words = shlex.split(entry["command"])
    start = next(i for i, word in enumerate(words) if re.search(r"(^|/)(c|g|clang)\+\+[-\d]*$", word))
    kept, skip = [], False
    for word, after in zip(words[start:], words[start + 1:] + [""]):
        if skip or word in ("-c", "-MD", entry["file"]) or word.startswith(("-W", "-O")):
            skip = False
        elif word in ("-o", "-MT", "-MF") or (word == "-include" and "cmake_pch" in after):
            skip = True
        else:
            kept.append(word)
    return kept + ["-w", "-O1", "-D_GLIBCXX_ASSERTIONS"]


def precompiled(entry):
    """One header, compiled once: what the engine's files share, and the mutants."""
    WORK.mkdir(parents=True, exist_ok=True)
    shared = re.search(r"-include (\S*cmake_pch\.hxx)", entry["command"]).group(1)
    header, done = WORK / "headers.h", WORK / "headers.h.gch"
    if not done.exists() or done.stat().st_mtime < max(pathlib.Path(f).stat().st_mtime for f in (shared, MUTANTS)):
        header.write_text(f'#include "{shared}"\n#include "{MUTANTS}"\n')
        subprocess.run(compiler(entry) + ["-x", "c++-header", str(header), "-o", str(done)], check=True,
                       cwd=entry["directory"])
    return header


def link(build, tests, paths):
    """Links the tests with the copies before all else: of two definitions the first one met is taken."""
    objects = " ".join(str((WORK / path).with_suffix(".o")) for path in paths)
    for test in tests:
        listed = subprocess.run(["ninja", "-t", "commands", f"tests/{test}"], cwd=build, check=True,
                                capture_output=True, text=True).stdout.splitlines()[-1]
        command = listed.replace(f"-o tests/{test} ", f"-o {WORK / test} ")
        command = command.replace(" tests/CMakeFiles/", f" {objects} tests/CMakeFiles/", 1)
        subprocess.run(command, cwd=build, shell=True, check=True)


def notices(test, number, most_cpu_s):
    """Whether the test fails, crashes or hangs with a mutant on; time is the processor's, not the wall's."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PATH": os.environ["PATH"],
                   "CASCADELAB_MUTANT": str(number)}

    def bounded():
        resource.setrlimit(resource.RLIMIT_CPU, (most_cpu_s, most_cpu_s))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))

    try:
        return subprocess.run([WORK / test, "-nocrashhandler"], cwd=WORK, env=environment, preexec_fn=bounded,
                              timeout=WALL_TIMEOUT_S, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def times_of(tests):
    """How much of the processor every test takes when nothing is broken, in seconds."""
    times = {}
    for test in tests:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        if notices(test, -1, WALL_TIMEOUT_S):
            sys.exit(f"mutate: {test} does not pass before anything is broken")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times[test] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{test}: {times[test]:.1f} s", flush=True)
    return times


def drawn(by_file, count, seed):
    """As many places from every file as can be, in an order of its own that the seed decides."""
    for path, places in by_file.items():
        random.Random(f"{seed} {path}").shuffle(places)
    chosen = []
    while len(chosen) < count and any(by_file.values()):
        for places in by_file.values():
            if places and len(chosen) < count:
                chosen.append(places.pop())
    return chosen


def compiled(build, paths):
    """By file, the places that compile."""
    entries = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        entries[os.path.relpath(entry["file"], ROOT)] = entry
    headers = precompiled(entries[paths[0]])
    by_file = {}
    for path in paths:
        offered = len(places_of(path, (ROOT / path).read_text()))
        by_file[path] = compile_mutants(path, entries[path], headers)
        print(f"{path}: {len(by_file[path])} of {offered} places compile", flush=True)
    return by_file


def outcome(place, killed, times):
    if place.name in killed:
        return "killed"
    for test in FILES[place.path]:
        if notices(test, place.id, 10 + 5 * math.ceil(times[test])):
            return "killed"
    return "equivalent" if (place.path, place.code, place.change) in EQUIVALENT else "survived"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=204)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a path")
    parser.add_argument("--list", action="store_true", help="names the places and ends")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    wanted = parser.parse_args()
    paths = [path for path in FILES if wanted.only in path]
    for path in paths:
        if not (ROOT / path).exists():
            sys.exit(f"mutate: {path}: no such file, expected one of the engine's; mend FILES")
    tests = sorted({test for path in paths for test in FILES[path]})
    subprocess.run(["cmake", "--build", wanted.build, "--parallel", "1", "--target", *tests], check=True)
    places = drawn(compiled(wanted.build, paths), wanted.count, wanted.seed)
    if wanted.list:
        print("\n".join(place.name for place in places))
        return 0
    link(wanted.build, tests, paths)
    times = times_of(tests)
    before = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    killed = {line.partition("\t")[2] for line in before if line.startswith("killed")}
    counts = {"killed": 0, "survived": 0, "equivalent": 0}
    for index, place in enumerate(places):
        result = outcome(place, killed, times)
        counts[result] += 1
        with RESULTS.open("a") as out:
            out.write(f"{result}\t{place.name}\n")
        print(f"{index + 1}/{len(places)} {result:10} {place.id} {place.name}", flush=True)
    share = counts["survived"] / max(1, counts["killed"] + counts["survived"])
    print(", ".join(f"{count} {result}" for result, count in counts.items()) + f": {100 * share:.1f} % survive")
    return 1 if share > MOST_SURVIVORS else 0


if __name__ == "__main__":
    sys.exit(main())
