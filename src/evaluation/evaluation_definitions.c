/* What each figure is. docs/figures.md says the same with more words; the page, the files and the letters take it from here. */
#include "evaluation/evaluation.h"

#include "evaluation/evaluation_cells.h"
#include "html/messages.h"

#define WILSON M_("Wilson's interval of a share")
#define CLUSTERS M_("interval of a share over pairs or people, whose cases hang together")
#define MEDIAN M_("interval of a middle value, from its order statistics")
#define MEAN M_("interval of a mean, Student's t")
#define SURVIVAL M_("Greenwood's interval, on the log-log scale")

enum { K = EVALUATION_K };

const struct evaluation_definition evaluation_definitions[] = {
        {"application", M_("Applied"), M_("people who have applied, of those invited"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"match-mentee", M_("Mentees who have a mentor"), M_("people in a pair, of those accepted"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, true},
        {"match-mentor", M_("Mentors who have a mentee"), M_("people in a pair, of those accepted"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"mentors-per-mentee", M_("Mentors for each mentee"), M_("mentors accepted, over mentees accepted"), NULL, SECTION_PROGRAMME_PROCESS, UNIT_COUNT, K, false, false},
        {"capacity", M_("Places taken"), M_("pairs that were not ended early, of all places that mentors offered"), NULL, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"first-choice", M_("Got their first choice"), M_("mentees whose mentor was first on their list, of those in a pair who made one"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"top-three", M_("Got one of their first three"), M_("mentees whose mentor was among the first three of their list, of those in a pair who made one"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"declined", M_("Proposals declined"), M_("proposals to which one of the two said no, of those sent"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"training", M_("Core training done in time"), M_("people with every required module before their pair began, of those in a pair"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, true},
        {"calls", M_("Calls made as planned"), M_("calls made, of those whose time is over"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, true},
        {"attendance-live", M_("Came to the gatherings"), M_("people who were there live, of those invited"), CLUSTERS, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, true},
        {"attendance-any", M_("Came or saw the recording"), M_("people who were there or saw at least half of the recording, of those invited"), CLUSTERS, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"response", M_("Answered when asked"), M_("pulses and surveys answered, of those sent"), CLUSTERS, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, true},
        {"flag-days", M_("Time until a flag is settled"), M_("middle value of the days from the opening of a flag to its closing"), MEDIAN, SECTION_PROGRAMME_PROCESS, UNIT_DAYS, K, false, false},
        {"red-in-time", M_("Red flags acted on in time"), M_("red flags closed, or rung about, within two working days, of all red flags that are older than that"), WILSON, SECTION_PROGRAMME_PROCESS, UNIT_SHARE, K, false, false},
        {"first-meeting-days", M_("Time to the first meeting"), M_("middle value of the days from the activation of a pair to its first conversation, of pairs that have met"), MEDIAN, SECTION_PAIR_PROCESS, UNIT_DAYS, K, false, false},
        {"first-meeting-soon", M_("Met within 14 days"), M_("pairs whose first conversation came within 14 days of their activation, of all pairs"), WILSON, SECTION_PAIR_PROCESS, UNIT_SHARE, K, false, false},
        {"first-meeting-start", M_("Met within 14 days of the start"), M_("the same, counted from the launch for pairs that were made before it"), WILSON, SECTION_PAIR_PROCESS, UNIT_SHARE, K, false, true},
        {"on-cadence", M_("In rhythm"), M_("months of a pair without a gap longer than its cadence and seven days, of all months of pairs"), CLUSTERS, SECTION_PAIR_PROCESS, UNIT_SHARE, K, false, true},
        {"meetings", M_("Conversations of a pair"), M_("mean number of conversations held, over all pairs"), MEAN, SECTION_PAIR_PROCESS, UNIT_COUNT, K, false, true},
        {"meetings-enough", M_("Pairs with enough conversations"), M_("pairs that have reached the least number for the whole programme, of all pairs"), WILSON, SECTION_PAIR_PROCESS, UNIT_SHARE, K, false, false},
        {"satisfied", M_("Content with the match"), M_("people whose newest answer on the match is 4 or 5, of those who answered"), WILSON, SECTION_PAIR_PROCESS, UNIT_SHARE, K, true, true},
        {"unsatisfied", M_("Not content with the match"), M_("people whose newest answer on the match is 1 or 2, of those who answered"), WILSON, SECTION_PAIR_PROCESS, UNIT_SHARE, K, true, false},
        {"persistence", M_("Still together"), M_("Kaplan and Meier: the share of pairs not ended early by today; an end because goals were met is not an early one"), SURVIVAL, SECTION_PAIR_OUTCOME, UNIT_SHARE, K, false, true},
        {"completion", M_("Completed"), M_("pairs that reached their planned end with enough conversations and a proper ending, of all pairs"), WILSON, SECTION_PAIR_OUTCOME, UNIT_SHARE, K, false, true},
        {"completion-due", M_("Completed, of those whose time is over"), M_("the same, of pairs that have ended or whose planned end has passed"), WILSON, SECTION_PAIR_OUTCOME, UNIT_SHARE, K, false, false},
        {"goals-mentee", M_("How goals turned out, say mentees"), M_("mean of what mentees said about each goal, from -2 (much less) to +2 (much more than hoped); the interval is over pairs"), MEAN, SECTION_PAIR_OUTCOME, UNIT_POINTS, K, true, false},
        {"goals-mentor", M_("How goals turned out, say mentors"), M_("mean of what mentors said about each goal, from -2 (much less) to +2 (much more than hoped); the interval is over pairs"), MEAN, SECTION_PAIR_OUTCOME, UNIT_POINTS, K, true, false},
        {"goals-reached", M_("Goals reached"), M_("goals of which mentees say that they turned out as hoped or better, of those they said anything about"), CLUSTERS, SECTION_PAIR_OUTCOME, UNIT_SHARE, K, true, true},
        {"mentor-return", M_("Mentors who would do it again"), M_("mentors who want to mentor in a next cohort, of mentors who have finished"), WILSON, SECTION_PROGRAMME_OUTCOME, UNIT_SHARE, K, true, false},
        {"mentee-mentor", M_("Mentees who become mentors"), M_("mentees who want to be mentors in a next cohort, of mentees who have finished"), WILSON, SECTION_PROGRAMME_OUTCOME, UNIT_SHARE, K, true, false},
        {"cost", M_("Cost of a completed pair"), M_("what the cohort has cost, over completed pairs"), NULL, SECTION_PROGRAMME_OUTCOME, UNIT_MONEY, 1, false, false},
};

const size_t evaluation_n_definitions = sizeof evaluation_definitions / sizeof evaluation_definitions[0];
