package io.flyteconnect.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refusal names the settings that it may be about, and where each present value comes
 * from.
 */
class RefusalAdviceTests {

	private static final String SECRET = "s3cret-of-the-file";

	private final TestLogin login = new TestLogin();

	@TempDir
	Path folder;

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"400 | invalid_scope | scopes 'wide narrow' of flyte.credentials.scopes (FILE:7:12)",
			"400 | INVALID_SCOPE | scopes 'wide narrow' of flyte.credentials.scopes (FILE:7:12)",
			"401 | invalid_client | client id 'svc' of flyte.credentials.client-id (FILE:5:13); client secret of flyte.credentials.client-secret-location (FILE:6:25), file SECRET; way of sending it (flyte.credentials.client-authentication-method)",
			"401 | odd_code | client id 'svc' of flyte.credentials.client-id (FILE:5:13); client secret of",
			"401 | unauthorized_client | client secret of flyte.credentials.client-secret-location (FILE:6:25), file SECRET; mode client-credentials of flyte.credentials.auth-mode (FILE:4:13)",
			"400 | unsupported_grant_type | mode client-credentials of flyte.credentials.auth-mode (FILE:4:13); token endpoint 'ISSUER/token', which the server publishes (flyte.credentials.token-url wins over it)",
			"400 | invalid_target | audience 'api' of flyte.credentials.audience (FILE:8:13); scopes 'wide narrow'",
			"403 | access_denied | client id 'svc' of flyte.credentials.client-id (FILE:5:13); audience 'api' of flyte.credentials.audience (FILE:8:13)",
			"400 | invalid_request | audience 'api' of flyte.credentials.audience (FILE:8:13)",
			"404 | | token endpoint 'ISSUER/token', which the server publishes",
			"404 | Realm does not exist | token endpoint 'ISSUER/token', which the server publishes",
			"404 | no_such_tenant | token endpoint 'ISSUER/token', which the server publishes",
			"405 | wrong_method | token endpoint 'ISSUER/token', which the server publishes",
			"302 | | token endpoint 'ISSUER/token', which the server publishes (flyte.credentials.token-url wins over it); proxy in front, if there is one: flyte.credentials.proxy-command gives its token",
			"403 | | proxy in front, if there is one: flyte.credentials.proxy-command" })
	void whenTheTokenEndpointRefusesThenTheErrorNamesSettingsAndLines(int status, @Nullable String error, String advice)
			throws Exception {
		this.login.answer(refusal(status, error));
		Path file = file("  scopes: [wide, narrow]", "  audience: api");
		StatusRuntimeException ex = TestLogin.failure(this.login.connect(PlatformConfig.auto(file)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining(". Check the ")
			.hasMessageContaining(advice.replace("FILE", file.toString())
				.replace("SECRET", this.folder.resolve("secret").toString())
				.replace("ISSUER", this.login.issuer()));
		TestLogin.assertNoSecret(ex, SECRET);
		assertThat(this.login.tokenRequests().size()).isLessThanOrEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"invalid_scope | scopes 'all offline', which the server publishes (flyte.credentials.scopes wins over it)",
			"invalid_client | way of sending it (flyte.credentials.client-authentication-method)" })
	void whenTheServerPublishesTheValueThenTheErrorSaysSo(String error, String advice) throws Exception {
		this.login.answer(refusal(400, error));
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file())))).hasMessageContaining(advice);
	}

	@Test
	void whenAStrongerPlaceEmptiesTheSettingOfASecretThenTheOneThatHoldsItIsNamed() throws Exception {
		this.login.answer(refusal(401, "invalid_client"));
		ProcessEnvironment process = new ProcessEnvironment(
				Map.of("FLYTE_CREDENTIALS_CLIENT_SECRET", "wrong", "FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", ""),
				this.folder, this.folder);
		PlatformConfig config = PlatformConfigs.auto(process, file().toString());
		assertThat(TestLogin.failure(this.login.connect(config)))
			.hasMessageContaining("; client secret of flyte.credentials.client-secret (environment variable"
					+ " FLYTE_CREDENTIALS_CLIENT_SECRET); way of sending it");
	}

	@Test
	void whenAProviderWantsAnAudienceThenTheErrorSaysThatNoneIsSet() throws Exception {
		this.login.answer(refusal(403, "access_denied"));
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file()))))
			.hasMessageContaining("; audience (none: flyte.credentials.audience is not set); scopes 'all offline'");
	}

	@Test
	void whenFlyteWantsATokenAndPublishesNothingThenTheErrorNamesModeAndTokenEndpoint() throws Exception {
		this.login.server.metadataFailure = Status.UNIMPLEMENTED;
		Path file = file();
		StatusRuntimeException ex = TestLogin.failure(this.login.connect(PlatformConfig.auto(file)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("the server says nothing about logging in")
			.hasMessageContaining("Check the mode client-credentials of flyte.credentials.auth-mode (" + file
					+ ":4:13); token endpoint (none: flyte.credentials.token-url is not set)");
	}

	@ParameterizedTest
	@CsvSource({ "403,mfa_required", "400,account_locked", "400,use_dpop_nonce", "422,password_expired" })
	void whenTheServerHasACodeOfItsOwnThenNoSettingIsToBlame(int status, String error) throws Exception {
		this.login.answer(refusal(status, error));
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file()))))
			.hasMessageContaining("HTTP " + status + " " + error)
			.hasMessageNotContaining("Check");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 429 })
	void whenTheServerIsBusyThenNoSettingIsToBlame(int status) throws Exception {
		this.login.answer(refusal(status, null));
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file())))).hasMessageNotContaining("Check");
	}

	@Test
	void whenFlyteRefusesAFreshTokenThenTheErrorNamesScopesAndAudience() throws Exception {
		this.login.grant("token-1", "");
		this.login.server.accepted.clear();
		Path file = file("  audience: api");
		StatusRuntimeException ex = TestLogin.failure(this.login.connect(PlatformConfig.auto(file)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("step: refused by server")
			.hasMessageContaining("Check the scopes 'all offline', which the server publishes")
			.hasMessageContaining("audience 'api' of flyte.credentials.audience (" + file + ":7:13)");
	}

	@Test
	void whenFlyteDeniesACallWithAFreshTokenThenTheErrorNamesScopesUntilOneGotThrough() throws Exception {
		this.login.grant("token-1", "");
		this.login.server.failure = Status.PERMISSION_DENIED.withDescription("no such right");
		AdminServiceBlockingStub stub = this.login.connect(PlatformConfig.auto(file()));
		StatusRuntimeException ex = TestLogin.failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
		assertThat(ex).hasMessageContaining("no such right")
			.hasMessageContaining("Check the scopes 'all offline', which the server publishes");
		this.login.server.failure = null;
		TestLogin.version(stub);
		this.login.server.failure = Status.PERMISSION_DENIED.withDescription("no such right");
		assertThat(TestLogin.failure(stub)).hasMessage("PERMISSION_DENIED: no such right");
	}

	@Test
	void whenTheServerWantsALoginAndTheModeIsNoneThenTheErrorNamesTheMode() throws Exception {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), """
				admin:
				  endpoint: localhost:%d
				  insecure: true
				  authType: None
				""".formatted(this.login.server.port()));
		StatusRuntimeException ex = TestLogin.failure(this.login.connect(PlatformConfig.auto(file)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("No token was sent, and the server wants one. Check the mode none of"
				+ " flyte.credentials.auth-mode (" + file + ":4:13)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"command: [sh, -c, exit 3] | Check the command of flyte.credentials.command (FILE:5:",
			"command: [echo, 'two words'] | Check the command of flyte.credentials.command (FILE:5:",
			"command: [no-such-program] | executable? Check the command of flyte.credentials.command (FILE:5:" })
	void whenACommandFailsThenTheErrorNamesItsSetting(String line, String advice) throws Exception {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), """
				admin:
				  endpoint: localhost:%d
				  insecure: true
				  authType: ExternalCommand
				  %s
				""".formatted(this.login.server.port(), line));
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file))))
			.hasMessageContaining(advice.replace("FILE", file.toString()));
	}

	@Test
	void whenAProxysCommandFailsThenTheErrorNamesItsSettingAndNoOther() throws Exception {
		Path file = file("  proxyCommand: [sh, -c, exit 3]");
		assertThat(TestLogin.failure(this.login.connect(PlatformConfig.auto(file))))
			.hasMessageContaining("proxy command: the command 'sh' ended with exit code 3")
			.hasMessageContaining("Check flyte.credentials.proxy-command (" + file + ":7:")
			.hasMessageNotContaining("Check the");
	}

	private Path file(String... lines) throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret"), SECRET);
		return Files.writeString(this.folder.resolve("config.yaml"), """
				admin:
				  endpoint: localhost:%d
				  insecure: true
				  authType: ClientSecret
				  clientId: svc
				  clientSecretLocation: %s
				%s
				""".formatted(this.login.server.port(), secret, String.join("\n", lines)));
	}

	private static ResponseDefinitionBuilder refusal(int status, @Nullable String error) {
		return (error != null)
				? aResponse().withStatus(status)
					.withHeader("Content-Type", "application/json")
					.withBody("{\"error\":\"" + error + "\"}")
				: aResponse().withStatus(status)
					.withHeader("Content-Type", "text/html")
					.withHeader("Location", "/login")
					.withBody("<html>");
	}

}
