/* What happened, as files: for spreadsheets, for scripts, and for the page (rehearsal_page.c). */
#include "rehearsal/rehearsal_out.h"

#include "base/csv.h"
#include "base/json.h"
#include "os/file.h"
#include "rehearsal/rehearsal.sql.h"

#include <stdlib.h>

static struct err save(struct arena *a, const char *dir, const char *name, struct text content)
{
        return file_write(text_format(a, "%s/%s", dir, name).p, content, 0644);
}

/* ---- rules ---- */

/* What is called for by no reminder of the pack, but by a situation; why it may not have come up.
 */
static const char *why_not(struct text rule)
{
        static const struct { const char *rule, *why;
        } known[] = {
                {"R03", "nobody began an application and left it"},
                {"R06", "everybody was trained two days before the gate"},
                {"R07", "ranking of mentors was not asked for"},
                {"R09", "no proposal lapsed or was declined"},
                {"R16", "every pair had met within two weeks"},
                {"R36", "nobody let their line manager have the dates"},
                {"R39", "every ticket was answered within a working day"},
                {"R31", "every closing conversation was booked in time"},
                {"CX", "no red flag stood"},
                {"C0", "every application was complete"},
                {"C6", "nobody missed the start"},
        };

        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
                if (text_is(rule, known[i].rule))
                        return known[i].why;
        return "the play ended before its day, or its situation did not arise";
}

int64_t rehearsal_fired(const struct rehearsal *r, struct text rule)
{
        int64_t n = 0;

        for (size_t i = 0; i < r->n_events; i++) {
                const struct event *e = &r->event[i];
                struct text head = e->rule.n > rule.n && e->rule.p[rule.n] == '-'
                                           ? (struct text) {e->rule.p, rule.n}
                                           : e->rule;
                n += text_equal(head, rule) && !text_is(e->kind, "refused");
        }
        return n;
}

static void rule_row(struct arena *a, const struct rehearsal *r, struct out *o, struct text rule,
                     const char *kind)
{
        int64_t n = rehearsal_fired(r, rule);

        csv_cell(o, rule, true);
        csv_cell(o, text_of(kind), false);
        csv_cell(o, text_format(a, "%lld", (long long)n), false);
        csv_cell(o, n ? TEXT("") : text_of(why_not(rule)), false);
        out_c(o, "\r\n");
}

static struct text rules_csv(struct arena *a, const struct rehearsal *r)
{
        const struct pack *p = r->cohort.pack;
        struct out o = out_new(a, 4096);

        out_c(&o, "rule,kind,times,why not\r\n");
        for (size_t i = 0; i < p->n_reminders; i++)
                if (i == 0 || !text_equal(p->reminders[i].id, p->reminders[i - 1].id))
                        rule_row(a, r, &o, p->reminders[i].id, "mail");
        for (size_t i = 0; i < p->n_calls; i++)
                rule_row(a, r, &o, p->calls[i].key, "call");
        return out_get(&o);
}

/* ---- time ---- */

static void stamp(struct out *o, const struct zone *z, int64_t at)
{
        struct civil c = zone_civil(z, at);

        out_format(o, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                   c.second);
}

static const struct rehearsal_person *person_of(const struct rehearsal *r, int64_t id)
{
        size_t i = play_who(r, id);

        return id && i < r->order->cast->n ? play_person(r, i) : NULL;
}

static struct text timeline_csv(struct arena *a, const struct rehearsal *r)
{
        struct out o = out_new(a, 1 << 20);

        out_c(&o, "time,local time,zone,kind,rule,class,person,pair,detail\r\n");
        for (size_t i = 0; i < r->n_events; i++) {
                const struct event *e = &r->event[i];
                const struct rehearsal_person *p = person_of(r, e->person);
                stamp(&o, zone_utc(), e->at);
                out_c(&o, "Z,");
                stamp(&o, p ? p->zone : r->cohort.zone, e->at);
                csv_cell(&o, p ? p->zone_name : text_of(zone_name(r->cohort.zone)), false);
                csv_cell(&o, e->kind, false);
                csv_cell(&o, e->rule, false);
                csv_cell(&o, e->class, false);
                csv_cell(&o, p ? p->email : TEXT(""), false);
                out_format(&o, e->pair ? ",%lld" : ",", (long long)e->pair);
                csv_cell(&o, e->detail, false);
                out_c(&o, "\r\n");
        }
        return out_get(&o);
}

static struct text people_csv(struct arena *a, const struct rehearsal *r)
{
        static const char *const parts[] = {"mentee", "mentor",  "coordinator",
                                            "deputy", "sponsor", "contact"};
        struct out o = out_new(a, 8192);

        out_c(&o, "id,email,name,part,zone\r\n");
        for (size_t i = 0; i < r->order->cast->n; i++) {
                const struct rehearsal_person *p = play_person(r, i);
                out_format(&o, "%lld", (long long)p->id);
                csv_cell(&o, p->email, false);
                csv_cell(&o, text_format(a, "%s %s", p->first.p, p->last.p), false);
                csv_cell(&o, text_of(parts[p->part]), false);
                csv_cell(&o, p->zone_name, false);
                out_c(&o, "\r\n");
        }
        return out_get(&o);
}

/* ---- weeks ---- */

enum {
        TRIAGE_MINUTES = 60,
        CALL_OVERHEAD = 5,
        TICKET_MINUTES = 10,
        ROUND_MINUTES = 90,
        SITTING_MINUTES = 75
};

/* Minutes of the staff that an event took. */
static int64_t minutes_of(const struct event *e)
{
        int64_t m = 0;

        if (text_is(e->kind, "call") || text_is(e->kind, "not reached"))
                return text_int(e->detail, &m) ? m + CALL_OVERHEAD : CALL_OVERHEAD;
        if (text_is(e->kind, "help given"))
                return TICKET_MINUTES;
        if (text_is(e->kind, "proposed"))
                return ROUND_MINUTES;
        if (text_is(e->kind, "sitting held"))
                return SITTING_MINUTES;
        return text_is(e->kind, "nudged by hand")    ? 3
               : text_is(e->kind, "closed by staff") ? 15
                                                     : 0;
}

void rehearsal_weeks(struct arena *a, const struct rehearsal *r, struct rehearsal_weeks *out)
{
        int64_t first = r->n_events ? r->event[0].at : r->now;
        size_t n = (size_t)((r->now - first) / (7 * PLAY_DAY)) + 1;

        *out = (struct rehearsal_weeks) {.n = n,
                                         .from = first,
                                         .row = arena_array(a, struct rehearsal_week, n),
                                         .worst = n};
        for (size_t i = 0; i < r->n_events; i++) {
                const struct event *e = &r->event[i];
                struct rehearsal_week *w = &out->row[(e->at - first) / (7 * PLAY_DAY)];
                w->mails += text_is(e->kind, "mail");
                w->calls += text_is(e->kind, "call");
                w->tried += text_is(e->kind, "not reached");
                w->met += text_is(e->kind, "met");
                w->messages += text_is(e->kind, "message");
                w->tickets += text_is(e->kind, "help asked");
                w->flags_opened += text_is(e->kind, "flag opened");
                w->flags_closed += text_is(e->kind, "flag closed");
                w->minutes += minutes_of(e);
        }
        for (size_t i = 0; i < n; i++) {
                out->row[i].minutes += TRIAGE_MINUTES;
                bool over = (double)out->row[i].minutes > r->cohort.staff_hours * 60;
                if (over && (out->worst == n || out->row[i].minutes > out->row[out->worst].minutes))
                        out->worst = i;
        }
}

static struct text hours_csv(struct arena *a, const struct rehearsal *r,
                             const struct rehearsal_weeks *w)
{
        struct out o = out_new(a, 4096);
        int y, m, d;

        out_c(&o, "week,from,hours,hours there are,mails,calls,not "
                  "reached,met,messages,tickets,flags opened,flags closed\r\n");
        for (size_t i = 0; i < w->n; i++) {
                const struct rehearsal_week *k = &w->row[i];
                int64_t day = zone_day(r->cohort.zone, w->from) + (int64_t)i * 7;
                day_split(day, &y, &m, &d);
                out_format(&o, "%lld,%04d-%02d-%02d,%.1f,%.1f,%d,%d,%d,%d,%d,%d,%d,%d\r\n",
                           (long long)((day - r->order->launch_day + 700) / 7 - 100), y, m, d,
                           (double)k->minutes / 60, r->cohort.staff_hours, k->mails, k->calls,
                           k->tried, k->met, k->messages, k->tickets, k->flags_opened,
                           k->flags_closed);
        }
        return out_get(&o);
}

/* ---- summary ---- */

static struct err read_ends(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct rehearsal_flags_since_list flags;
        struct rehearsal_jobs_failed_list jobs;

        TRY(rehearsal_reasons(tx, r->cohort.id, &r->reasons));
        TRY(rehearsal_left_out(tx, r->cohort.id, &r->left_out));
        TRY(matching_waves(tx, r->cohort.id, &r->sent));
        TRY(journeys_pairs(tx, r->cohort.id, &r->pairs));
        TRY(rehearsal_jobs_failed(tx, &jobs));
        for (size_t i = 0; i < jobs.n; i++)
                r->jobs_failed += jobs.row[i].n;
        int64_t now = r->now;
        TRY(rehearsal_flags_since(tx, r->cohort.id, &flags));
        for (size_t i = 0; i < flags.n; i++) {
                const struct rehearsal_flags_since *f = &flags.row[i];
                r->now = f->opened_at;
                play_note(r, "flag opened", f->rule, f->level == 2 ? TEXT("red") : TEXT("amber"),
                          f->person, f->pair, TEXT(""));
                r->now = f->closed_at.v;
                if (f->closed_at.has)
                        play_note(r, "flag closed", f->rule,
                                  f->level == 2 ? TEXT("red") : TEXT("amber"), f->person, f->pair,
                                  TEXT(""));
        }
        r->now = now;
        return OK;
}

static int by_time(const void *x, const void *y)
{
        const struct event *a = x, *b = y;

        return a->at != b->at ? (a->at > b->at) - (a->at < b->at)
                              : (a->turn > b->turn) - (a->turn < b->turn);
}

struct err play_finish(struct rehearsal *r)
{
        TRY(db_read(r->app->db, r->arena, read_ends, r));
        for (size_t i = 0; i < r->n_events; i++)
                r->event[i].turn = i;
        qsort(r->event, r->n_events, sizeof *r->event, by_time);
        return OK;
}

int64_t rehearsal_count(const struct rehearsal *r, const char *kind)
{
        int64_t n = 0;

        for (size_t i = 0; i < r->n_events; i++)
                n += text_is(r->event[i].kind, kind);
        return n;
}

static int64_t pairs_in(const struct rehearsal *r, bool closed)
{
        int64_t n = 0;

        for (size_t i = 0; i < r->reasons.n; i++)
                n += text_is(r->reasons.row[i].state, "closed") == closed ? r->reasons.row[i].n : 0;
        return n;
}

static struct text summary_json(struct arena *a, const struct rehearsal *r)
{
        struct out o = out_new(a, 1024);

        out_format(&o,
                   "{\"seed\":%llu,\"pairs\":%lld,\"closed\":%lld,\"open\":%lld,\"people\":%zu,"
                   "\"left_out\":%zu,\"wishes\":%lld,\"waves\":%zu,\"declined\":%lld,\"circles\":%lld,\"mails\":%lld,"
                   "\"calls\":%lld,\"met\":%lld,\"messages\":%lld,\"refused\":%lld,\"jobs_failed\":"
                   "%lld,\"seconds\":%.2f,\"endings\":{",
                   (unsigned long long)r->order->seed,
                   (long long)(pairs_in(r, true) + pairs_in(r, false)),
                   (long long)pairs_in(r, true), (long long)pairs_in(r, false), r->order->cast->n,
                   r->left_out.n, (long long)rehearsal_count(r, "wishes given"), r->sent.n,
                   (long long)rehearsal_count(r, "proposal declined"), (long long)(r->circles[0] + r->circles[1]), (long long)r->mails, (long long)r->calls,
                   (long long)rehearsal_count(r, "met"), (long long)rehearsal_count(r, "message"),
                   (long long)r->refused, (long long)r->jobs_failed, r->seconds);
        for (size_t i = 0; i < r->reasons.n; i++) {
                const struct rehearsal_reasons *e = &r->reasons.row[i];
                out_c(&o, i ? "," : "");
                json_string(&o, text_is(e->state, "closed")
                                        ? e->reason
                                        : text_format(a, "%s %s", e->state.p, e->reason.p));
                out_format(&o, ":%lld", (long long)e->n);
        }
        out_c(&o, "}}\n");
        return out_get(&o);
}

struct text rehearsal_summary(struct arena *a, const struct rehearsal *r, bool json)
{
        struct out o = out_new(a, 512);

        if (json)
                return summary_json(a, r);
        out_format(&o,
                   "Seed %llu: %lld pairs, %lld of them properly closed; %lld mails, %lld calls, "
                   "%lld meetings, in %.1f seconds.\n",
                   (unsigned long long)r->order->seed,
                   (long long)(pairs_in(r, true) + pairs_in(r, false)),
                   (long long)pairs_in(r, true), (long long)r->mails, (long long)r->calls,
                   (long long)rehearsal_count(r, "met"), r->seconds);
        return out_get(&o);
}

struct err rehearsal_write(struct arena *a, const struct rehearsal *r, const char *dir)
{
        struct rehearsal_weeks weeks;

        rehearsal_weeks(a, r, &weeks);
        TRY(save(a, dir, "rules.csv", rules_csv(a, r)));
        TRY(save(a, dir, "timeline.csv", timeline_csv(a, r)));
        TRY(save(a, dir, "people.csv", people_csv(a, r)));
        TRY(save(a, dir, "hours.csv", hours_csv(a, r, &weeks)));
        TRY(save(a, dir, "timeline.html", rehearsal_page(a, r, &weeks)));
        return save(a, dir, "summary.json", summary_json(a, r));
}
