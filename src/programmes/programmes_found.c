#include "programmes/programmes_found.h"

#include "html/format.h"
#include "html/messages.h"

static struct text of_all(struct arena *a, enum locale l, const char *english, int64_t n,
                          int64_t all)
{
        return msg_with(a, l, english, "n", format_count(a, l, n), "all", format_count(a, l, all),
                        NULL);
}

static struct text plan(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        if (!f->purpose)
                return text_of(msg(l, M_("Nobody has written yet what the programme is for.")));
        if (!f->in_order)
                return text_of(msg(l, M_("A phase ends before it begins.")));
        return msg_plural(a, l, f->phases, M_("One phase has its dates."),
                          M_("{n} phases have their dates."));
}

static struct text gatherings(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        if (f->gatherings >= 3 && !f->prepare)
                return text_of(msg(l, M_("None of them prepares people for the launch.")));
        if (f->gatherings >= 3 && !f->connect_by_30)
                return text_of(msg(l, M_("None of them connects people by day 30.")));
        if (f->gatherings >= 3 && !f->close)
                return text_of(msg(l, M_("None of them closes the programme.")));
        return msg_plural(a, l, f->gatherings, M_("One gathering is planned."),
                          M_("{n} gatherings are planned."));
}

static struct text materials(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        return msg_with(a, l,
                        M_("Core modules: {mentor} for mentors, {mentee} for mentees. Pages to "
                           "read: {mine} and {yours}."),
                        "mentor", format_count(a, l, f->mentor_modules), "mentee",
                        format_count(a, l, f->mentee_modules), "mine",
                        format_count(a, l, f->mentor_pages), "yours",
                        format_count(a, l, f->mentee_pages), NULL);
}

static struct text hours(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        return msg_with(a, l, M_("Week {week} takes {peak} hours; there are {hours} a week."),
                        "week", text_format(a, "%lld", (long long)f->peak_week + 1), "peak",
                        format_number(a, l, f->peak, 1), "hours",
                        format_number(a, l, f->staff_hours, 1), NULL);
}

static struct text mail(enum locale l, const struct programmes_facts *f)
{
        return text_of(msg(l, f->mail_proven ? M_("A test mail arrived and its link was followed.")
                              : f->mail_sent
                                      ? M_("A test mail was sent; its link has not been followed.")
                                      : M_("No test mail was sent in the last 90 days.")));
}

static struct text pairs(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        if (f->unanswered)
                return msg_plural(a, l, f->unanswered, M_("One proposal waits for an answer."),
                                  M_("{n} proposals wait for an answer."));
        if (f->accepted_waiting)
                return msg_plural(a, l, f->accepted_waiting,
                                  M_("One accepted pair waits for training or a profile."),
                                  M_("{n} accepted pairs wait for training or a profile."));
        return f->pairs ? msg_plural(a, l, f->pairs, M_("One pair is ready."),
                                     M_("{n} pairs are ready."))
                        : text_of(msg(l, M_("There is no pair yet.")));
}

static struct text sittings(struct arena *a, enum locale l, const struct programmes_facts *f)
{
        if (!f->people)
                return text_of(msg(l, M_("Nobody is in this cohort yet.")));
        return of_all(a, l,
                      M_("{n} of {all} people have one between 07:00 and 22:00 of their own zone, "
                         "for every gathering."),
                      f->people - f->seatless, f->people);
}

static struct text in_pairs(struct arena *a, enum locale l, const char *english, int64_t lack,
                            int64_t all)
{
        return all ? of_all(a, l, english, all - lack, all)
                   : text_of(msg(l, M_("Nobody is in a pair or a proposal yet.")));
}

struct text programmes_found(struct arena *a, int locale, enum programmes_need need,
                             const struct programmes_facts *f)
{
        enum locale l = (enum locale)locale;

        switch (need) {
        case NEED_PLAN: return plan(a, l, f);
        case NEED_SUCCESS:
                return text_of(msg(l, f->success_signed ? M_("Signed.")
                                      : f->success_written
                                              ? M_("It is written, and no sponsor has signed it.")
                                              : M_("It is not written yet.")));
        case NEED_GATHERINGS: return gatherings(a, l, f);
        case NEED_MATERIALS: return materials(a, l, f);
        case NEED_REMINDERS:
                return msg_plural(a, l, f->letters, M_("One letter is ready."),
                                  M_("{n} letters are ready; each stops when its step is done."));
        case NEED_HELP:
                return text_of(
                        msg(l, f->help ? M_("People find a name and an address on the help page.")
                                       : M_("No name, or no mail address.")));
        case NEED_CONTACT:
                return f->contacts ? msg_plural(a, l, f->contacts, M_("One person reads them."),
                                                M_("{n} people read them."))
                                   : text_of(msg(l, M_("Nobody would read a concern.")));
        case NEED_PRIVACY:
                return text_of(msg(l, f->assessed   ? M_("Whoever answers for data protection has agreed.")
                                      : f->answered ? M_("It is not agreed yet; somebody answers for beginning without.")
                                                    : M_("Nobody has confirmed the assessment. What people write would be kept without it.")));
        case NEED_HOURS: return hours(a, l, f);
        case NEED_MAIL: return mail(l, f);
        case NEED_OPENED:
                return text_of(msg(l, f->opened ? M_("They are open.")
                                                : M_("They have not been opened.")));
        case NEED_SITTINGS: return sittings(a, l, f);
        case NEED_LINKS:
                return of_all(a, l, M_("{n} of {all} sittings have a link."), f->linked,
                              f->sittings);
        case NEED_PAIRS: return pairs(a, l, f);
        case NEED_TRAINED:
                return in_pairs(a, l,
                                M_("{n} of {all} people in a pair or a proposal have done the core "
                                   "modules."),
                                f->untrained, f->paired);
        case NEED_PROFILES:
                return in_pairs(a, l,
                                M_("{n} of {all} people in a pair or a proposal have confirmed "
                                   "their profile."),
                                f->unconfirmed, f->paired);
        case NEEDS: break;
        }
        must(!"a requirement outside its enum");
}
