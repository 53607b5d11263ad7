#!/usr/bin/env python3
"""Our own conventions, checked on the text of the house. Prints TAP: one test per rule, each finding as file:line.

tools/lint.py [--build DIR]: with a build folder the names in its objects are looked at as well.
"""
import json
import os
import re
import subprocess
import sys

FLOORS = [{"base"}, {"os"}, {"db", "html", "content"}, {"http", "mail", "jobs", "print"},
          {"people", "programmes", "matching", "journeys", "conversations", "gatherings", "learning", "care", "evaluation",
           "recruiting", "desk", "safety"},
          {"rehearsal"}, {"main"}]
FLOOR = {folder: i for i, floor in enumerate(FLOORS) for folder in floor}
# Pure types of a floor above that a floor below reads: what was typed into a form, to show it again.
LENT = {("html", "http/form.h")}
LONGEST = 500           # lines of a file; above 400 it is named
WIDEST = 180            # columns; most stay under 100


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def files(*endings):
    listed = ask("git", "ls-files", "-co", "--exclude-standard").split("\n")
    if listed == [""]:  # a copy without its history
        listed = [os.path.relpath(os.path.join(d, f)) for d, _, fs in os.walk(".") for f in fs
                  if not re.match(r"\./(node_modules|build|data|\.git)(/|$)", d)]
    return sorted(f for f in listed if f.endswith(endings) and os.path.isfile(f))


def lines(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return list(enumerate(f.read().split("\n"), 1))


def bare(path):
    """The lines of a C file without comments and strings, numbered."""
    with open(path, encoding="utf-8", errors="replace") as f:
        text = f.read()

    def blank(m):
        s = m.group(0)
        return re.sub(r"[^\n]", " ", s) if s.startswith("/") else '"' + " " * (len(s) - 2) + '"' if s[0] == '"' else s
    text = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text, flags=re.S)
    return list(enumerate(text.split("\n"), 1))


def folder(path):
    return path.split("/")[1]


def source(path):
    return path.startswith("src/")


def product(path):
    return source(path) and not re.search(r"_test\.c$|_fuzz\.c$|/test/", path)


def includes_go_down():
    for path in files(".c", ".h", ".html", ".mail"):
        if not product(path):
            continue
        for n, line in lines(path):
            m = re.match(r'\s*(?:#\s*include|\{\{use)\s+"([a-z]+)/([^"]+)"', line)
            if not m or m[1] not in FLOOR or (folder(path), m[1] + "/" + m[2]) in LENT:
                continue
            if FLOOR[m[1]] > FLOOR[folder(path)]:
                yield path, n, f"{folder(path)}/ includes {m[1]}/{m[2]}, which is above it"


def rooms_keep_to_themselves():
    rooms = FLOORS[4]
    for path in files(".c", ".h"):
        if not product(path) or folder(path) not in rooms:
            continue
        for n, line in lines(path):
            m = re.match(r'\s*#\s*include\s+"([a-z]+)/([^"]+)"', line)
            if m and m[1] in rooms and m[1] != folder(path) and m[2].endswith((".sql.h", "_view.h", "_parts.h")):
                yield path, n, f"{m[1]}/{m[2]} is private to {m[1]}/"


def only_db_knows_the_engines():
    for path in files(".c", ".h"):
        if not product(path) or folder(path) == "db":
            continue
        for n, line in lines(path):
            if re.search(r"#\s*include\s*<(sqlite3|libpq-fe)\.h>", line):
                yield path, n, "only db/ knows an engine"


def only_os_asks_the_machine():
    asks = re.compile(r"(?<![\w.>])(time|clock_gettime|gettimeofday|getrandom|rand|random|fopen|open|openat|creat)\s*\(")
    for path in files(".c"):
        if not product(path) or folder(path) in ("os", "db") or not source(path):
            continue
        for n, line in bare(path):
            m = asks.search(line)
            if m and "&until" not in line:  # how long a thread waits is no promise to anybody
                yield path, n, f"{m[1]}() is asked through os/ only"


def no_default_over_our_enums():
    for path in files(".c"):
        if not product(path):
            continue
        raw = dict(lines(path))
        for n, line in bare(path):
            if re.match(r"\s*default\s*:", line) and not any("foreign" in raw.get(k, "") for k in (n - 1, n)):
                if re.search(r"\bcase\s+[A-Z][A-Z]+_\w+", " ".join(raw.get(k, "") for k in range(max(1, n - 12), n))) \
                        and not re.search(r"case\s+(MHD|OID|SQLITE|PGRES|CURL|YAML|JSON|ICAL|SIG|MD|GMIME|UCAL|E[A-Z]+\b)",
                                          " ".join(raw.get(k, "") for k in range(max(1, n - 30), n))):
                    yield path, n, "default: in a switch over an enum of ours (say /* foreign */ beside it if it is not)"


def nothing_is_left_to_do():
    for path in files(".c", ".h", ".sql", ".html", ".mail", ".css", ".js", ".mjs", ".sh", ".py", ".md", ".yaml"):
        if path in ("tools/lint.py",) or path.startswith("tests/data/"):
            continue
        for n, line in lines(path):
            if re.search(r"\b(TODO|FIXME)\b", line):
                yield path, n, "something is left to do"


def files_stay_short():
    for path in files(".c", ".h"):
        if not product(path):
            continue
        n = len(lines(path)) - 1
        if n > LONGEST:
            yield path, n, f"{n} lines; {LONGEST} is the most"
        elif n > 400:
            print(f"# {path}: {n} lines; most stay under 400")


def lines_stay_narrow():
    for path in files(".c", ".h"):
        if not source(path):
            continue
        for n, line in lines(path):
            if "\t" in line:
                yield path, n, "a tab; indent with spaces"
            elif line.rstrip() != line:
                yield path, n, "spaces at the end"
            elif len(line) > WIDEST:
                yield path, n, f"{len(line)} columns; {WIDEST} is the most"


def no_style_in_templates():
    for path in files(".html"):
        if not product(path) or os.path.basename(path) == "letter.html":
            continue
        for n, line in lines(path):
            if re.search(r"\sstyle=|<style|<script(?![^>]*src=)|\son[a-z]+=", line):
                yield path, n, "style or script inside a page"


def sql_stands_in_rooms():
    for path in files(".c"):
        if not product(path) or folder(path) == "db":
            continue
        with open(path, encoding="utf-8") as f:
            for m in re.finditer(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s[^"]*"', f.read()):
                if re.search(r"\b(FROM|SET|VALUES|WHERE)\b", m[0]):
                    yield path, 1, "a statement outside a .sql file: " + m[0][:40]
    for path in files(".sql"):
        if not re.match(r"src/[a-z]+/[a-z_]+\.sql$|schema/\d{4}_[a-z_]+\.sql$|src/db/test/|tests/|bench/", path):
            yield path, 1, "a .sql file belongs to a room or to schema/"


def statements_are_called():
    words = set()
    for path in files(".c", ".h", ".html", ".mail"):
        with open(path, encoding="utf-8") as f:
            words.update(re.findall(r"\w+", f.read()))
    for path in files(".sql"):
        if not product(path):
            continue
        for n, line in lines(path):
            m = re.match(r"-- :name (\w+)", line)
            if m and m[1] not in words:
                yield path, n, f"nothing calls {m[1]}"


def nothing_built_is_kept():
    for path in files(""):
        with open(path, "rb") as f:
            if f.read(4) == b"\x7fELF":
                yield path, 1, "a built program: it belongs below build/"


def no_place_of_one_machine():
    for path in files(".c", ".h", ".sh", ".py", ".md", ".json", ".yaml", ".mjs", ".html", "Makefile", "check", "run", ".txt"):
        if path == "tools/lint.py":
            continue
        for n, line in lines(path):
            if re.search(r"/work/|/home/[a-z]+/|/root/", line):
                yield path, n, "a path of one machine"
    for path in files(".json"):
        with open(path, encoding="utf-8") as f:
            if '"resolved"' in f.read():
                yield path, 1, "an address in a lock file"


def symbols_carry_their_room(build):
    for path in files(".c"):
        if not product(path):
            continue
        obj = os.path.join(build, path[:-2] + ".o")
        if not os.path.exists(obj) or folder(path) in ("base", "os", "db", "html", "http", "main", "content", "jobs", "mail"):
            continue
        for line in ask("nm", "--defined-only", "--extern-only", obj).split("\n"):
            parts = line.split()
            if len(parts) < 3 or parts[1] not in "TDBRC":
                continue
            own = [folder(path), os.path.basename(path).split("_")[0].split(".")[0]]
            if folder(path) == "rehearsal":
                own.append("play_")     # the played programme and its people
            if not parts[2].startswith(tuple(own)) and not parts[2].startswith("__"):
                yield path, 1, f"{parts[2]} does not begin with {own[0]}"


def json_is_whole():
    for path in files(".json"):
        try:
            with open(path, encoding="utf-8") as f:
                json.load(f)
        except ValueError as e:
            yield path, 1, str(e)


def every_key_is_explained():
    """What may stand in telemachus.yaml stands in the sample with its default, and in the manual."""
    with open("src/os/config.c", encoding="utf-8") as f:
        keys = re.findall(r'^\s+KEY\((\w+), \w+, "([^"]*)"', f.read(), re.M)
    sample = dict(re.findall(r"^#(\w+): (.*)$", "\n".join(t for _, t in lines("packaging/telemachus.yaml")), re.M))
    manual = "\n".join(t for _, t in lines("docs/telemachus.yaml.5"))
    guide = "\n".join(t for _, t in lines("docs/operating.md"))
    for name, default in keys:
        if sample.pop(name, None) not in (default, f'"{default}"'):
            yield "packaging/telemachus.yaml", 1, f"{name} does not stand there with its default"
        if not re.search(rf"^\.BR.*\b{name}\b", manual, re.M):
            yield "docs/telemachus.yaml.5", 1, f"{name} is not explained"
        if f"`{name}`" not in guide:
            yield "docs/operating.md", 1, f"{name} is not in the table"
    for name in sample:
        yield "packaging/telemachus.yaml", 1, f"{name} is no key"


def acts_about_people_have_words():
    """What is noted about a person stands on their page and in their data: in words, not by its name in the code."""
    with open("src/people/people_acts.c", encoding="utf-8") as f:
        known = set(re.findall(r'\{"([a-z.-]+)", M_\(', f.read()))
    noted = set()       # kinds of acts in somebody's name
    for path in files(".c"):
        if not product(path):
            continue
        for n, line in lines(path):
            if not (m := re.search(r'people_audit\(([^,]*), ([^,]*), (.*)', line)):
                m = re.search(r'people_way_changed\(([^,]*), ([^,]*), (.*)', line)
            if not m or re.search(r'"[a-z.-]+", 0,', m[3]):
                continue
            for act in re.findall(r'"([a-z]+\.[a-z-]+)"', m[3]):
                if act not in known:
                    yield path, n, f"{act} has no words in people_acts.c"
        with open(path, encoding="utf-8") as f:
            for act in re.findall(r'begin(?:_in)?\(tx, who, [^&]*&(\w+)[^&]*(?:&(\w+))?', f.read()) if folder(path) == "desk" else []:
                noted.update(a for a in act if "_act_" in a)
    for path in files(".c"):
        with open(path, encoding="utf-8") as f:
            for name, act in re.findall(r'desk_kind (\w+) = \{"([a-z.-]+)"', f.read()):
                if name in noted and act not in known:
                    yield path, 1, f"{act} has no words in people_acts.c"


RULES = [includes_go_down, rooms_keep_to_themselves, only_db_knows_the_engines, only_os_asks_the_machine,
         no_default_over_our_enums, nothing_is_left_to_do, files_stay_short, lines_stay_narrow, no_style_in_templates,
         sql_stands_in_rooms, statements_are_called, no_place_of_one_machine, nothing_built_is_kept, json_is_whole,
         every_key_is_explained, acts_about_people_have_words]


def main():
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    rules = [(r.__name__, r) for r in RULES]
    if "--build" in sys.argv:
        build = sys.argv[sys.argv.index("--build") + 1]
        if os.path.isdir(build):
            rules.append(("symbols_carry_their_room", lambda: symbols_carry_their_room(build)))
    bad = 0
    for i, (name, rule) in enumerate(rules, 1):
        found = list(rule())
        for path, n, words in found:
            print(f"{path}:{n}: error: {words}")
        print(("not ok" if found else "ok"), i, "-", name.replace("_", " "))
        bad += bool(found)
    print(f"1..{len(rules)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
