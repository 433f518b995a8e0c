package io.flyteconnect.integration.connection.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.test.FlyteTestServer;

/**
 * Opens connections and closes them, and says what of the process is left: for a process
 * of its own, where nothing else has threads and files.
 */
public final class ManyConnections {

	private static final int COUNT = 200;

	private static final AtomicInteger handlers = new AtomicInteger();

	private ManyConnections() {
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createTempDirectory("many-connections");
		try {
			openAndClose(folder);
		}
		catch (Throwable ex) {
			// Nothing of the servers may keep the process alive.
			ex.printStackTrace(System.out);
			System.exit(1);
		}
	}

	private static void openAndClose(Path folder) throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder().tls().clientCredentials("service", "s3cret").start()) {
			DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry() {

				@Override
				public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
					handlers.incrementAndGet();
					super.addBundleUpdateHandler(name, handler);
				}

			};
			bundles.registerBundle("flyte", SslBundle.of(new PemSslStoreBundle(null,
					PemSslStoreDetails.forCertificate(server.caCertificate().toUri().toString()))));
			FlyteConnectionFactory factory = FlyteConnectionFactory.builder().sslBundles(bundles).build();
			// Threads and files that gRPC shares between channels stay as long as one is
			// there.
			try (FlyteConnection first = factory.create(config("first", server, folder))) {
				use(first);
				open(factory, server, folder, 20);
				Set<String> threads = threads();
				long files = files();
				open(factory, server, folder, COUNT);
				System.out.println("CALLS " + server.calls().count("ListProjects"));
				System.out.println("CONNECTIONS " + await(() -> server.openConnections() == 1));
				System.out.println("THREADS " + await(() -> left(threads).isEmpty()) + " " + left(threads));
				System.out.println("FILES " + await(() -> files() <= files));
				System.out.println("HANDLERS " + handlers.get());
			}
		}
	}

	private static void open(FlyteConnectionFactory factory, FlyteTestServer server, Path folder, int count) {
		for (int i = 0; i < count; i++) {
			try (FlyteConnection connection = factory.create(config("number-" + i, server, folder))) {
				use(connection);
			}
		}
	}

	// Some with a CA file, some with an SSL bundle, and one of ten with a store, whose
	// mark of the secret takes its time.
	private static PlatformConfig config(String name, FlyteTestServer server, Path folder) {
		PlatformConfigBuilder config = PlatformConfig.builder()
			.name(name)
			.endpoint(server.endpoint())
			.clientCredentials("service", "s3cret");
		if (name.endsWith("1")) {
			config.property("flyte.credentials.store", "file")
				.property("flyte.credentials.store-file", folder.resolve(name).toString());
		}
		boolean bundle = name.endsWith("0") || name.endsWith("5");
		return (bundle ? config.sslBundle("flyte") : config.caCertFile(server.caCertificate())).build();
	}

	private static void use(FlyteConnection connection) {
		connection.admin().blocking().listProjects(ProjectListRequest.getDefaultInstance());
	}

	// Those of gRPC and of the servers have a life of their own.
	private static Set<String> left(Set<String> before) {
		Set<String> left = new TreeSet<>(threads());
		left.removeAll(before);
		left.removeIf((name) -> List
			.of("grpc-", "http-", "https-", "flyte-test-server-", "Catalina", "Attach", "process reaper")
			.stream()
			.anyMatch(name::startsWith));
		return left;
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
	}

	private static long files() {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean await(BooleanSupplier condition) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(30));
		while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
			Thread.sleep(50);
		}
		return condition.getAsBoolean();
	}

}
