/*
 * What a compiled .mail template writes: subject and Markdown body of a letter, in the reader's
 * language.  Values are escaped, so that nobody's name becomes a link.
 */
#ifndef TELEMACHUS_HTML_LETTER_H
#define TELEMACHUS_HTML_LETTER_H

#include "html/html.h"

struct letter_text { struct text subject, body; };

/* ---- what {{mail}} compiles to ---- */

#define html_put_in_mail(pg, v)                                                                    \
        _Generic((v), struct text: html_mail, const char *: html_mail_c, char *: html_mail_c, \
        HTML_INTEGERS_(html_put_int))((pg), (v))
#define html_put_in_subject(pg, v)                                                                 \
        _Generic((v), struct text: html_subject, const char *: html_subject_c, \
        char *: html_subject_c, HTML_INTEGERS_(html_put_int))((pg), (v))
#define html_put_mail_address(pg, v)                                                               \
        _Generic((v), struct text: html_mail_address, const char *: html_mail_address_c, \
        char *: html_mail_address_c)((pg), (v))
void html_mail(struct page *pg, struct text t);                 /* Markdown escaped */
void html_mail_c(struct page *pg, const char *s);
void html_subject(struct page *pg, struct text t);              /* one line */
void html_subject_c(struct page *pg, const char *s);
void html_mail_address(struct page *pg, struct text t);         /* http(s) or mailto, else "#" */
void html_mail_address_c(struct page *pg, const char *s);

/* What was written, copied; the words are emptied. */
struct text html_letter_subject(struct out *words);
struct text html_letter_body(struct out *words);

#endif
