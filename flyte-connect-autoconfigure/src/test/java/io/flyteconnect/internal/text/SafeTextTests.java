package io.flyteconnect.internal.text;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeTextTests {

	@Test
	void whenTextHasLineBreaksAndControlsThenItBecomesOneLine() {
		assertThat(SafeText.of("a\r\nINFO forged\u001b[31m\u2028b\u202ec ")).isEqualTo("a INFO forged [31m b c");
	}

	@Test
	void whenTextIsLongThenItIsCapped() {
		assertThat(SafeText.of("x".repeat(10_000))).hasSize(303).endsWith("...");
	}

	@Test
	void whenTheOtherSideSendsTheSecretBackThenItIsMasked() {
		assertThat(SafeText.of("bad secret 's3cret+/=' for client", List.of("s3cret+/=")))
			.isEqualTo("bad secret '******' for client");
	}

	@Test
	void whenTheSecretIsCutByTheCapThenNoPartOfItRemains() {
		assertThat(SafeText.of("x".repeat(295) + "top-secret-value", List.of("top-secret-value")))
			.doesNotContain("top");
	}

	@Test
	void whenTheSecretComesBackAsTheFormHadItThenItIsMaskedToo() {
		assertThat(SafeText.of("got client_secret=s3cret%2B%2F%3D&code=c0de", List.of("s3cret+/=", "c0de")))
			.isEqualTo("got client_secret=******&code=******");
	}

	@Test
	void whenTextHasControlsOfEightBitTerminalsThenTheyAreRemoved() {
		assertThat(SafeText.of("a\u009b31mb\u0085c\u200bd")).isEqualTo("a 31mb c d");
	}

	@Test
	void whenAProgramSaysMuchThenTheEndIsKept() {
		assertThat(SafeText.tail("x".repeat(1000) + "\nthe matter\n")).hasSize(300)
			.startsWith("...x")
			.endsWith("x the matter");
		assertThat(SafeText.tail(" short\n")).isEqualTo("short");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\nb", "a\u007f", "\u00e4" })
	void whenTextIsNotFitForAHeaderThenThatIsSeen(String text) {
		assertThat(SafeText.isHeaderValue(text)).isFalse();
	}

	@Test
	void whenTextIsFitForAHeaderThenThatIsSeen() {
		assertThat(SafeText.isHeaderValue("ey.J-_~+/=")).isTrue();
		assertThat(SafeText.isHeaderValue(null)).isFalse();
	}

	@Test
	void whenThereIsNothingThenTheTextIsEmpty() {
		assertThat(SafeText.of(null)).isEmpty();
		assertThat(SafeText.of(null, List.of("s"))).isEmpty();
		assertThat(SafeText.of("text", List.of(""))).isEqualTo("text");
	}

	@Test
	void whenOneSecretIsAPartOfAnotherThenNothingIsLeftOfEither() {
		assertThat(SafeText.of("token ab-s3cret-cd", List.of("s3cret", "ab-s3cret-cd"))).isEqualTo("token ******");
	}

}
