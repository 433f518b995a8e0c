package io.flyteconnect.identity;

import java.util.stream.Collectors;

import flyteidl.core.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OAuth2Client} and {@link OAuth2TokenRequest}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OAuth2Tests {

	private static final Secret SECRET = Secret.builder()
		.group("group")
		.groupVersion("v2")
		.key("key")
		.mountRequirement(MountRequirement.FILE)
		.envVar("THE_SECRET")
		.build();

	private static final OAuth2Client CLIENT = OAuth2Client.builder().clientId("client").clientSecret(SECRET).build();

	@Test
	void whenClientHasASecretThenTheMessageNamesItAndComesBack() {
		Security.OAuth2Client idl = CLIENT.toIdl();
		assertThat(idl.getClientId()).isEqualTo("client");
		assertThat(idl.getClientSecret()).isEqualTo(SECRET.toIdl());
		assertThat(OAuth2Client.fromIdl(idl)).isEqualTo(CLIENT);
	}

	@Test
	void whenClientHasNoSecretThenTheMessageHasNoneAndComesBack() {
		OAuth2Client client = OAuth2Client.builder().clientId("client").build();
		assertThat(client.toIdl().hasClientSecret()).isFalse();
		assertThat(OAuth2Client.fromIdl(client.toIdl())).isEqualTo(client);
	}

	@Test
	void whenSecretOfAClientHasNoGroupThenRefused() {
		Secret groupless = Secret.builder().key("key").build();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OAuth2Client.builder().clientId("client").clientSecret(groupless).build())
			.withMessageStartingWith("'group' must be set");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "")
	void whenClientIdIsMissingThenRefused(String missing) {
		assertThatIllegalArgumentException().isThrownBy(() -> OAuth2Client.builder().clientId(missing).build())
			.withMessage("'clientId' must be set");
	}

	@Test
	void whenClientIdIsBlankThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> OAuth2Client.builder().clientId(" ").build())
			.withMessage("'clientId' must not be blank");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OAuth2Client.fromIdl(Security.OAuth2Client.getDefaultInstance()))
			.withMessage("'clientId' must be set");
	}

	@Test
	void whenTokenIsCompleteThenTheMessageHasItAndComesBack() {
		OAuth2TokenRequest token = token().idpDiscoveryEndpoint("https://idp.example.com/.well-known")
			.tokenEndpoint("https://idp.example.com/token")
			.build();
		Security.OAuth2TokenRequest idl = token.toIdl();
		assertThat(idl.getName()).isEqualTo("token");
		assertThat(idl.getType()).isEqualTo(Security.OAuth2TokenRequest.Type.CLIENT_CREDENTIALS);
		assertThat(idl.getClient()).isEqualTo(CLIENT.toIdl());
		assertThat(idl.getIdpDiscoveryEndpoint()).isEqualTo("https://idp.example.com/.well-known");
		assertThat(idl.getTokenEndpoint()).isEqualTo("https://idp.example.com/token");
		assertThat(OAuth2TokenRequest.fromIdl(idl)).isEqualTo(token);
	}

	@Test
	void whenTokenHasNoEndpointThenItComesBackWithoutOne() {
		OAuth2TokenRequest token = token().idpDiscoveryEndpoint("").build();
		assertThat(token.idpDiscoveryEndpoint()).isNull();
		assertThat(OAuth2TokenRequest.fromIdl(token.toIdl())).isEqualTo(token);
	}

	@Test
	void whenSomethingOfATokenIsMissingOrBlankThenTheFieldIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> token().name("").build())
			.withMessage("'name' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> token().name(" ").build())
			.withMessage("'name' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> token().client(null).build())
			.withMessage("'client' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> token().idpDiscoveryEndpoint(" ").build())
			.withMessage("'idpDiscoveryEndpoint' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> token().tokenEndpoint("\n").build())
			.withMessage("'tokenEndpoint' must not be blank");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> OAuth2TokenRequest.fromIdl(Security.OAuth2TokenRequest.newBuilder().setName("token").build()))
			.withMessage("'client' must be set");
	}

	@Test
	void whenTypeIsOfANewerIdlThenItIsNamed() {
		Security.OAuth2TokenRequest newer = token().build().toIdl().toBuilder().setTypeValue(7).build();
		assertThatIllegalArgumentException().isThrownBy(() -> OAuth2TokenRequest.fromIdl(newer))
			.withMessageContaining("'type'")
			.withMessageContaining("flyteidl.core.OAuth2TokenRequest.Type");
	}

	@Test
	void whenNameOfATokenIsAWildcardThenOneWarningNamesTheField(CapturedOutput output) {
		token().name("*").build();
		assertThat(warnings(output)).containsOnlyOnce("WARN").contains("'name'");
	}

	private static OAuth2TokenRequest.Builder token() {
		return OAuth2TokenRequest.builder()
			.name("token")
			.type(OAuth2TokenRequest.Type.CLIENT_CREDENTIALS)
			.client(CLIENT);
	}

	// Other threads may warn of something else.
	private static String warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("wildcard")).collect(Collectors.joining("\n"));
	}

}
