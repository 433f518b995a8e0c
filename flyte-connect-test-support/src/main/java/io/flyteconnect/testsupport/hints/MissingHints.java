package io.flyteconnect.testsupport.hints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsListener;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.aot.hint.RuntimeHints;

/**
 * What a native image would lack of what the starter, or a library that it calls, finds
 * by reflection: classes, members, resources, bundles, proxies and what is serialized.
 */
@SuppressWarnings({ "deprecation", "removal" })
public final class MissingHints implements RecordedInvocationsListener {

	/** Where the classes are whose reflection counts. */
	private static final String MAIN = "/flyte-connect-autoconfigure/target/classes/";

	/** Runs in the build, where everything can be found. */
	private static final String BUILD = "io.flyteconnect.autoconfigure.aot.FlyteRuntimeHints";

	/**
	 * What makes beans by reflection where an application is not processed ahead of time.
	 */
	private static final List<String> BEANS = List.of("org.springframework.beans.factory.",
			"org.springframework.context.");

	/** What looks for something that need not be there. */
	private static final Pattern LOOK = Pattern
		.compile("forName|loadClass|findClass|get(Declared)?(Constructor|Field|Method)|getResource(AsStream)?");

	/** What a library finds of its own, or of the JDK, is for its own hints. */
	private static final Pattern OURS = Pattern.compile("io[./]flyteconnect|flyteidl");

	private static final int SHOWN_FRAMES = 10;

	private final RuntimeHints known = KnownHints.all();

	private final Map<String, Boolean> main = new ConcurrentHashMap<>();

	private final Map<String, String> missing = new ConcurrentSkipListMap<>();

	private final AtomicLong recorded = new AtomicLong();

	private final ThreadLocal<Boolean> looking = ThreadLocal.withInitial(() -> false);

	private MissingHints() {
	}

	/**
	 * Begin to record, to the end of the JVM.
	 * @return what is missing from now on
	 */
	public static MissingHints record() {
		MissingHints missing = new MissingHints();
		RecordedInvocationsPublisher.addListener(missing);
		return missing;
	}

	@Override
	public void onInvocation(RecordedInvocation invocation) {
		// What is found by reflection here is no matter.
		if (this.looking.get()) {
			return;
		}
		this.looking.set(true);
		try {
			look(invocation);
		}
		finally {
			this.looking.set(false);
		}
	}

	private void look(RecordedInvocation invocation) {
		List<StackFrame> frames = invocation.getStackFrames().toList();
		if (!isOfStarter(frames) || isNothingFound(invocation)) {
			return;
		}
		this.recorded.incrementAndGet();
		if (!invocation.matches(this.known)) {
			String found = invocation.getHintType() + " " + invocation.getMethodReference() + " " + subject(invocation)
					+ " by " + frames.get(0).getClassName();
			this.missing.computeIfAbsent(found, (absent) -> stack(frames));
		}
	}

	/**
	 * Whether the starter looks, or has a library look for it.
	 */
	private boolean isOfStarter(List<StackFrame> frames) {
		for (StackFrame frame : frames) {
			String name = frame.getClassName().replaceFirst("\\$\\$.*|/0x.*", "");
			if (BEANS.stream().anyMatch(name::startsWith)) {
				return false;
			}
			if (name.startsWith("io.flyteconnect.") && this.main.computeIfAbsent(name, MissingHints::isMain)) {
				return !name.equals(BUILD);
			}
		}
		return false;
	}

	private static boolean isMain(String name) {
		URL file = MissingHints.class.getClassLoader().getResource(name.replace('.', '/') + ".class");
		return file != null && file.getPath().contains(MAIN);
	}

	/**
	 * Whether nothing is there to be found, with a hint or without.
	 */
	private static boolean isNothingFound(RecordedInvocation invocation) {
		return invocation.getReturnValue() == null
				&& LOOK.matcher(invocation.getMethodReference().getMethodName()).matches();
	}

	private static String subject(RecordedInvocation invocation) {
		List<String> parts = new ArrayList<>();
		if (!invocation.isStatic()) {
			parts.add(text(invocation.getInstance()));
		}
		invocation.getArguments().forEach((argument) -> parts.add(text(argument)));
		return String.join(", ", parts);
	}

	private static String text(@Nullable Object value) {
		// Any other value may be a secret of a test, or as long as one likes.
		return (value == null || value instanceof String || value.getClass().getName().startsWith("java.lang."))
				? String.valueOf(value) : value.getClass().getName();
	}

	private static String stack(List<StackFrame> frames) {
		return frames.stream().limit(SHOWN_FRAMES).map((frame) -> "\n\tat " + frame).collect(Collectors.joining());
	}

	/**
	 * Return how often something was looked for, whether it has a hint or not.
	 * @return the number
	 */
	public long recorded() {
		return this.recorded.get();
	}

	/**
	 * Return what is missing.
	 * @return what was found by which class, and the stack at the first time
	 */
	public List<String> missing() {
		return ours(true);
	}

	private List<String> ours(boolean wanted) {
		return this.missing.entrySet()
			.stream()
			.filter((found) -> OURS.matcher(found.getKey()).find() == wanted)
			.map((found) -> found.getKey() + found.getValue())
			.toList();
	}

	/**
	 * Write down what is missing, and what libraries found of their own without a hint
	 * that is known here, one file for each JVM.
	 */
	void write(Path folder) {
		StringBuilder text = new StringBuilder("recorded " + recorded() + "\n");
		missing().forEach((found) -> text.append("missing ").append(found).append('\n'));
		ours(false).forEach((found) -> text.append("theirs ").append(found).append('\n'));
		try {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve(ProcessHandle.current().pid() + ".txt"), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
