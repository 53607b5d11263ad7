/*
 * What refers to what, and what every programme must have. Runs on whatever could be read, however
 * broken.
 */
#include "content/pack_parse.h"

#include <string.h>

enum { NUDGES_MAX = 2, CONNECT_BY = 30, REMINDER_IDS = 40 };

static void wrong(struct pack_reading *r, const void *at, const char *remedy, const char *what)
{
        pack_problem_add(r->problems, pack_place_of(r, at), remedy, "%s", what);
}

/* ---- keys ---- */

/* Every struct with a key begins with it, so one loop serves all lists. */
static void unique(struct pack_reading *r, const void *rows, size_t n, size_t size,
                   const char *what)
{
        for (size_t i = 1; i < n; i++) {
                const struct text *key = (const void *)((const char *)rows + i * size);

                for (size_t k = 0; k < i; k++) {
                        const struct text *before = (const void *)((const char *)rows + k * size);

                        if (!text_empty(*key) && text_equal(*key, *before)) {
                                wrong(r, key, "Give each a key of its own",
                                      text_format(r->a, "There are two %s \"%s\"", what, key->p).p);
                                break;
                        }
                }
        }
}

static void check_keys(struct pack_reading *r)
{
        const struct pack *p = r->pack;

        unique(r, p->phases, p->n_phases, sizeof *p->phases, "phases");
        unique(r, p->steps, p->n_steps, sizeof *p->steps, "steps");
        unique(r, p->gatherings, p->n_gatherings, sizeof *p->gatherings, "gatherings");
        unique(r, p->modules, p->n_modules, sizeof *p->modules, "modules");
        unique(r, p->agendas, p->n_agendas, sizeof *p->agendas, "agendas");
        unique(r, p->surveys, p->n_surveys, sizeof *p->surveys, "surveys");
        unique(r, p->calls, p->n_calls, sizeof *p->calls, "calls");
        unique(r, p->items, p->n_items, sizeof *p->items, "library items");
        unique(r, p->evaluation.kpis, p->evaluation.n_kpis, sizeof *p->evaluation.kpis, "figures");
        for (size_t i = 0; i < p->n_surveys; i++)
                unique(r, p->surveys[i].questions, p->surveys[i].n_questions,
                       sizeof *p->surveys[i].questions, "questions");
}

/* ---- time ---- */

static int64_t on(const struct pack_reading *r, struct pack_date d)
{
        struct pack_days days = pack_days_of(r->pack, 0);

        return pack_day(d, &days);
}

static void check_phases(struct pack_reading *r)
{
        const struct pack *p = r->pack;
        int64_t covered = 0, end = on(r, (struct pack_date) {PACK_BASE_END, 0});

        for (size_t i = 0; i < p->n_phases; i++) {
                const struct pack_phase *f = &p->phases[i];

                if (text_empty(f->key))
                        continue;
                if (on(r, f->until) <= on(r, f->from))
                        wrong(r, &f->until, "Let it end after it begins",
                              "The phase ends before it begins");
                if (i > 0 && on(r, f->from) < on(r, p->phases[i - 1].from))
                        wrong(r, &f->from, "Put the phases in the order in which they begin",
                              "The phase begins before the one above it");
                if (i > 0 && on(r, f->from) > covered)
                        wrong(r, &f->from, "Let it begin when the phase before it ends",
                              text_format(r->a, "%d days before this phase belong to no phase",
                                          (int)(on(r, f->from) - covered)).p);
                if (i == 0 || on(r, f->until) > covered)
                        covered = on(r, f->until);
        }
        if (p->n_phases > 0 &&
            (on(r, p->phases[0].from) > 0 || covered < end))
                wrong(r, &p->phases,
                      "Let the phases reach from before the launch to the planned end",
                      "The phases do not cover the programme");
}

static const struct pack_gathering *of_kind(const struct pack *p, enum pack_gathering_kind kind)
{
        for (size_t i = 0; i < p->n_gatherings; i++) {
                if (p->gatherings[i].kind == kind)
                        return &p->gatherings[i];
        }
        return NULL;
}

static void check_gatherings(struct pack_reading *r)
{
        static const enum pack_gathering_kind needed[] = {PACK_PREPARE, PACK_CONNECT, PACK_CLOSE};
        const struct pack *p = r->pack;
        const struct pack_gathering *connect = of_kind(p, PACK_CONNECT);

        if (p->n_gatherings < 3)
                wrong(r, &p->gatherings,
                      "Plan one that prepares, one that connects and one that closes",
                      "There are fewer than three gatherings");
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
                if (of_kind(p, needed[i]) == NULL)
                        wrong(r, &p->gatherings, "Add one",
                              text_format(r->a, "There is no gathering of the kind \"%s\"",
                                          pack_gathering_kind_word(needed[i])).p);
        }
        for (size_t i = 0; i < p->n_gatherings; i++) {
                if (p->gatherings[i].kind == PACK_GATHERING_ANY)
                        wrong(r, &p->gatherings[i].kind, "Write prepare, connect, mid or close",
                              "A gathering must have one kind");
                if (i > 0 && on(r, p->gatherings[i].at) < on(r, p->gatherings[i - 1].at))
                        wrong(r, &p->gatherings[i].at,
                              "Put the gatherings in the order of their days",
                              "The gathering is before the one above it");
        }
        if (connect != NULL && on(r, connect->at) > CONNECT_BY)
                wrong(r, &connect->at, "Hold it by L+30d, while it can still repair something",
                      "The first connecting gathering is too late");
}

static void check_cadence(struct pack_reading *r)
{
        const struct pack_cadence *c = &r->pack->cadence;

        if (c->first > c->max || c->then > c->max)
                wrong(r, &c->max, "Let max be at least as long as first and then",
                      "The longest gap is shorter than the usual one");
}

/* ---- people ---- */

static void check_modules(struct pack_reading *r)
{
        static const enum pack_side sides[] = {PACK_MENTOR, PACK_MENTEE};
        const struct pack *p = r->pack;

        for (size_t s = 0; s < sizeof sides / sizeof *sides; s++) {
                bool found = false;

                for (size_t i = 0; i < p->n_modules; i++)
                        found |= p->modules[i].required &&
                                 pack_side_has(p->modules[i].who, sides[s]);
                if (!found)
                        wrong(r, &p->modules, "Mark at least one module for them as required",
                              text_format(r->a, "No module is required of the %s",
                                          pack_side_word(sides[s])).p);
        }
        for (size_t i = 0; i < p->n_steps; i++) {
                if (!pack_side_has(PACK_BOTH, p->steps[i].who) && p->steps[i].who != PACK_BOTH)
                        wrong(r, &p->steps[i].who, "Write mentor, mentee or both",
                              "A step is for participants");
        }
}

static void check_questions(struct pack_reading *r, const struct pack_survey *s)
{
        for (size_t i = 0; i < s->n_questions; i++) {
                const struct pack_question *q = &s->questions[i];

                if (q->kind == PACK_CHOICE && q->n_choices < 2)
                        wrong(r, &q->kind, "Add at least two choices",
                              "The question has nothing to choose from");
                if (q->kind != PACK_CHOICE && q->n_choices > 0)
                        wrong(r, &q->kind, "Write kind: choice, or take the choices away",
                              "The question has choices but is of another kind");
                if (q->kind == PACK_SCALE &&
                    (text_empty(q->low.in[LOCALE_EN]) || text_empty(q->high.in[LOCALE_EN])))
                        wrong(r, &q->kind, "Add low and high, the words for 1 and 5",
                              "The scale does not say what 1 and 5 mean");
                unique(r, q->choices, q->n_choices, sizeof *q->choices, "choices");
        }
}

static void check_surveys(struct pack_reading *r)
{
        const struct pack *p = r->pack;

        for (size_t i = 0; i < p->n_surveys; i++)
                check_questions(r, &p->surveys[i]);
        for (int w = 0; w < PACK_WAVES; w++) {
                if (pack_survey(p, (enum pack_wave)w) == NULL)
                        wrong(r, &p->surveys, "Add one, however short",
                              text_format(r->a, "No survey is asked in the wave \"%s\"",
                                          pack_wave_word((enum pack_wave)w)).p);
        }
}

/* ---- letters and calls ---- */

static bool is_staff(enum pack_to to) { return to == PACK_TO_COORDINATOR || to == PACK_TO_DEPUTY; }

static bool is_participant(enum pack_to to)
{
        return to != PACK_TO_MANAGER && to != PACK_TO_SPONSOR && !is_staff(to);
}

static void check_send(struct pack_reading *r, const struct pack_reminder *m,
                       const struct pack_send *s)
{
        const struct pack_send *first = pack_send(r->pack, s->text, NULL);

        if (first != NULL && first != s)
                wrong(r, &s->text,
                      "Give each send a text of its own: what was sent is remembered by it",
                      text_format(r->a, "Two sends use the text \"%s\"", s->text.p).p);
        if (s->after.hours != 0 && s->class != PACK_EVENT)
                wrong(r, &s->after, "Write class: event, or count in days",
                      "Only an event can be sent to the hour");
        if ((s->class == PACK_STAFF) != is_staff(m->to))
                wrong(r, &s->class, "Use class staff for coordinator and deputy, and only for them",
                      "The class does not suit the reader");
        if (s > m->sends &&
            s[-1].after.days * 24 + s[-1].after.hours > s->after.days * 24 + s->after.hours)
                wrong(r, &s->after, "Put the sends in the order of their offsets",
                      "The send is before the one above it");
}

/* Two nudges, then a person: counted over all entries of an id that go to the same reader. */
static void check_nudges(struct pack_reading *r, size_t index)
{
        const struct pack *p = r->pack;
        const struct pack_reminder *m = &p->reminders[index];
        int count = 0;

        for (size_t i = 0; i <= index; i++) {
                const struct pack_reminder *other = &p->reminders[i];

                if (!text_equal(other->id, m->id) || other->to != m->to)
                        continue;
                for (size_t k = 0; k < other->n_sends; k++)
                        count += other->sends[k].class == PACK_PROGRAMME &&
                                 other->sends[k].only_if == 0;
        }
        if (is_participant(m->to) && m->n_sends > 0 && count > NUDGES_MAX + 1)
                wrong(r, &m->id, "Take one away and let a person ring instead",
                      text_format(r->a, "%s nudges more than twice", m->id.p).p);
}

/* ", R14" behind what is missing already. */
static void name_missing(struct out *o, const char *name)
{
        if (o->n > 0)
                out_c(o, ", ");
        out_c(o, name);
}

static void missing_reminders(struct pack_reading *r)
{
        const struct pack *p = r->pack;
        struct out o = out_new(r->a, 64);

        for (int id = 1; id <= REMINDER_IDS; id++) {
                struct text wanted = text_format(r->a, "R%02d", id);
                bool found = false;

                for (size_t i = 0; i < p->n_reminders; i++)
                        found |= text_equal(p->reminders[i].id, wanted);
                if (!found)
                        name_missing(&o, wanted.p);
        }
        if (o.n > 0)
                wrong(r, &p->reminders,
                      "Add them; with sends: [] what this programme does not send",
                      text_format(r->a, "These reminders are missing: %s", out_get(&o).p).p);
}

static void check_reminders(struct pack_reading *r)
{
        const struct pack *p = r->pack;

        for (size_t i = 0; i < p->n_reminders; i++) {
                for (size_t k = 0; k < p->reminders[i].n_sends; k++)
                        check_send(r, &p->reminders[i], &p->reminders[i].sends[k]);
                check_nudges(r, i);
        }
        missing_reminders(r);
}

static void check_calls(struct pack_reading *r)
{
        static const char *const needed[] = {"C0", "C1", "C2", "C3", "C4", "C5", "C6", "CX"};
        const struct pack *p = r->pack;
        struct out o = out_new(r->a, 64);

        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
                if (pack_call(p, text_of(needed[i])) == NULL)
                        name_missing(&o, needed[i]);
        }
        if (o.n > 0)
                wrong(r, &p->calls, "Add them",
                      text_format(r->a, "These calls are missing: %s", out_get(&o).p).p);
        for (size_t i = 0; i < p->n_calls; i++) {
                if (on(r, p->calls[i].until) < on(r, p->calls[i].from))
                        wrong(r, &p->calls[i].until, "Let it end after it begins",
                              "The window of the call ends before it begins");
        }
}

void pack_cross_check(struct pack_reading *r)
{
        check_keys(r);
        check_cadence(r);
        check_phases(r);
        check_gatherings(r);
        check_modules(r);
        check_surveys(r);
        check_reminders(r);
        check_calls(r);
}
