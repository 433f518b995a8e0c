package io.flyteconnect.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;

/**
 * Main sources, as the compiler reads them.
 */
final class MessageSources {

	private MessageSources() {
	}

	/**
	 * Return the templates of the messages in the sources below a folder, each with the
	 * names of the files that it is in.
	 * @param folder the folder
	 */
	static SortedMap<String, SortedSet<String>> templates(Path folder) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		SortedMap<String, SortedSet<String>> templates = new TreeMap<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> paths = Files.walk(folder)) {
			List<Path> sources = paths.filter((path) -> path.toString().endsWith(".java")).toList();
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjectsFromPaths(sources));
			for (CompilationUnitTree unit : task.parse()) {
				String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
				new MessageScanner(
						(template) -> templates.computeIfAbsent(template, (key) -> new TreeSet<>()).add(file))
					.scan(unit, null);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return templates;
	}

}
