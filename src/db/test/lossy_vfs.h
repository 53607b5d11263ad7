/*
 * A file system for SQLite that keeps what was not synced in memory only: when the process is
 * killed, it is lost, as it is when the power fails.  Some writes reach the disk early all the
 * same,
 * in no order, as they may.
 */
#ifndef TELEMACHUS_DB_TEST_LOSSY_VFS_H
#define TELEMACHUS_DB_TEST_LOSSY_VFS_H

#include <stddef.h>

/* Becomes the default of this process. One write in early reaches the disk at once (0: none). */
void lossy_vfs_install(int early);

/* From now on no file grows beyond so many bytes: the disk is full. 0: no limit. */
void lossy_vfs_limit(size_t bytes);

#endif
