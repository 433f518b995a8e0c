package io.flyteconnect.internal.libraries;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Determines whether a linkage error is caused by the libraries that a connection uses,
 * and not by a class that the application itself lacks, even if gRPC calls that.
 */
final class LinkageErrors {

	private static final List<String> LIBRARIES = List.of("com.google.protobuf.", "flyteidl.", "io.grpc.", "io.netty.");

	/** The parameters of a method do not show where it is missing. */
	private static final Pattern PARAMETERS = Pattern.compile("\\([^()]*\\)");

	/** {@code 'void io.grpc.Status.asException'}: neither does its return type. */
	private static final Pattern SIGNATURE = Pattern.compile("'[^']* ([^' ]+)'");

	private LinkageErrors() {
	}

	static boolean isOfLibraries(LinkageError error) {
		String message = error.getMessage();
		if (error instanceof ExceptionInInitializerError) {
			return isOfLibraries(error.getCause());
		}
		if (message == null || message.chars().noneMatch((sign) -> sign == '.' || sign == '/')) {
			// The message only names a field: the class that accesses it belongs to the
			// same library.
			return Stream.of(error.getStackTrace()).limit(1).anyMatch((frame) -> isLibrary(frame.getClassName()));
		}
		String plain = PARAMETERS.matcher(message.replace('/', '.')).replaceAll("");
		return Stream.of(SIGNATURE.matcher(plain).replaceAll("$1").split("[\\s'\",;]+"))
			.anyMatch(LinkageErrors::isLibrary);
	}

	// Checks the class that could not be initialized, and the exception of a version
	// check.
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
