/* /mailbox: every mail of a demonstration, as its reader sees it. Absent in any other database. */
#ifndef TELEMACHUS_MAIL_MAIL_WEB_H
#define TELEMACHUS_MAIL_MAIL_WEB_H

#include "http/http.h"
#include "mail/mail.sql.h"
#include "mail/mail_parts.h"

extern const struct route_table mail_routes;

struct mail_box_view { struct mail_box_list list; bool more; int64_t oldest; };
struct mail_one_view { struct mail_one mail; struct mail_part_list parts; };

#endif
