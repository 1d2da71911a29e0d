/* Lucene's searches of a file of questions: LuceneSearch DIR FILE ROUNDS. Prints
 * nanoseconds of the processor a question, the best of the rounds after as many to warm up. */
import java.lang.management.*;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

public class LuceneSearch {
	static Query query(QueryBuilder b, String line) {
		String shape = line.substring(0, line.indexOf(' ')), words = line.substring(line.indexOf(' ') + 1);
		Query q;
		switch (shape) {
		case "and":
			q = b.createBooleanQuery("body", words, BooleanClause.Occur.MUST);
			break;
		case "phrase":
			q = b.createPhraseQuery("body", words);
			break;
		case "near":
			q = b.createPhraseQuery("body", words, 10);
			break;
		case "prefix":
			q = new PrefixQuery(new Term("body", words));
			break;
		default:
			q = b.createBooleanQuery("body", words, BooleanClause.Occur.SHOULD);
		}
		return q == null ? new MatchNoDocsQuery() : q;
	}

	public static void main(String[] args) throws Exception {
		IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Paths.get(args[0]))));
		QueryBuilder builder = new QueryBuilder(new EnglishAnalyzer());
		List<String> lines = Files.readAllLines(Paths.get(args[1]));
		ThreadMXBean spent = ManagementFactory.getThreadMXBean();
		int rounds = Integer.parseInt(args[2]);
		long[] best = new long[lines.size()];
		Arrays.fill(best, Long.MAX_VALUE);
		for (int round = rounds > 1 ? -rounds : 0; round < rounds; round++)
			for (int i = 0; i < best.length; i++) {
				long began = spent.getCurrentThreadCpuTime();
				searcher.search(query(builder, lines.get(i)), 10);
				long took = spent.getCurrentThreadCpuTime() - began;
				if (round >= 0)
					best[i] = Math.min(best[i], took);
			}
		for (long ns : best)
			System.out.println(ns);
	}
}
