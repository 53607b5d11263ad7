/* A programme as a folder of plain files: checked with every mistake named, copied out, brought in. */
#include "content/pack_io.h"
#include "main/command.h"

#include <stdio.h>
#include <string.h>

