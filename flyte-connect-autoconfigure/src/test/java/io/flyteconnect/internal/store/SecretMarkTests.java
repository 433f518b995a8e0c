package io.flyteconnect.internal.store;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stored login knows of the client secret that it was made with.
 */
class SecretMarkTests {

	private final SecretMark mark = new SecretMark();

	@Test
	void whenTheSecretIsTheSameThenItsMarkIsWorkedOutOnce() {
		String first = this.mark.of(client("correct"));
		assertThat(this.mark.of(client("correct"))).isSameAs(first).doesNotContain("correct");
	}

	@Test
	void whenTheSecretIsAnotherThenItsMarkIsNeverThatOfTheOneBefore() {
		StoredLogin login = login(this.mark.of(client("correct")));
		assertThat(this.mark.isOn(login, client("correct"))).isTrue();
		assertThat(this.mark.isOn(login, client("wrong"))).isFalse();
		assertThat(this.mark.isOn(login, client("correct"))).isTrue();
		assertThat(this.mark.of(client("rotated"))).isNotEqualTo(login.secretMark());
		assertThat(this.mark.isOn(login, client("rotated"))).isFalse();
	}

	@Test
	void whenALoginIsAnotherProcessesThenItIsKnownAndKeepsItsMark() {
		StoredLogin login = login(new SecretMark().of(client("correct")));
		assertThat(this.mark.of(client("correct"))).isNotEqualTo(login.secretMark());
		assertThat(this.mark.isOn(login, client("wrong"))).isFalse();
		assertThat(this.mark.isOn(login, client("correct"))).isTrue();
		assertThat(this.mark.of(client("correct"))).isEqualTo(login.secretMark());
	}

	@Test
	void whenNoSecretIsNeededThenThereIsNoMark() {
		assertThat(this.mark.of(client(""))).isNull();
		assertThat(this.mark.isOn(login(null), client(""))).isTrue();
		assertThat(this.mark.isOn(login(null), client("correct"))).isFalse();
	}

	private static StoredLogin login(String mark) {
		Instant now = Instant.now();
		ClientRegistration registration = client("correct");
		return StoredLogin.of(new OAuth2AuthorizedClient(registration, "flyte",
				new OAuth2AccessToken(TokenType.BEARER, "access-1", now, now.plusSeconds(60))), mark);
	}

	private static ClientRegistration client(String secret) {
		return ClientRegistration.withRegistrationId("flyte")
			.clientId("id")
			.clientSecret(secret)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.tokenUri("https://localhost/token")
			.build();
	}

}
