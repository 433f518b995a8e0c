package io.flyteconnect.secret;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.autoconfigure.secret.FlyteSecretsAutoConfiguration;
import io.flyteconnect.internal.secret.SecretReads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the heap of a running application holds of a secret that it has read.
 */
class SecretHeapTests {

	private static final int LENGTH = 40;

	private static final int CHUNK = 1024 * 1024;

	private static final int DUMPS = 5;

	private final Path folder;

	/**
	 * The secret, in a form that is not the one to look for. In plain, it is in the file
	 * alone.
	 */
	private final byte[] masked = new byte[LENGTH];

	private final byte[] mask = new byte[LENGTH];

	SecretHeapTests(@TempDir Path folder) throws IOException {
		this.folder = folder;
		Files.createDirectories(folder.resolve("secrets/heap"));
	}

	@BeforeEach
	void makeUpSecret() throws IOException {
		SecureRandom random = new SecureRandom();
		random.nextBytes(this.mask);
		byte[] secret = new byte[LENGTH];
		for (int i = 0; i < LENGTH; i++) {
			secret[i] = (byte) ('a' + random.nextInt(26));
			this.masked[i] = (byte) (secret[i] ^ this.mask[i]);
		}
		Files.write(this.folder.resolve("secrets/heap/canary"), secret);
		Arrays.fill(secret, (byte) 0);
		other(0);
	}

	@Test
	void whenTheSecretHasBeenReadThenTheHeapDoesNotHoldIt() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			readInEachWay(context);
			assertThat(context.getBean(SecretReads.class).files()).contains(Secret.of("heap", "canary"));
			watch(context);
			assertThat(findingsThatStay()).isEmpty();
		}
	}

	@Test
	void whenTheSecretIsKeptThenTheHeapHoldsIt() throws Exception {
		try (ConfigurableApplicationContext context = run();
				SecretValue open = context.getBean(SecretResolver.class).get("heap", "canary")) {
			assertThat(findings()).containsExactly("ISO-8859-1");
			String text = open.text();
			// As characters, and as a string that Latin-1 is not enough for.
			List<Object> kept = List.of(text.toCharArray(), text + "\u20ac");
			assertThat(findings()).containsExactly("ISO-8859-1", "UTF-16BE", "UTF-16LE");
			assertThat(kept).hasSize(2);
		}
	}

	private ConfigurableApplicationContext run() {
		return new TestApplications(this.folder)
			.variable("FLYTE_SECRETS_DEFAULT_DIR", this.folder.resolve("secrets").toString())
			.argument("--flyte.secrets.refresh=10ms")
			.argument("--my.password=${flyte-secret.heap.canary}")
			.argument("--my.url=jdbc:h2://me:${flyte-secret.heap.canary}@database/it")
			.source(Watched.class)
			.run();
	}

	// In a frame of its own, which keeps nothing when it is left.
	private static void readInEachWay(ConfigurableApplicationContext context) {
		try (SecretValue value = context.getBean(SecretResolver.class).get("heap", "canary")) {
			byte[] bytes = value.bytes();
			assertThat(bytes.length).isEqualTo(LENGTH);
			Arrays.fill(bytes, (byte) 0);
			assertThat(value.text().length()).isEqualTo(LENGTH);
		}
		for (String property : List.of("my.password", "my.url", "flyte-secret.heap.canary")) {
			String text = context.getEnvironment().getProperty(property, "");
			assertThat(text.length()).isGreaterThanOrEqualTo(LENGTH);
		}
	}

	// Between two changes of another secret, all secrets have been looked at.
	private void watch(ConfigurableApplicationContext context) throws Exception {
		context.getBean(SecretResolver.class).get("heap", "other").close();
		for (int i = 1; i <= 3; i++) {
			other(i);
			assertThat(context.getBean(Watched.class).events.poll(30, TimeUnit.SECONDS))
				.isEqualTo(new FlyteSecretChangedEvent(Secret.of("heap", "other")));
		}
	}

	private void other(int number) throws IOException {
		Files.writeString(this.folder.resolve("secrets/heap/other"), "other " + number);
	}

	// What is kept is in each dump; what is just being read for the watch is in one of
	// them by chance.
	private Set<String> findingsThatStay() throws IOException {
		Set<String> staying = new TreeSet<>(findings());
		for (int dump = 1; dump < DUMPS && !staying.isEmpty(); dump++) {
			staying.retainAll(findings());
		}
		return staying;
	}

	/**
	 * Return the encodings in which the secret is in the heap, after what is not in use
	 * has been collected.
	 */
	private Set<String> findings() throws IOException {
		Path dump = this.folder.resolve("heap.hprof");
		Files.deleteIfExists(dump);
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
		Map<String, String> patterns = new LinkedHashMap<>();
		for (Charset encoding : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE,
				StandardCharsets.UTF_16BE)) {
			patterns.put(encoding.name(), new String(secret().getBytes(encoding), StandardCharsets.ISO_8859_1));
		}
		Set<String> findings = new TreeSet<>();
		int overlap = 2 * LENGTH;
		byte[] chunk = new byte[overlap + CHUNK];
		try (InputStream input = new BufferedInputStream(Files.newInputStream(dump))) {
			for (int read = input.readNBytes(chunk, overlap, CHUNK); read > 0; read = input.readNBytes(chunk, overlap,
					CHUNK)) {
				String text = new String(chunk, 0, overlap + read, StandardCharsets.ISO_8859_1);
				patterns.forEach((encoding, pattern) -> {
					if (text.contains(pattern)) {
						findings.add(encoding);
					}
				});
				System.arraycopy(chunk, read, chunk, 0, overlap);
			}
		}
		return findings;
	}

	private String secret() {
		ByteBuffer secret = ByteBuffer.allocate(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			secret.put((byte) (this.masked[i] ^ this.mask[i]));
		}
		return new String(secret.array(), StandardCharsets.ISO_8859_1);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FlyteSecretsAutoConfiguration.class)
	static class Watched {

		final BlockingQueue<FlyteSecretChangedEvent> events = new LinkedBlockingQueue<>();

		@EventListener
		void changed(FlyteSecretChangedEvent event) {
			this.events.add(event);
		}

	}

}
