/* What people answer while the window is open. */
#include "matching/matching_people.h"
#include "matching/matching_people.sql.h"
#include "people/people.h"
#include "programmes/programmes.h"

static struct err not_yours(void)
{
        return FAIL(ERR_ABSENT, "There is no list for you here", "Go to your home page to see what comes next");
}

/* A part of one's own in this cohort: mentor or mentee. */
static struct err own_part(struct tx *tx, const struct who *who, int64_t cohort, bool mentor)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, who->person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor == mentor)
                        return OK;
        return not_yours();
}

static struct err still_open(struct tx *tx, const struct who *who, int64_t cohort, bool mentor)
{
        struct matching_asked asked;

        TRY(own_part(tx, who, cohort, mentor));
        TRY(matching_asked(tx, cohort, who->person, mentor, &asked));
        return asked.open ? OK
                          : FAIL(ERR_CONFLICT, "The lists have closed",
                                 "What you had said until then counts. If something matters that is not in it, write to your coordinator");
}

struct err matching_shortlist_of(struct tx *tx, const struct who *who, int64_t cohort, bool mentor, struct matching_listed_list *out)
{
        struct matching_list_of_mentee_list mine;
        struct matching_list_of_mentor_list theirs;

        *out = (struct matching_listed_list) {0};
        TRY(own_part(tx, who, cohort, mentor));
        if (mentor) {
                TRY(matching_list_of_mentor(tx, cohort, who->person, MATCHING_LIST_MOST, &theirs));
                out->row = arena_array(tx_arena(tx), struct matching_listed, theirs.n);
                for (; out->n < theirs.n; out->n++)
                        out->row[out->n] = (struct matching_listed) {
                                .person = theirs.row[out->n].person, .reasons = theirs.row[out->n].reasons,
                                .marked = theirs.row[out->n].marked};
                return OK;
        }
        TRY(matching_list_of_mentee(tx, cohort, who->person, &mine));
        out->row = arena_array(tx_arena(tx), struct matching_listed, mine.n);
        for (; out->n < mine.n; out->n++)
                out->row[out->n] = (struct matching_listed) {
                        .person = mine.row[out->n].person, .reasons = mine.row[out->n].reasons,
                        .rank = mine.row[out->n].rank.has ? mine.row[out->n].rank.v : 0, .not_with = mine.row[out->n].not_with};
        return OK;
}

static bool is_on(const struct matching_listed_list *list, int64_t person)
{
        for (size_t i = 0; i < list->n; i++)
                if (list->row[i].person == person)
                        return true;
        return false;
}

/* names: "rank1" .. "rank5", the fields of the page in the order of the choices. */
static struct err check_choices(struct tx *tx, const struct matching_listed_list *list, const struct matching_choice *choice, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                const char *at = text_format(tx_arena(tx), "rank%zu", i + 1).p;
                if (!is_on(list, choice[i].mentor))
                        return not_yours();
                if (choice[i].rank < 0 || choice[i].rank > MATCHING_LIST_MOST)
                        return FAIL_AT(ERR_INVALID, "A place is a number from 1 to 5", at, "Choose one of them, or no opinion");
                if (choice[i].rank > 0 && choice[i].not_with)
                        return FAIL_AT(ERR_INVALID, "You gave a place to somebody you would rather not work with", at,
                                       "Choose no opinion there, or take the other mark away");
                for (size_t k = 0; k < i; k++) {
                        if (choice[k].mentor == choice[i].mentor)
                                return not_yours();
                        if (choice[i].rank > 0 && choice[k].rank == choice[i].rank)
                                return FAIL_AT(ERR_INVALID, "Two mentors have the same place", at, "Give each a place of their own");
                }
        }
        return OK;
}

struct err matching_rank(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_choice *choice, size_t n)
{
        struct matching_listed_list list;

        TRY(still_open(tx, who, cohort, false));
        TRY(matching_shortlist_of(tx, who, cohort, false, &list));
        TRY(check_choices(tx, &list, choice, n));
        TRY(matching_rank_clear(tx, cohort, who->person));
        for (size_t i = 0; i < n; i++) {
                if (choice[i].rank > 0)
                        TRY(matching_rank_put(tx, cohort, who->person, choice[i].mentor, choice[i].rank));
                TRY(choice[i].not_with ? matching_avoid_put(tx, cohort, who->person, choice[i].mentor, tx_now(tx))
                                       : matching_avoid_drop(tx, cohort, who->person, choice[i].mentor));
        }
        return matching_answered_put(tx, cohort, who->person, TEXT("mentee"), tx_now(tx));
}

struct err matching_mark(struct tx *tx, const struct who *who, int64_t cohort, const int64_t *mentees, size_t n)
{
        struct matching_listed_list list;

        TRY(still_open(tx, who, cohort, true));
        TRY(matching_shortlist_of(tx, who, cohort, true, &list));
        TRY(matching_mark_clear(tx, cohort, who->person));
        for (size_t i = 0; i < n; i++) {
                if (!is_on(&list, mentees[i]))
                        return not_yours();
                for (size_t k = 0; k < i; k++)
                        if (mentees[k] == mentees[i])
                                return not_yours();
                TRY(matching_mark_put(tx, cohort, who->person, mentees[i], tx_now(tx)));
        }
        return matching_answered_put(tx, cohort, who->person, TEXT("mentor"), tx_now(tx));
}

/* ---- for staff ---- */

struct err matching_wishes(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, struct matching_wish_list *out)
{
        struct matching_wish_rows_list rows;
        struct matching_answered_row at;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_wish_rows(tx, cohort, mentee, &rows));
        *out = (struct matching_wish_list) {.row = arena_array(tx_arena(tx), struct matching_wish, rows.n + 1)};
        TRY(matching_answered_row(tx, cohort, mentee, TEXT("mentee"), &out->answered, &at));
        for (; out->n < rows.n; out->n++) {
                const struct matching_wish_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_wish) {r->mentor, r->rank.has ? r->rank.v : 0, r->not_with, r->marked};
        }
        return OK;
}
