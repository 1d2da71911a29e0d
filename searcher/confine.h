/* confine: what the server gives up before it answers anybody.
 *
 * With Landlock (Linux 5.13, Debian 12) the process may read below the
 * directories that hold the index and the few files that libc asks for, and
 * may remove its own Unix sockets; nothing else can be opened, written, made
 * or run, whatever a request might make it try. Sockets and files that are
 * open stay so. Where the kernel has no Landlock, nothing happens: the
 * systemd unit says the same in its own way. */
#ifndef SEARCHER_CONFINE_H
#define SEARCHER_CONFINE_H

#include "searcher/server.h"

/* For this thread and all that it starts; needs PR_SET_NO_NEW_PRIVS. No core dump is written any more, since it would
 * hold what was asked. The index may be absent still, and may be exchanged for another directory of the same name.
 * True when Landlock is on. */
bool confine(const char *index, const struct listeners *l, struct arena *a);

#endif
