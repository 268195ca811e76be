#!/usr/bin/python3
"""Breaks the engine in many small places, one at a time, and counts how often no test notices.

usage: tests/mutation/mutate.py [--count N] [--seed S] [--only PATH] [--list]

Each place is one operator, bound or sign of the files in FILES, drawn evenly over them by the seed. It is
changed in a copy of the tree under build/mutation, the tests named for its file are built and run there, and
the place is reported as killed (a test failed, crashed or hung), unbuilt (it does not compile) or survived.
Results go to build/mutation/results.tsv, a line a place as soon as it is known; places that stand there
already are not tried again. Exits with 1 when more than 5 % of those that compiled survived.
"""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
TREE = WORK / "tree"
RESULTS = WORK / "results.tsv"
MOST_SURVIVORS = 0.05
TEST_TIMEOUT_S = 120

# What is broken, and which tests should see it.
FILES = {
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
    "engine/world/choice_model.cpp": ["choice_model_test"],
    "engine/world/choice.cpp": ["page_test", "choice_model_test"],
    "engine/world/examination.cpp": ["page_test"],
    "engine/world/utility.cpp": ["behaviour_test", "world_test"],
    "engine/models/decoder/beam_search.cpp": ["beam_search_test"],
    "engine/models/semantic_ids/tokenizer.cpp": ["tokenizer_test", "semantic_ids_test"],
    "engine/models/semantic_ids/semantic_ids.cpp": ["semantic_ids_test"],
    "engine/models/semantic_ids/sinkhorn.cpp": ["tokenizer_test"],
    "engine/models/numeric/kmeans.cpp": ["kmeans_test"],
    "engine/sim/step/stepper.cpp": ["simulation_test", "command_test"],
    "engine/sim/step/schedule.cpp": ["simulation_test", "training_test"],
}

# What stands there, and what it becomes. Words and spaces around keep templates and arrows apart.
CHANGES = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "),
    (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r" / ", " * "),
    (r" \+= ", " -= "), (r" -= ", " += "), (r" && ", " || "), (r" \|\| ", " && "),
    (r"std::max\(", "std::min("), (r"std::min\(", "std::max("),
    (r"\+\+(?=\w)", "--"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"(?<=[ (])0(?=[;,)])", "1"), (r"(?<=[ (])1(?=[;,) ])", "2"), (r"(?<=return )-", ""),
    (r"(?<=if \()!", ""), (r"\bcontinue;", "break;"),
]
SKIPPED = re.compile(r"^\s*(//|#|template|using|namespace|static_assert|CHECK|constexpr)|enum_|operator")


def places_of(path, text):
    """(line number from 0, column, length, replacement) of every change that a file offers."""
    places = []
    for number, line in enumerate(text.split("\n")):
        code = line.split("//")[0]
        if SKIPPED.search(code) or '"' in code:
            continue
        for pattern, new in CHANGES:
            for match in re.finditer(pattern, code):
                places.append((number, match.start(), match.end() - match.start(), new))
    return places


def drawn(count, seed, only):
    """The places of this run: as many from every file as can be, in an order that the seed decides."""
    order = random.Random(seed)
    by_file = {}
    for path in FILES:
        file = ROOT / path
        if only and only not in path:
            continue
        if not file.exists():
            sys.exit(f"mutate: {path}: no such file, expected one of the engine's; mend FILES")
        by_file[path] = places_of(path, file.read_text())
        order.shuffle(by_file[path])
    chosen = []
    while len(chosen) < count and any(by_file.values()):
        for path, places in by_file.items():
            if places and len(chosen) < count:
                chosen.append((path, *places.pop()))
    return chosen


def prepare():
    WORK.mkdir(parents=True, exist_ok=True)
    # Only what differs is copied, so that a second run builds little.
    for file in subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True,
                               text=True).stdout.splitlines():
        source, copy = ROOT / file, TREE / file
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    subprocess.run(["cmake", "--preset", "release"], cwd=TREE, check=True, stdout=subprocess.DEVNULL)


def build(tests):
    return subprocess.run(["cmake", "--build", "build/release", "--target", *tests], cwd=TREE,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def notices(test):
    try:
        run = subprocess.run([TREE / "build/release/tests" / test], cwd=WORK, timeout=TEST_TIMEOUT_S,
                             env={"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PATH": "/usr/bin"},
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return run.returncode != 0
    except subprocess.TimeoutExpired:
        return True


def outcome(place):
    path, number, column, length, new = place
    file = TREE / path
    whole = file.read_text()
    lines = whole.split("\n")
    lines[number] = lines[number][:column] + new + lines[number][column + length:]
    file.write_text("\n".join(lines))
    try:
        if not build(FILES[path]):
            return "unbuilt"
        return "killed" if any(notices(test) for test in FILES[path]) else "survived"
    finally:
        file.write_text(whole)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a path")
    parser.add_argument("--list", action="store_true", help="names the places and ends")
    wanted = parser.parse_args()
    places = drawn(wanted.count, wanted.seed, wanted.only)
    if wanted.list:
        for path, number, column, length, new in places:
            print(f"{path}:{number + 1}:{column + 1}\t{new.strip()}")
        return 0
    prepare()
    known = {}
    if RESULTS.exists():
        for line in RESULTS.read_text().splitlines():
            where, result = line.split("\t")[:2]
            known[where] = result
    tests = sorted({test for path, *_ in places for test in FILES[path]})
    if not build(tests) or any(notices(test) for test in tests):
        sys.exit("mutate: the tests do not pass before anything is broken")
    counts = {"killed": 0, "unbuilt": 0, "survived": 0}
    for index, place in enumerate(places):
        path, number, column, length, new = place
        where = f"{path}:{number + 1}:{column + 1}:{new.strip()}"
        result = known.get(where) or outcome(place)
        counts[result] += 1
        if where not in known:
            line = (ROOT / path).read_text().split("\n")[number].strip()
            with RESULTS.open("a") as out:
                out.write(f"{where}\t{result}\t{line}\n")
        print(f"{index + 1}/{len(places)} {result:9} {where}", flush=True)
    built = counts["killed"] + counts["survived"]
    share = counts["survived"] / built if built else 0
    print(f"{counts['killed']} killed, {counts['survived']} survived ({100 * share:.1f} %), "
          f"{counts['unbuilt']} did not compile")
    return 1 if share > MOST_SURVIVORS else 0


if __name__ == "__main__":
    sys.exit(main())
