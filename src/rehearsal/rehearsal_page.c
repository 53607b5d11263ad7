/* The page of a rehearsal: one file that can be mailed, with the app's own style sheet in it and no
 * script. */
#include "rehearsal/rehearsal_out.h"

#include "content/pack.h"
#include "html/html.h"

enum { CHART_HEIGHT = 180, WEEK_WIDTH = 12, STRIP_WIDTH = 1000, WEEKS_BEFORE = 100 };

struct sheet {
        struct page pg;
        struct out *o;
        const struct rehearsal *r;
        const struct rehearsal_weeks *weeks;
};

static const char own_style[] =
        "main{max-width:72rem;margin:0 auto;padding:32px 20px;display:grid;gap:24px}"
        ".sheet svg{width:100%;height:auto;display:block}.sheet .bar{fill:var(--sea)}.sheet "
        ".over{fill:var(--clay-fill)}"
        ".sheet .limit{stroke:var(--clay-fill);stroke-dasharray:4 4}.sheet "
        ".axis{fill:var(--soft);font-size:11px}"
        ".sheet .line{stroke:var(--line);stroke-width:2}.sheet .met{fill:var(--olive-fill)}.sheet "
        ".wrote{fill:var(--sea)}"
        ".sheet .flag{fill:var(--clay-fill)}.sheet "
        ".rang{fill:none;stroke:var(--amber-fill);stroke-width:2}"
        ".sheet "
        ".end{fill:var(--ink)}.pairs{display:grid;gap:2px}.pairs>div{display:grid;grid-template-"
        "columns:13rem 1fr 8rem;"
        "gap:12px;align-items:center}.pairs "
        "span{color:var(--soft);font-size:var(--small)}.counts{columns:22rem;column-gap:24px}"
        ".counts "
        "li{break-inside:avoid;display:flex;justify-content:space-between;gap:12px;border-bottom:"
        "1px solid var(--line)}"
        ".counts{list-style:none;padding:0}.none{color:var(--soft)}"
        "@media(max-width:700px){.pairs>div{grid-template-columns:1fr}}";

static void text(struct sheet *s, struct text t) { html_text(&s->pg, t); }

static const char *name(const struct rehearsal *r, int64_t person)
{
        size_t i = play_who(r, person);

        return i < r->order->cast->n ? play_person(r, i)->first.p : "somebody";
}

static int64_t count(const struct rehearsal *r, const char *kind)
{
        int64_t n = 0;

        for (size_t i = 0; i < r->n_events; i++)
                n += text_is(r->event[i].kind, kind);
        return n;
}

/* Weeks count from the launch: the week of the launch is 1, the one before it -1 of preparation. */
static int64_t week_number(const struct sheet *s, size_t i)
{
        int64_t days = zone_day(s->r->cohort.zone, s->weeks->from) + (int64_t)i * 7 -
                       s->r->order->launch_day;

        return (days + WEEKS_BEFORE * 7) / 7 - WEEKS_BEFORE;
}

/* ---- head ---- */

static void head(struct sheet *s)
{
        out_c(s->o,
              "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
              "name=\"viewport\" "
              "content=\"width=device-width,initial-scale=1\"><title>Rehearsal</title><style>");
        const struct html_asset *css = html_asset_find(text_of(html_asset_path("app.css")));
        must(css);
        out_bytes(s->o, css->plain, css->n_plain);
        out_c(s->o, own_style);
        out_c(s->o, "</style></head><body class=\"sheet\"><main>");
}

static void opening(struct sheet *s)
{
        const struct rehearsal *r = s->r;
        int64_t pairs = 0, completed = 0;

        for (size_t i = 0; i < r->reasons.n; i++) {
                pairs += r->reasons.row[i].n;
                completed +=
                        text_is(r->reasons.row[i].reason, "completed") ? r->reasons.row[i].n : 0;
        }
        out_c(s->o, "<header><p class=\"none\">Rehearsal of ");
        text(s, r->cohort.pack->title.in[LOCALE_EN]);
        out_format(s->o,
                   ", seed %llu, %zu people</p><h1>%lld pairs: %lld came to their planned end, "
                   "%lld ended earlier</h1>",
                   (unsigned long long)r->order->seed, r->order->cast->n, (long long)pairs,
                   (long long)completed, (long long)(pairs - completed));
        out_format(s->o,
                   "<p class=\"lead\">They met %lld times and wrote %lld messages. The programme "
                   "sent %lld mails, the staff spoke "
                   "with people %lld times by telephone and needed %lld attempts for it.</p>",
                   (long long)count(r, "met"), (long long)count(r, "message"), (long long)r->mails,
                   (long long)r->calls, (long long)r->attempts);
        if (r->launched)
                return;
        out_c(s->o, "<p class=\"flash hurts\">The programme never launched. What was missing: ");
        text(s, r->missing.n ? r->missing : TEXT("nobody opened it"));
        out_c(s->o, "</p>");
}

/* ---- the staff's weeks ---- */

static int64_t most_minutes(const struct sheet *s)
{
        int64_t most = (int64_t)(s->r->cohort.staff_hours * 60);

        for (size_t i = 0; i < s->weeks->n; i++)
                most = s->weeks->row[i].minutes > most ? s->weeks->row[i].minutes : most;
        return most ? most : 1;
}

static void bars(struct sheet *s)
{
        int64_t most = most_minutes(s);
        double limit = s->r->cohort.staff_hours * 60;

        out_format(s->o,
                   "<svg viewBox=\"0 0 %zu %d\" role=\"img\" aria-label=\"Hours of the staff, week "
                   "by week\">",
                   s->weeks->n * WEEK_WIDTH, CHART_HEIGHT + 20);
        for (size_t i = 0; i < s->weeks->n; i++) {
                int64_t minutes = s->weeks->row[i].minutes;
                double h = (double)minutes * CHART_HEIGHT / (double)most;
                out_format(s->o,
                           "<rect class=\"%s\" x=\"%zu\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" "
                           "rx=\"2\"><title>week %lld: %.1f hours"
                           "</title></rect>",
                           (double)minutes > limit ? "over" : "bar", i * WEEK_WIDTH + 1,
                           CHART_HEIGHT - h, WEEK_WIDTH - 2, h, (long long)week_number(s, i),
                           (double)minutes / 60);
                if (week_number(s, i) % 13 == 0)
                        out_format(s->o, "<text class=\"axis\" x=\"%zu\" y=\"%d\">%s %lld</text>",
                                   i * WEEK_WIDTH, CHART_HEIGHT + 14,
                                   week_number(s, i) ? "week" : "launch, week",
                                   (long long)week_number(s, i));
        }
        double y = CHART_HEIGHT - limit * CHART_HEIGHT / (double)most;
        out_format(s->o,
                   "<line class=\"limit\" x1=\"0\" x2=\"%zu\" y1=\"%.1f\" y2=\"%.1f\"/></svg>",
                   s->weeks->n * WEEK_WIDTH, y, y);
}

static void hours(struct sheet *s)
{
        const struct rehearsal_weeks *w = s->weeks;

        out_c(s->o, "<section class=\"card\"><h2>Hours of the staff</h2>");
        if (w->worst == w->n)
                out_format(s->o, "<p>No week asks for more than the %.0f hours that there are.</p>",
                           s->r->cohort.staff_hours);
        else
                out_format(s->o,
                           "<p>Week %lld asks for %.1f hours; there are %.1f. Move calls out of "
                           "it, or find help for it.</p>",
                           (long long)week_number(s, w->worst),
                           (double)w->row[w->worst].minutes / 60, s->r->cohort.staff_hours);
        bars(s);
        out_c(s->o, "<p class=\"none\">Telephone, attempts, questions, matching rounds, gatherings "
                    "and an hour a week of looking "
                    "through. The dashed line is what there is.</p></section>");
}

static void weeks(struct sheet *s)
{
        int y, m, d;

        out_c(s->o, "<section class=\"card\"><h2>Week by week</h2><div "
                    "class=\"table-wrap\"><table><thead><tr><th>Week<th>From<th>Hours<th>Mails"
                    "<th>Calls<th>Not reached<th>Met<th>Messages<th>Questions<th>Flags "
                    "opened<th>closed</tr></thead><tbody>");
        for (size_t i = 0; i < s->weeks->n; i++) {
                const struct rehearsal_week *w = &s->weeks->row[i];
                day_split(zone_day(s->r->cohort.zone, s->weeks->from) + (int64_t)i * 7, &y, &m, &d);
                out_format(s->o,
                           "<tr><td>%lld%s<td>%04d-%02d-%02d<td>%.1f<td>%d<td>%d<td>%d<td>%d<td>%d<"
                           "td>%d<td>%d<td>%d</tr>",
                           (long long)week_number(s, i),
                           i == s->weeks->worst ? " <span class=\"chip hurts\">too much</span>"
                                                : "",
                           y, m, d, (double)w->minutes / 60, w->mails, w->calls, w->tried, w->met,
                           w->messages, w->tickets, w->flags_opened, w->flags_closed);
        }
        out_c(s->o, "</tbody></table></div></section>");
}

/* ---- reminders and calls ---- */

static void rule(struct sheet *s, struct text key, struct text title)
{
        int64_t n = rehearsal_fired(s->r, key);

        out_c(s->o, n ? "<li><span>" : "<li class=\"none\"><span>");
        text(s, key);
        out_c(s->o, " ");
        text(s, title);
        out_format(s->o, "</span><b>%lld</b></li>", (long long)n);
}

/* The subject of the first letter, with dots for what is filled in. */
static struct text subject(struct sheet *s, const struct pack_reminder *m)
{
        const struct pack_text *t = pack_mail(s->r->cohort.pack, m->sends[0].text, LOCALE_EN);
        struct out o = out_new(s->o->arena, 80);
        bool hole = false;

        for (size_t i = 0; t && i < t->title.n; i++) {
                if (t->title.p[i] == '{')
                        out_c(&o, "…");
                hole = t->title.p[i] == '{' || (hole && t->title.p[i] != '}');
                if (!hole && t->title.p[i] != '}')
                        out_char(&o, t->title.p[i]);
        }
        return out_get(&o);
}

static void rules(struct sheet *s)
{
        const struct pack *p = s->r->cohort.pack;

        out_c(s->o, "<section class=\"card\"><h2>Reminders, by how often they went out</h2><ul "
                    "class=\"counts\">");
        for (size_t i = 0; i < p->n_reminders; i++)
                if (i == 0 || !text_equal(p->reminders[i].id, p->reminders[i - 1].id))
                        rule(s, p->reminders[i].id, subject(s, &p->reminders[i]));
        out_c(s->o, "</ul></section><section class=\"card\"><h2>Calls</h2><ul class=\"counts\">");
        for (size_t i = 0; i < p->n_calls; i++)
                rule(s, p->calls[i].key, p->calls[i].title.in[LOCALE_EN]);
        out_c(s->o, "</ul></section>");
}

/* ---- pairs ---- */

static double along(const struct sheet *s, int64_t at)
{
        int64_t from = s->r->cohort.launch_at - 28 * PLAY_DAY;
        int64_t until = zone_at(s->r->cohort.zone, s->r->cohort.end_day + 60, 0, 0);
        double x = (double)(at - from) * STRIP_WIDTH / (double)(until - from);

        return x < 4 ? 4 : x > STRIP_WIDTH - 4 ? STRIP_WIDTH - 4 : x;
}

static void mark(struct sheet *s, const struct event *e)
{
        double x = along(s, e->at);

        if (text_is(e->kind, "met"))
                out_format(s->o, "<circle class=\"met\" cx=\"%.1f\" cy=\"12\" r=\"6\"/>", x);
        else if (text_is(e->kind, "message"))
                out_format(s->o, "<circle class=\"wrote\" cx=\"%.1f\" cy=\"12\" r=\"2.5\"/>", x);
        else if (text_is(e->kind, "call"))
                out_format(s->o, "<circle class=\"rang\" cx=\"%.1f\" cy=\"12\" r=\"9\"/>", x);
        else if (text_is(e->kind, "flag opened"))
                out_format(s->o,
                           "<rect class=\"flag\" x=\"%.1f\" y=\"0\" width=\"3\" height=\"5\"/>", x);
        else if (text_is(e->kind, "closing begun") || text_is(e->kind, "closed by staff"))
                out_format(s->o,
                           "<rect class=\"end\" x=\"%.1f\" y=\"4\" width=\"3\" height=\"16\"/>", x);
}

static void strip(struct sheet *s, const struct journeys_pair *p)
{
        out_format(s->o,
                   "<div><span>%s and %s</span><svg viewBox=\"0 0 %d 24\" role=\"img\" "
                   "aria-label=\"contacts\"><line class=\"line\" x1=\"%.1f\" "
                   "x2=\"%.1f\" y1=\"12\" y2=\"12\"/>",
                   name(s->r, p->mentor), name(s->r, p->mentee), STRIP_WIDTH,
                   along(s, p->activated_at),
                   along(s, p->closed_at.has ? p->closed_at.v : s->r->now));
        for (size_t i = 0; i < s->r->n_events; i++)
                if (s->r->event[i].pair == p->id)
                        mark(s, &s->r->event[i]);
        out_c(s->o, "</svg><span>");
        text(s, p->end_reason.p ? p->end_reason : p->state);
        out_c(s->o, "</span></div>");
}

static void pairs(struct sheet *s)
{
        out_c(s->o, "<section class=\"card\"><h2>The rhythm of each pair</h2><p "
                    "class=\"none\">Large dots are conversations, small ones messages, "
                    "rings are calls by the staff, red marks flags; the bar is where closing "
                    "began.</p><div class=\"pairs\">");
        for (size_t i = 0; i < s->r->pairs.n; i++)
                strip(s, &s->r->pairs.row[i]);
        out_c(s->o, "</div></section>");
}

/* ---- who was left out ---- */

static const char *why_out(struct text state)
{
        if (text_is(state, "invited"))
                return "was invited and did not answer";
        if (text_is(state, "applied"))
                return "applied after the decisions were made";
        if (text_is(state, "accepted"))
                return "did not finish the training or the profile in time";
        if (text_is(state, "waiting"))
                return "was on the waiting list, and no place came free";
        if (text_is(state, "ready"))
                return "was ready, and no partner passed the rules or said yes in time";
        return "left before there was a partner";
}

static void left_out(struct sheet *s)
{
        const struct rehearsal_left_out_list *l = &s->r->left_out;

        out_c(s->o, "<section class=\"card\"><h2>Who was left out, and why</h2>");
        if (l->n == 0)
                out_c(s->o, "<p>Nobody.</p>");
        out_c(s->o, "<ul class=\"rows\">");
        for (size_t i = 0; i < l->n; i++) {
                out_format(s->o, "<li><span class=\"what\">%s, ", name(s->r, l->row[i].person));
                text(s, l->row[i].role);
                out_format(s->o, "</span> %s</li>", why_out(l->row[i].state));
        }
        out_c(s->o, "</ul></section>");
}

/* ---- how they came together ---- */

static void together(struct sheet *s)
{
        const struct rehearsal *r = s->r;

        out_c(s->o, "<section class=\"card\"><h2>How they came together</h2>");
        out_format(s->o, "<p>%lld people said whom they would like. Circles: %lld of mentees, %lld of mentors.</p><ul class=\"rows\">",
                   (long long)rehearsal_count(r, "wishes given"), (long long)r->circles[0], (long long)r->circles[1]);
        for (size_t i = 0; i < r->sent.n; i++) {
                const struct matching_wave *w = &r->sent.row[i];
                out_format(s->o, "<li><span class=\"what\">Wave %lld: %lld proposals sent</span> %lld with two yeses, %lld declined, %lld without an "
                                 "answer in time</li>",
                           (long long)w->number, (long long)w->sent, (long long)w->accepted, (long long)w->declined, (long long)w->expired);
        }
        out_c(s->o, "</ul></section>");
}

struct text rehearsal_page(struct arena *a, const struct rehearsal *r,
                           const struct rehearsal_weeks *w)
{
        struct out o = out_new(a, 1 << 18);
        struct sheet s = {
                .pg = {.out = &o, .locale = LOCALE_EN, .zone = r->cohort.zone, .now = r->now},
                .o = &o,
                .r = r,
                .weeks = w};

        head(&s);
        opening(&s);
        out_c(&o, "</header>");
        hours(&s);
        pairs(&s);
        rules(&s);
        together(&s);
        left_out(&s);
        weeks(&s);
        out_c(&o, "</main></body></html>\n");
        return out_get(&o);
}
