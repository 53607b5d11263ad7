/*
 * The process among others: who it runs as, the signals that end it, and the lock that says a
 * server is using a data folder.
 *
 * Wrong place? Files: os/file.h.  What serve does when it ends: main/.
 */
#ifndef TELEMACHUS_OS_PROCESS_H
#define TELEMACHUS_OS_PROCESS_H

#include "base/err.h"

#include <sys/types.h>

/* For every command, first: a limit on the size of files is an error as a full disk is, not a death. */
void process_begin(void);

/*
 * From now on SIGTERM, SIGINT and SIGHUP wait for process_wait_for_end(); SIGPIPE is ignored.
 * Before the first thread starts.
 */
void process_block_signals(void);

/* Waits for one of the held signals and returns its number. */
int process_wait_for_end(void);

/* Such a signal has come: long work gives up and is done at the next start. */
bool process_ending(void);
/* The same, but for at most so many microseconds; 0 when nothing came. */
int process_wait_for(int64_t us);

/* How many processors there are to work on, 1 to 16. */
int process_processors(void);

/* The calling thread works from now on when others leave it the time to. */
void process_give_way(void);

/* As many open files as the hard limit allows; returns how many. */
long process_raise_files(void);

/*
 * Gives up root if we have it: the data folder (made if need be) and all in it are handed to the
 * user telemachus, or to nobody where there is none, and the process becomes that user for good.
 * Nothing happens for anybody else.  Before the first thread starts.
 */
struct err process_drop_root(const char *data);

/*
 * After work as root: all in the data folder belongs to whoever owns the folder, or to the user
 * telemachus where that is root and there is such a user. Nothing happens for anybody else.
 */
struct err process_hand_over(const char *data);

/*
 * For commands beside a server: root becomes the owner of a data folder that belongs to somebody
 * else, so that no file appears there which the server may not read.  The right to read what the
 * shell named (a roster in root's home) is kept, the right to write elsewhere is not.
 */
struct err process_become_owner(const char *data);

/*
 * Marks the data folder as in use by a server, until the process ends (the descriptor stays open on
 * purpose).  Busy if another one has it: place names its process id.
 */
struct err process_lock(const char *data);

/* The process id of the server that uses the folder; 0: none. For migrate and restore. */
pid_t process_server(const char *data);

#endif
