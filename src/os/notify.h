/*
 * What a service manager hears from us, and how it wants our log: systemd's protocol of datagrams on NOTIFY_SOCKET, and
 * whether standard error goes to its journal.  Without a service manager all of this does nothing.
 *
 * Wrong place? Signals that end the process: os/process.h.  The log itself: base/log.h.
 */
#ifndef TELEMACHUS_OS_NOTIFY_H
#define TELEMACHUS_OS_NOTIFY_H

#include "base/err.h"

#include <stdint.h>

/* The three things we say: ready to answer, still answering, about to end.  Losing one is no failure of ours. */
void notify_ready(void);
void notify_alive(void);
void notify_ending(void);

/* Microseconds within which notify_alive() must follow the one before, or we are ended and started again; 0: nobody waits. */
int64_t notify_watchdog_us(void);

/* Standard error is the journal's own stream, which understands "<4>" in front of a line as a priority. */
bool notify_journal(void);

#endif
