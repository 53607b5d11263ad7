/*
 * The closed lists of a pack: what its words may be.  A word that is not here is a mistake in the
 * pack, reported with file and line.  Add one here, in pack_words.c and in docs/packs.md, together
 * with the code that understands it.
 *
 * Each list has NAME_word() (static, as written in pack.yaml) and NAME_of() (false if there is no
 * such word).
 */
#ifndef TELEMACHUS_CONTENT_PACK_WORDS_H
#define TELEMACHUS_CONTENT_PACK_WORDS_H

#include "base/text.h"

/* Whom a step, module or library item is for. */
enum pack_side { PACK_MENTOR, PACK_MENTEE, PACK_BOTH, PACK_COORDINATOR, PACK_MANAGER, PACK_SIDES };

/* Is something for `who` also for that reader?  BOTH is for mentors and mentees. */
static inline bool pack_side_has(enum pack_side who, enum pack_side reader)
{
        return who == reader ||
               (who == PACK_BOTH && (reader == PACK_MENTOR || reader == PACK_MENTEE));
}

/* Whom a reminder goes to. */
enum pack_to {
        PACK_TO_MENTOR, PACK_TO_MENTEE, PACK_TO_BOTH, PACK_TO_COORDINATOR, PACK_TO_DEPUTY,
        PACK_TO_APPLICANT,
        PACK_TO_INVITED_MENTOR, PACK_TO_INVITED_MENTEE, PACK_TO_MANAGER, PACK_TO_SPONSOR,
        PACK_TO_GOAL_OWNER, PACK_TOS,
};

enum pack_class {
        PACK_EVENT,             /* at once, at any hour */
        /* 09:30 where the reader is, working days, at most two in any rolling seven days */
        PACK_PROGRAMME,
        PACK_STAFF,             /* for coordinators; the desk shows it too */
        PACK_CLASSES,
};

/* Fixed points of a programme, for dates. */
enum pack_base {
        PACK_BASE_LAUNCH,       /* L */
        PACK_BASE_END,          /* E: planned end */
        PACK_BASE_MID,          /* M: the mid gathering */
        PACK_BASE_CLOSED,       /* closed: a pair's early ending */
        PACK_BASE_RED,          /* red: since when a red flag stands; counts working days */
        PACK_BASES,
};

/* What a reminder is counted from. */
enum pack_anchor {
        PACK_RECRUIT_OPEN, PACK_RECRUIT_CLOSE, PACK_DRAFT_STARTED, PACK_DECISION,
        PACK_TRAINING_ASSIGNED, PACK_TRAINING_GATE,
        PACK_RANKING_OPEN, PACK_RANKING_CLOSE, PACK_PROPOSAL, PACK_PROPOSAL_EXPIRY,
        PACK_ACTIVATION, PACK_FIRST_MESSAGE_DUE,
        PACK_AT_GATHERING,
        PACK_CLOCK_START,       /* later of activation and launch */
        PACK_MEETING, PACK_FIRST_MEETING, PACK_SECOND_MEETING, PACK_THIRD_MEETING,
        PACK_RHYTHM_SOON,       /* last contact + 3/4 of the agreed cadence */
        PACK_RHYTHM_BROKEN,     /* last contact + min(cadence + 7, 28) days */
        PACK_LAST_CONTACT,
        PACK_AMBER,             /* an amber flag was raised */
        PACK_PHASE_CHANGE, PACK_WAVE_PULSE, PACK_SURVEY_MID, PACK_MID_GATHERING, PACK_GOAL_DATE,
        PACK_PLANNED_END, PACK_SURVEY_END,
        PACK_MONDAY, PACK_TICKET, PACK_CALL_DUE, PACK_LAUNCH, PACK_CLOSED, PACK_ANCHORS,
};

/*
 * What can be true of a person, a pair or an occasion.  A set of them is a uint64_t of PACK_FACT()
 * bits.
 */
enum pack_fact {
        PACK_APPLIED, PACK_DECLINED_INVITATION, PACK_SUBMITTED, PACK_CORE_COMPLETE, PACK_RANKED,
        PACK_ANSWERED,
        PACK_FIRST_MESSAGE_SENT, PACK_MEETING_BOOKED, PACK_MET, PACK_MEETING_LOGGED,
        PACK_AGREEMENT_SIGNED, PACK_GOAL_SET,
        PACK_CONTACT_SINCE, PACK_PAUSED, PACK_REGISTERED, PACK_ATTENDED, PACK_MISSED,
        PACK_PULSE_ANSWERED, PACK_MID_ANSWERED,
        PACK_END_ANSWERED, PACK_FOLLOWUP_ANSWERED, PACK_REVIEW_LOGGED, PACK_CLOSING_BOOKED,
        PACK_CLOSING_DONE, PACK_GOAL_CLOSED,
        PACK_CALL_SCHEDULED, PACK_TICKET_ANSWERED, PACK_MANAGER_OPTED_IN, PACK_PROFILE_CONFIRMED,
        PACK_FIRST_REPLY_SENT,
        PACK_FULL_GUIDANCE,             /* the reader wants everything spelt out: letters between the others */
        PACK_FACT_NEVER, PACK_FACTS,
};

#define PACK_FACT(fact) (UINT64_C(1) << (fact))

/* What a button does. */
enum pack_action {
        PACK_DO_HOME, PACK_DO_LEARN, PACK_DO_MODULE, PACK_DO_FIRST_MESSAGE, PACK_DO_THREAD,
        PACK_DO_BOOK, PACK_DO_DID_MEET,
        PACK_DO_WE_SPOKE, PACK_DO_MOVE_MEETING, PACK_DO_PAUSE, PACK_DO_HELP, PACK_DO_PULSE,
        PACK_DO_SURVEY, PACK_DO_RANK,
        PACK_DO_PROPOSAL, PACK_DO_ACCEPT, PACK_DO_DECLINE, PACK_DO_GATHERING, PACK_DO_ATTEND,
        PACK_DO_RECORDING,
        PACK_DO_AGREEMENT, PACK_DO_GOALS, PACK_DO_AGENDA, PACK_DO_REVIEW, PACK_DO_CLOSING,
        PACK_DO_CONTACT_CHOICE,
        PACK_DO_CERTIFICATE, PACK_DO_RETURN_AS_MENTOR, PACK_DO_DESK, PACK_DO_CALLS, PACK_DO_FLAGS,
        PACK_DO_REPORT,
        PACK_DO_APPLY, PACK_DO_DECLINE_INVITATION, PACK_DO_TICKET, PACK_DO_DIGEST, PACK_ACTIONS,
};

/* The holes of a letter. */
enum pack_hole {
        PACK_HOLE_FIRST_NAME, PACK_HOLE_PARTNER, PACK_HOLE_PROGRAMME, PACK_HOLE_COHORT,
        PACK_HOLE_COORDINATOR,
        PACK_HOLE_MINUTES, PACK_HOLE_DATE, PACK_HOLE_TIME, PACK_HOLE_ZONE, PACK_HOLE_PLACE,
        PACK_HOLE_LINK_TEXT,
        PACK_HOLE_LIST, PACK_HOLE_COUNT, PACK_HOLE_N, PACK_HOLE_AGENDA, PACK_HOLE_REASON1,
        PACK_HOLE_REASON2,
        PACK_HOLE_REASON3, PACK_HOLE_DAYS, PACK_HOLE_CADENCE, PACK_HOLE_MODULE, PACK_HOLE_PHASE,
        PACK_HOLE_GOAL,
        PACK_HOLE_MEETINGS_LEFT, PACK_HOLE_DEADLINE, PACK_HOLES,
};

/* A cohort has at least one each of prepare, connect (by day 30) and close. */
enum pack_gathering_kind {
        PACK_PREPARE, PACK_CONNECT, PACK_MID, PACK_CLOSE, PACK_GATHERING_ANY, PACK_GATHERING_KINDS,
};

enum pack_wave {
        PACK_WAVE_BASELINE, PACK_WAVE_PULSES, PACK_WAVE_MID, PACK_WAVE_END, PACK_WAVE_FOLLOWUP,
        PACK_WAVES,
};

enum pack_question_kind { PACK_SCALE, PACK_CHOICE, PACK_FREE_TEXT, PACK_QUESTION_KINDS };

/* Who reads an answer. */
enum pack_audience {
        PACK_AUDIENCE_NUMBERS,          /* only as a number over at least five people */
        PACK_AUDIENCE_COORDINATOR,      /* the coordinator, with the name */
        PACK_AUDIENCES,
};

enum pack_call_who {
        PACK_CALL_EVERYONE, PACK_CALL_FLAGGED, PACK_CALL_RISK, PACK_CALL_CLOSERS, PACK_CALL_RED,
        PACK_CALL_NOSHOW, PACK_CALL_WHOS,
};

const char *pack_side_word(enum pack_side v);
const char *pack_to_word(enum pack_to v);
const char *pack_class_word(enum pack_class v);
const char *pack_base_word(enum pack_base v);
const char *pack_anchor_word(enum pack_anchor v);
const char *pack_fact_word(enum pack_fact v);
const char *pack_action_word(enum pack_action v);
const char *pack_hole_word(enum pack_hole v);
const char *pack_gathering_kind_word(enum pack_gathering_kind v);
const char *pack_wave_word(enum pack_wave v);
const char *pack_question_kind_word(enum pack_question_kind v);
const char *pack_audience_word(enum pack_audience v);
const char *pack_call_who_word(enum pack_call_who v);

bool pack_side_of(struct text t, enum pack_side *out);
bool pack_class_of(struct text t, enum pack_class *out);
bool pack_anchor_of(struct text t, enum pack_anchor *out);
bool pack_fact_of(struct text t, enum pack_fact *out);
bool pack_action_of(struct text t, enum pack_action *out);
bool pack_hole_of(struct text t, enum pack_hole *out);
bool pack_gathering_kind_of(struct text t, enum pack_gathering_kind *out);
bool pack_wave_of(struct text t, enum pack_wave *out);

#endif
