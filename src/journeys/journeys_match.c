#include "journeys/journeys_match.h"

#include "html/messages.h"
#include "http/form.h"
#include "people/people.h"

#include <ctype.h>
#include <string.h>

/* ---- a filter as an address ---- */

static struct text *field_of(struct journeys_match *m, struct text name)
{
        static const struct { const char *name; size_t at; } fields[] = {
                {"show", offsetof(struct journeys_match, show)}, {"q", offsetof(struct journeys_match, q)},
                {"whose", offsetof(struct journeys_match, whose)}, {"flag", offsetof(struct journeys_match, flag)},
                {"mail", offsetof(struct journeys_match, mail)}};

        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
                if (text_is(name, fields[i].name))
                        return (struct text *)(void *)((char *)m + fields[i].at);
        return NULL;
}

void journeys_match_read(struct arena *a, struct text query, struct journeys_match *out)
{
        struct form_input *in;
        size_t n;

        *out = (struct journeys_match) {0};
        if (text_empty(query) || failed(form_parse_urlencoded(a, query, &in, &n)))
                return;
        for (size_t i = 0; i < n; i++) {
                struct text *field = field_of(out, in[i].name);
                if (field && !text_is(in[i].value, "any") && !text_is(in[i].value, "none"))
                        *field = text_trim(in[i].value);
        }
}

static void put(struct out *o, const char *name, struct text value)
{
        if (text_empty(value))
                return;
        out_format(o, "%s%s=", o->n ? "&" : "", name);
        for (size_t i = 0; i < value.n; i++) {
                unsigned char c = (unsigned char)value.p[i];
                if (c < 0x80 && (isalnum(c) || strchr("-_.", c)))
                        out_char(o, (char)c);
                else
                        out_format(o, "%%%02X", c);
        }
}

struct text journeys_match_write(struct arena *a, const struct journeys_match *m)
{
        struct out o = out_new(a, 128);

        put(&o, "show", m->show);
        put(&o, "whose", m->whose);
        put(&o, "flag", m->flag);
        put(&o, "mail", m->mail);
        put(&o, "q", m->q);
        return out_get(&o);
}

/* ---- which pairs ---- */

const struct journeys_match_word journeys_match_shows[] = {
        {"quiet", M_("Quiet")}, {"soon", M_("Due soon")}, {"good", M_("In rhythm")}, {"unmet", M_("Not met yet")},
        {"paused", M_("Paused or on hold")}, {"closing", M_("Closing")}, {"closed", M_("Closed")}, {NULL, NULL}};

bool journeys_match_show(const struct journeys_pair *p, struct text show, int64_t now)
{
        enum journeys_rhythm r = journeys_rhythm(p, now);

        if (text_is(show, "quiet"))
                return r == RHYTHM_QUIET;
        if (text_is(show, "soon"))
                return r == RHYTHM_SOON;
        if (text_is(show, "good"))
                return r == RHYTHM_GOOD || r == RHYTHM_NOT_STARTED;
        if (text_is(show, "paused"))
                return r == RHYTHM_PAUSED;
        if (text_is(show, "unmet") || text_is(show, "not-met"))
                return !p->first_met_at.has &&
                       (r == RHYTHM_GOOD || r == RHYTHM_SOON || r == RHYTHM_QUIET);
        return text_equal(p->state, show);
}

bool journeys_match_fits(struct arena *a, const struct journeys_match *m, const struct journeys_pair *p, const struct desk_mark *mark,
                         struct text names, int64_t reader, int64_t now)
{
        int64_t owner = text_is(m->whose, "mine") ? reader : 0;
        struct text q = text_empty(m->q) ? TEXT("") : text_fold(a, m->q);

        if (!text_empty(m->show) && !journeys_match_show(p, m->show, now))
                return false;
        if (owner || text_int(m->whose, &owner))
                if (!mark || mark->owner != owner)
                        return false;
        if (text_is(m->flag, "red") && (!mark || mark->level < 2))
                return false;
        if (text_is(m->flag, "flagged") && (!mark || mark->level == 0))
                return false;
        if (text_is(m->mail, "fails") && (!mark || !mark->unreached))
                return false;
        return q.n == 0 || memmem(names.p, names.n, q.p, q.n) != NULL;
}

/* ---- for other rooms: all that a filter shows ---- */

static struct text full_name(struct arena *a, const struct programmes_participant_list *parts, int64_t person)
{
        for (size_t i = 0; i < parts->n; i++)
                if (parts->row[i].person == person)
                        return text_format(a, "%s %s", text_c(a, parts->row[i].first_name), text_c(a, parts->row[i].last_name));
        return TEXT("");
}

struct err journeys_matching(struct tx *tx, const struct who *who, int64_t cohort, struct text filter, struct journeys_matching *out)
{
        struct arena *a = tx_arena(tx);
        struct programmes_participant_list parts;
        struct journeys_pair_list pairs;
        struct journeys_match m;
        struct desk_load load;

        TRY(programmes_staff(tx, who, cohort));
        TRY(journeys_pairs(tx, cohort, &pairs));
        TRY(programmes_participants(tx, cohort, &parts));
        TRY(desk_load_of(tx, cohort, &load));
        journeys_match_read(a, filter, &m);
        *out = (struct journeys_matching) {.row = arena_array(a, int64_t, pairs.n + 1)};
        for (size_t i = 0; i < pairs.n; i++) {
                const struct journeys_pair *p = &pairs.row[i];
                struct text names = text_format(a, "%s %s", text_c(a, full_name(a, &parts, p->mentee)), text_c(a, full_name(a, &parts, p->mentor)));
                if (journeys_match_fits(a, &m, p, desk_mark_of(&load, p->id), text_fold(a, names), who->person, tx_now(tx)))
                        out->row[out->n++] = p->id;
        }
        return OK;
}
