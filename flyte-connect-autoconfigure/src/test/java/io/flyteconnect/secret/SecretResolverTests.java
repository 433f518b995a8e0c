package io.flyteconnect.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecretResolverTests {

	private final List<String> asked = new ArrayList<>();

	@Test
	void whenSeveralSourcesHaveASecretThenTheFirstOneCounts() {
		SecretResolver resolver = SecretResolver.of(source("first", null), source("second", "b"), source("third", "c"));
		try (SecretValue value = resolver.get("db", "pw")) {
			assertThat(value.text()).isEqualTo("b");
		}
		assertThat(this.asked).containsExactly("first", "second");
	}

	@Test
	void whenAskedInEachWayThenTheSecretIsTheSame() {
		SecretResolver resolver = SecretResolver.of(flyte(Map.of("_FSEC_DB_PW", "plain", "_FSEC_DB_V1_PW", "v1")));
		assertThat(resolver.get("db", "pw").text()).isEqualTo("plain");
		assertThat(resolver.get("db", "v1", "pw").text()).isEqualTo("v1");
		assertThat(resolver.get(Secret.of("db", "pw")).bytes()).isEqualTo("plain".getBytes(StandardCharsets.UTF_8));
		assertThat(resolver.find(Secret.of("db", "v1", "pw"))).isEqualTo(SecretValue.of("v1", "elsewhere"));
		assertThat(resolver.find(Secret.of("db", "other"))).isNull();
	}

	@Test
	void whenNoSourceHasASecretThenEveryPlaceIsNamed() {
		SecretResolver resolver = SecretResolver.of(source("Vault", null), flyte(Map.of("OTHER", "s3cret")),
				new Named(null));
		assertThatExceptionOfType(SecretNotFoundException.class).isThrownBy(() -> resolver.get("db", "v1", "pw"))
			.withMessage("The secret with group 'db', version 'v1', key 'pw' was not found; looked at Vault db/pw,"
					+ " environment variable _FSEC_DB_V1_PW, environment variable DB_V1_PW,"
					+ " environment variable _FSEC_DB_PW, SecretResolverTests.Named")
			.satisfies((ex) -> {
				assertThat(ex.getSecret()).isEqualTo(Secret.of("db", "v1", "pw"));
				assertThat(ex.getPlaces()).isEqualTo(resolver.places(ex.getSecret())).hasSize(5);
			});
	}

	@Test
	void whenNameIsOnlySafeElsewhereThenTheOtherSourceIsAsked() {
		Secret secret = Secret.of("secret/data/db", "pw");
		SecretResolver resolver = SecretResolver.of(flyte(Map.of()), source("Vault", "from-vault"));
		assertThat(resolver.get(secret).text()).isEqualTo("from-vault");
		SecretResolver without = SecretResolver.of(flyte(Map.of()), source("Vault", null));
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> without.get(secret))
			.withMessage("'secret/data/db' names no secret: 'group' must not contain a path separator.");
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> without.find(secret));
	}

	@Test
	void whenResolverIsALambdaThenItCanStandForOurs() {
		SecretResolver resolver = (secret) -> "pw".equals(secret.key()) ? SecretValue.of("stub", "test") : null;
		assertThat(resolver.get("db", "pw").text()).isEqualTo("stub");
		assertThatExceptionOfType(SecretNotFoundException.class).isThrownBy(() -> resolver.get("db", "other"))
			.withMessage("The secret with group 'db', key 'other' was not found");
	}

	private static FlyteSecretSource flyte(Map<String, String> variables) {
		return new FlyteSecretSource(new SecretLocations("_FSEC_", List.of(), ""), variables);
	}

	private SecretSource source(String name, @Nullable String text) {
		return new SecretSource() {

			@Override
			public @Nullable SecretValue find(Secret secret) {
				SecretResolverTests.this.asked.add(name);
				return (text != null) ? SecretValue.of(text, name) : null;
			}

			@Override
			public List<String> places(Secret secret) {
				return List.of(name + " " + secret.group() + "/" + secret.key());
			}

		};
	}

	record Named(@Nullable SecretValue value) implements SecretSource {

		@Override
		public @Nullable SecretValue find(Secret secret) {
			return this.value;
		}

	}

}
