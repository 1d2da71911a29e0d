/* Lucene's EnglishAnalyzer, positions, the text stored: LuceneIndex FLAT DIR THREADS. */
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.store.FSDirectory;

public class LuceneIndex {
	static String next(DataInputStream in) throws IOException {
		synchronized (in) {
			int n;
			try {
				n = Integer.reverseBytes(in.readInt());
			} catch (EOFException end) {
				return null;
			}
			byte[] b = new byte[n];
			in.readFully(b);
			return new String(b, StandardCharsets.UTF_8);
		}
	}

	public static void main(String[] args) throws Exception {
		DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(args[0]), 1 << 20));
		IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
		config.setRAMBufferSizeMB(256);
		IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(args[1])), config);
		Thread[] threads = new Thread[Integer.parseInt(args[2])];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> {
				try {
					for (String s; (s = next(in)) != null;) {
						Document d = new Document();
						d.add(new TextField("body", s, Field.Store.YES));
						writer.addDocument(d);
					}
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				}
			});
			threads[i].start();
		}
		for (Thread t : threads)
			t.join();
		writer.close();
	}
}
