/* Single values of pack.yaml: keys, numbers, words, days, sentences, references. */
#include "content/pack_yaml.h"

#include <string.h>

/*
 * A view of a scalar: libyaml ends it with a zero byte, but the document goes away, so what is kept
 * is copied.
 */
bool pack_scalar(struct pack_doc *d, const yaml_node_t *n, const char *name, struct text *out)
{
        if (n->type != YAML_SCALAR_NODE) {
                PACK_WRONG(d, n, "Write a single value behind the colon",
                           "\"%s\" holds a list or a map", name);
                return false;
        }
        *out = (struct text) {(const char *)n->data.scalar.value, n->data.scalar.length};
        return true;
}

static bool is_key(struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
                           t.p[i]) == NULL ||
                    t.p[i] == '\0')
                        return false;
        }
        return t.n >= 1 && t.n <= PACK_KEY_MAX && t.p[0] != '-';
}

/* "a, b or c", for remedies. */
static const char *choices(struct pack_doc *d, const struct pack_words *words)
{
        struct out o = out_new(d->r->a, 128);

        for (int i = 0; i < words->n; i++) {
                if (i > 0)
                        out_c(&o, i == words->n - 1 ? " or " : ", ");
                out_c(&o, words->word(i));
        }
        return out_get(&o).p;
}

static bool find_word(const struct pack_words *words, struct text t, unsigned *out)
{
        for (int i = 0; i < words->n; i++) {
                if (text_is(t, words->word(i))) {
                        *out = (unsigned)i;
                        return true;
                }
        }
        return false;
}

static void put_word(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;
        unsigned v;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (find_word(f->words, t, &v))
                memcpy(at, &v, sizeof v);
        else
                PACK_WRONG(d, n, PACK_REMEDY(d, "Write %s", choices(d, f->words)),
                      "\"%.60s\" is not a word for \"%s\"", t.p, f->name);
}

static void put_key(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (is_key(t))
                *(struct text *)at = text_copy(d->r->a, t);
        else
                PACK_WRONG(d, n, "Use letters, digits and hyphens, at most 40",
                      "\"%.60s\" cannot be a key", t.p);
}

static void put_int(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;
        int64_t v;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (text_int(t, &v) && v >= f->min && v <= f->max)
                *(int *)at = (int)v;
        else
                PACK_WRONG(d, n,
                           PACK_REMEDY(d, "Write a whole number from %d to %d", f->min, f->max),
                           "\"%.60s\" does not fit \"%s\"", t.p, f->name);
}

static void put_bool(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (text_is(t, "true") || text_is(t, "false"))
                *(bool *)at = text_is(t, "true");
        else
                PACK_WRONG(d, n, "Write true or false", "\"%.60s\" does not fit \"%s\"", t.p,
                           f->name);
}

static bool parse_date(struct text t, struct pack_date *out)
{
        for (int base = 0; base < PACK_BASES; base++) {
                const char *word = pack_base_word((enum pack_base)base);
                struct pack_offset by;

                if (!text_starts(t, word))
                        continue;
                t.p += strlen(word);
                t.n -= strlen(word);
                if (t.n > 0 && (!pack_offset_parse(t, &by) || by.hours != 0))
                        return false;
                *out = (struct pack_date) {(enum pack_base)base, t.n > 0 ? by.days : 0};
                return true;
        }
        return false;
}

static void put_date(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (!parse_date(t, at))
                PACK_WRONG(d, n, "Write a day such as L-77d, E+14d, M-14d, closed+7d or red+2d",
                      "\"%.60s\" is not a day for \"%s\"", t.p, f->name);
}

static void put_offset(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                       void *at)
{
        struct text t;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (!pack_offset_parse(t, at))
                PACK_WRONG(d, n, "Write an offset such as +5d, -7d, -1h or +0",
                      "\"%.60s\" is not an offset", t.p);
}

static void put_fact(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                     uint64_t *at)
{
        struct text t;
        enum pack_fact fact;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        if (!pack_fact_of(t, &fact))
                PACK_WRONG(d, n, "Use a fact from the list in docs/packs.md",
                           "\"%.60s\" is not a fact", t.p);
        else if (fact != PACK_FACT_NEVER)
                *at |= PACK_FACT(fact);
}

static void put_facts(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                      void *at)
{
        *(uint64_t *)at = 0;
        if (n->type != YAML_SEQUENCE_NODE) {
                put_fact(d, n, f, at);
                return;
        }
        for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top;
             i++)
                put_fact(d, pack_node(d, *i), f, at);
}

static void put_languages(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                          void *at)
{
        unsigned bits = 0;

        if (n->type != YAML_SEQUENCE_NODE) {
                PACK_WRONG(d, n, "Write [en] or [en, de]", "\"%s\" is not a list", f->name);
                return;
        }
        for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top;
             i++) {
                const yaml_node_t *item = pack_node(d, *i);
                struct text t;
                enum locale l;

                if (!pack_scalar(d, item, f->name, &t))
                        continue;
                if (pack_language_of(t, &l))
                        bits |= 1u << l;
                else
                        PACK_WRONG(d, item, "Write en or de",
                              "\"%.60s\" is not a language of this program", t.p);
        }
        if ((bits & 1u << LOCALE_EN) == 0)
                PACK_WRONG(d, n, "Add en",
                      "English is missing, and every other language falls back to it");
        *(unsigned *)at = bits | 1u << LOCALE_EN;
}

/* One language of a sentence. */
static void put_said(struct pack_doc *d, const yaml_node_pair_t *pair, struct pack_say *say)
{
        const yaml_node_t *key = pack_node(d, pair->key), *value = pack_node(d, pair->value);
        struct text tag, t;
        enum locale l;

        if (!pack_scalar(d, key, "language", &tag) || !pack_scalar(d, value, tag.p, &t))
                return;
        if (!pack_language_of(tag, &l))
                PACK_WRONG(d, key, "Write en or de", "\"%.60s\" is not a language of this program",
                      tag.p);
        else if (text_empty(text_trim(t)) || t.n > PACK_SAY_MAX)
                PACK_WRONG(d, value, "Write between 1 and 600 characters",
                      "The sentence is empty or too long");
        else if (say->in[l].p != NULL)
                PACK_WRONG(d, key, "Keep one of them", "\"%s\" is there twice", tag.p);
        else
                say->in[l] = text_copy(d->r->a, text_trim(t));
}

static void put_say(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct pack_say *say = at;

        if (n->type != YAML_MAPPING_NODE) {
                PACK_WRONG(d, n, "Write {en: \"...\", de: \"...\"}",
                           "\"%s\" does not say its language", f->name);
                return;
        }
        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++)
                put_said(d, p, say);
        for (int l = 0; l < LOCALES; l++) {
                struct pack_place where = pack_node_place(d, n);

                where.note = l != LOCALE_EN;
                if (say->in[l].p == NULL && (d->r->pack->languages & 1u << l) != 0)
                        pack_problem_add(
                                d->r->problems, where,
                                PACK_REMEDY(d, "Add %s: \"...\"", locale_tag((enum locale)l)),
                                "\"%s\" is not there in every language of the pack", f->name);
                if (say->in[l].p == NULL)
                        say->in[l] = say->in[LOCALE_EN].p != NULL ? say->in[LOCALE_EN] : TEXT("");
        }
}

static void put_ref(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!pack_scalar(d, n, f->name, &t))
                return;
        *(const void **)at = f->find(d->r->pack, t);
        if (*(const void **)at == NULL)
                PACK_WRONG(d, n, "Use the key of one that is declared in this file",
                      "There is no %s \"%.60s\"", f->name, t.p);
}

void pack_value_read(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        switch (f->kind) {
        case PACK_F_KEY:        put_key(d, n, f, at); break;
        case PACK_F_INT:        put_int(d, n, f, at); break;
        case PACK_F_BOOL:       put_bool(d, n, f, at); break;
        case PACK_F_SAY:        put_say(d, n, f, at); break;
        case PACK_F_WORD:       put_word(d, n, f, at); break;
        case PACK_F_FACTS:      put_facts(d, n, f, at); break;
        case PACK_F_DATE:       put_date(d, n, f, at); break;
        case PACK_F_OFFSET:     put_offset(d, n, f, at); break;
        case PACK_F_LANGUAGES:  put_languages(d, n, f, at); break;
        case PACK_F_REF:        put_ref(d, n, f, at); break;
        case PACK_F_LIST:
        case PACK_F_MAP:
                must(!"a list or a map is not a single value");
        }
}
