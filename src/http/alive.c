/* Asking ourselves, as a stranger would: through a socket, an epoll thread, the queue and a worker. */
#include "http/http_inside.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* To every address (0.0.0.0, ::) means to this machine when one connects to it. */
static int dial(int listener, int ms)
{
        struct sockaddr_storage to;
        socklen_t n = sizeof to;
        struct timeval patience = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};

        if (getsockname(listener, (struct sockaddr *)&to, &n) != 0)
                return -1;
        int fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return -1;
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (connect(fd, (const struct sockaddr *)&to, n) == 0)
                return fd;
        close(fd);
        return -1;
}

bool http_answers(const struct http *h, int ms)
{
        static const char ask[] = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        char head[16];
        int fd = dial(h->doors[0].listener, ms);

        if (fd < 0)
                return false;
        bool answered = send(fd, ask, sizeof ask - 1, MSG_NOSIGNAL) == (ssize_t)sizeof ask - 1 &&
                recv(fd, head, sizeof head, MSG_WAITALL) == (ssize_t)sizeof head &&
                memcmp(head, "HTTP/1.1 ", 9) == 0;
        close(fd);
        return answered;
}
