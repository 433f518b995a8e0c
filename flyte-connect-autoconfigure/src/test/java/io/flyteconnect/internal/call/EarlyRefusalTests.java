package io.flyteconnect.internal.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a token that is refused by the headers alone, before the caller has ended its
 * request.
 */
class EarlyRefusalTests {

	private TokenServer idp;

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.idp = new TokenServer("old", "new");
		this.server = LoginServer.of(this.idp, "new");
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenTheRequestIsSentAndNotYetEndedAtTheRefusalThenItGoesOnceMore() throws Exception {
		try (FlyteConnection connection = connect()) {
			Answer answer = new Answer();
			ClientCall<GetVersionRequest, GetVersionResponse> call = begin(connection, answer);
			call.sendMessage(GetVersionRequest.getDefaultInstance());
			await().until(() -> this.server.authorizations.size() == 2);
			call.halfClose();
			assertThat(answer.status.get(60, TimeUnit.SECONDS).isOk()).isTrue();
			assertThat(answer.messages).isEqualTo(1);
			assertThat(this.server.authorizations).containsExactly("Bearer old", "Bearer new");
		}
	}

	@Test
	void whenTheCallIsCancelledAfterTheRefusalThenItEnds() throws Exception {
		try (FlyteConnection connection = connect()) {
			Answer answer = new Answer();
			ClientCall<GetVersionRequest, GetVersionResponse> call = begin(connection, answer);
			call.sendMessage(GetVersionRequest.getDefaultInstance());
			await().until(() -> this.server.authorizations.size() == 2);
			call.cancel("enough", null);
			assertThat(answer.status.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.CANCELLED);
		}
	}

	private FlyteConnection connect() {
		return FlyteConnectionFactory.builder()
			.build()
			.create(PlatformConfig.builder()
				.endpoint("localhost:" + this.server.port())
				.insecure(true)
				.clientCredentials("client", "s3cret")
				.build());
	}

	private static ClientCall<GetVersionRequest, GetVersionResponse> begin(FlyteConnection connection, Answer answer) {
		ClientCall<GetVersionRequest, GetVersionResponse> call = connection.channel()
			.newCall(AdminServiceGrpc.getGetVersionMethod(), CallOptions.DEFAULT);
		call.start(answer, new Metadata());
		call.request(2);
		return call;
	}

	/**
	 * What the caller gets.
	 */
	private static final class Answer extends ClientCall.Listener<GetVersionResponse> {

		private final CompletableFuture<Status> status = new CompletableFuture<>();

		private volatile int messages;

		@Override
		public void onMessage(GetVersionResponse message) {
			this.messages++;
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			this.status.complete(status);
		}

	}

}
