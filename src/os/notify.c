#include "os/notify.h"

#include "base/text.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* An address that begins with @ is an abstract one: its first byte is 0. */
static socklen_t address_of(const char *path, struct sockaddr_un *to)
{
        size_t n = strlen(path);

        if ((path[0] != '/' && path[0] != '@') || n < 2 || n >= sizeof to->sun_path)
                return 0;
        *to = (struct sockaddr_un) {.sun_family = AF_UNIX};
        memcpy(to->sun_path, path, n);
        if (path[0] == '@')
                to->sun_path[0] = 0;
        return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
}

static void say(const char *words)
{
        const char *path = getenv("NOTIFY_SOCKET");
        struct sockaddr_un to;
        socklen_t n = path ? address_of(path, &to) : 0;

        if (n == 0)
                return;
        int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return;
        if (sendto(fd, words, strlen(words), MSG_NOSIGNAL | MSG_DONTWAIT, (const struct sockaddr *)&to, n) < 0)
                perror("telemachus: the service manager could not be told");
        close(fd);
}

void notify_ready(void) { say("READY=1"); }
void notify_alive(void) { say("WATCHDOG=1"); }
void notify_ending(void) { say("STOPPING=1"); }

static bool number(const char *name, int64_t *out)
{
        const char *value = getenv(name);

        return value && text_int(text_of(value), out);
}

/* The variables are inherited: WATCHDOG_PID says which process they are meant for. */
int64_t notify_watchdog_us(void)
{
        int64_t us, pid;

        if (!number("WATCHDOG_USEC", &us) || us <= 0)
                return 0;
        if (number("WATCHDOG_PID", &pid) && pid != getpid())
                return 0;
        return us;
}

/* JOURNAL_STREAM=device:inode is inherited by children whose standard error goes elsewhere, so compare. */
bool notify_journal(void)
{
        const char *stream = getenv("JOURNAL_STREAM");
        unsigned long long device, inode;
        struct stat st;

        return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(STDERR_FILENO, &st) == 0 &&
               st.st_dev == device && st.st_ino == inode;
}
