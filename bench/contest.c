#include "bench/contest.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <fcntl.h>
#include <unistd.h>
#include "base/json.h"

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void contest_clear(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* nftw gives its callback no context; du(1) is asked instead of keeping a global. */
static uint64_t size_of(const char *dir)
{
	char command[4200];
	unsigned long long n = 0;
	snprintf(command, sizeof command, "du -sb --apparent-size '%s'", dir);
	FILE *p = popen(command, "r");
	if (!p)
		return 0;
	if (fscanf(p, "%llu", &n) != 1)
		n = 0;
	pclose(p);
	return n;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static _Noreturn void child(const struct contestant *c)
{
	int null = open("/dev/null", O_WRONLY);
	if (null >= 0)
		dup2(null, STDOUT_FILENO);
	if (!c->argv)
		_exit(c->run(c->flat, c->dir));
	execvp(c->argv[0], c->argv);
	_exit(127);
}

struct outcome contest_run(const struct contestant *c)
{
	struct outcome o = { .name = c->name };
	struct rusage use;
	int status;
	contest_clear(c->dir);
	mkdir(c->dir, 0755);
	double begun = now();
	pid_t pid = fork();
	if (pid == 0)
		child(c);
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid || !WIFEXITED(status) || WEXITSTATUS(status)) {
		o.missing = pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 127 ? "not installed" : "failed";
		return o;
	}
	o.wall = now() - begun;
	o.cpu = seconds(use.ru_utime) + seconds(use.ru_stime);
	o.rss = (uint64_t)use.ru_maxrss << 10;
	o.size = size_of(c->dir);
	return o;
}

static double mb(uint64_t bytes)
{
	return (double)bytes / 1e6;
}

static double share(double a, double b)
{
	return b > 0 ? a / b : 0;
}

void contest_text(const struct contest_table *t, struct buf *out)
{
	buf_printf(out, "%s: %.1f MB of text, %llu texts\n\n", t->title, mb(t->bytes), (unsigned long long)t->texts);
	buf_printf(out, "| engine | MB/s | texts/s | wall s | CPU s | MB/s a core | memory MB | index / text | speed to %s | a core |\n",
		   t->list.v[t->base].name);
	buf_put(out, SPAN("|---|---|---|---|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < t->list.n; i++) {
		const struct outcome *o = &t->list.v[i];
		if (o->missing) {
			buf_printf(out, "| %s | %s | | | | | | | | |\n", o->name, o->missing);
			continue;
		}
		buf_printf(out, "| %s | %.1f | %.0f | %.2f | %.2f | %.1f | %.0f | %.2f | %.2f | %.2f |\n", o->name,
			   share(mb(t->bytes), o->wall), share((double)t->texts, o->wall), o->wall, o->cpu,
			   share(mb(t->bytes), o->cpu), mb(o->rss), share((double)o->size, (double)t->bytes),
			   share(t->list.v[t->base].wall, o->wall), share(t->list.v[t->base].cpu, o->cpu));
	}
	buf_byte(out, '\n');
}

static void json_outcome(const struct outcome *o, struct json *j)
{
	json_object(j);
	json_key_str(j, "engine", span_of(o->name));
	json_key_str_or_null(j, "missing", span_of(o->missing));
	json_key(j, "wall_s");
	json_real(j, o->wall, 3);
	json_key(j, "cpu_s");
	json_real(j, o->cpu, 3);
	json_key_uint(j, "memory_bytes", o->rss);
	json_key_uint(j, "index_bytes", o->size);
	json_end(j, '}');
}

void contest_json(const struct contest_table *t, struct buf *out)
{
	struct json j = { .out = out };
	json_object(&j);
	json_key_str(&j, "title", span_of(t->title));
	json_key_uint(&j, "text_bytes", t->bytes);
	json_key_uint(&j, "texts", t->texts);
	json_key(&j, "engines");
	json_array(&j);
	for (size_t i = 0; i < t->list.n; i++)
		json_outcome(&t->list.v[i], &j);
	json_end(&j, ']');
	json_end(&j, '}');
}

void contest_svg(const struct contest_table *t, struct buf *out)
{
	enum { ROW = 26, LEFT = 170, WIDE = 400 };
	double most = 0;
	for (size_t i = 0; i < t->list.n; i++)
		if (t->list.v[i].wall > 0 && mb(t->bytes) / t->list.v[i].wall > most)
			most = mb(t->bytes) / t->list.v[i].wall;
	buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" font-family=\"sans-serif\" "
		   "font-size=\"13\">\n<text x=\"10\" y=\"20\" font-weight=\"bold\">%s: MB of text a second</text>\n",
		   LEFT + WIDE + 70, 40 + t->list.n * ROW, t->title);
	for (size_t i = 0; i < t->list.n; i++) {
		const struct outcome *o = &t->list.v[i];
		double speed = share(mb(t->bytes), o->wall);
		size_t y = 34 + i * ROW;
		buf_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">%s</text>\n", LEFT - 8, y + 15, o->name);
		buf_printf(out, "<rect x=\"%d\" y=\"%zu\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>\n", LEFT, y,
			   most > 0 ? speed / most * WIDE : 0, strncmp(o->name, "pincite", 7) == 0 ? "#1f5fa8" : "#9aa5b1");
		if (o->missing)
			buf_printf(out, "<text x=\"%d\" y=\"%zu\">%s</text>\n", LEFT + 4, y + 15, o->missing);
		else
			buf_printf(out, "<text x=\"%.1f\" y=\"%zu\">%.1f</text>\n", LEFT + 4 + speed / most * WIDE, y + 15, speed);
	}
	buf_put(out, SPAN("</svg>\n"));
}
