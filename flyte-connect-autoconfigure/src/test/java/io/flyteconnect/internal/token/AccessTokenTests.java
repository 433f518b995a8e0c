package io.flyteconnect.internal.token;

import java.time.Duration;
import java.time.Instant;

import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import io.flyteconnect.internal.client.Registrations;

import static org.assertj.core.api.Assertions.assertThat;

class AccessTokenTests {

	private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void whenNoWindowIsSetThenRenewalStartsAtFourFifthsOfTheLife() {
		AccessToken token = token(Duration.ofMinutes(30), Duration.ZERO, 0);
		assertThat(token.isToBeRenewed(at(Duration.ofMinutes(24).minusMillis(1)))).isFalse();
		assertThat(token.isToBeRenewed(at(Duration.ofMinutes(24)))).isTrue();
	}

	@Test
	void whenJitterIsDrawnThenRenewalStartsEarlierByAtMostATwentiethOfTheLife() {
		AccessToken token = token(Duration.ofMinutes(30), Duration.ZERO, 1);
		assertThat(token.isToBeRenewed(at(Duration.ofSeconds(1350).minusMillis(1)))).isFalse();
		assertThat(token.isToBeRenewed(at(Duration.ofSeconds(1350)))).isTrue();
	}

	@Test
	void whenAWindowIsSetThenRenewalStartsThatLongBeforeTheEnd() {
		AccessToken token = token(Duration.ofMinutes(30), Duration.ofMinutes(2), 0);
		assertThat(token.isToBeRenewed(at(Duration.ofMinutes(28).minusMillis(1)))).isFalse();
		assertThat(token.isToBeRenewed(at(Duration.ofMinutes(28)))).isTrue();
	}

	@Test
	void whenTheWindowIsLongerThanHalfOfTheLifeThenAShareOfTheLifeIsUsed() {
		AccessToken token = token(Duration.ofSeconds(5), Duration.ofMinutes(5), 0);
		assertThat(token.isToBeRenewed(at(Duration.ofMillis(3999)))).isFalse();
		assertThat(token.isToBeRenewed(at(Duration.ofSeconds(4)))).isTrue();
		assertThat(token.isUsable(at(Duration.ofMillis(4999)))).isTrue();
		assertThat(token.isUsable(at(Duration.ofSeconds(5)))).isFalse();
	}

	@Test
	void whenTheServersClockIsWrongThenTheLifeCountsFromReceipt() {
		Instant elsewhere = RECEIVED.plus(Duration.ofHours(3));
		AccessToken token = AccessToken.of(client("t", elsewhere, elsewhere.plusSeconds(60)), "authorization", RECEIVED,
				Duration.ZERO, 0);
		assertThat(token.isUsable(at(Duration.ofSeconds(59)))).isTrue();
		assertThat(token.isUsable(at(Duration.ofSeconds(60)))).isFalse();
	}

	@Test
	void whenTheServerNamesAMetadataKeyThenTheTokenGoesUnderIt() {
		AccessToken token = AccessToken.of(client("abc", RECEIVED, RECEIVED.plusSeconds(60)), "flyte-authorization",
				RECEIVED, Duration.ZERO, 0);
		assertThat(token.headers().keys()).containsExactly("flyte-authorization");
		assertThat(token.headers().get(Metadata.Key.of("flyte-authorization", Metadata.ASCII_STRING_MARSHALLER)))
			.isEqualTo("Bearer abc");
	}

	@Test
	void whenThereIsNoLoginThenCallsCarryNothing() {
		AccessToken none = AccessToken.none(RECEIVED.plusSeconds(10));
		assertThat(none.isAnonymous()).isTrue();
		assertThat(none.headers().keys()).isEmpty();
		assertThat(none.isToBeRenewed(at(Duration.ofSeconds(9)))).isFalse();
		assertThat(none.isUsable(at(Duration.ofSeconds(9)))).isTrue();
		assertThat(none.isUsable(at(Duration.ofSeconds(10)))).isFalse();
	}

	@Test
	void whenPrintedThenTheTokenIsNotShown() {
		assertThat(token(Duration.ofSeconds(5), Duration.ZERO, 0).toString()).doesNotContain("secret-token");
	}

	private static AccessToken token(Duration life, Duration window, double jitter) {
		return AccessToken.of(client("secret-token", RECEIVED, RECEIVED.plus(life)), "authorization", RECEIVED, window,
				jitter);
	}

	private static OAuth2AuthorizedClient client(String token, Instant issued, Instant expires) {
		return new OAuth2AuthorizedClient(Registrations.clientCredentials(), "flyte",
				new OAuth2AccessToken(TokenType.BEARER, token, issued, expires));
	}

	private static long at(Duration after) {
		return RECEIVED.plus(after).toEpochMilli();
	}

}
