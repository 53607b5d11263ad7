#!/usr/bin/env python3
"""Runs the installed service in a chroot as its unit says, without systemd: the user, the umask, the folder, the list of
system calls, no memory that is writable and executable, no other families of sockets, the notify protocol and the watchdog.
To be called in a network of its own (unshare -n), so that the installed address is free.

unit.py ROOT STEP: prints TAP lines for STEP (first, again); the lines are numbered by the caller."""
import ctypes
import errno
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import seccomp

root, step = sys.argv[1], sys.argv[2]
UNIT = {}
for line in open(root + "/lib/systemd/system/telemachus.service", encoding="utf-8"):
    m = re.match(r"(\w+)=(.*)", line)
    if m:
        UNIT.setdefault(m[1], []).append(m[2].strip())


def group(name):
    """The system calls of a set, with the sets that it is made of."""
    text = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    calls = set()
    for word in text.split("\n")[1:]:
        word = word.strip()
        if word.startswith("@"):
            calls |= group(word)
        elif word and not word.startswith("#"):
            calls.add(word)
    return calls


def allowed():
    calls = group("@default")
    for value in UNIT["SystemCallFilter"]:
        words = value.lstrip("~").split()
        named = set().union(*(group(w) if w.startswith("@") else {w} for w in words))
        calls = calls - named if value.startswith("~") else calls | named
    return calls | group("@default")


def filters():
    wall = seccomp.SyscallFilter(defaction=seccomp.ERRNO(errno.EPERM))
    families = [getattr(socket, name) for name in UNIT["RestrictAddressFamilies"][0].split()]
    for call in sorted(allowed() - {"mmap", "mprotect", "pkey_mprotect", "shmat", "socket"}):
        try:
            wall.add_rule(seccomp.ALLOW, call)
        except (OSError, RuntimeError, ValueError):
            pass                        # of another architecture
    both, execute = 2 | 4, 4
    for other in [0, 1, 2, 4, 5]:       # every protection of mmap but writable and executable
        wall.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, 7, other))
    wall.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, 7, 3))
    wall.add_rule(seccomp.ALLOW, "mprotect", seccomp.Arg(2, seccomp.MASKED_EQ, execute, 0))
    assert both
    for family in families:
        wall.add_rule(seccomp.ALLOW, "socket", seccomp.Arg(0, seccomp.EQ, family))
    return wall


def become(environment, program, wall):
    os.chroot(root)
    os.chdir(UNIT["WorkingDirectory"][0])
    os.umask(int(UNIT["UMask"][0], 8))
    user = pwd.getpwnam(UNIT["User"][0])
    os.setgroups([user.pw_gid])
    os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
    os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)     # no new privileges
    if wall:
        wall.load()
    os.execve(program[0], program, environment)


def start(program, environment, wall):
    child = os.fork()
    if child == 0:
        try:
            become(environment, program, wall)
        except BaseException as e:              # the child must never go on as its parent
            print("#", e, file=sys.stderr)
        os._exit(127)
    return child


def ended(child, seconds):
    for _ in range(int(seconds * 20)):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def test(name, ok, detail=""):
    print(("ok" if ok else "not ok"), "N -", name + (f"  # {detail}" if detail and not ok else ""), flush=True)


def heard(channel, word, seconds):
    channel.settimeout(seconds)
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            if channel.recv(4096).decode() == word:
                return True
    except TimeoutError:
        pass
    return False


def ask(path):
    try:
        with urllib.request.urlopen("http://127.0.0.1:8080" + path, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except OSError as e:
        return 0, str(e)


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    path = root + "/run/notify-telemachus"
    if os.path.exists(path):
        os.unlink(path)
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    channel.bind(path)
    os.chmod(path, 0o777)
    environment = {"PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": "/run/notify-telemachus", "WATCHDOG_USEC": "1500000"}
    wall = filters()
    before = start(UNIT["ExecStartPre"][0].split(), environment, wall)
    test(f"{step}: the schema is brought up to date", ended(before, 60) == 0)
    service = start(UNIT["ExecStart"][0].split(), environment, wall)
    test(f"{step}: the service says that it is ready", heard(channel, "READY=1", 30))
    status, body = ask("/healthz")
    test(f"{step}: /healthz answers with the installed configuration", status == 200 and body == "ok\n", f"{status} {body}")
    status, body = ask("/readyz")
    test(f"{step}: /readyz answers", status == 200, f"{status} {body}")
    status, body = ask("/sign-in")
    test(f"{step}: a page is made", status == 200 and "</html>" in body, f"{status} {body[:200]}")
    test(f"{step}: the watchdog hears that it answers", heard(channel, "WATCHDOG=1", 5))
    os.kill(service, signal.SIGTERM)
    test(f"{step}: it says that it ends", heard(channel, "STOPPING=1", 5))
    test(f"{step}: and ends by itself", ended(service, 8) == 0)


main()
