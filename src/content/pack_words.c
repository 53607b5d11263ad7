#include "content/pack_words.h"

#include "base/err.h"

/*
 * NAME_word() and NAME_of() of one list; the table is indexed by the enum, so the compiler counts
 * it.
 */
#define WORD_OF(type, table) \
        const char *pack_##type##_word(enum pack_##type v) \
        { \
                must((size_t)v < sizeof table / sizeof *table && table[v] != NULL); \
                return table[v]; \
        }

#define FIND_IN(type, table) \
        bool pack_##type##_of(struct text t, enum pack_##type *out) \
        { \
                for (size_t i = 0; i < sizeof table / sizeof *table; i++) { \
                        if (table[i] != NULL && text_is(t, table[i])) { \
                                *out = (enum pack_##type)i; \
                                return true; \
                        } \
                } \
                return false; \
        }

static const char *const sides[PACK_SIDES] = {
        [PACK_MENTOR] = "mentor", [PACK_MENTEE] = "mentee", [PACK_BOTH] = "both",
        [PACK_COORDINATOR] = "coordinator", [PACK_MANAGER] = "manager",
};
WORD_OF(side, sides)
FIND_IN(side, sides)

static const char *const tos[PACK_TOS] = {
        [PACK_TO_MENTOR] = "mentor", [PACK_TO_MENTEE] = "mentee", [PACK_TO_BOTH] = "both",
        [PACK_TO_COORDINATOR] = "coordinator", [PACK_TO_DEPUTY] = "deputy",
        [PACK_TO_APPLICANT] = "applicant",
        [PACK_TO_INVITED_MENTOR] = "invited_mentor", [PACK_TO_INVITED_MENTEE] = "invited_mentee",
        [PACK_TO_MANAGER] = "manager", [PACK_TO_SPONSOR] = "sponsor",
        [PACK_TO_GOAL_OWNER] = "goal_owner",
};
WORD_OF(to, tos)

static const char *const classes[PACK_CLASSES] = {
        [PACK_EVENT] = "event", [PACK_PROGRAMME] = "programme", [PACK_STAFF] = "staff",
};
WORD_OF(class, classes)
FIND_IN(class, classes)

static const char *const bases[PACK_BASES] = {
        [PACK_BASE_LAUNCH] = "L", [PACK_BASE_END] = "E", [PACK_BASE_MID] = "M",
        [PACK_BASE_CLOSED] = "closed",
        [PACK_BASE_RED] = "red",
};
WORD_OF(base, bases)

static const char *const anchors[PACK_ANCHORS] = {
        [PACK_RECRUIT_OPEN] = "recruit_open", [PACK_RECRUIT_CLOSE] = "recruit_close",
        [PACK_DRAFT_STARTED] = "draft_started", [PACK_DECISION] = "decision",
        [PACK_TRAINING_ASSIGNED] = "training_assigned", [PACK_TRAINING_GATE] = "training_gate",
        [PACK_RANKING_OPEN] = "ranking_open", [PACK_RANKING_CLOSE] = "ranking_close",
        [PACK_PROPOSAL] = "proposal", [PACK_PROPOSAL_EXPIRY] = "proposal_expiry",
        [PACK_ACTIVATION] = "activation", [PACK_FIRST_MESSAGE_DUE] = "first_message_due",
        [PACK_AT_GATHERING] = "gathering", [PACK_CLOCK_START] = "clock_start",
        [PACK_MEETING] = "meeting",
        [PACK_FIRST_MEETING] = "first_meeting", [PACK_SECOND_MEETING] = "second_meeting",
        [PACK_THIRD_MEETING] = "third_meeting", [PACK_RHYTHM_SOON] = "rhythm_soon",
        [PACK_RHYTHM_BROKEN] = "rhythm_broken", [PACK_LAST_CONTACT] = "last_contact",
        [PACK_AMBER] = "amber",
        [PACK_PHASE_CHANGE] = "phase_change", [PACK_WAVE_PULSE] = "wave_pulse",
        [PACK_SURVEY_MID] = "survey_mid",
        [PACK_MID_GATHERING] = "mid_gathering", [PACK_GOAL_DATE] = "goal_date",
        [PACK_PLANNED_END] = "planned_end",
        [PACK_SURVEY_END] = "survey_end", [PACK_MONDAY] = "monday", [PACK_TICKET] = "ticket",
        [PACK_CALL_DUE] = "call_due", [PACK_LAUNCH] = "launch", [PACK_CLOSED] = "closed",
};
WORD_OF(anchor, anchors)
FIND_IN(anchor, anchors)

static const char *const facts[PACK_FACTS] = {
        [PACK_APPLIED] = "applied", [PACK_DECLINED_INVITATION] = "declined_invitation",
        [PACK_SUBMITTED] = "submitted", [PACK_CORE_COMPLETE] = "core_complete",
        [PACK_RANKED] = "ranked",
        [PACK_ANSWERED] = "answered", [PACK_FIRST_MESSAGE_SENT] = "first_message_sent",
        [PACK_MEETING_BOOKED] = "meeting_booked", [PACK_MET] = "met",
        [PACK_MEETING_LOGGED] = "meeting_logged",
        [PACK_AGREEMENT_SIGNED] = "agreement_signed", [PACK_GOAL_SET] = "goal_set",
        [PACK_CONTACT_SINCE] = "contact_since", [PACK_PAUSED] = "paused",
        [PACK_REGISTERED] = "registered",
        [PACK_ATTENDED] = "attended", [PACK_MISSED] = "missed",
        [PACK_PULSE_ANSWERED] = "pulse_answered",
        [PACK_MID_ANSWERED] = "mid_answered", [PACK_END_ANSWERED] = "end_answered",
        [PACK_FOLLOWUP_ANSWERED] = "followup_answered", [PACK_REVIEW_LOGGED] = "review_logged",
        [PACK_CLOSING_BOOKED] = "closing_booked", [PACK_CLOSING_DONE] = "closing_done",
        [PACK_GOAL_CLOSED] = "goal_closed", [PACK_CALL_SCHEDULED] = "call_scheduled",
        [PACK_TICKET_ANSWERED] = "ticket_answered", [PACK_MANAGER_OPTED_IN] = "manager_opted_in",
        [PACK_PROFILE_CONFIRMED] = "profile_confirmed",
        [PACK_FIRST_REPLY_SENT] = "first_reply_sent", [PACK_FULL_GUIDANCE] = "full_guidance",
        [PACK_FACT_NEVER] = "never",
};
WORD_OF(fact, facts)
FIND_IN(fact, facts)

static const char *const actions[PACK_ACTIONS] = {
        [PACK_DO_HOME] = "home", [PACK_DO_LEARN] = "learn", [PACK_DO_MODULE] = "module",
        [PACK_DO_FIRST_MESSAGE] = "first_message", [PACK_DO_THREAD] = "thread",
        [PACK_DO_BOOK] = "book",
        [PACK_DO_DID_MEET] = "did_meet", [PACK_DO_WE_SPOKE] = "we_spoke",
        [PACK_DO_MOVE_MEETING] = "move_meeting",
        [PACK_DO_PAUSE] = "pause", [PACK_DO_HELP] = "help", [PACK_DO_PULSE] = "pulse",
        [PACK_DO_SURVEY] = "survey",
        [PACK_DO_RANK] = "rank", [PACK_DO_PROPOSAL] = "proposal", [PACK_DO_ACCEPT] = "accept",
        [PACK_DO_DECLINE] = "decline", [PACK_DO_GATHERING] = "gathering",
        [PACK_DO_ATTEND] = "attend",
        [PACK_DO_RECORDING] = "recording", [PACK_DO_AGREEMENT] = "agreement",
        [PACK_DO_GOALS] = "goals",
        [PACK_DO_AGENDA] = "agenda", [PACK_DO_REVIEW] = "review", [PACK_DO_CLOSING] = "closing",
        [PACK_DO_CONTACT_CHOICE] = "contact_choice", [PACK_DO_CERTIFICATE] = "certificate",
        [PACK_DO_RETURN_AS_MENTOR] = "return_as_mentor", [PACK_DO_DESK] = "desk",
        [PACK_DO_CALLS] = "calls",
        [PACK_DO_FLAGS] = "flags", [PACK_DO_REPORT] = "report", [PACK_DO_APPLY] = "apply",
        [PACK_DO_DECLINE_INVITATION] = "decline_invitation", [PACK_DO_TICKET] = "ticket",
        [PACK_DO_DIGEST] = "digest",
};
WORD_OF(action, actions)
FIND_IN(action, actions)

static const char *const holes[PACK_HOLES] = {
        [PACK_HOLE_FIRST_NAME] = "first_name", [PACK_HOLE_PARTNER] = "partner",
        [PACK_HOLE_PROGRAMME] = "programme",
        [PACK_HOLE_COHORT] = "cohort", [PACK_HOLE_COORDINATOR] = "coordinator",
        [PACK_HOLE_MINUTES] = "minutes",
        [PACK_HOLE_DATE] = "date", [PACK_HOLE_TIME] = "time", [PACK_HOLE_ZONE] = "zone",
        [PACK_HOLE_PLACE] = "place",
        [PACK_HOLE_LINK_TEXT] = "link_text", [PACK_HOLE_LIST] = "list", [PACK_HOLE_COUNT] = "count",
        [PACK_HOLE_N] = "n", [PACK_HOLE_AGENDA] = "agenda", [PACK_HOLE_REASON1] = "reason1",
        [PACK_HOLE_REASON2] = "reason2", [PACK_HOLE_REASON3] = "reason3", [PACK_HOLE_DAYS] = "days",
        [PACK_HOLE_CADENCE] = "cadence", [PACK_HOLE_MODULE] = "module", [PACK_HOLE_PHASE] = "phase",
        [PACK_HOLE_GOAL] = "goal", [PACK_HOLE_MEETINGS_LEFT] = "meetings_left",
        [PACK_HOLE_DEADLINE] = "deadline",
};
WORD_OF(hole, holes)
FIND_IN(hole, holes)

static const char *const gathering_kinds[PACK_GATHERING_KINDS] = {
        [PACK_PREPARE] = "prepare", [PACK_CONNECT] = "connect", [PACK_MID] = "mid",
        [PACK_CLOSE] = "close",
        [PACK_GATHERING_ANY] = "any",
};
WORD_OF(gathering_kind, gathering_kinds)
FIND_IN(gathering_kind, gathering_kinds)

static const char *const waves[PACK_WAVES] = {
        [PACK_WAVE_BASELINE] = "baseline", [PACK_WAVE_PULSES] = "pulse", [PACK_WAVE_MID] = "mid",
        [PACK_WAVE_END] = "end", [PACK_WAVE_FOLLOWUP] = "followup",
};
WORD_OF(wave, waves)
FIND_IN(wave, waves)

static const char *const question_kinds[PACK_QUESTION_KINDS] = {
        [PACK_SCALE] = "scale5", [PACK_CHOICE] = "choice", [PACK_FREE_TEXT] = "text",
};
WORD_OF(question_kind, question_kinds)

static const char *const audiences[PACK_AUDIENCES] = {
        [PACK_AUDIENCE_NUMBERS] = "numbers", [PACK_AUDIENCE_COORDINATOR] = "coordinator",
};
WORD_OF(audience, audiences)

static const char *const call_whos[PACK_CALL_WHOS] = {
        [PACK_CALL_EVERYONE] = "everyone", [PACK_CALL_FLAGGED] = "flagged",
        [PACK_CALL_RISK] = "risk",
        [PACK_CALL_CLOSERS] = "closers", [PACK_CALL_RED] = "red", [PACK_CALL_NOSHOW] = "noshow",
};
WORD_OF(call_who, call_whos)
