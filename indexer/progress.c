#include "indexer/progress.h"

#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "indexer/report.h"

#define TERMINAL_EVERY 0.2 /* seconds */
#define LINE_EVERY 10.0

/* What a terminal and what a service manager send to end a program. */
static sigset_t stop_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	return set;
}

/* Before any thread is started: threads inherit the mask, so a signal
 * waits to be read from the descriptor instead of cutting a call short. */
void progress_open(struct progress *p, span when)
{
	sigset_t set = stop_signals();
	*p = (struct progress){ .what = "", .unit = "" };
	pthread_mutex_init(&p->lock, NULL);
	p->terminal = span_eq(when, SPAN("always")) || (isatty(STDERR_FILENO) && !span_eq(when, SPAN("never")));
	p->show = !span_eq(when, SPAN("never"));
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	p->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Back to the margin, then clear the line: what is said next stands alone. */
static void wipe(struct progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
	p->drawn = false;
}

void progress_close(struct progress *p)
{
	wipe(p);
	if (p->signals >= 0)
		close(p->signals);
	pthread_mutex_destroy(&p->lock);
}

/* Each stage has its own rate; `said` goes on, so that short stages print no line of their own. */
void progress_stage(struct progress *p, const char *what, const char *unit, uint64_t all)
{
	pthread_mutex_lock(&p->lock);
	p->what = what;
	p->unit = unit;
	p->all = all;
	p->done = 0;
	p->begun = report_clock();
	p->said = p->said > 0 ? p->said : p->begun;
	pthread_mutex_unlock(&p->lock);
}

/* MB with a digit behind the point, pieces whole. The time left is by the mean rate of the stage so far. */
static void draw(struct progress *p, double now)
{
	double scale = strcmp(p->unit, "MB") == 0 ? 1e6 : 1, seconds = now - p->begun;
	double done = (double)p->done / scale, rate = seconds > 0 ? done / seconds : 0;
	int digits = scale > 1 ? 1 : 0;
	if (p->terminal)
		fputs("\r\033[K", stderr);
	fprintf(stderr, "pincite index: %s: %.*f", p->what, digits, done);
	if (p->all)
		fprintf(stderr, " of %.*f", digits, (double)p->all / scale);
	fprintf(stderr, " %s, %.*f/s", p->unit, digits, rate);
	if (p->all > p->done && rate > 0)
		fprintf(stderr, ", %.0f s left", ((double)p->all / scale - done) / rate);
	if (!p->terminal)
		fputc('\n', stderr);
	fflush(stderr);
	p->drawn = p->terminal;
	p->said = now;
}

/* Called for each piece by any thread, printed a few times a second at most
 * on a terminal, and each ten seconds elsewhere, where every line stays. */
void progress_add(struct progress *p, uint64_t n)
{
	double now = report_clock();
	pthread_mutex_lock(&p->lock);
	p->done += n;
	if (p->show && now - p->said >= (p->terminal ? TERMINAL_EVERY : LINE_EVERY))
		draw(p, now);
	pthread_mutex_unlock(&p->lock);
}

/* Asked between documents. The descriptor does not block: nothing to read is no signal. */
bool progress_stopped(struct progress *p)
{
	struct signalfd_siginfo info;
	pthread_mutex_lock(&p->lock);
	if (!p->stop && p->signals >= 0 && read(p->signals, &info, sizeof info) == (ssize_t)sizeof info) {
		sigset_t set = stop_signals();
		p->stop = true;
		pthread_sigmask(SIG_UNBLOCK, &set, NULL); /* the next one ends the program */
	}
	bool stop = p->stop;
	pthread_mutex_unlock(&p->lock);
	return stop;
}
