package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecretPropertyNameTests {

	@ParameterizedTest
	@CsvSource({ "flyte-secret.db.password,db,,password", "flyte-secret.db.v1.password,db,v1,password",
			"flyte-secret.My-Group.PASS_WORD,My-Group,,PASS_WORD", "flyte-secret.[my.group].key,my.group,,key",
			"flyte-secret.group.[tls.crt],group,,tls.crt", "flyte-secret[my.group][1.2][tls.crt],my.group,1.2,tls.crt",
			"flyte-secret.[my.group][tls.crt],my.group,,tls.crt", "flyte-secret.group[tls.crt],group,,tls.crt",
			"flyte-secret.[arn:aws:db].key,arn:aws:db,,key", "flyte-secret.[arn\\:aws\\:db].key,arn:aws:db,,key",
			"flyte-secret.[group].[key],group,,key", "flyte-secret.1.2.3,1,2,3" })
	void whenNameIsWrittenThenItIsASecret(String name, String group, @Nullable String version, String key) {
		assertThat(SecretPropertyName.matches(name)).isTrue();
		assertThat(SecretPropertyName.parse(name).secret())
			.isEqualTo(Secret.builder().group(group).groupVersion(version).key(key).build());
		assertThat(SecretPropertyName.parse(name).fallback()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "flyte-secret.db.pw:x,x", "flyte-secret.db.pw:,''", "flyte-secret.db.pw:a:b.c[d],a:b.c[d]",
			"flyte-secret.[d.b].[p.w]:x,x" })
	void whenPlaceholderHasAFallbackThenItComesAlong(String name, String fallback) {
		assertThat(SecretPropertyName.parse(name).fallback()).isEqualTo(fallback);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte-secret.", "flyte-secret.db", "flyte-secret.db.", "flyte-secret..pw",
			"flyte-secret.db. .pw", "flyte-secret.a.b.c.d", "flyte-secret.[db", "flyte-secret.[db]pw",
			"flyte-secret.[].pw", "flyte-secret[", "flyte-secret.:x", "flyte-secret.db:x" })
	void whenNameIsNoneThenItSaysHowToWriteIt(String name) {
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> SecretPropertyName.parse(name))
			.withMessageStartingWith("'" + name + "' names no secret: write flyte-secret.<group>.<key> or ");
	}

	@Test
	void whenPropertyIsAnotherOneThenItIsNone() {
		assertThat(SecretPropertyName.matches("flyte-secret")).isFalse();
		assertThat(SecretPropertyName.matches("flyte-secrets.db.pw")).isFalse();
		assertThat(SecretPropertyName.matches("flyte.secrets.env-prefix")).isFalse();
	}

}
