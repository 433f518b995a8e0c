package io.flyteconnect.internal.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import static org.assertj.core.api.Assertions.assertThat;

class TokenLifeTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "PT1S,1", "PT1H,3600", "PT0.4S,1", "P3650D,315360000" })
	void whenTheServerSaysHowLongThenThatCounts(Duration expiresIn, long seconds) {
		assertThat(TokenLife.of(expiresIn, jwt("" + NOW.plusSeconds(90).getEpochSecond()), NOW)).hasSeconds(seconds);
	}

	@Test
	void whenTheServerSaysNothingThenAJwtDoes() {
		assertThat(TokenLife.of(null, jwt("" + NOW.plusSeconds(90).getEpochSecond()), NOW)).hasSeconds(90);
		assertThat(TokenLife.of(null, "opaque", NOW)).isEqualTo(TokenLife.UNTIL_REFUSED);
	}

	@ParameterizedTest
	@CsvSource({ "-3600,300", "3600,300", "-280,300", "0,300", "5,1", "-86000,3600" })
	void whenAJwtSaysWhenItWasIssuedThenItsLifeIsWhatTheServerGaveIt(long ahead, long life) {
		assertThat(TokenLife.of(null, jwt(ahead, ahead + life), NOW)).hasSeconds(life);
	}

	@ParameterizedTest
	@CsvSource({ "-172800,90", "172800,90", "100,90", "90,90" })
	void whenAJwtCannotHaveBeenIssuedThenThenItsEndCounts(long issued, long end) {
		assertThat(TokenLife.of(null, jwt(issued, end), NOW)).hasSeconds(90);
	}

	@ParameterizedTest
	@CsvSource({ "-600,300,300", "-600,-300,300", "-300,60,60", "60,300,240", "-172800,-5,1" })
	void whenAJwtMayHaveWaitedBeforeItCameThenItsEndCountsUnlessThatIsPast(long issued, long end, long life) {
		assertThat(TokenLife.ofKept(jwt(issued, end), NOW)).hasSeconds(life);
	}

	@ParameterizedTest
	@ValueSource(longs = { 315_360_001, 99_999_999_999_999L, Long.MAX_VALUE })
	void whenTheServerSaysVeryMuchThenItIsCapped(long seconds) {
		Duration life = TokenLife.of(Duration.ofSeconds(seconds), "opaque", NOW);
		assertThat(life).isEqualTo(TokenLife.UNTIL_REFUSED);
		assertThat(NOW.plus(life)).isAfter(NOW);
	}

	@Test
	void whenAJwtIsOverBeforeItComesThenItStillLivesForASecond() {
		assertThat(TokenLife.of(null, jwt("5"), NOW)).hasSeconds(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e30", "\"soon\"", "null", "99999999999999" })
	void whenAJwtSaysNothingUsableThenItCountsUntilItIsRefused(String exp) {
		assertThat(TokenLife.of(null, jwt(exp), NOW)).isEqualTo(TokenLife.UNTIL_REFUSED);
	}

	@Test
	void whenATokenIsAskedThenItsOwnTimesCount() {
		OAuth2AccessToken token = new OAuth2AccessToken(TokenType.BEARER, "x", NOW, NOW.plusSeconds(10));
		assertThat(TokenLife.of(token)).hasSeconds(10);
		assertThat(TokenLife.isOver(token, NOW.plusSeconds(9))).isFalse();
		assertThat(TokenLife.isOver(token, NOW.plusSeconds(10))).isTrue();
		OAuth2AccessToken endless = new OAuth2AccessToken(TokenType.BEARER, "x", NOW, null);
		assertThat(TokenLife.of(endless)).isEqualTo(TokenLife.UNTIL_REFUSED);
		assertThat(TokenLife.isOver(endless, NOW.plus(Duration.ofDays(9999)))).isFalse();
	}

	@Test
	void whenALifeIsDescribedThenItReadsAsTheEndOfASentence() {
		assertThat(TokenLife.describe(Duration.ofSeconds(90))).isEqualTo("expires in 90 s");
		assertThat(TokenLife.describe(TokenLife.UNTIL_REFUSED)).contains("until it is refused");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "opaque", "a.b", "a.b.c.d", "a.%%%.c", "a.bm90IGpzb24.c", "a.WzFd.c" })
	void whenATokenIsNoJwtThenItHasNoClaims(String token) {
		assertThat(JwtClaims.of(token)).isEmpty();
	}

	@Test
	void whenATokenIsAJwtThenItsClaimsAreRead() {
		assertThat(JwtClaims.of(jwt("7"))).containsEntry("exp", 7);
	}

	private static String jwt(long issued, long end) {
		return jwt(NOW.plusSeconds(end).getEpochSecond() + ",\"iat\":" + NOW.plusSeconds(issued).getEpochSecond());
	}

	private static String jwt(String exp) {
		return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"exp\":" + exp + "}").getBytes())
				+ ".sig";
	}

}
