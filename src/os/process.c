#include "os/process.h"

#include "base/log.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- signals ---- */

static sigset_t held(void)
{
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGHUP);
        return set;
}

static _Atomic bool ending;

bool process_ending(void) { return atomic_load(&ending); }

void process_begin(void) { signal(SIGXFSZ, SIG_IGN); }

void process_block_signals(void)
{
        sigset_t set = held();

        signal(SIGPIPE, SIG_IGN);
        must(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
}

int process_wait_for_end(void)
{
        sigset_t set = held();
        int got = 0;

        while (sigwait(&set, &got) != 0)
                continue;
        atomic_store(&ending, true);
        return got;
}

/* On Linux a thread has a priority of its own. No matter if it cannot be changed. */
void process_give_way(void)
{
        enum { STEPS = 5 };

        if (setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), STEPS) != 0)
                log_write(LOG_DEBUG, "process.give_way refused");
}

int process_wait_for(int64_t us)
{
        sigset_t set = held();
        struct timespec most = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
        int got = sigtimedwait(&set, NULL, &most);

        if (got > 0)
                atomic_store(&ending, true);
        return got > 0 ? got : 0;
}

long process_raise_files(void)
{
        struct rlimit l;

        if (getrlimit(RLIMIT_NOFILE, &l) != 0)
                return 1024;
        l.rlim_cur = l.rlim_max;
        setrlimit(RLIMIT_NOFILE, &l);
        getrlimit(RLIMIT_NOFILE, &l);
        return (long)l.rlim_cur;
}

/* ---- giving up root ---- */

static _Thread_local struct passwd new_owner;    /* nftw() has no place for an argument */

static int hand_over(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
        (void)st;
        (void)type;
        (void)ftw;
        return lchown(path, new_owner.pw_uid, new_owner.pw_gid);
}

/*
 * A folder below somebody's home (a clone in /root) cannot be reached by another user, whoever owns
 * it.  Then we keep one single right of root's, to pass through folders and read; the right to
 * write, to kill, to change users is gone.
 */
static bool keep_rights(unsigned rights)
{
        struct __user_cap_header_struct h = {.version = _LINUX_CAPABILITY_VERSION_3};
        struct __user_cap_data_struct d[2] = {0};

        d[0].effective = d[0].permitted = rights;
        return syscall(SYS_capset, &h, d) == 0;
}

static bool become(const struct passwd *user)
{
        return prctl(PR_SET_KEEPCAPS, 1) == 0 && initgroups(user->pw_name, user->pw_gid) == 0 &&
               setresgid(user->pw_gid, user->pw_gid, user->pw_gid) == 0 &&
               setresuid(user->pw_uid, user->pw_uid, user->pw_uid) == 0 && setuid(0) != 0;
}

struct err process_drop_root(const char *data)
{
        if (geteuid() != 0)
                return OK;
        TRY(file_make_folder(data));
        const struct passwd *user = getpwnam("telemachus");
        if (!user)
                user = getpwnam("nobody");
        if (!user || user->pw_uid == 0)
                return FAIL(ERR_BROKEN, "There is no user to run as",
                            "Create one: adduser --system --group telemachus");
        new_owner = *user;
        if (nftw(data, hand_over, 16, FTW_PHYS) != 0)
                return FAIL_AT(ERR_FORBIDDEN, "The data folder cannot be given to an ordinary user",
                               data,
                               "Put it on a file system that knows owners, or start as that user");
        if (!become(user))
                return FAIL(ERR_BROKEN, "Root's rights could not be given up",
                            "Start as an ordinary user");
        bool reached = faccessat(AT_FDCWD, data, R_OK | W_OK | X_OK, AT_EACCESS) == 0;
        if (!reached)
                log_write(LOG_WARN, "process.search_kept user=%s data=%s", new_owner.pw_name, data);
        if (!keep_rights(reached ? 0 : 1u << CAP_DAC_READ_SEARCH))
                return FAIL(ERR_BROKEN, "Root's rights could not be given up",
                            "Start as an ordinary user");
        return OK;
}

struct err process_hand_over(const char *data)
{
        const struct passwd *user = getpwnam("telemachus");
        struct stat st;

        if (geteuid() != 0 || stat(data, &st) != 0)
                return OK;
        new_owner = (struct passwd) {.pw_uid = st.st_uid, .pw_gid = st.st_gid};
        if (st.st_uid == 0 && user)
                new_owner = *user;
        if (new_owner.pw_uid == 0 || nftw(data, hand_over, 16, FTW_PHYS) == 0)
                return OK;
        return FAIL_AT(ERR_FORBIDDEN, "The data folder cannot be given to its user", data,
                       "chown -R it to the user that serves");
}

struct err process_become_owner(const char *data)
{
        struct stat st;

        if (geteuid() != 0 || stat(data, &st) != 0 || st.st_uid == 0)
                return OK;
        const struct passwd *user = getpwuid(st.st_uid);
        if (!user || !become(user) || !keep_rights(1u << CAP_DAC_READ_SEARCH))
                return FAIL_AT(ERR_BROKEN, "The owner of the data folder cannot be worked for", data,
                               "Give the folder to a user that exists, or run as its owner");
        return OK;
}

/* ---- one server per folder ---- */

static int lock_open(const char *data, int flags)
{
        char path[4096];

        if (snprintf(path, sizeof path, "%s/serving.lock", data) >= (int)sizeof path)
                return -1;
        return open(path, flags | O_CLOEXEC, 0600);
}

static pid_t lock_holder(int fd)
{
        char text[32] = "";
        ssize_t n = pread(fd, text, sizeof text - 1, 0);

        return n > 0 ? (pid_t)strtol(text, NULL, 10) : 0;
}

struct err process_lock(const char *data)
{
        static _Thread_local char holder[32];
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int fd = lock_open(data, O_RDWR | O_CREAT);

        if (fd < 0)
                return FAIL_AT(ERR_FORBIDDEN, "The data folder cannot be written", data,
                               "Check its owner and permissions");
        if (fcntl(fd, F_OFD_SETLK, &whole) != 0) {
                snprintf(holder, sizeof holder, "process %d", (int)lock_holder(fd));
                close(fd);
                return FAIL_AT(ERR_BUSY, "Another server uses this data folder", holder,
                               "Stop it first, or give this one a folder of its own");
        }
        snprintf(holder, sizeof holder, "%d\n", (int)getpid());
        if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, strlen(holder), 0) < 0)
                log_write(LOG_WARN, "process.lock pid_not_written=%d", errno);
        return OK;
}

pid_t process_server(const char *data)
{
        int fd = lock_open(data, O_RDONLY);
        pid_t pid = 0;

        if (fd < 0)
                return 0;
        struct flock whole = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
        if (fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK)
                pid = lock_holder(fd) > 0 ? lock_holder(fd) : 1;
        close(fd);
        return pid;
}

int process_processors(void)
{
        long n = sysconf(_SC_NPROCESSORS_ONLN);

        return n < 1 ? 1 : n > 16 ? 16 : (int)n;
}
