/* Memory as the machine sees it: a file as memory, and how much this process has needed at most. */
#ifndef TELEMACHUS_OS_MEMORY_H
#define TELEMACHUS_OS_MEMORY_H

#include "base/err.h"
#include "base/text.h"

/*
 * The bytes of a file, read only, page by page when they are looked at; not zero-terminated.  For
 * large inputs of commands: nobody may shorten the file meanwhile. Pipes are read into the arena
 * instead, up to its ceiling. End with memory_unmap().
 */
struct memory_file { struct text bytes; bool mapped; };
struct err memory_map(struct arena *a, const char *path, struct memory_file *out);
void memory_unmap(struct memory_file *f);

/* These bytes of a mapped file are not needed soon: the pages that lie within them leave memory until they are looked at again. */
void memory_passed(const void *p, size_t n);

int64_t memory_peak_bytes(void);

#endif
