package io.flyteconnect.internal.call.authorization;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.client.TestLogin;
import io.flyteconnect.login.FlyteCallerToken;

import static org.assertj.core.api.Assertions.assertThat;

class CallerTokenRelayTests {

	private static final Metadata.Key<String> CALLER = Metadata.Key.of("x-caller", Metadata.ASCII_STRING_MARSHALLER);

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private final TestLogin login = new TestLogin();

	@BeforeEach
	void start() {
		// Flyte Admin reads this key whatever else it publishes.
		this.login.server.client = this.login.server.client.toBuilder().clearAuthorizationMetadataKey().build();
		this.login.server.accepted.add("of-the-caller");
		this.login.grant("of-the-service", "");
	}

	@AfterEach
	void stop() throws Exception {
		SecurityContextHolder.clearContext();
		this.login.close();
	}

	@Test
	void whenNothingIsSetThenTheCallersTokenIsNotSent() throws Exception {
		SecurityContextHolder.getContext().setAuthentication(jwt("of-the-caller"));
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
		});
		within("of-the-caller", () -> TestLogin.version(stub));
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-service");
	}

	@Test
	void whenTheContextHasATokenThenItTakesThePlaceOfTheServices() throws Exception {
		AdminServiceBlockingStub stub = connect();
		within("of-the-caller", () -> TestLogin.version(stub));
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-caller");
		assertThat(this.login.tokenRequests()).isEmpty();
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-caller", "Bearer of-the-service");
	}

	@Test
	void whenTheCallerIsAuthenticatedByAJwtThenItTakesThePlaceOfTheServices() {
		AdminServiceBlockingStub stub = connect();
		SecurityContextHolder.getContext().setAuthentication(jwt("of-the-caller"));
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-caller");
	}

	@Test
	void whenTheCallerIsAuthenticatedByAnOpaqueTokenThenItTakesThePlaceOfTheServices() {
		AdminServiceBlockingStub stub = connect();
		OAuth2AccessToken token = new OAuth2AccessToken(TokenType.BEARER, "of-the-caller", Instant.now(),
				Instant.now().plusSeconds(60));
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("somebody", token, "ROLE_USER"));
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-caller");
	}

	@Test
	void whenBothAreThereThenTheContextOfTheCallWins() throws Exception {
		AdminServiceBlockingStub stub = connect();
		SecurityContextHolder.getContext().setAuthentication(jwt("of-somebody-else"));
		within("of-the-caller", () -> TestLogin.version(stub));
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-caller");
	}

	@Test
	void whenTheCallerHasNoTokenThenTheServicesIsSent() {
		AdminServiceBlockingStub stub = connect();
		SecurityContextHolder.getContext()
			.setAuthentication(
					new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_X")));
		TestLogin.version(stub);
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("somebody", "a password", "ROLE_USER"));
		TestLogin.version(stub);
		Authentication unauthenticated = jwt("of-the-caller");
		unauthenticated.setAuthenticated(false);
		SecurityContextHolder.getContext().setAuthentication(unauthenticated);
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsOnly("Bearer of-the-service").hasSize(3);
	}

	@Test
	void whenTheCallersTokenIsRefusedThenTheServicesDoesNotStandInForIt() throws Exception {
		AdminServiceBlockingStub stub = connect();
		TestLogin.version(stub);
		this.login.server.accepted.remove("of-the-caller");
		StatusRuntimeException ex = within("of-the-caller", () -> TestLogin.failure(stub));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("Bearer of-the-service", "Bearer of-the-caller",
				"Bearer of-the-service");
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	@Test
	void whenManyCallAtOnceThenEachHasItsOwnToken() throws Exception {
		AdminServiceBlockingStub stub = connect();
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try {
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				String caller = "caller-" + i;
				this.login.server.accepted.add(caller);
				// Every other one asks as the service.
				callers.add(threads.submit((i % 2 == 0) ? () -> {
					for (int call = 0; call < 50; call++) {
						within(caller, () -> TestLogin.version(named(stub, caller)));
					}
					return null;
				} : () -> {
					for (int call = 0; call < 50; call++) {
						TestLogin.version(named(stub, "of-the-service"));
					}
					return null;
				}));
			}
			for (Future<?> caller : callers) {
				caller.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.login.server.headers).hasSize(16 * 50)
			.allSatisfy((headers) -> assertThat(headers.get(AUTHORIZATION)).isEqualTo("Bearer " + headers.get(CALLER)));
	}

	private static AdminServiceBlockingStub named(AdminServiceBlockingStub stub, String caller) {
		Metadata headers = new Metadata();
		headers.put(CALLER, caller);
		return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "line\r\nx-injected: 1" })
	void whenTheCallersTokenIsNoneThenTheCallFailsWithoutIt(String token) throws Exception {
		AdminServiceBlockingStub stub = connect();
		StatusRuntimeException ex = within(token, () -> TestLogin.failure(stub));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("the caller's token has characters that no header can carry")
			.hasMessageNotContaining(token);
		assertThat(this.login.server.authorizations).isEmpty();
	}

	private AdminServiceBlockingStub connect() {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
			credentials.property("flyte.credentials.relay", true);
		});
	}

	private static <T> T within(String token, Callable<T> call) throws Exception {
		return Context.current().withValue(FlyteCallerToken.KEY, token).call(call);
	}

	private static Authentication jwt(String token) {
		return new JwtAuthenticationToken(Jwt.withTokenValue(token).header("alg", "none").subject("somebody").build(),
				AuthorityUtils.NO_AUTHORITIES);
	}

}
