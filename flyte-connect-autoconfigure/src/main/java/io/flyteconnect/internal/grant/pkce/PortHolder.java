package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.springframework.util.StringUtils;

/**
 * Finds out, where Linux tells, which process listens on a port.
 */
final class PortHolder {

	private static final String LISTEN = "0A";

	private PortHolder() {
	}

	static String describe(int port) {
		try {
			Set<String> sockets = new HashSet<>();
			for (String table : new String[] { "/proc/net/tcp", "/proc/net/tcp6" }) {
				sockets.addAll(sockets(Path.of(table), port));
			}
			try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
				for (Path process : processes) {
					if (holds(process, sockets)) {
						return " (process " + process.getFileName() + ", "
								+ Files.readString(process.resolve("comm")).strip() + ")";
					}
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Only a hint.
		}
		return "";
	}

	private static Set<String> sockets(Path table, int port) throws IOException {
		Set<String> sockets = new HashSet<>();
		if (!Files.isReadable(table)) {
			return sockets;
		}
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		for (String line : Files.readAllLines(table)) {
			String[] fields = StringUtils.tokenizeToStringArray(line, " ");
			if (fields.length > 9 && fields[1].endsWith(suffix) && LISTEN.equals(fields[3])) {
				sockets.add("socket:[" + fields[9] + "]");
			}
		}
		return sockets;
	}

	private static boolean holds(Path process, Set<String> sockets) {
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
			for (Path descriptor : descriptors) {
				if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
					return true;
				}
			}
		}
		catch (IOException ex) {
			// Another user's process, or one that has just ended.
		}
		return false;
	}

}
