#include "recruiting/recruiting_rules.h"

#include "base/out.h"
#include "html/messages.h"
#include "os/keys.h"

#include <stdlib.h>
#include <string.h>

enum recruiting_door recruiting_door_of(const struct recruiting_door_facts *f)
{
        bool by_hand = text_is(f->taking, "open");

        if (f->over || text_is(f->taking, "closed"))
                return DOOR_CLOSED;
        if (!f->gate_passed || (!by_hand && f->today < f->opens_day))
                return DOOR_SOON;
        if (f->today > f->closes_day)
                return DOOR_CLOSED;
        return f->mentees >= f->size ? DOOR_FULL : DOOR_OPEN;
}

/* ---- addresses as people paste them ---- */

static bool is_in(char c, const char *set) { return c != '\0' && strchr(set, c) != NULL; }

static bool ends_address(char c) { return (unsigned char)c <= ' ' || is_in(c, "<>(),;\""); }

/* The run of characters around the first @. */
static struct text find_address(struct text line)
{
        const char *at = line.n ? memchr(line.p, '@', line.n) : NULL;

        if (!at)
                return TEXT_ABSENT;
        size_t from = (size_t)(at - line.p), until = from;
        while (from > 0 && !ends_address(line.p[from - 1]))
                from--;
        while (until < line.n && !ends_address(line.p[until]))
                until++;
        while (until > from && is_in(line.p[until - 1], ".:"))
                until--;
        return (struct text) {line.p + from, until - from};
}

static void put_words(struct out *o, struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                bool word = (unsigned char)t.p[i] > ' ' && !is_in(t.p[i], "<>(),;\"");
                if (word)
                        out_bytes(o, &t.p[i], 1);
                else if (o->n && out_get(o).p[o->n - 1] != ' ')
                        out_c(o, " ");
        }
}

/* ana.lima -> Ana Lima; only ASCII letters are made large. */
static struct text name_of_address(struct arena *a, struct text email)
{
        struct text rest, local = text_cut(email, '@', &rest);
        char *name = arena_dup(a, local.p, local.n);
        bool begins = true;

        for (size_t i = 0; i < local.n; i++) {
                if (is_in(name[i], "._-+"))
                        name[i] = ' ';
                if (begins && name[i] >= 'a' && name[i] <= 'z')
                        name[i] = (char)(name[i] - 'a' + 'A');
                begins = name[i] == ' ';
        }
        return text_trim((struct text) {name, local.n});
}

bool recruiting_read_addressee(struct arena *a, struct text line, struct recruiting_addressee *out)
{
        struct text email = find_address(line), rest;
        struct out o = out_new(a, line.n + 2);

        if (email.n < 3 || email.p[0] == '@' || email.p[email.n - 1] == '@')
                return false;
        put_words(&o, (struct text) {line.p, (size_t)(email.p - line.p)});
        out_c(&o, " ");
        put_words(&o, (struct text) {email.p + email.n, (size_t)(line.p + line.n - email.p) - email.n});
        struct text name = text_trim(out_get(&o));
        while (name.n && is_in(name.p[name.n - 1], ".:- "))
                name.n--;
        if (text_empty(name))
                name = name_of_address(a, email);
        *out = (struct recruiting_addressee) {.email = text_copy(a, email)};
        out->first_name = text_copy(a, text_first_chars(text_cut(name, ' ', &rest), 80));
        out->last_name = rest.p ? text_copy(a, text_first_chars(text_trim(rest), 80)) : TEXT("");
        return !text_empty(out->first_name);
}

/* ---- the draw ---- */

struct lot { unsigned char hash[HASH_BYTES]; size_t index; };

static int by_hash(const void *a, const void *b)
{
        const struct lot *x = a, *y = b;
        int c = memcmp(x->hash, y->hash, HASH_BYTES);

        return c ? c : (x->index > y->index) - (x->index < y->index);
}

void recruiting_order(struct arena *a, struct text seed, const int64_t *id, size_t n, size_t *place)
{
        struct lot *lot = arena_array(a, struct lot, n + 1);

        for (size_t i = 0; i < n; i++) {
                lot[i].index = i;
                keys_hash(text_format(a, "%s:%lld", text_c(a, seed), (long long)id[i]), lot[i].hash);
        }
        qsort(lot, n, sizeof *lot, by_hash);
        for (size_t i = 0; i < n; i++)
                place[i] = lot[i].index;
}

/* ---- what people want and offer ---- */

struct text recruiting_join(struct arena *a, const struct text skill[RECRUITING_SKILLS])
{
        struct out o = out_new(a, 256);

        for (int i = 0; i < RECRUITING_SKILLS; i++) {
                struct text t = text_trim(skill[i]);
                if (text_empty(t))
                        continue;
                out_c(&o, o.n ? "\n" : "");
                out_text(&o, t);
        }
        return o.n ? text_copy(a, out_get(&o)) : TEXT_ABSENT;
}

void recruiting_split(struct arena *a, struct text lines, struct text skill[RECRUITING_SKILLS])
{
        char separator = lines.n && memchr(lines.p, '\n', lines.n) ? '\n' : ';';
        struct text rest = lines, one;
        int n = 0;

        for (int i = 0; i < RECRUITING_SKILLS; i++)
                skill[i] = TEXT("");
        while (rest.p) {
                one = text_trim(text_cut(rest, separator, &rest));
                if (text_empty(one))
                        continue;
                if (n < RECRUITING_SKILLS)
                        skill[n++] = one;
                else
                        skill[n - 1] = text_format(a, "%s, %s", text_c(a, skill[n - 1]), text_c(a, one));
        }
}

/* ---- what is missing ---- */

int recruiting_lacks(const struct recruiting_application *p, enum recruiting_screen screen, const char **field,
                     const char **what)
{
        const struct { bool lacks; enum recruiting_screen screen; const char *field, *what; } all[] = {
                {text_empty(p->first_name), SCREEN_YOU, "first_name", M_("What shall we call you?")},
                {!p->mentor && !p->mentee, SCREEN_YOU, "part", M_("Say whether you would like to be a mentor, a mentee or both")},
                {text_empty(p->zone), SCREEN_YOU, "zone", M_("Choose your time zone")},
                {p->mentor && text_empty(p->offers), SCREEN_WHAT, "offer1", M_("Name at least one thing that somebody could learn from you")},
                {p->mentee && text_empty(p->wants), SCREEN_WHAT, "want1", M_("Name at least one thing that you would like to learn")},
                {p->mentee && text_empty(p->goals), SCREEN_WHAT, "goals", M_("One plain sentence is enough")},
                {text_empty(p->languages), SCREEN_WHEN, "languages", M_("Name at least one language")},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
                if (!all[i].lacks || (screen && all[i].screen != screen))
                        continue;
                *field = all[i].field;
                *what = all[i].what;
                return (int)all[i].screen;
        }
        return 0;
}

bool recruiting_undecided(struct text state)
{
        return text_is(state, "sent") || text_is(state, "asked") || text_is(state, "waiting");
}
