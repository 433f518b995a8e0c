package io.flyteconnect.oauth2.endpoint;

import org.junit.jupiter.api.Test;

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
		assertThat(SafeText.of("bad secret 's3cret+/=' for client", "s3cret+/="))
			.isEqualTo("bad secret '******' for client");
	}

	@Test
	void whenTheSecretIsCutByTheCapThenNoPartOfItRemains() {
		assertThat(SafeText.of("x".repeat(295) + "top-secret-value", "top-secret-value")).doesNotContain("top");
	}

	@Test
	void whenThereIsNothingThenTheTextIsEmpty() {
		assertThat(SafeText.of(null)).isEmpty();
		assertThat(SafeText.of(null, "s")).isEmpty();
		assertThat(SafeText.of("text", "")).isEqualTo("text");
	}

}
