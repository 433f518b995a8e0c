package io.flyteconnect.internal.libraries;

import java.io.IOException;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import flyteidl.admin.VersionOuterClass;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.ClassUtils;

/**
 * Explains linkage errors between Flyte's messages, Protobuf, gRPC and Netty, which occur
 * if a BOM or a property of the build selects another version of one of them.
 *
 * @since 0.1.0
 */
public final class Libraries {

	private Libraries() {
	}

	/**
	 * Explain an error.
	 * @param error the error
	 * @return the versions that are present and those that are needed, or {@code null} if
	 * the error has another cause
	 */
	public static @Nullable String explain(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof LinkageError linkage && LinkageErrors.isOfLibraries(linkage)) {
				return "The libraries on the class path do not fit together: " + present() + ". " + problem(linkage);
			}
		}
		return null;
	}

	/**
	 * Return what to do about such an error.
	 * @return the remedy
	 */
	public static String remedy() {
		String properties = Stream.of(Library.values())
			.filter((library) -> !fits(library))
			.map((library) -> library.property() + "=" + needed(library))
			.distinct()
			.collect(Collectors.joining(", "));
		return "See which BOM, property or dependency of the build sets these versions (mvn dependency:tree, gradle"
				+ " dependencyInsight), and remove it, or set "
				+ (properties.isEmpty() ? "one version for all parts of each library"
						: properties + " or newer (the properties of Spring Boot's build support)")
				+ ".";
	}

	/**
	 * Detect parts of gRPC or Netty of different versions, or a Protobuf that is too old,
	 * before a call fails.
	 * @return the incompatible versions, or {@code null} if there are none
	 */
	public static @Nullable String incompatibleVersions() {
		boolean old = !fits(Library.PROTOBUF);
		return (old || isMixed("grpc") || isMixed("netty")) ? present() : null;
	}

	/**
	 * Load one small message of the IDL where Protobuf may be too old for it, and so for
	 * all, which is to be known when the application starts.
	 * @throws LinkageError if Protobuf does not fit
	 */
	public static void requireMessages() {
		if (Library.PROTOBUF.version() == null || !fits(Library.PROTOBUF)) {
			VersionOuterClass.getDescriptor();
		}
	}

	// No lambda, each of which would be a class more in each start.
	private static boolean isMixed(String family) {
		String first = null;
		for (Library library : Library.values()) {
			String version = library.family().equals(family) ? library.version() : null;
			if (first != null && version != null && !version.equals(first)) {
				return true;
			}
			first = (first != null) ? first : version;
		}
		return false;
	}

	/**
	 * Return whether the messages of Flyte 2 are on the class path.
	 * @return whether flyte-connect-idl2 is
	 */
	public static boolean isFlyte2Present() {
		return ClassUtils.isPresent("com.flyteidl2.workflow.RunServiceGrpc", null);
	}

	private static String present() {
		return Stream.of(Library.values()).map((library) -> {
			String version = library.version();
			return library.artifact() + " " + ((version != null) ? version : "(version unknown)")
					+ (fits(library) ? "" : " (" + needed(library) + " or newer is needed)");
		}).collect(Collectors.joining(", "));
	}

	private static boolean fits(Library library) {
		String version = library.version();
		return version == null || Versions.compare(version, needed(library)) >= 0;
	}

	private static String problem(Throwable error) {
		Throwable innermost = error;
		while (innermost.getCause() != null) {
			innermost = innermost.getCause();
		}
		return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
	}

	// The build fills in the versions of Protobuf that Flyte's messages were generated
	// with, and of gRPC and Netty.
	private static String needed(Library library) {
		try {
			Properties needed = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("needed.properties", Libraries.class));
			return needed.getProperty(library.family(), "0");
		}
		catch (IOException ex) {
			return "0";
		}
	}

}
