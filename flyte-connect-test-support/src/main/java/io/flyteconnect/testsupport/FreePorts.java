package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Ports at which nobody listens, for tests that need one before they open it, or that
 * need a closed one. A port that was found free by opening and closing it may be
 * anybody's a moment later; these are below those that the system gives away itself, and
 * each is held for this process on a loopback address that nothing else uses.
 */
public final class FreePorts {

	private static final int FIRST = 15_000;

	private static final String HOLDERS_ADDRESS = "127.77.0.1";

	/** Where servers of tests listen; a second server of the same port needs another. */
	private static final List<String> SERVERS_ADDRESSES = List.of("127.0.0.1", "127.0.0.2", "::1");

	// Held until the process ends.
	private static final List<ServerSocket> held = new CopyOnWriteArrayList<>();

	private FreePorts() {
	}

	/**
	 * Reserve a port of the loopback interface.
	 * @return a port at which nobody listens on 127.0.0.1, 127.0.0.2 and ::1, and that no
	 * other test uses
	 */
	public static int reserve() {
		for (int attempt = 0; attempt < 1000; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, firstOfTheSystem());
			if (isHeld(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No port of 127.0.0.1 is free");
	}

	private static boolean isHeld(int port) {
		ServerSocket holder = open(HOLDERS_ADDRESS, port);
		if (holder == null) {
			return false;
		}
		held.add(holder);
		return SERVERS_ADDRESSES.stream().allMatch((address) -> isFree(address, port));
	}

	private static boolean isFree(String address, int port) {
		try (ServerSocket socket = open(address, port)) {
			return socket != null || !hasAddress(address);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// A container may be without IPv6.
	private static boolean hasAddress(String address) throws IOException {
		try (ServerSocket socket = open(address, 0)) {
			return socket != null;
		}
	}

	private static @Nullable ServerSocket open(String address, int port) {
		try {
			ServerSocket socket = new ServerSocket();
			try {
				socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				return null;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// The ports from here on are those of the other ends of connections, and of servers
	// that ask for any port.
	private static int firstOfTheSystem() {
		try {
			String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
			return Math.max(Integer.parseInt(range.strip().split("\\s")[0]), FIRST + 10_000);
		}
		catch (IOException ex) {
			return 32_768;
		}
	}

}
