package io.flyteconnect.integration.canary.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.canary.CanaryTestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The search finds what it has to find: a canary in a text of any form, in the log, in an
 * exception, on a page of the actuator, and in the tag of a meter.
 */
@Tag("once")
class CanarySearchTests {

	private final Canaries canaries = new Canaries();

	private final String secret = this.canaries.secret("secret");

	private boolean finds(String text) {
		return !new CanarySearch(this.canaries.all()).in(Map.of("text", text)).isEmpty();
	}

	@Test
	void whenThereIsNoneThenNothingIsFound() {
		assertThat(finds("canary, client, secret, +&=:%/?#\"\\'<>, "
				+ Base64.getEncoder().encodeToString("canary, client, secret".getBytes(StandardCharsets.UTF_8))))
			.isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "u", "us", "user:", "a longer user:" })
	void whenItIsPartOfBase64ThenItIsFound(String before) {
		for (String after : new String[] { "", "x", "xy", "xyz" }) {
			byte[] plain = (before + this.secret + after).getBytes(StandardCharsets.UTF_8);
			byte[] encoded = (before + URLEncoder.encode(this.secret, StandardCharsets.UTF_8) + after)
				.getBytes(StandardCharsets.UTF_8);
			assertThat(finds("Basic " + Base64.getEncoder().encodeToString(plain))).isTrue();
			assertThat(finds("Basic " + Base64.getUrlEncoder().encodeToString(plain))).isTrue();
			assertThat(finds("Basic " + Base64.getEncoder().encodeToString(encoded))).isTrue();
		}
	}

	@Test
	void whenItIsEncodedOrCutThenItIsFound() {
		assertThat(finds("<" + this.secret + ">")).isTrue();
		assertThat(finds("client_secret=" + URLEncoder.encode(this.secret, StandardCharsets.UTF_8))).isTrue();
		assertThat(finds(this.secret.substring(0, this.secret.indexOf(' ')))).isTrue();
		assertThat(finds(this.secret.substring(this.secret.indexOf('>')))).isTrue();
	}

	@Test
	void whenOneIsPlantedThenTheWatchFindsItWhereItIs() {
		CanaryWatch watch = new CanaryWatch();
		watch.beforeEach(null);
		try (ConfigurableApplicationContext context = watch.application()
			.property("flyte.credentials.auth-mode", "none")
			.property("my.own.setting", watch.canaries().secret("setting"))
			.property("management.observations.key-values.tag", watch.canaries().token("tag"))
			.run()) {
			LoggerFactory.getLogger("any").trace("got {}", watch.canaries().token("logged"));
			watch.failureOf(() -> {
				throw new IllegalStateException("top",
						new IllegalArgumentException("wrong " + watch.canaries().token("cause")));
			});
			watch.failureOf(() -> CanaryTestSupport.projects(context));
			Thread thread = new Thread(() -> watch.look(context), "thread " + watch.canaries().token("thread"));
			thread.start();
			thread.join();
			assertThat(watch.findings()).anyMatch((finding) -> finding.startsWith("setting in /env"))
				.anyMatch((finding) -> finding.startsWith("tag in /metrics/grpc.client"))
				.anyMatch((finding) -> finding.startsWith("logged in log"))
				.anyMatch((finding) -> finding.startsWith("cause in exception"))
				.anyMatch((finding) -> finding.startsWith("thread in /threaddump"))
				.anyMatch((finding) -> finding.startsWith("thread in threads"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			watch.proxy().close();
			LogRecorder.end();
		}
	}

}
