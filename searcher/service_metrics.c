#include "searcher/service_private.h"

/* Prometheus text format 0.0.4: HELP, TYPE, value. */
static void metric(struct buf *b, const char *name, const char *type, const char *help, unsigned long long v)
{
	buf_printf(b, "# HELP pincite_%s %s\n# TYPE pincite_%s %s\npincite_%s %llu\n", name, help, name, type, name, v);
}

/* From the first byte of the request, so that waiting for the rest of it and for a worker counts: it is what the
 * client feels. */
static void latency(const struct server_counts *n, struct buf *b)
{
	unsigned long long total = 0;
	buf_put(b, SPAN("# HELP pincite_answer_seconds Time from the first byte of a request to its answer.\n"
			"# TYPE pincite_answer_seconds histogram\n"));
	/* Bounds double from a millisecond; as Prometheus wants it, each bucket counts what is in those before it, too. */
	for (unsigned i = 0; i < 12; i++) {
		total += atomic_load(&n->latency[i]);
		if (i < 11)
			buf_printf(b, "pincite_answer_seconds_bucket{le=\"%u.%03u\"} %llu\n", (1u << i) / 1000, (1u << i) % 1000, total);
	}
	buf_printf(b, "pincite_answer_seconds_bucket{le=\"+Inf\"} %llu\npincite_answer_seconds_count %llu\n", total, total);
}

/* Each counter is read by itself; together they are of no one moment, as is usual. */
void service_metrics(const struct service *s, struct buf *b)
{
	const struct server_counts *n = s->counts;
	metric(b, "requests_total", "counter", "Requests that were read whole.", atomic_load(&n->requests));
	metric(b, "bad_requests_total", "counter", "Requests that were not HTTP as it is spoken here.", atomic_load(&n->bad_requests));
	metric(b, "refused_busy_total", "counter", "Requests refused because all workers were busy.", atomic_load(&n->refused_busy));
	metric(b, "refused_connections_total", "counter", "Connections refused.", atomic_load(&n->refused_connections));
	metric(b, "sent_bytes_total", "counter", "Bytes of answers' bodies.", atomic_load(&n->bytes_sent));
	metric(b, "connections", "gauge", "Open connections.", atomic_load(&n->connections));
	metric(b, "generation", "gauge", "Generation of the index that is served.", atomic_load(&s->generation));
	metric(b, "reload_failures", "gauge", "Reloads that failed since the last that went well.", atomic_load(&s->open_failures));
	buf_put(b, SPAN("# HELP pincite_answers_total Answers by class of status.\n# TYPE pincite_answers_total counter\n"));
	for (unsigned i = 2; i < 6; i++)
		buf_printf(b, "pincite_answers_total{class=\"%uxx\"} %llu\n", i, atomic_load(&n->status[i]));
	latency(n, b);
}
