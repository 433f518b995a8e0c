package io.flyteconnect.internal.file;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a file cannot be read as a whole. Names the file and the reason, never the
 * content.
 *
 * @since 0.1.0
 */
public class UnusableFileException extends IOException {

	private final Problem problem;

	private final String sentence;

	UnusableFileException(Path file, Problem problem, @Nullable IOException cause) {
		super("the file " + file + " " + sentence(problem, cause), cause);
		this.problem = problem;
		this.sentence = sentence(problem, cause);
	}

	private UnusableFileException(Path file, Problem problem, String sentence) {
		super("the file " + file + " " + sentence);
		this.problem = problem;
		this.sentence = sentence;
	}

	static UnusableFileException noAnswer(Path file, String step) {
		return new UnusableFileException(file, Problem.NO_ANSWER, Problem.NO_ANSWER.sentence + " (step: " + step + ")");
	}

	private static String sentence(Problem problem, @Nullable IOException cause) {
		// Does not use the cause's message, which repeats the path: the caller may not
		// want to show it.
		return (problem == Problem.UNREADABLE && cause != null)
				? problem.sentence + " (" + cause.getClass().getSimpleName() + ")" : problem.sentence;
	}

	/**
	 * Return what is wrong.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * Return what is wrong, without the name of the file.
	 * @return the rest of a sentence that begins with the file, for example
	 * {@code is larger than 1 MiB}
	 */
	public String getSentence() {
		return this.sentence;
	}

	/**
	 * What is wrong with a file.
	 */
	public enum Problem {

		/** The file does not exist. */
		MISSING("does not exist"),

		/** The path names a folder. */
		FOLDER("is a folder, not a file"),

		/** The path names a device, a named pipe or a socket, which may never end. */
		NOT_REGULAR("is no regular file"),

		/** The file is larger than {@link BoundedFile#LIMIT}. */
		TOO_LARGE("is larger than 1 MiB"),

		/** The content is not UTF-8 text. */
		NOT_TEXT("is no UTF-8 text"),

		/** The disk or mount did not respond within 3 s, now or at an earlier attempt. */
		NO_ANSWER("cannot be reached: its disk or mount gives no answer"),

		/** The process has no permission to read the file, or the disk fails. */
		UNREADABLE("cannot be read");

		private final String sentence;

		Problem(String sentence) {
			this.sentence = sentence;
		}

	}

}
