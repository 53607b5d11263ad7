/* Packs of a serving process, read anew while it serves. */
#include "content/pack.h"

enum { ROOM = 256 << 20, STAY_S = 3600 };

/* Sets that were replaced more than an hour ago; nobody can be reading them any more. */
static void give_back(struct packs *now_there, int64_t now)
{
        struct packs *p = now_there;

        while (p->before != NULL && now - p->since <= STAY_S)
                p = p->before;
        for (struct packs *old = p->before; old != NULL && old->arena != NULL;) {
                struct packs *next = old->before;

                p->before = next;
                arena_free(old->arena);
                old = next;
        }
}

struct err packs_reload(const struct packs *_Atomic *where, const char *data_folder, int64_t now)
{
        const struct packs *there = *where, *read;
        struct packs *root = there->root, *fresh;
        struct arena *arena;
        struct err e;

        if (atomic_flag_test_and_set(&root->busy))
                return FAIL(ERR_BUSY, "Another text is being changed at this moment", "Try again in a few seconds");
        arena = arena_new(ROOM);
        e = packs_load(arena, data_folder, &read);
        if (failed(e)) {
                arena_free(arena);              /* and with it what the error says of the place */
                e = FAIL(ERR_INVALID, "A programme pack has a mistake", "Run telemachus pack check on its folder");
        } else {
                fresh = read->self;
                fresh->arena = arena;
                fresh->before = (*where)->self;
                fresh->since = now;
                fresh->root = root;
                *where = fresh;
                give_back(fresh, now);
        }
        atomic_flag_clear(&root->busy);
        return e;
}
