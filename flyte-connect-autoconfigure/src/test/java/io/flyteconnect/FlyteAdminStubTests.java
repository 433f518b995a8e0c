package io.flyteconnect;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.LoginServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Deadlines as they leave, in the header {@code grpc-timeout}.
 */
class FlyteAdminStubTests {

	// What is left of a deadline after a pause of a busy machine.
	private static final Duration MOMENT = Duration.ofNanos(1);

	private LoginServer server;

	private FlyteConnection connection;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.tokenWanted = false;
		this.connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.authMode(AuthMode.NONE)
			.build());
	}

	@AfterEach
	void stop() throws Exception {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenNoDeadlineIsSetThenThatOfThePropertiesHolds() {
		version(this.connection.admin());
		assertThat(timeout()).isBetween(MOMENT, Duration.ofSeconds(30));
	}

	@Test
	void whenADeadlineIsSetThenItReplacesThatOfTheProperties() {
		version(this.connection.admin().withDeadline(Duration.ofMinutes(5)));
		assertThat(timeout()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(300));
	}

	@Test
	void whenTheStubIsKeptThenTheDeadlineCountsAnewForEachCall() {
		FlyteAdminStub kept = this.connection.admin().withDeadline(Duration.ofSeconds(1));
		// Each of the calls would be over before it begins.
		await().pollDelay(Duration.ofSeconds(1))
			.ignoreException(StatusRuntimeException.class)
			.untilAsserted(() -> version(kept));
	}

	@Test
	void whenTheCallerSetsADeadlineThenItWins() {
		FlyteAdminStub flyte = this.connection.admin().withDeadline(Duration.ofMinutes(8));
		flyte.blocking().withDeadlineAfter(20, TimeUnit.MINUTES).getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(timeout()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(20));
		flyte.blocking().withDeadlineAfter(3, TimeUnit.MINUTES).getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(timeout()).isBetween(MOMENT, Duration.ofMinutes(3));
	}

	@Test
	void whenADeadlineIsSetTwiceThenTheLastOneHolds() {
		version(this.connection.admin().withDeadline(Duration.ofMinutes(8)).withDeadline(Duration.ofMinutes(20)));
		assertThat(timeout()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(20));
		version(this.connection.admin().withDeadline(Duration.ofMinutes(20)).withDeadline(Duration.ofMinutes(8)));
		assertThat(timeout()).isBetween(MOMENT, Duration.ofMinutes(8));
	}

	@Test
	void whenADeadlineIsSetThenTheOriginalKeepsItsOwn() {
		this.connection.admin().withDeadline(Duration.ofSeconds(3));
		this.connection.admin().withDeadline(Duration.ofMinutes(3));
		version(this.connection.admin());
		assertThat(timeout()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
	}

	@Test
	void whenADeadlineIsSetThenItHoldsForEveryServiceAndStub() {
		FlyteAdminStub flyte = this.connection.admin().withDeadline(Duration.ofSeconds(8));
		assertThat(flyte.admin().blocking()).isSameAs(flyte.blocking());
		assertThat(flyte.admin().future()).isSameAs(flyte.future());
		assertThat(flyte.admin().async()).isSameAs(flyte.async());
		assertThat(flyte.blocking().getChannel()).isNotSameAs(this.connection.channel())
			.isSameAs(flyte.admin().blockingV2().getChannel())
			.isSameAs(flyte.future().getChannel())
			.isSameAs(flyte.async().getChannel())
			.isSameAs(flyte.dataProxy().blocking().getChannel())
			.isSameAs(flyte.signals().future().getChannel())
			.isSameAs(flyte.identity().async().getChannel());
		assertThat(flyte.blocking().getCallOptions().getDeadline()).isNull();
	}

	@Test
	void whenTheFutureStubIsUsedThenTheDeadlineHolds() throws Exception {
		this.connection.admin()
			.withDeadline(Duration.ofMinutes(5))
			.future()
			.getVersion(GetVersionRequest.getDefaultInstance())
			.get(60, TimeUnit.SECONDS);
		assertThat(timeout()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(300));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	void whenTheDeadlineIsNotPositiveThenItIsRefused(Duration deadline) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.connection.admin().withDeadline(deadline))
			.withMessageContaining("deadline");
	}

	private static void version(FlyteAdminStub flyte) {
		flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private Duration timeout() {
		Metadata last = this.server.headers.get(this.server.headers.size() - 1);
		String text = Objects
			.requireNonNull(last.get(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER)));
		long value = Long.parseLong(text.substring(0, text.length() - 1));
		return switch (text.charAt(text.length() - 1)) {
			case 'n' -> Duration.ofNanos(value);
			case 'u' -> Duration.ofNanos(value * 1000);
			case 'm' -> Duration.ofMillis(value);
			case 'S' -> Duration.ofSeconds(value);
			default -> Duration.ofMinutes(value);
		};
	}

}
