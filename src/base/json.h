#ifndef TELEMACHUS_BASE_JSON_H
#define TELEMACHUS_BASE_JSON_H

#include "base/out.h"

/* A JSON string, quoted and escaped; or plain text padded to width characters, for a terminal. */
void json_or_plain(struct out *o, bool json, struct text t, int width);
void json_string(struct out *o, struct text t);

#endif
