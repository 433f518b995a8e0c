package io.flyteconnect.secret;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SecretValueTests {

	private static final String ORIGIN = "file /etc/secrets/db/pw";

	@Test
	void whenAskedForThenItIsTextAndBytes() {
		SecretValue value = SecretValue.of("pässword", ORIGIN);
		assertThat(value.text()).isEqualTo("pässword");
		assertThat(value.bytes()).isEqualTo("pässword".getBytes(StandardCharsets.UTF_8));
		assertThat(value.origin()).isEqualTo(ORIGIN);
	}

	@Test
	void whenTextIsSurroundedByWhiteSpaceThenOnlyTheBytesKeepIt() {
		SecretValue value = SecretValue.of(" \t\r\n\u00a0\u0085s3 cret\u2007\u001f\n", ORIGIN);
		assertThat(value.text()).isEqualTo("s3 cret");
		assertThat(new String(value.bytes(), StandardCharsets.UTF_8))
			.isEqualTo(" \t\r\n\u00a0\u0085s3 cret\u2007\u001f\n");
	}

	@Test
	void whenTextIsEmptyThenItIsASecret() {
		assertThat(SecretValue.of("", ORIGIN).text()).isEmpty();
		assertThat(SecretValue.of(" \n", ORIGIN).text()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'a\rb', 'a\nb'", "'a\r\nb', 'a\nb'", "'a\n\rb', 'a\n\nb'", "'a\nb', 'a\nb'" })
	void whenTextIsOfAFileThenItsLineBreaksAreLineFeeds(String content, String expected) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		assertThat(SecretValue.ofFile(bytes, ORIGIN).text()).isEqualTo(expected);
		assertThat(SecretValue.ofFile(bytes, ORIGIN).bytes()).isEqualTo(bytes);
		assertThat(SecretValue.of(content, "environment variable A").text()).isEqualTo(content);
	}

	@Test
	void whenBytesAreNoTextThenThatIsSaid() {
		SecretValue value = SecretValue.of(new byte[] { 's', '3', 'c', (byte) 0xfe, (byte) 0xff }, ORIGIN);
		assertThatExceptionOfType(UnreadableSecretException.class).isThrownBy(value::text)
			.withMessage("The secret in file /etc/secrets/db/pw cannot be read:"
					+ " it is no UTF-8 text, and only to be had as bytes")
			.withNoCause();
		assertThat(value.bytes()).hasSize(5);
	}

	@Test
	void whenCopyIsChangedThenTheSecretIsNot() {
		byte[] given = "s3cret".getBytes(StandardCharsets.UTF_8);
		SecretValue value = SecretValue.of(given, ORIGIN);
		Arrays.fill(given, (byte) 'x');
		Arrays.fill(value.bytes(), (byte) 'y');
		assertThat(value.text()).isEqualTo("s3cret");
	}

	@Test
	void whenClosedThenTheBytesAreOverwritten() {
		byte[] bytes = "s3cret".getBytes(StandardCharsets.UTF_8);
		SecretValue value = SecretValue.ofFile(bytes, ORIGIN);
		try (value) {
			assertThat(value.text()).isEqualTo("s3cret");
		}
		assertThat(bytes).containsOnly(0);
		assertThatIllegalStateException().isThrownBy(value::text).withMessage("The secret is closed");
		assertThatIllegalStateException().isThrownBy(value::bytes).withMessage("The secret is closed");
		value.close();
	}

	@Test
	void whenPrintedThenMasked() {
		SecretValue value = SecretValue.of("s3cret", ORIGIN);
		assertThat(value).hasToString("******");
		assertThat("password=" + value).isEqualTo("password=******");
	}

	@Test
	void whenComparedThenTheBytesCount() {
		SecretValue value = SecretValue.of("s3cret", ORIGIN);
		assertThat(value).isEqualTo(value)
			.isEqualTo(SecretValue.of("s3cret", "environment variable A"))
			.isNotEqualTo(SecretValue.of("s3cres", ORIGIN))
			.isNotEqualTo(SecretValue.of("s3cret1", ORIGIN))
			.isNotEqualTo("s3cret");
		assertThat(value.hashCode()).isEqualTo(SecretValue.of("other", ORIGIN).hashCode());
	}

	@Test
	void whenClosedThenItIsEqualToItselfOnly() {
		SecretValue closed = SecretValue.of("s3cret", ORIGIN);
		SecretValue other = SecretValue.of("s3cret", ORIGIN);
		closed.close();
		assertThat(closed).isEqualTo(closed).isNotEqualTo(other);
		other.close();
		assertThat(other).isNotEqualTo(closed);
	}

	@Test
	void whenSerializedThenItFails() {
		SecretValue value = SecretValue.of("s3cret", ORIGIN);
		assertThatExceptionOfType(NotSerializableException.class)
			.isThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(value));
	}

	@Test
	void whenTurnedIntoJsonThenItIsNotThere() {
		assertThat(JsonMapper.builder().build().valueToTree(SecretValue.of("s3cret", ORIGIN)).toString())
			.doesNotContain("s3cret");
	}

}
