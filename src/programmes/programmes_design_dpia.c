/* The data protection assessment: the pack's text with what the worksheet knows. */
#include "base/app.h"
#include "base/out.h"
#include "html/format.h"
#include "html/messages.h"
#include "people/people.h"
#include "programmes/programmes_design.h"

#include <string.h>

struct blank { const char *name; struct text value; };

static struct text basis_words(enum locale l, struct text basis)
{
        if (text_is(basis, "consent"))
                return text_of(msg(l, M_("Consent (Article 6(1)(a) GDPR): given by applying, and withdrawn at any time by leaving.")));
        if (text_is(basis, "interest"))
                return text_of(msg(l, M_("Legitimate interests (Article 6(1)(f) GDPR): developing people who ask for it, weighed against their privacy below.")));
        if (text_is(basis, "contract"))
                return text_of(msg(l, M_("The employment relationship (Article 6(1)(b) and Article 88 GDPR), as far as an agreement with the "
                                         "staff representatives provides for it.")));
        if (text_is(basis, "task"))
                return text_of(msg(l, M_("A task in the public interest (Article 6(1)(e) GDPR).")));
        return text_of("______");
}

static struct text or_line(struct text t) { return text_empty(t) ? text_of("______") : t; }

/* "Too few: ask early" lines become bullets. */
static struct text bullets(struct arena *a, struct text lines)
{
        struct out o = out_new(a, lines.n + 64);

        while (!text_empty(lines)) {
                struct text line = text_trim(text_cut(lines, '\n', &lines));

                if (!text_empty(line)) {
                        out_c(&o, o.n ? "\n- " : "- ");
                        out_text(&o, line);
                }
        }
        return o.n ? out_get(&o) : text_of("______");
}

static struct text fill(struct arena *a, struct text t, const struct blank *blank, size_t n)
{
        struct out o = out_new(a, t.n + 4096);

        for (size_t i = 0; i < t.n; i++) {
                const char *end = t.p[i] == '{' ? memchr(t.p + i, '}', t.n - i) : NULL;
                size_t k = 0;

                while (end && k < n && !text_is((struct text) {t.p + i + 1, (size_t)(end - t.p) - i - 1}, blank[k].name))
                        k++;
                if (!end || k == n) {
                        out_char(&o, t.p[i]);
                        continue;
                }
                out_text(&o, blank[k].value);
                i = (size_t)(end - t.p);
        }
        return out_get(&o);
}

static const struct pack_text *text_of_pack(const struct packs *packs, struct text name, enum locale l)
{
        const struct pack *p = packs_find(packs, name), *nine = packs_find(packs, TEXT("nine-months"));
        const struct pack_text *t = p ? pack_library_text(p, TEXT("dpia"), l) : NULL;

        return t || !nine ? t : pack_library_text(nine, TEXT("dpia"), l);
}

static struct text day_words(struct arena *a, enum locale l, int64_t day)
{
        return day ? format_day_year(a, l, day) : text_of("______");
}

static struct text number(struct arena *a, int64_t n)
{
        return n ? text_format(a, "%lld", (long long)n) : text_of("______");
}

struct err programmes_dpia(struct tx *tx, const struct programmes_design *d, enum locale l, struct text *out)
{
        const struct packs *packs = tx_app(tx)->packs;
        const struct pack_text *t = text_of_pack(packs, d->pack, l);
        const struct pack *p = packs_find(packs, d->pack);
        struct arena *a = tx_arena(tx);
        struct people_person by;

        if (!t)
                return FAIL(ERR_ABSENT, "No template has a text \"dpia\" in its library", "Add library/en/dpia.md to the template");
        TRY(people_get(tx, d->by_person, &by));
        const struct blank blanks[] = {
                {"today", format_day_year(a, l, zone_day(by.zone, tx_now(tx)))},
                {"coordinator", text_format(a, "%s %s", by.first_name.p, by.last_name.p)},
                {"sponsor", or_line(d->sponsor_name)}, {"officer", or_line(d->officer)}, {"purpose", or_line(d->purpose)},
                {"audience", or_line(d->audience)}, {"pairs", number(a, d->size)}, {"people", number(a, 2 * d->size)},
                {"from", day_words(a, l, d->launch_day)}, {"until", day_words(a, l, p && d->launch_day ? pack_end_day(p, d->launch_day) : 0)},
                {"basis", basis_words(l, d->basis)}, {"risks", bullets(a, d->risks)}};
        *out = text_format(a, "# %.*s\n\n%s\n", (int)t->title.n, t->title.p, fill(a, t->body, blanks, sizeof blanks / sizeof *blanks).p);
        return OK;
}
