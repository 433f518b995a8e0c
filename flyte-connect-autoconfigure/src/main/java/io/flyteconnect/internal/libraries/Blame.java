package io.flyteconnect.internal.libraries;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an error of linkage is about the libraries under a connection. What
 * the application itself lacks is none of their business, even where gRPC calls it.
 */
final class Blame {

	private static final List<String> LIBRARIES = List.of("com.google.protobuf.", "flyteidl.", "io.grpc.", "io.netty.");

	/** What a method takes says nothing of where it is missing. */
	private static final Pattern PARAMETERS = Pattern.compile("\\([^()]*\\)");

	/** {@code 'void io.grpc.Status.asException'}: what it returns does not either. */
	private static final Pattern SIGNATURE = Pattern.compile("'[^']* ([^' ]+)'");

	private Blame() {
	}

	static boolean isOfLibraries(LinkageError error) {
		String message = error.getMessage();
		if (error instanceof ExceptionInInitializerError) {
			return isOfLibraries(error.getCause());
		}
		if (message == null || message.chars().noneMatch((sign) -> sign == '.' || sign == '/')) {
			// The name of a field alone: what looks for it is of the same build.
			return Stream.of(error.getStackTrace()).limit(1).anyMatch((frame) -> isLibrary(frame.getClassName()));
		}
		String plain = PARAMETERS.matcher(message.replace('/', '.')).replaceAll("");
		return Stream.of(SIGNATURE.matcher(plain).replaceAll("$1").split("[\\s'\",;]+")).anyMatch(Blame::isLibrary);
	}

	// The class that could not be initialized, or the check of versions that said so.
	private static boolean isOfLibraries(@Nullable Throwable initialization) {
		for (Throwable cause = initialization; cause != null; cause = cause.getCause()) {
			if (isLibrary(cause.getClass().getName()) || isLibrary(initialized(cause))) {
				return true;
			}
		}
		return false;
	}

	private static String initialized(Throwable cause) {
		return Stream.of(cause.getStackTrace())
			.filter((frame) -> frame.getMethodName().equals("<clinit>"))
			.map(StackTraceElement::getClassName)
			.findFirst()
			.orElse("");
	}

	private static boolean isLibrary(String name) {
		return LIBRARIES.stream().anyMatch(name::startsWith);
	}

}
