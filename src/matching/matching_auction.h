/*
 * The fast engine, approximate on purpose: rows bid for columns (Bertsekas' auction, with one price a place and bids
 * that look past the bidder's own column, so that the places of one column do not fight each other). It stops a
 * fraction of a weight from the best; the exact engine mends the few rows that are left. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_AUCTION_H
#define TELEMACHUS_MATCHING_AUCTION_H

#include "matching/matching_block.h"
#include "matching/matching_few.h"

/*
 * For rows that need one column each and can all be placed. With steps, prices are found from coarse to fine, which is
 * quick where nearly all places are wanted; without, they begin at nothing with the finest step, which is quick where
 * many are left. Prices that s has already are where it begins, at a finer step. Sets column_price, the row prices that
 * go with it, and places every row whose choice is then exactly right. False, and s as it was, when after so many bids a
 * row in one round (or at once) somebody had no place: perhaps there is none. Stopped by the pulse it takes the prices as
 * they are and places whom it can. fews are what is known of the rows at the prices that s then has; their row is NULL where
 * that is nothing, and as long as a lives it stays.
 */
bool matching_auction(const struct matching_graph *g, bool steps, int64_t bids, struct matching_pulse *pulse, struct arena *a,
                      struct matching_stand *s, struct matching_fews *fews);

/*
 * Rows' prices and exact places from column prices and where each row would like to be; the rest stay open. fews, if there
 * are any, know s->column_price.
 */
void matching_settle(const struct matching_graph *g, struct matching_stand *s, const int32_t *wanted, const struct matching_fews *fews);

#endif
