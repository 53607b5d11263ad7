/*
 * How simulated people behave: one number per habit, each with a default that a programme of average luck has.  A file of
 * lines "key: value" (comments with #) overrides; docs/rehearsal.md explains every key.  Shares lie between 0 and 1.
 */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_TRUTH_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_TRUTH_H

#include "base/err.h"
#include "base/text.h"

#define REHEARSAL_TRUTH(X) \
        X(look_days, 2.5, "days between two looks at the site without a mail") \
        X(mail_opens, 0.6, "share of mails that make a person look") \
        X(mail_lifts, 2.0, "how much likelier an act is after a mail about it") \
        X(late_apply, 0.25, "share of the invited who begin and wait for a reminder") \
        X(never_apply, 0.06, "share of the invited who never answer") \
        X(confirm, 0.5, "confirms the own profile, per look") \
        X(learn, 0.55, "does a module, per look") \
        X(untrained, 0.03, "share who finish the training only after a call") \
        X(wish, 0.5, "puts a list of mentors in order, or marks mentees, per look") \
        X(rather_not, 0.05, "asks not to be with the last mentor on the list") \
        X(answer, 0.75, "answers a proposal, per look") \
        X(answer_never, 0.03, "lets a proposal lapse") \
        X(decline, 0.05, "says no to a proposal") \
        X(first_message, 0.55, "mentee writes the first message, per look") \
        X(first_reply, 0.6, "mentor answers it, per look") \
        X(message, 0.10, "writes something, per look") \
        X(by_mail, 0.35, "share of messages that come by mail") \
        X(book, 0.4, "books the next meeting, per look") \
        X(held, 0.88, "booked meetings that take place") \
        X(moved, 0.06, "booked meetings that are moved") \
        X(logged, 0.5, "says that a meeting took place, per look") \
        X(sign, 0.4, "signs the agreement, per look") \
        X(goal, 0.35, "writes a goal after the second meeting, per look") \
        X(seat_answer, 0.6, "says whether they come to a gathering, per look") \
        X(seat_yes, 0.85, "comes, of those who answer") \
        X(no_show, 0.08, "said yes and was not there") \
        X(recording, 0.2, "watches the recording of a missed gathering, per look") \
        X(pulse, 0.45, "answers a pulse or a survey, per look") \
        X(pulse_never, 0.15, "waves that a person never answers") \
        X(pulse_low, 0.05, "answers with a one or a two, or asks for contact") \
        X(drift, 0.14, "pairs that go quiet after two or three meetings") \
        X(stall, 0.06, "pairs that never get round to meeting") \
        X(early_end, 0.06, "pairs that end early, with a reason") \
        X(pause, 0.06, "pairs that pause for three to five weeks") \
        X(wake, 0.5, "a quiet pair starts anew after a call") \
        X(closing_alone, 0.10, "pairs of which only one fills in the closing cards") \
        X(card, 0.5, "fills in the closing cards, per look") \
        X(review, 0.15, "notes the half-way review, per look") \
        X(reveal, 0.05, "agrees to show name and title, per look after the second meeting") \
        X(ticket, 0.0015, "asks for help, per look") \
        X(manager, 0.2, "share who let their line manager have the dates") \
        X(phone_reached, 0.7, "is reached by telephone, per attempt") \
        X(ticket_slow, 0.3, "tickets that lie for more than a working day")

struct rehearsal_truth {
#define X(key, value, words) double key;
        REHEARSAL_TRUTH(X)
#undef X
};

extern const struct rehearsal_truth rehearsal_truth_usual;

/* The file's text over what is in *truth. Invalid names the line. */
struct err rehearsal_truth_read(struct arena *a, struct text file, struct rehearsal_truth *truth);

#endif
