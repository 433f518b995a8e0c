package io.flyteconnect.internal.configfile.yaml;

import java.io.Reader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;

import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

/**
 * Reads a YAML file as nodes with their positions. Spring Boot's own loader returns flat
 * properties, which do not show a section that is not a map, a second document or a
 * duplicate key.
 */
final class YamlDocument {

	private static final String ACTION = "Correct the file, or set flyte.config-file to another file or to 'none'.";

	private static final int MERGE_DEPTH = 10;

	private final FlyteFileText file;

	private final BiFunction<Yaml, Reader, @Nullable Node> composer;

	YamlDocument(FlyteFileText file) {
		this(file, Yaml::compose);
	}

	YamlDocument(FlyteFileText file, BiFunction<Yaml, Reader, @Nullable Node> composer) {
		this.file = file;
		this.composer = composer;
	}

	/**
	 * Return the top of the file.
	 * @return the node, or {@code null} if the file is empty
	 * @throws InvalidFlyteFileException if the file is not YAML, or has several documents
	 */
	@Nullable Node root() {
		LoaderOptions options = new LoaderOptions();
		Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
				options);
		try {
			Node root = this.composer.apply(yaml, new StringReader(this.file.text()));
			if (root != null) {
				new YamlCheck(this.file).check(root);
			}
			return root;
		}
		catch (MarkedYAMLException ex) {
			Mark mark = ex.getProblemMark();
			throw this.file.invalid((mark != null) ? mark.getLine() : 0, (mark != null) ? mark.getColumn() : 0,
					"The file is no valid YAML document: " + Excerpt.of(String.valueOf(ex.getProblem())) + ".", ACTION,
					null);
		}
		catch (YAMLException ex) {
			throw new Limits(this.file, options).explain(ex);
		}
		catch (InvalidFlyteFileException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Of some files SnakeYAML does not say that they are wrong: it fails. What
			// its
			// exception says is a part of the file.
			throw new Limits(this.file, options).unreadable(ex.getClass().getSimpleName());
		}
	}

	/**
	 * Return the entries of a map. The last one of duplicate keys wins, as in PyYAML.
	 * Merged maps only add keys that are missing.
	 * @param map the map
	 * @return the entries by key
	 */
	static Map<String, Entry> entries(MappingNode map) {
		Map<String, Entry> entries = new LinkedHashMap<>();
		collect(map, entries, MERGE_DEPTH);
		return entries;
	}

	private static void collect(MappingNode map, Map<String, Entry> entries, int depth) {
		for (NodeTuple tuple : map.getValue()) {
			if (Tag.MERGE.equals(tuple.getKeyNode().getTag()) && depth > 0) {
				merge(tuple.getValueNode(), entries, depth - 1);
			}
		}
		for (NodeTuple tuple : map.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key && !Tag.MERGE.equals(key.getTag())) {
				entries.put(key.getValue(), new Entry(key.getStartMark().getLine(), tuple.getValueNode()));
			}
		}
	}

	private static void merge(Node node, Map<String, Entry> entries, int depth) {
		if (node instanceof MappingNode map) {
			collect(map, entries, depth);
		}
		else if (node instanceof SequenceNode list) {
			// The first of several merged maps wins.
			List<Node> maps = list.getValue();
			for (int i = maps.size() - 1; i >= 0; i--) {
				merge(maps.get(i), entries, depth);
			}
		}
	}

	/**
	 * A key of a map.
	 *
	 * @param line the line of the key, from zero
	 * @param value its value
	 */
	record Entry(int line, Node value) {

	}

	/**
	 * Finds the positions of errors that SnakeYAML reports without one: characters that
	 * YAML forbids, and nesting that is too deep.
	 *
	 * @param file the file
	 * @param options the limits that it was read with
	 */
	private record Limits(FlyteFileText file, LoaderOptions options) {

		/**
		 * Explain why a file was refused.
		 * @param failure the exception of SnakeYAML, without a position
		 * @return the exception with the position, if it is found
		 */
		InvalidFlyteFileException explain(YAMLException failure) {
			InvalidFlyteFileException found = (failure instanceof ReaderException) ? forbidden() : tooDeepIfReadable();
			return (found != null) ? found : new InvalidFlyteFileException(this.file.path().toString(),
					"The file is no valid YAML document: " + Excerpt.of(String.valueOf(failure.getMessage())) + ".",
					ACTION, null);
		}

		/**
		 * Explain that a file cannot be read.
		 * @param failure what it fails with
		 * @return the exception with the end of what can be read
		 */
		InvalidFlyteFileException unreadable(String failure) {
			Mark last = null;
			try {
				for (Event event : new Yaml(new SafeConstructor(this.options))
					.parse(new StringReader(this.file.text()))) {
					last = event.getEndMark();
				}
			}
			catch (RuntimeException ex) {
				// As before.
			}
			return this.file.invalid((last != null) ? last.getLine() : 0, (last != null) ? last.getColumn() : 0,
					"The file is no valid YAML document: what follows here cannot be read (" + failure + ").", ACTION,
					null);
		}

		private @Nullable InvalidFlyteFileException forbidden() {
			String text = this.file.text();
			int line = 0;
			int start = 0;
			for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
				int ch = text.codePointAt(i);
				if (!StreamReader.isPrintable(ch)) {
					return this.file.invalid(line, text.codePointCount(start, i),
							String.format("The file is no valid YAML document: YAML forbids the character U+%04X.", ch),
							"Remove the character, or write it as an escape between double quotes.", null);
				}
				if (ch == '\n') {
					line++;
					start = i + 1;
				}
			}
			return null;
		}

		// Behind the limit there may be more that is wrong, of which SnakeYAML quotes the
		// lines.
		private @Nullable InvalidFlyteFileException tooDeepIfReadable() {
			try {
				return tooDeep();
			}
			catch (YAMLException ex) {
				return null;
			}
		}

		private @Nullable InvalidFlyteFileException tooDeep() {
			int depth = 0;
			for (Event event : new Yaml(new SafeConstructor(this.options)).parse(new StringReader(this.file.text()))) {
				if (event instanceof CollectionStartEvent && ++depth > this.options.getNestingDepthLimit()) {
					return this.file.invalid(event.getStartMark().getLine(), event.getStartMark().getColumn(),
							"The file is no valid YAML document: it is nested deeper than "
									+ this.options.getNestingDepthLimit() + " levels.",
							ACTION, null);
				}
				if (event instanceof CollectionEndEvent) {
					depth--;
				}
			}
			return null;
		}

	}

}
