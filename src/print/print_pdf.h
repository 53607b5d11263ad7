/* What cairo leaves out of a PDF. */
#ifndef TELEMACHUS_PRINT_PRINT_PDF_H
#define TELEMACHUS_PRINT_PRINT_PDF_H

#include "base/err.h"
#include "base/text.h"

/*
 * The file with its language in the catalogue, and with its title to be shown by the reader's window: an incremental update, so
 * not a byte of what is there moves. language: a BCP 47 tag of letters and hyphens. Broken if this is no PDF as cairo writes it.
 */
struct err print_pdf_language(struct arena *a, struct text pdf, const char *language, struct text *out);

#endif
