package io.flyteconnect.internal.client.failure;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.login.PersonLoginException;

import static org.assertj.core.api.Assertions.assertThat;

class LoginFailuresTests {

	private static final String ENDPOINT = "https://idp.example/token";

	@Test
	void whenTheServerAnsweredAnErrorThenAllOfItIsKept() {
		TokenRequestException answer = new TokenRequestException(new OAuth2Error("slow_down"), "HTTP 429 slow_down",
				429, Duration.ofSeconds(3));
		LoginException ex = LoginFailures.translate(wrapped(answer), ENDPOINT);
		assertThat(ex).hasMessage("HTTP 429 slow_down (https://idp.example/token)");
		assertThat(ex.getStep()).isEqualTo(LoginStep.TOKEN_REQUEST);
		assertThat(ex.isPermanent()).isFalse();
		assertThat(ex.getErrorCode()).isEqualTo("slow_down");
		assertThat(ex.getHttpStatus()).isEqualTo(429);
		assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void whenAnotherEndpointAnsweredThenThatIsNamed() {
		TokenRequestException answer = new TokenRequestException(new OAuth2Error("invalid_client"),
				"HTTP 401 invalid_client", 401, null)
			.at("https://idp.example/device");
		assertThat(LoginFailures.translate(wrapped(answer), ENDPOINT))
			.hasMessage("HTTP 401 invalid_client (https://idp.example/device)");
	}

	@Test
	void whenThePersonIsTheMatterThenTheStepSaysSo() {
		LoginException ex = LoginFailures.translate(
				wrapped(new PersonLoginException("access_denied", "the person denied the login", null)), ENDPOINT);
		assertThat(ex).hasMessage("the person denied the login");
		assertThat(ex.getStep()).isEqualTo(LoginStep.INTERACTION);
		assertThat(ex.getErrorCode()).isEqualTo("access_denied");
		assertThat(ex.isPermanent()).isTrue();
	}

	@Test
	void whenThePersonIsTheMatterThenThatIsSaidAndNotTheAnswerBehindIt() {
		TokenRequestException answer = new TokenRequestException(new OAuth2Error("access_denied"),
				"HTTP 400 access_denied", 400, null);
		assertThat(LoginFailures.translate(
				wrapped(new PersonLoginException("access_denied", "the person denied the login", answer)), ENDPOINT))
			.hasMessage("the person denied the login");
	}

	@Test
	void whenTheNetworkIsTheMatterThenTheEndpointIsNamedOnce() {
		assertThat(LoginFailures.translate(wrapped(new IOException("reset\nby peer")), ENDPOINT))
			.hasMessage("reset by peer (https://idp.example/token)");
		LoginException ex = LoginFailures.translate(wrapped(new IOException("POST https://idp.example/token: reset")),
				ENDPOINT);
		assertThat(ex).hasMessage("POST https://idp.example/token: reset");
		assertThat(ex.isPermanent()).isFalse();
		assertThat(ex.getHttpStatus()).isNull();
	}

	@Test
	void whenTheLoginFailedAlreadyThenThatIsTheFailure() {
		LoginException inner = LoginException.credentials("no secret", null);
		assertThat(LoginFailures.translate(wrapped(inner), ENDPOINT)).isSameAs(inner);
	}

	@Test
	void whenNothingIsKnownThenCodeAndDescriptionAreTold() {
		assertThat(LoginFailures
			.translate(new OAuth2AuthorizationException(new OAuth2Error("odd", "line one\nline two", null)), ENDPOINT))
			.hasMessage("odd line one line two (https://idp.example/token)");
	}

	@Test
	void whenTheDescriptionMayQuoteTheAnswerThenItIsNotTold() {
		OAuth2AuthorizationException quoting = new OAuth2AuthorizationException(
				new OAuth2Error("invalid_token_response", "got access_token=s3cret", null),
				new IllegalStateException("outer", new IllegalStateException("inner")));
		assertThat(LoginFailures.translate(quoting, ENDPOINT)).message()
			.contains("invalid_token_response")
			.doesNotContain("s3cret");
	}

	private static OAuth2AuthorizationException wrapped(Throwable cause) {
		return new ClientAuthorizationException(new OAuth2Error("outer"), "flyte", "outer", cause);
	}

}
