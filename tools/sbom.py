#!/usr/bin/env python3
"""What the program is made of, as a CycloneDX list: the libraries that it is linked with, as Debian names them, and what is
embedded in it.   sbom.py PROGRAM > telemachus.cdx.json"""
import json
import re
import subprocess
import sys


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def packages(program):
    """Every shared library that is loaded, straight or through another, by the package that brought it."""
    for path in sorted(set(re.findall(r"(?:=> )?(/\S+) \(0x", ask("ldd", program)))):
        # merged /usr: the package may know the file by its other name
        owner = ask("dpkg", "-S", path) or ask("dpkg", "-S", path.removeprefix("/usr"))
        if owner:
            yield owner.split(":")[0]


def debian(name):
    version, source = ask("dpkg-query", "-W", "-f", "${Version}\t${source:Package}", name).split("\n")[0].split("\t")
    return {"type": "library", "name": name, "version": version, "purl": f"pkg:deb/debian/{name}@{version}",
            "properties": [{"name": "debian:source", "value": source}]}


def main():
    found = [debian(name) for name in sorted(set(packages(sys.argv[1])))]
    with open("node_modules/htmx.org/package.json", encoding="utf-8") as f:
        htmx = json.load(f)
    found.append({"type": "library", "name": "htmx.org", "version": htmx["version"], "purl": f"pkg:npm/htmx.org@{htmx['version']}",
                  "properties": [{"name": "embedded", "value": "true"}]})
    with open("debian/changelog", encoding="utf-8") as f:
        version = re.match(r"\S+ \((\S+)\)", f.readline())[1]
    json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
               "metadata": {"component": {"type": "application", "name": "telemachus", "version": version}}, "components": found},
              sys.stdout, indent=1)
    print()


main()
