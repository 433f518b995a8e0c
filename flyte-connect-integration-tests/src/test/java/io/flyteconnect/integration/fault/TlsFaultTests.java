package io.flyteconnect.integration.fault;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are reset within the TLS handshake, to Flyte and to the token
 * endpoint.
 */
@Tag("fault")
class TlsFaultTests {

	/** The server's first flight, with its certificate, is longer. */
	private static final int WITHIN_THE_HANDSHAKE = 200;

	@Test
	void whenTheHandshakeIsCutThenAReadIsSentAgainWithTheSameLogin() {
		try (FaultyFlyte faulty = FaultyFlyte.start(FaultyFlyte.service().tls(), Applications.create())) {
			faulty.way().resetNext(1, WITHIN_THE_HANDSHAKE);
			version(faulty);
			assertThat(faulty.way().resetsLeft()).isZero();
			assertThat(faulty.server().acceptedConnections()).isOne();
			assertThat(faulty.provider().tokenRequestCount()).isOne();
			faulty.provider().revokeTokens();
			faulty.tokenWay().reset();
			faulty.way().resetNext(1, WITHIN_THE_HANDSHAKE);
			faulty.way().reset();
			version(faulty);
			assertThat(faulty.server().acceptedConnections()).isEqualTo(2);
			assertThat(faulty.provider().tokenRequestCount()).isEqualTo(2);
			assertThat(faulty.server().calls().outcomes(Code.UNAUTHENTICATED)).isOne();
		}
	}

	private static void version(FaultyFlyte faulty) {
		faulty.flyte().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

}
