/*
 * The solver beside others on the same instances: seconds of solving, peak memory of a process of
 * its own, and whether the results are exactly equal.  One after the other, never at the same time.
 *
 *      matching [--only NAME,...] [--quick] [--no-peers] [--limit SECONDS] [--int32] [--level plain|avx2]
 *
 * A name is that of an instance (du-1000), of a family (du), or of a row of ours (drop, leximin,
 * stable).  --int32: matrices of bytes are handed over as whole numbers of 32 bits.
 * --level: as on a processor that has no more than that.  What takes less than a tenth of a second
 * is run five times, and the quickest counts; so it is for all of them.
 */
#include "matching.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHORT 0.1       /* seconds */
enum { TIMES = 5 };

struct options {
        const char *only, *level;
        bool quick, peers, int32;
        int limit;                      /* seconds, of a peer; ours has five times as long */
        char here[512], folder[256], file[300]; /* of this program; the temporary folder, and its file */
        const char *lemon, *scipy, *python;
};

struct answer {
        bool there;
        double seconds, mb;
        long long matched, total;
        char words[300];
};

/* ---- a process of its own ---- */

/* For a run that is broken off: instances are large. */
static struct options *running;
static pid_t child;

static void break_off(int number)
{
        if (child > 0)
                kill(child, SIGKILL);
        unlink(running->file);
        rmdir(running->folder);
        _exit(128 + number);
}

static pid_t start(char **argv, int *out)
{
        int ends[2];

        must(pipe(ends) == 0);
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
                dup2(ends[1], 1);
                close(ends[0]);
                close(ends[1]);
                execvp(argv[0], argv);
                _exit(127);
        }
        must(pid > 0);
        child = pid;
        close(ends[1]);
        *out = ends[0];
        return pid;
}

/* What it prints, until it ends or its time is over; false when it is over. */
static bool hear(int fd, int limit, char *heard, size_t room)
{
        double until = seconds_now() + 60 + 2.0 * limit; /* to read the instance */
        size_t n = 0;
        bool ready = false;

        for (;;) {
                struct pollfd p = {.fd = fd, .events = POLLIN};
                double left = until - seconds_now();
                if (left <= 0 || poll(&p, 1, (int)(left * 1000) + 1) == 0)
                        return false;
                ssize_t got = read(fd, heard + n, room - 1 - n);
                if (got <= 0)
                        return true;
                n += (size_t)got;
                heard[n] = 0;
                if (!ready && strstr(heard, "ready\n")) {
                        ready = true;
                        until = seconds_now() + limit;
                }
        }
}

static struct answer ask_once(char **argv, int limit)
{
        struct answer a = {0};
        char heard[1000] = "";
        int fd, status, at = 0;
        pid_t pid = start(argv, &fd);
        bool in_time = hear(fd, limit, heard, sizeof heard);

        if (!in_time)
                kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        child = 0;
        close(fd);
        const char *line = strstr(heard, "ready\n");
        line = line ? line + 6 : "";
        if (sscanf(line, "%lf %lld %lld %lf %n", &a.seconds, &a.matched, &a.total, &a.mb, &at) == 4)
                a.there = true;
        snprintf(a.words, sizeof a.words, "%s", a.there ? line + at : line);
        a.words[strcspn(a.words, "\n")] = 0;
        if (!in_time)
                snprintf(a.words, sizeof a.words, "over %d s", limit);
        else if (!a.there && !a.words[0])
                snprintf(a.words, sizeof a.words, WIFSIGNALED(status) ? "killed by signal %d" : "ended with status %d",
                         WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        return a;
}

/* What is over in a moment is at the mercy of whatever else the machine does: the quickest of five, whosever it is. */
static struct answer ask(char **argv, int limit)
{
        struct answer best = ask_once(argv, limit);

        for (int k = 1; k < TIMES && best.there && best.seconds < SHORT; k++) {
                struct answer a = ask_once(argv, limit);
                if (a.there && a.matched == best.matched && a.total == best.total && a.seconds < best.seconds)
                        best = a;
        }
        return best;
}

/* ---- the table ---- */

static void print_row(const char *name, const struct answer *a, const struct answer *ours)
{
        char result[80] = "";

        if (!a->there) {
                printf("  %-36s %10s %10s  %s\n", name, "-", "-", a->words);
                return;
        }
        if (a->matched >= 0)
                snprintf(result, sizeof result, "%lld pairs, %lld", a->matched, a->total);
        if (ours && ours != a && ours->there && a->matched >= 0)
                snprintf(result, sizeof result, "%s", a->matched == ours->matched && a->total == ours->total ? "equal" : "NOT EQUAL");
        printf("  %-36s %10.4f %10.1f  %s%s%s\n", name, a->seconds, a->mb, result, result[0] && a->words[0] ? "; " : "", a->words);
        if (ours && ours != a && strcmp(result, "NOT EQUAL") == 0)
                printf("  %-36s %10s %10s  %lld pairs, %lld\n", "", "", "", a->matched, a->total);
        fflush(stdout);
}

static struct answer ours(struct options *o, const char *what, const char *threads, int limit)
{
        char self[600];

        snprintf(self, sizeof self, "%s/matching", o->here);
        return ask((char *[]) {self, (char []) {"--run"}, strdup(what), strdup(threads), o->file, strdup(o->level), NULL}, limit);
}

static struct answer scipy(struct options *o, const char *which)
{
        return ask((char *[]) {strdup(o->python), strdup(o->scipy), strdup(which), o->file, NULL}, o->limit);
}

static void peers(struct options *o, const struct plan *p, const struct answer *best)
{
        bool list = p->family == LIST_UNIFORM || p->family == LIST_PROFILES || p->family == LIST_PLACES;
        struct answer a;

        if (o->python && !list) {
                a = scipy(o, "lsa");
                print_row("scipy linear_sum_assignment", &a, best);
        }
        if (o->python) {
                a = scipy(o, "mwfbm");
                print_row("scipy min_weight_full_bipartite", &a, best);
        }
        if (o->lemon) {
                a = ask((char *[]) {strdup(o->lemon), o->file, NULL}, o->limit);
                print_row("LEMON NetworkSimplex", &a, best);
        }
}

static bool wanted(const struct options *o, const char *name)
{
        size_t n = strcspn(name, "-");

        for (const char *s = o->only; s; s = strchr(s, ',') ? strchr(s, ',') + 1 : NULL) {
                size_t k = strcspn(s, ",");
                if ((k == strlen(name) || k == n) && strncmp(s, name, k) == 0)
                        return true;
        }
        return !o->only;
}

static void head(const struct instance *in, const char *name)
{
        printf("\n%s: %lld mentees, %lld mentors", name, (long long)in->mentees, (long long)in->mentors);
        if (in->pairs)
                printf(", %lld pairs", (long long)in->pairs);
        else
                printf(", every pair in %lld byte%s", (long long)in->cell_bytes, in->cell_bytes == 1 ? "" : "s");
        printf("\n  %-36s %10s %10s\n", "", "seconds", "peak MB");
        fflush(stdout);
}

/* Makes the instance and leaves it in the file. */
static void make(struct options *o, const struct plan *p)
{
        struct instance in;

        instance_make(p, o->int32, &in);
        head(&in, p->name);
        instance_write(&in, o->file);
}

/* What checking the proof took, which every result of ours tells at its end. */
static void print_certificate(const struct answer *a)
{
        struct answer check = *a;
        const char *at = strstr(a->words, "checked again in ");

        if (!at || sscanf(at, "checked again in %lf", &check.seconds) != 1)
                return;
        check.matched = -1;
        snprintf(check.words, sizeof check.words, "every pair of the matrix looked at once");
        print_row("matching_certify() alone", &check, NULL);
}

static void one_of_ours(struct options *o, const char *name, const char *what, const char *threads, const struct answer *best)
{
        struct answer a = ours(o, what, threads, 5 * o->limit);

        print_row(name, &a, best);
}

static void measure(struct options *o, const struct plan *p)
{
        struct answer one, two, once;
        bool full = wanted(o, p->name);
        bool drop = p->family == REAL && (full || wanted(o, "drop"));
        bool leximin = strcmp(p->name, "sp-10000") == 0 && wanted(o, "leximin") && (o->only || !o->quick);
        bool stable = strcmp(p->name, "sc10-1000000") == 0 && wanted(o, "stable");

        if (!full && !drop && !leximin && !stable)
                return;
        make(o, p);
        if (full) {
                one = ours(o, "total", "1", 5 * o->limit);
                print_row("telemachus, 1 thread", &one, &one);
                two = ours(o, "total", "2", 5 * o->limit);
                print_row("telemachus, 2 threads", &two, &one);
                if (p->family == REAL)
                        print_certificate(&one);
                if (o->peers)
                        peers(o, p, &one);
                once = ours(o, "once", "1", o->limit);
                print_row("reading it once", &once, NULL);
        }
        if (drop) {
                one_of_ours(o, "mentors drop out, an event", "drop", "1", NULL);
                one_of_ours(o, "the same, 2 threads", "drop", "2", NULL);
        }
        if (leximin) {
                one_of_ours(o, "leximin, 1 thread", "leximin", "1", NULL);
                one_of_ours(o, "leximin, 2 threads", "leximin", "2", NULL);
        }
        if (stable)
                one_of_ours(o, "stable", "stable", "1", NULL);
        unlink(o->file);
}

/* ---- who is there ---- */

static bool can(char **argv)
{
        int fd, status;
        pid_t pid = start(argv, &fd);
        char heard[100];

        while (read(fd, heard, sizeof heard) > 0)
                ;
        close(fd);
        waitpid(pid, &status, 0);
        child = 0;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The Debian package belongs to Debian's own python. */
static void find_peers(struct options *o)
{
        static char lemon[600];
        static char debian[] = "/usr/bin/python3", quiet[] = "-c", ask_scipy[] = "import scipy.sparse.csgraph, scipy.optimize";

        snprintf(lemon, sizeof lemon, "%s/matching_lemon", o->here);
        o->lemon = access(lemon, X_OK) == 0 ? lemon : NULL;
        o->scipy = getenv("MATCHING_SCIPY") ? getenv("MATCHING_SCIPY") : "bench/matching_scipy.py";
        if (access(o->scipy, R_OK) == 0 && access(debian, X_OK) == 0 && can((char *[]) {debian, quiet, ask_scipy, NULL}))
                o->python = debian;
        if (!o->python)
                puts("scipy is missing (apt-get install python3-scipy), or bench/matching_scipy.py is not below this folder");
        if (!o->lemon)
                puts("LEMON is missing (apt-get install liblemon-dev g++, then make bench-matching)");
}

static bool read_options(int argc, char **argv, struct options *o)
{
        *o = (struct options) {.peers = true, .limit = 120, .level = "avx512"};
        for (int k = 1; k < argc; k++) {
                if (strcmp(argv[k], "--quick") == 0)
                        o->quick = true;
                else if (strcmp(argv[k], "--no-peers") == 0)
                        o->peers = false;
                else if (strcmp(argv[k], "--int32") == 0)
                        o->int32 = true;
                else if (strcmp(argv[k], "--only") == 0 && k + 1 < argc)
                        o->only = argv[++k];
                else if (strcmp(argv[k], "--level") == 0 && k + 1 < argc)
                        o->level = argv[++k];
                else if (strcmp(argv[k], "--limit") == 0 && k + 1 < argc)
                        o->limit = atoi(argv[++k]);
                else
                        return false;
        }
        return o->limit > 0;
}

int main(int argc, char **argv)
{
        struct options o;
        const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
        ssize_t n;

        if (argc > 1 && strcmp(argv[1], "--run") == 0)
                return run_ours(argc, argv);
        if (!read_options(argc, argv, &o))
                return fprintf(stderr, "usage: matching [--only NAME,...] [--quick] [--no-peers] [--limit SECONDS] [--int32] "
                                       "[--level plain|avx2]\n"), 2;
        must((n = readlink("/proc/self/exe", o.here, sizeof o.here - 1)) > 0);
        o.here[n] = 0;
        *strrchr(o.here, '/') = 0;
        snprintf(o.folder, sizeof o.folder, "%s/telemachus-bench.XXXXXX", tmp);
        must(mkdtemp(o.folder));
        snprintf(o.file, sizeof o.file, "%s/instance", o.folder);
        running = &o;
        signal(SIGINT, break_off);
        signal(SIGTERM, break_off);
        if (o.peers)
                find_peers(&o);
        for (const struct plan *p = plans; p->name; p++)
                if (!(o.quick && p->large))
                        measure(&o, p);
        rmdir(o.folder);
        return 0;
}
