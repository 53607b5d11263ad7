#include "matching/matching_dossier.h"

#include "matching/matching.sql.h"
#include "matching/matching_lists.h"
#include "os/zone.h"
#include "people/people.h"

#include <string.h>

/* A field of a profile as a list: a line each, or separated by semicolons or commas; folded for comparison. */
static struct matching_words words_of(struct arena *a, struct text t)
{
        size_t most = 1;
        struct text *row;
        struct matching_words w;

        for (size_t i = 0; i < t.n; i++)
                most += strchr("\n;,", t.p[i]) != NULL;
        row = arena_array(a, struct text, most);
        w = (struct matching_words) {.p = row};
        for (size_t from = 0; from < t.n;) {
                size_t until = from;
                while (until < t.n && !strchr("\n;,", t.p[until]))
                        until++;
                struct text word = text_trim((struct text) {t.p + from, until - from});
                if (word.n)
                        row[w.n++] = text_fold(a, word);
                from = until + 1;
        }
        return w;
}

static struct text folded(struct arena *a, struct text t) { return t.n ? text_fold(a, text_trim(t)) : TEXT_ABSENT; }

static struct err managers_manager(struct tx *tx, struct text manager, struct text *out)
{
        struct people_person person;
        struct people_status status;
        bool found;

        *out = TEXT_ABSENT;
        if (text_empty(manager))
                return OK;
        TRY(people_by_email(tx, manager, &found, &person));
        if (!found)
                return OK;
        TRY(people_status(tx, person.id, &status));
        *out = folded(tx_arena(tx), status.manager_email);
        return OK;
}

struct err matching_profile(struct tx *tx, int64_t id, struct matching_profile *out)
{
        struct arena *a = tx_arena(tx);
        struct people_person person;
        struct people_card card;
        struct people_status status;
        struct matching_week week;
        size_t at;

        TRY(people_get(tx, id, &person));
        TRY(people_card(tx, id, false, &card));
        TRY(people_status(tx, id, &status));
        int offset = zone_civil(person.zone, tx_now(tx)).offset / 60;
        *out = (struct matching_profile) {
                .person = id, .email = text_fold(a, person.email), .manager_email = folded(a, status.manager_email),
                .team = folded(a, status.team), .function = folded(a, status.profession), .grade = status.grade,
                .offers = words_of(a, card.offers), .wants = words_of(a, card.wants), .goals = words_of(a, card.goals),
                .interests = words_of(a, card.interests), .languages = words_of(a, card.languages), .offset_minutes = offset,
                .zone_known = person.zone_confirmed};
        if (card.availability.n && matching_week_parse(card.availability, &week, &at))
                out->week = matching_week_utc(&week, offset);
        return managers_manager(tx, out->manager_email, &out->managers_manager_email);
}

/* ---- who takes part in this round ---- */

static bool may_be_matched(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") || (p->mentor && text_is(p->state, "matched"));
}

struct taken { struct matching_pair_rows_list pairs; struct matching_open_rows_list open; };

static int places_taken(const struct taken *t, int64_t mentor)
{
        int n = 0;

        for (size_t i = 0; i < t->pairs.n; i++)
                n += t->pairs.row[i].mentor == mentor;
        for (size_t i = 0; i < t->open.n; i++)
                n += t->open.row[i].mentor == mentor;
        return n;
}

static bool mentee_taken(const struct taken *t, int64_t mentee)
{
        for (size_t i = 0; i < t->pairs.n; i++)
                if (t->pairs.row[i].mentee == mentee)
                        return true;
        for (size_t i = 0; i < t->open.n; i++)
                if (t->open.row[i].mentee == mentee)
                        return true;
        return false;
}

static struct err add(struct tx *tx, struct matching_side *side, const struct programmes_participant *p)
{
        TRY(matching_profile(tx, p->person, &side->p[side->n]));
        side->first_name[side->n] = p->first_name;
        side->participant[side->n++] = p->id;
        return OK;
}

static void side_new(struct arena *a, struct matching_side *side, size_t most)
{
        *side = (struct matching_side) {.p = arena_array(a, struct matching_profile, most),
                                        .first_name = arena_array(a, struct text, most),
                                        .participant = arena_array(a, int64_t, most)};
}

/* Ascending by person, so that a run does not depend on how a list was sorted. */
static void by_person(struct programmes_participant_list *list)
{
        for (size_t i = 1; i < list->n; i++) {
                struct programmes_participant p = list->row[i];
                size_t k = i;
                for (; k > 0 && list->row[k - 1].person > p.person; k--)
                        list->row[k] = list->row[k - 1];
                list->row[k] = p;
        }
}

static int32_t place_of(const struct matching_side *side, int64_t person)
{
        for (int32_t i = 0; i < side->n; i++)
                if (side->p[i].person == person)
                        return i;
        return MATCHING_NOBODY;
}

static struct err add_not_with(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_not_with_rows_list rows;
        struct text *keys;

        TRY(matching_not_with_rows(tx, cohort, &rows));
        keys = arena_array(tx_arena(tx), struct text, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                keys[i] = rows.row[i].other_key;
                for (int k = 0; k < 2; k++) {
                        struct matching_side *side = k ? &d->mentors : &d->mentees;
                        int32_t at = place_of(side, rows.row[i].person);
                        if (at == MATCHING_NOBODY)
                                continue;
                        if (!side->p[at].not_with.p)
                                side->p[at].not_with.p = &keys[i];      /* rows are sorted by person */
                        side->p[at].not_with.n++;
                }
        }
        return OK;
}

static struct err add_ruled_out(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_forbidden_rows_list rows;

        TRY(matching_forbidden_rows(tx, cohort, &rows));
        d->ruled_out = arena_array(tx_arena(tx), struct matching_pair, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                struct matching_pair p = {place_of(&d->mentees, rows.row[i].mentee), place_of(&d->mentors, rows.row[i].mentor)};
                if (p.mentee != MATCHING_NOBODY && p.mentor != MATCHING_NOBODY)
                        d->ruled_out[d->n_ruled_out++] = p;
        }
        return OK;
}

static struct err add_wishes(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_rank_rows_list rows;

        TRY(matching_rank_rows(tx, cohort, &rows));
        d->rank = arena_array(tx_arena(tx), uint8_t, (size_t)d->mentees.n * (size_t)d->mentors.n + 1);
        d->ranked = arena_array(tx_arena(tx), uint8_t, (size_t)d->mentees.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                int32_t mentee = place_of(&d->mentees, rows.row[i].mentee);
                int32_t mentor = place_of(&d->mentors, rows.row[i].mentor);
                if (mentee == MATCHING_NOBODY || mentor == MATCHING_NOBODY)
                        continue;
                d->rank[(size_t)mentee * (size_t)d->mentors.n + (size_t)mentor] = (uint8_t)rows.row[i].rank;
                d->ranked[mentee] = 1;
        }
        return OK;
}

struct err matching_dossier(struct tx *tx, const struct programmes_cohort *c, struct matching_dossier *out)
{
        struct programmes_participant_list people;
        struct taken taken;

        *out = (struct matching_dossier) {0};
        TRY(programmes_participants(tx, c->id, &people));
        TRY(matching_weights_of(tx, c->id, &out->weights));
        TRY(matching_pair_rows(tx, c->id, &taken.pairs));
        TRY(matching_open_rows(tx, c->id, &taken.open));
        by_person(&people);
        side_new(tx_arena(tx), &out->mentees, people.n);
        side_new(tx_arena(tx), &out->mentors, people.n);
        out->places = arena_array(tx_arena(tx), int32_t, people.n + 1);
        out->taken = arena_array(tx_arena(tx), int32_t, people.n + 1);
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                if (!may_be_matched(p) || (!p->mentor && mentee_taken(&taken, p->person)))
                        continue;
                int room = (int)p->capacity - places_taken(&taken, p->person);
                if (p->mentor && room <= 0)
                        continue;
                if (p->mentor) {
                        out->places[out->mentors.n] = room;
                        out->taken[out->mentors.n] = (int)p->capacity - room;
                }
                TRY(add(tx, p->mentor ? &out->mentors : &out->mentees, p));
        }
        TRY(add_not_with(tx, c->id, out));
        TRY(add_ruled_out(tx, c->id, out));
        TRY(matching_add_kinds(tx, c->id, out));
        return add_wishes(tx, c->id, out);
}

void matching_dossier_fit(const struct matching_dossier *d, int32_t mentee, int32_t mentor, struct matching_fit *fit)
{
        struct matching_facts facts = {.wish = d->rank[(size_t)mentee * (size_t)d->mentors.n + (size_t)mentor],
                                       .wishes_made = d->ranked[mentee],
                                       .marked = d->marked[(size_t)mentee * (size_t)d->mentors.n + (size_t)mentor] != 0};

        matching_rules_fit(&d->mentees.p[mentee], &d->mentors.p[mentor], &facts, &d->weights, fit);
}
