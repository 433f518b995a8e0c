package io.flyteconnect.internal.config.text;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Masked}.
 */
class MaskedTests {

	@Test
	void whenACommandHasArgumentsThenOnlyTheProgramIsShown() {
		assertThat(Masked.command(List.of("get-token", "--key", "s3cret"))).isEqualTo("[get-token, ******]");
	}

	@Test
	void whenACommandIsASingleTextThenOnlyTheProgramIsShown() {
		assertThat(Masked.command(List.of("get-token --key s3cret"))).isEqualTo("[get-token, ******]");
		assertThat(Masked.command(List.of("get-token,--key,s3cret"))).isEqualTo("[get-token, ******]");
	}

	@Test
	void whenACommandHasNoArgumentsThenItIsShown() {
		assertThat(Masked.command(List.of(" /usr/bin/get-token "))).isEqualTo("[/usr/bin/get-token]");
		assertThat(Masked.command(List.of())).isEqualTo("[]");
	}

	@Test
	void whenAUrlHasAPasswordThenItIsHidden() {
		assertThat(Masked.url("http://me:p@ss@proxy:3128")).isEqualTo("http://******@proxy:3128");
		assertThat(Masked.url("me:pass@proxy")).isEqualTo("******@proxy");
		assertThat(Masked.url("http://proxy:3128")).isEqualTo("http://proxy:3128");
		assertThat(Masked.url(null)).isNull();
	}

	@Test
	void whenATextIsASecretThenItIsHidden() {
		assertThat(Masked.text("s3cret")).isEqualTo("******");
		assertThat(Masked.text("")).isEmpty();
		assertThat(Masked.text(null)).isNull();
	}

}
