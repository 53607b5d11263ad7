/* Flags, as staff reads and closes them. */
#include "care/care_parts.h"

#include "care/care.sql.h"
#include "care/care_concern.sql.h"
#include "desk/desk.h"
#include "html/letter.h"
#include "people/people.h"

enum { WHY_MOST = 300, QUIET_MOST_DAYS = 56, FLAG_MINUTES = 5, TICKET_MINUTES = 10 };

struct care_reader care_reader_of(struct tx *tx, enum locale l, const struct zone *zone)
{
        return (struct care_reader) {
                .a = tx_arena(tx), .l = l, .zone = zone ? zone : zone_utc(), .now = tx_now(tx)};
}

struct text care_names(struct arena *a, enum locale l, struct text mentor, struct text mentee,
                       struct text person)
{
        if (mentor.p && mentee.p)
                return msg_with(a, l, "{mentee} and {mentor}", "mentee", mentee, "mentor", mentor,
                                NULL);
        return person.p ? person : TEXT("");
}

int64_t care_minutes(size_t calls, size_t flags, size_t tickets)
{
        return (int64_t)(calls * CARE_CALL_MINUTES + flags * FLAG_MINUTES +
                         tickets * TICKET_MINUTES);
}

static struct care_flag flag_of(const struct care_reader *r, const struct care_open_flags *row)
{
        struct care_flag f = {.id = row->id,
                              .pair = row->pair,
                              .person = row->person,
                              .level = row->level,
                              .since = row->since,
                              .opened_at = row->opened_at,
                              .rule = row->rule,
                              .data = row->data,
                              .names = care_names(r->a, r->l, row->mentor_name, row->mentee_name,
                                                  row->person_name)};
        struct care_figures figures;
        enum care_rule rule;

        care_figures_read(row->data, &figures);
        if (!care_rule_of(row->rule, &rule))
                return f;
        f.chip = care_flag_chip(r, rule, &figures);
        f.sentence = care_flag_sentence(r, rule, (int)row->level, &figures);
        return f;
}

static struct err list_flags(struct tx *tx, const struct care_reader *r, int64_t cohort,
                             struct care_flag_list *out)
{
        struct care_open_flags_list rows;

        TRY(care_open_flags(tx, cohort, &rows));
        *out = (struct care_flag_list) {.row = arena_array(tx_arena(tx), struct care_flag, rows.n)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = flag_of(r, &rows.row[out->n]);
        return OK;
}

struct err care_flags(struct tx *tx, const struct who *who, int64_t cohort,
                      struct care_flag_list *out)
{
        struct care_reader r = care_reader_of(tx, (enum locale)who->locale, who->zone);

        TRY(programmes_staff(tx, who, cohort));
        return list_flags(tx, &r, cohort, out);
}

struct err care_close_flag(struct tx *tx, const struct who *who, int64_t flag, struct text why,
                           struct opt quiet_until, int64_t batch)
{
        int64_t now = tx_now(tx);
        struct care_flag_row f;
        bool found;

        TRY(care_flag_row(tx, flag, &found, &f));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such flag", "Go back to today's list");
        TRY(programmes_staff(tx, who, f.cohort));
        why = text_trim(why);
        if (text_empty(why) || why.n > WHY_MOST)
                return FAIL_AT(ERR_INVALID, "Say in a sentence why it can rest", "why",
                               "The next coordinator will want to know");
        if (!quiet_until.has)
                quiet_until = (struct opt) {true, now + CARE_QUIET_DAYS * (int64_t)CARE_DAY};
        if (quiet_until.v > now + QUIET_MOST_DAYS * (int64_t)CARE_DAY)
                return FAIL_AT(ERR_INVALID, "That is too long to look away", "until",
                               "Choose a day within eight weeks, or let the pair pause");
        if (f.closed_at.has)
                return OK;
        struct desk_act act = {.kind = &care_act_flag, .cohort = f.cohort, .pair = f.pair, .person = f.person,
                               .subject = flag, .batch = batch};
        TRY(desk_begin(tx, who, &act));
        TRY(care_shut_flag(tx, flag, now, why, (struct opt) {true, who->person}, quiet_until));
        TRY(desk_end(tx, &act));
        return people_audit(tx, who, "flag.close", f.person, flag, text_c(tx_arena(tx), f.rule));
}

/* Where several look after the pairs, a reader's own count, as Today shows it to them. */
static struct err count_mine(struct tx *tx, const struct who *who, const struct programmes_cohort *c, struct care_frame *row)
{
        struct care_frame_pairs_list pairs;
        struct desk_load load;

        TRY(desk_load_of(tx, c->id, &load));
        if (!desk_only_mine(&load, who->person, TEXT_ABSENT))
                return OK;
        TRY(care_frame_pairs(tx, c->id, zone_at(c->zone, zone_day(c->zone, tx_now(tx)) + 1, 0, 0), &pairs));
        row->flags = row->calls = 0;
        for (size_t i = 0; i < pairs.n; i++) {
                if (!desk_is_of(&load, who->person, pairs.row[i].pair))
                        continue;
                row->flags += pairs.row[i].flags;
                row->calls += pairs.row[i].calls;
        }
        return OK;
}

struct err care_of_pair(struct tx *tx, const struct who *who, int64_t pair, struct care_of_pair *out)
{
        struct care_reader r = care_reader_of(tx, (enum locale)who->locale, who->zone);
        struct care_flags_of_pair_list flags;
        struct care_calls_open_of_pair_list calls;
        struct care_figures figures;
        enum care_rule rule;

        TRY(care_flags_of_pair(tx, pair, &flags));
        TRY(care_calls_open_of_pair(tx, pair, &calls));
        *out = (struct care_of_pair) {.flag = arena_array(tx_arena(tx), struct care_flag, flags.n + 1),
                                      .call = arena_array(tx_arena(tx), struct care_waiting, calls.n + 1)};
        for (size_t i = 0; i < flags.n; i++) {
                const struct care_flags_of_pair *f = &flags.row[i];
                care_figures_read(f->data, &figures);
                if (care_rule_of(f->rule, &rule))
                        out->flag[out->n_flags++] = (struct care_flag) {
                                .id = f->id, .pair = pair, .level = f->level, .since = f->since, .rule = f->rule,
                                .chip = care_flag_chip(&r, rule, &figures),
                                .sentence = care_flag_sentence(&r, rule, (int)f->level, &figures)};
        }
        for (size_t i = 0; i < calls.n; i++)
                if (calls.row[i].due_at <= r.now)
                        out->call[out->n_calls++] = (struct care_waiting) {calls.row[i].id, calls.row[i].first_name};
        return OK;
}

struct err care_counts(struct tx *tx, const struct who *who, int64_t cohort,
                       struct care_counts *out)
{
        struct care_new_concerns concerns = {0};
        struct programmes_cohort c;
        struct care_frame row;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(care_frame(tx, cohort, zone_at(c.zone, zone_day(c.zone, tx_now(tx)) + 1, 0, 0), &row));
        if (who_has(who, ROLE_CONTACT))
                TRY(care_new_concerns(tx, who->person, &concerns));
        TRY(count_mine(tx, who, &c, &row));
        *out = (struct care_counts) {.flags = row.flags,
                                    .calls = row.calls,
                                    .tickets = row.tickets,
                                    .concerns = concerns.n,
                                    .pairs = row.pairs,
                                    .cohort_name = row.name};
        return OK;
}

/* ---- Monday ---- */

/* Names are escaped so that nobody's becomes a link. */
static void digest_flag(struct page *page, const struct care_flag *f)
{
        out_c(page->out, "- **");
        html_mail(page, f->names);
        out_c(page->out, "**: ");
        html_mail(page, f->sentence);
        out_c(page->out, "\n");
}

static void digest_count(struct arena *a, struct out *o, enum locale l, int64_t n, const char *one,
                         const char *other)
{
        struct text words = n > 0 ? msg_plural(a, l, n, one, other) : TEXT("");

        if (n > 0)
                out_format(o, "- %.*s\n", (int)words.n, words.p);
}

struct err care_digest(struct tx *tx, int64_t cohort, enum locale locale,
                       struct text *markdown_list)
{
        struct arena *a = tx_arena(tx);
        struct out o = out_new(a, 1024);
        struct care_flag_list flags;
        struct programmes_cohort c;
        struct care_frame row;

        TRY(programmes_cohort(tx, cohort, &c));
        struct care_reader r = care_reader_of(tx, locale, c.zone);
        TRY(list_flags(tx, &r, cohort, &flags));
        TRY(care_frame(tx, cohort, zone_at(c.zone, zone_day(c.zone, tx_now(tx)) + 7, 0, 0), &row));
        for (size_t i = 0; i < flags.n; i++)
                digest_flag(&(struct page) {.out = &o, .locale = locale}, &flags.row[i]);
        digest_count(a, &o, locale, row.calls, M_("One call this week"), M_("{n} calls this week"));
        digest_count(a, &o, locale, row.tickets, M_("One question without an answer"),
                     M_("{n} questions without an answer"));
        *markdown_list = o.n ? out_get(&o) : TEXT_ABSENT;
        return OK;
}
