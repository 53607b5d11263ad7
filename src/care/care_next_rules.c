/* Which steps of a cohort's road wait for its coordinator. */
#include "care/care_next.h"

static void add(struct care_nexts *out, bool holds, enum care_next step)
{
        if (holds)
                out->of[out->n++] = step;
}

static void before(const struct care_next_facts *f, struct care_nexts *out)
{
        bool none = f->proposals == 0 && f->pairs == 0;

        add(out, f->people == 0 && f->applications == 0, CARE_NEXT_PEOPLE);
        add(out, f->drafts > 0, CARE_NEXT_DRAFTS);
        add(out, !none && f->alone > 0, CARE_NEXT_ALONE);
        add(out, f->people > 0 && none && f->today < f->match_day, CARE_NEXT_WAIT);
        add(out, f->people > 0 && none && f->today >= f->match_day, CARE_NEXT_MATCH);
        add(out, f->launch_ready && f->drafts == 0, CARE_NEXT_LAUNCH);
}

static void after(const struct care_next_facts *f, struct care_nexts *out)
{
        bool over = f->today >= f->end_day;

        add(out, f->drafts > 0, CARE_NEXT_DRAFTS);
        add(out, f->alone > 0 && f->today < f->end_day - CARE_CARDS_DAYS, CARE_NEXT_ALONE);
        add(out, f->rematch > 0, CARE_NEXT_REMATCH);
        add(out, f->open_pairs > 0 && f->today >= f->end_day - CARE_CARDS_DAYS && f->today < f->end_day + CARE_GRACE_DAYS,
            CARE_NEXT_CLOSING);
        add(out, f->open_pairs > 0 && f->today >= f->end_day + CARE_GRACE_DAYS, CARE_NEXT_OVERDUE);
        add(out, over && f->open_pairs == 0 && !f->closed, CARE_NEXT_REPORT);
        add(out, over && f->open_pairs == 0 && !f->closed, CARE_NEXT_CLOSE);
}

void care_decide_next(const struct care_next_facts *f, struct care_nexts *out)
{
        out->n = 0;
        if (!f->opened || f->closed)
                return;
        add(out, f->applications > 0, CARE_NEXT_APPLICATIONS);
        if (f->launched)
                after(f, out);
        else
                before(f, out);
}
