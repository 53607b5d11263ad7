#include "evaluation/evaluation_cells.h"

#include <math.h>

void evaluation_hide(const int64_t *n, size_t groups, int64_t k, bool *hidden)
{
        int64_t sum = 0;

        for (size_t i = 0; i < groups; i++) {
                hidden[i] = n[i] > 0 && n[i] < k;
                sum += hidden[i] ? n[i] : 0;
        }
        while (sum > 0 && sum < k) {
                size_t next = groups;
                for (size_t i = 0; i < groups; i++)
                        if (!hidden[i] && n[i] > 0 && (next == groups || n[i] < n[next]))
                                next = i;
                if (next == groups)
                        return;
                hidden[next] = true;
                sum += n[next];
        }
}

double evaluation_blunt(double share, int64_t of)
{
        return of < EVALUATION_ROUND_BELOW ? round(share * 20) / 20 : share;
}
