/* Many pairs at once: what would happen to each and who is left out and why; then once, each as an act of its own. */
#include "desk/desk_parts.h"

#include "base/app.h"
#include "care/care.h"
#include "desk/desk_letter.h"
#include "desk/desk_letter.mail.h"
#include "html/format.h"
#include "html/letter.h"
#include "journeys/journeys_wish.h"
#include "mail/mail.h"
#include "mail/mail_trouble.h"
#include "os/config.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.h"

enum { DAY_S = 86400, PAIRS_MOST = 1000, BODY_MOST = 5000, LINK_DAYS = 30, REST_DAYS = 14 };

const char *const desk_bulk_words[] = {"remind", "move", "assign", "flags", "mail", NULL};

bool desk_bulk_kind_of(struct text word, enum desk_bulk_kind *out)
{
        for (int k = 0; k < BULK_KINDS; k++)
                if (text_is(word, desk_bulk_words[k])) {
                        *out = (enum desk_bulk_kind)k;
                        return true;
                }
        return false;
}

static struct err nothing_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)tx, (void)who, (void)act;
        return OK;
}

const struct desk_kind desk_act_bulk = {"bulk", M_("Several pairs at once"), NULL, nothing_back};
const struct desk_kind desk_act_mail = {"pair.mail", M_("Mail to a pair"), NULL, nothing_back};

/* ---- picking ---- */

struct err desk_bulk_new(struct tx *tx, const struct who *who, enum desk_bulk_kind kind, const struct desk_picked *in, int64_t *bulk)
{
        struct journeys_matching some = {in->n, in->pair};
        int64_t cohort;

        TRY(programmes_current(tx, who, &cohort));
        TRY(programmes_staff(tx, who, cohort));
        if (in->all)
                TRY(journeys_matching(tx, who, cohort, in->filter, &some));
        if (some.n == 0)
                return FAIL_AT(ERR_INVALID, "No pair is picked", "pick", "Tick some, or take all that the filter shows");
        if (some.n > PAIRS_MOST)
                return FAIL(ERR_LIMIT, "These are too many at once", "At most a thousand pairs");
        *bulk = random_id();
        TRY(desk_forget_bulks(tx, tx_now(tx) - DAY_S));
        TRY(desk_insert_bulk(tx, *bulk, cohort, who->person, text_of(desk_bulk_words[kind]), in->filter.p ? in->filter : TEXT(""), tx_now(tx)));
        for (size_t i = 0; i < some.n; i++) {
                struct journeys_pair p;
                TRY(journeys_pair(tx, some.row[i], &p));
                if (p.cohort == cohort)
                        TRY(desk_insert_bulk_row(tx, *bulk, p.id));
        }
        return OK;
}

/* ---- looking ---- */

struct looking {
        struct tx *tx;
        const struct who *who;
        const struct desk_bulk_row *b;
        enum desk_bulk_kind kind;
        struct programmes_cohort cohort;
        struct desk_load load;
        struct care_flag_list flags;
        struct people_person to;        /* BULK_ASSIGN */
};

static bool is_ready(enum desk_bulk_kind kind, const struct desk_bulk_row *b)
{
        switch (kind) {
        case BULK_REMIND: return true;
        case BULK_MOVE: return b->day != 0;
        case BULK_ASSIGN: return b->person != 0;
        case BULK_FLAGS: case BULK_MAIL: return b->body.n > 0;
        case BULK_KINDS: break;
        }
        must(!"a bulk act outside its enum");
}

static bool goes_on(struct text state) { return text_is(state, "active"); }

static size_t flags_of(const struct looking *l, int64_t pair)
{
        size_t n = 0;

        for (size_t i = 0; i < l->flags.n; i++)
                n += l->flags.row[i].pair == pair;
        return n;
}

/* To whom a letter goes: 0 to 2 people; why is set when it goes to nobody. */
static struct err readers_of(const struct looking *l, const struct desk_bulk_pairs *r, int64_t *person, struct text *name, size_t *n,
                             const char **why)
{
        const struct { int64_t id; struct text name; const char *as; } two[] = {{r->mentee, r->mentee_name, "mentee"},
                                                                                {r->mentor, r->mentor_name, "mentor"}};
        struct mail_trouble trouble;
        int64_t until;
        bool fails;

        *n = 0;
        for (size_t i = 0; i < 2; i++) {
                struct people_person p;
                if (!text_is(l->b->whom, "both") && !text_is(l->b->whom, two[i].as))
                        continue;
                TRY(people_get(l->tx, two[i].id, &p));
                TRY(mail_trouble_of(l->tx, p.id, &fails, &trouble));
                TRY(journeys_resting_until(l->tx, p.id, zone_day(p.zone, tx_now(l->tx)), &until));
                bool refuses = l->kind == BULK_REMIND && (!p.programme_mail || until);
                if (fails && trouble.stopped)
                        *why = M_("mail does not reach them");
                else if (refuses)
                        *why = M_("they want no reminders now");
                else {
                        name[*n] = two[i].name;
                        person[(*n)++] = p.id;
                }
        }
        return OK;
}

static struct text to_names(const struct looking *l, const char *sentence_one, const struct text *name, size_t n)
{
        struct arena *a = tx_arena(l->tx);
        enum locale lo = (enum locale)l->who->locale;
        struct text both = n > 1 ? msg_with(a, lo, M_("{a} and {b}"), "a", name[0], "b", name[1], NULL) : name[0];

        return msg_with(a, lo, sentence_one, "names", both, NULL);
}

static struct err look_at_letter(struct looking *l, const struct desk_bulk_pairs *r, struct desk_bulk_line *line)
{
        int64_t person[2];
        struct text name[2];
        size_t n;

        if (text_is(r->state, "closed"))
                line->why = M_("the pair has ended");
        else if (l->kind == BULK_REMIND && !goes_on(r->state))
                line->why = M_("the pair is paused, on hold or closing");
        if (line->why)
                return OK;
        TRY(readers_of(l, r, person, name, &n, &line->why));
        if (n == 0)
                return OK;
        line->why = NULL;
        line->what = to_names(l, l->kind == BULK_REMIND ? M_("a reminder to {names}") : M_("a mail to {names}"), name, n);
        return OK;
}

static void look_at_owner(struct looking *l, const struct desk_bulk_pairs *r, struct desk_bulk_line *line)
{
        const struct desk_mark *m = desk_mark_of(&l->load, r->pair);

        if (text_is(r->state, "closed"))
                line->why = M_("the pair has ended");
        else if (m && m->owner == l->b->person && !m->covering)
                line->why = M_("they look after it already");
        else
                line->what = msg_with(tx_arena(l->tx), (enum locale)l->who->locale, M_("from {owner} to {name}"), "owner",
                                      m ? m->owner_name : TEXT(""), "name", l->to.first_name, NULL);
}

static struct err look_at_end(struct looking *l, const struct desk_bulk_pairs *r, struct desk_bulk_line *line)
{
        struct arena *a = tx_arena(l->tx);
        enum locale lo = (enum locale)l->who->locale;
        struct journeys_pair p;

        TRY(journeys_pair(l->tx, r->pair, &p));
        int64_t old = zone_day(l->cohort.zone, p.planned_end);
        if (!goes_on(r->state) && !text_is(r->state, "paused"))
                line->why = M_("it is closing, on hold or over");
        else if (old == l->b->day)
                line->why = M_("it ends on that day already");
        else
                line->what = msg_with(a, lo, M_("ends on {new} instead of {old}"), "new", format_day_year(a, lo, l->b->day), "old",
                                      format_day_year(a, lo, old), NULL);
        return OK;
}

static struct err look_at(struct looking *l, const struct desk_bulk_pairs *r, struct desk_bulk_line *line)
{
        struct arena *a = tx_arena(l->tx);
        size_t n;

        *line = (struct desk_bulk_line) {.pair = r->pair, .act = r->act, .what = TEXT(""), .undone = r->undone_at.has,
                                         .names = desk_about(a, (enum locale)l->who->locale, r->mentor_name, r->mentee_name, TEXT_ABSENT)};
        switch (l->kind) {
        case BULK_REMIND: case BULK_MAIL: return look_at_letter(l, r, line);
        case BULK_MOVE: return look_at_end(l, r, line);
        case BULK_ASSIGN: look_at_owner(l, r, line); return OK;
        case BULK_FLAGS:
                n = flags_of(l, r->pair);
                if (n == 0)
                        line->why = M_("no flag stands");
                else
                        line->what = msg_plural(a, (enum locale)l->who->locale, (int64_t)n, "one flag closed for two weeks",
                                                "{n} flags closed for two weeks");
                return OK;
        case BULK_KINDS: break;
        }
        must(!"a bulk act outside its enum");
}

static struct err read_bulk(struct tx *tx, const struct who *who, int64_t bulk, struct desk_bulk_row *out, enum desk_bulk_kind *kind)
{
        bool found;

        TRY(desk_bulk_row(tx, bulk, &found, out));
        if (!found || !desk_bulk_kind_of(out->kind, kind))
                return FAIL(ERR_ABSENT, "There is no such selection", "Pick the pairs again");
        TRY(programmes_staff(tx, who, out->cohort));
        return out->by_person == who->person ? OK : FAIL(ERR_ABSENT, "There is no such selection", "Pick the pairs again");
}

static struct err begin_looking(struct tx *tx, const struct who *who, const struct desk_bulk_row *b, enum desk_bulk_kind kind,
                                struct looking *l)
{
        *l = (struct looking) {.tx = tx, .who = who, .b = b, .kind = kind};
        TRY(programmes_cohort(tx, b->cohort, &l->cohort));
        TRY(desk_load_of(tx, b->cohort, &l->load));
        if (kind == BULK_FLAGS)
                TRY(care_flags(tx, who, b->cohort, &l->flags));
        return kind == BULK_ASSIGN && b->person ? people_get(tx, b->person, &l->to) : OK;
}

struct err desk_bulk_look(struct tx *tx, const struct who *who, int64_t bulk, struct desk_bulk_plan *out)
{
        struct desk_bulk_pairs_list rows;
        struct looking l;

        *out = (struct desk_bulk_plan) {0};
        TRY(read_bulk(tx, who, bulk, &out->row, &out->kind));
        TRY(begin_looking(tx, who, &out->row, out->kind, &l));
        TRY(desk_bulk_pairs(tx, bulk, &rows));
        out->ready = is_ready(out->kind, &out->row);
        out->line = arena_array(tx_arena(tx), struct desk_bulk_line, rows.n + 1);
        for (; out->n_lines < rows.n; out->n_lines++) {
                const struct desk_bulk_pairs *r = &rows.row[out->n_lines];
                struct desk_bulk_line *line = &out->line[out->n_lines];
                TRY(look_at(&l, r, line));
                if (out->row.done_at.has) {
                        line->what = TEXT("");
                        line->why = r->act ? NULL : msg_known(text_c(tx_arena(tx), r->why)) ? text_c(tx_arena(tx), r->why) : NULL;
                }
                bool changes = out->row.done_at.has ? r->act != 0 : !line->why;
                out->n += changes;
                out->n_left += !changes;
        }
        return OK;
}

struct err desk_bulk_say(struct tx *tx, const struct who *who, int64_t bulk, int64_t day, int64_t person, struct text whom,
                         struct text body)
{
        enum desk_bulk_kind kind;
        struct desk_bulk_row b;

        TRY(read_bulk(tx, who, bulk, &b, &kind));
        body = body.p ? text_trim(body) : TEXT("");
        if (body.n > BODY_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "body", "At most 5,000 characters");
        if (kind == BULK_MOVE && day <= zone_day(who->zone, tx_now(tx)))
                return FAIL_AT(ERR_INVALID, "That day is over", "day", "Choose one that is still to come");
        if ((kind == BULK_FLAGS || kind == BULK_MAIL) && body.n == 0)
                return FAIL_AT(ERR_INVALID, "A few words are needed", "body", "Write what it is about");
        return desk_bulk_terms(tx, bulk, day, person, whom.n ? whom : TEXT("both"), body);
}

/* ---- doing ---- */

static struct err post_letter(struct looking *l, const struct desk_bulk_pairs *r, int64_t to, int64_t act)
{
        struct arena *a = tx_arena(l->tx);
        struct out out = out_new(a, 1024);
        struct people_person p, partner;
        struct letter_text words;
        struct text spoke, pause, rest = l->b->body;
        int64_t id, expires = tx_now(l->tx) + LINK_DAYS * (int64_t)DAY_S;

        TRY(people_get(l->tx, to, &p));
        TRY(people_get(l->tx, to == r->mentor ? r->mentee : r->mentor, &partner));
        struct page page = {.out = &out, .locale = p.locale, .zone = p.zone, .now = tx_now(l->tx)};
        if (l->kind == BULK_REMIND) {
                TRY(journeys_action_url(l->tx, "we_spoke", to, r->pair, 0, expires, &spoke));
                TRY(journeys_action_url(l->tx, "pause", to, r->pair, 0, expires, &pause));
                desk_nudge(&page, &words, &(struct desk_nudge_letter) {
                        .first_name = p.first_name, .partner = partner.first_name, .staff = l->who->first_name, .spoke = spoke, .pause = pause,
                        .book = text_format(a, "%s/pairs/%lld/meetings", tx_app(l->tx)->config->base_url, (long long)r->pair)});
        } else {
                struct desk_bulk_letter v = {.first_name = p.first_name, .staff = l->who->first_name,
                                             .lines.row = arena_array(a, struct text, l->b->body.n + 1)};
                while (rest.p && rest.n) {
                        struct text line = text_trim(text_cut(rest, '\n', &rest));
                        if (!text_empty(line))
                                v.lines.row[v.lines.n++] = line;
                }
                desk_bulk(&page, &words, &v);
        }
        return mail_post(l->tx, &(struct letter) {
                .to = p.id, .address = p.email, .name = p.first_name, .locale = p.locale, .class = MAIL_EVENT,
                .rule = l->kind == BULK_REMIND ? "desk-reminder" : "desk-mail",
                .anchor = text_format(a, "act:%lld", (long long)act), .subject = words.subject, .body = words.body,
                .from_name = l->who->first_name, .reply_to = l->cohort.help_email, .cohort = l->cohort.id}, &id);
}

/* A mentor of three of the pairs gets one mail, not three: the anchor of a mail is the whole, of a reminder the pair. */
static struct err send_letters(struct looking *l, const struct desk_bulk_pairs *r, int64_t batch)
{
        struct desk_act act = {.kind = &desk_act_mail, .cohort = l->cohort.id, .pair = r->pair, .batch = batch};
        const char *why = NULL;
        int64_t person[2];
        struct text name[2];
        size_t n;

        TRY(desk_begin(l->tx, l->who, &act));
        TRY(readers_of(l, r, person, name, &n, &why));
        for (size_t i = 0; i < n; i++)
                TRY(post_letter(l, r, person[i], l->kind == BULK_MAIL ? batch : act.id));
        return desk_end(l->tx, &act);
}

static struct err close_flags(struct looking *l, const struct desk_bulk_pairs *r, int64_t batch)
{
        struct opt until = {true, tx_now(l->tx) + REST_DAYS * (int64_t)DAY_S};

        for (size_t i = 0; i < l->flags.n; i++)
                if (l->flags.row[i].pair == r->pair)
                        TRY(care_close_flag(l->tx, l->who, l->flags.row[i].id, text_first_chars(l->b->body, 200), until, batch));
        return OK;
}

static struct err do_one(struct looking *l, const struct desk_bulk_pairs *r, int64_t batch)
{
        switch (l->kind) {
        case BULK_REMIND: case BULK_MAIL: return send_letters(l, r, batch);
        case BULK_MOVE: return journeys_move_end(l->tx, l->who, r->pair, l->b->day, batch);
        case BULK_ASSIGN: return desk_give_pair(l->tx, l->who, r->pair, l->b->person, batch);
        case BULK_FLAGS: return close_flags(l, r, batch);
        case BULK_KINDS: break;
        }
        must(!"a bulk act outside its enum");
}

struct err desk_bulk_do(struct tx *tx, const struct who *who, int64_t bulk)
{
        struct desk_bulk_pairs_list rows;
        enum desk_bulk_kind kind;
        struct desk_bulk_row b;
        struct looking l;

        TRY(read_bulk(tx, who, bulk, &b, &kind));
        if (b.done_at.has)
                return OK;
        if (!is_ready(kind, &b))
                return FAIL(ERR_INVALID, "Something is still to be said", "Fill in the form first");
        TRY(begin_looking(tx, who, &b, kind, &l));
        TRY(desk_bulk_pairs(tx, bulk, &rows));
        struct desk_act whole = {.kind = &desk_act_bulk, .cohort = b.cohort, .key = text_format(tx_arena(tx), "%lld", (long long)bulk),
                                 .reason = kind == BULK_FLAGS ? b.body : TEXT_ABSENT};
        TRY(desk_begin(tx, who, &whole));
        for (size_t i = 0; i < rows.n; i++) {
                struct desk_bulk_line line;
                TRY(look_at(&l, &rows.row[i], &line));
                if (!line.why)
                        TRY(do_one(&l, &rows.row[i], whole.id));
                TRY(desk_set_bulk_row(tx, bulk, rows.row[i].pair, line.why ? 0 : whole.id, text_of(line.why ? line.why : "")));
        }
        TRY(desk_end(tx, &whole));
        TRY(people_audit(tx, who, "desk.bulk", 0, bulk, desk_bulk_words[kind]));
        return desk_set_bulk_done(tx, bulk, tx_now(tx));
}
