package io.flyteconnect.identity;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.google.protobuf.UnknownFieldSet;
import flyteidl.core.Security;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of the IDL that become models and messages again.
 */
@Tag("once")
class IdlRoundTripTests {

	static IntStream seeds() {
		return IntStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whenAMessageBecomesAContextThenTheSameMessageComesBack(int seed) {
		Security.SecurityContext idl = new Messages(new Random(seed)).context();
		Security.SecurityContext again = SecurityContext.fromIdl(idl)
			.toIdl()
			.orElse(Security.SecurityContext.getDefaultInstance());
		assertThat(again).isEqualTo(idl);
		assertThat(again.toByteString()).isEqualTo(idl.toByteString());
	}

	@Test
	void whenAFieldIsOfANewerIdlThenAllOthersAreKept() {
		UnknownFieldSet newer = UnknownFieldSet.newBuilder()
			.addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
			.build();
		Security.Identity known = Security.Identity.newBuilder().setIamRole("role").build();
		Security.SecurityContext idl = Security.SecurityContext.newBuilder()
			.setRunAs(known.toBuilder().setUnknownFields(newer))
			.setUnknownFields(newer)
			.build();
		assertThat(SecurityContext.fromIdl(idl).toIdl())
			.contains(Security.SecurityContext.newBuilder().setRunAs(known).build());
	}

	/**
	 * Makes messages that mean something.
	 *
	 * @param random what decides
	 */
	private record Messages(Random random) {

		private static final List<String> TEXTS = List.of("a", "arn:aws:iam::1:role/r", "db", "\u00e9\u4e2d", " x ");

		Security.SecurityContext context() {
			Security.SecurityContext.Builder context = Security.SecurityContext.newBuilder();
			if (this.random.nextBoolean()) {
				context.setRunAs(identity());
			}
			for (int i = this.random.nextInt(3); i > 0; i--) {
				context.addSecrets(secret());
			}
			for (int i = this.random.nextInt(3); i > 0; i--) {
				context.addTokens(token());
			}
			return context.build();
		}

		private Security.Identity identity() {
			Security.Identity.Builder identity = Security.Identity.newBuilder();
			perhaps(identity::setIamRole);
			perhaps(identity::setK8SServiceAccount);
			perhaps(identity::setExecutionIdentity);
			if (this.random.nextBoolean()) {
				identity.setOauth2Client(client());
			}
			return identity.build();
		}

		private Security.OAuth2Client client() {
			Security.OAuth2Client.Builder client = Security.OAuth2Client.newBuilder().setClientId(text());
			if (this.random.nextBoolean()) {
				client.setClientSecret(secret());
			}
			return client.build();
		}

		private Security.OAuth2TokenRequest token() {
			Security.OAuth2TokenRequest.Builder token = Security.OAuth2TokenRequest.newBuilder()
				.setName(text())
				.setClient(client())
				.setType(Security.OAuth2TokenRequest.Type.CLIENT_CREDENTIALS);
			perhaps(token::setIdpDiscoveryEndpoint);
			perhaps(token::setTokenEndpoint);
			return token.build();
		}

		private Security.Secret secret() {
			Security.Secret.Builder secret = Security.Secret.newBuilder().setGroup(text());
			perhaps(secret::setGroupVersion);
			perhaps(secret::setKey);
			secret.setMountRequirementValue(this.random.nextInt(3));
			if (this.random.nextBoolean()) {
				secret.setEnvVar("VARIABLE_" + this.random.nextInt(10));
			}
			return secret.build();
		}

		private void perhaps(Consumer<String> field) {
			if (this.random.nextBoolean()) {
				field.accept(text());
			}
		}

		private String text() {
			return TEXTS.get(this.random.nextInt(TEXTS.size()));
		}

	}

}
