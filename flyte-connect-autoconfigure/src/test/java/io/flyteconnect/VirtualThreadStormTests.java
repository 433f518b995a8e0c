package io.flyteconnect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand first calls on virtual threads. Before Java 24 a monitor pins a virtual
 * thread (JEP 491), of which gRPC has many.
 */
@EnabledForJreRange(min = JRE.JAVA_24)
class VirtualThreadStormTests {

	private static final int CALLERS = 10_000;

	private static final String PINNED = "jdk.VirtualThreadPinned";

	@TempDir
	Path folder;

	@Test
	void whenTenThousandVirtualThreadsMakeTheirFirstCallThenOneTokenIsRequestedAndNoThreadIsPinned() throws Exception {
		try (TokenServer idp = new TokenServer("token-1"); LoginServer server = new LoginServer()) {
			server.accepted.add("token-1");
			server.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
				.build();
			// A class that is being loaded pins those who wait for it.
			callTogether(server, 10);
			int requests = idp.requests().size();
			try (Recording recording = new Recording()) {
				recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
				recording.start();
				callTogether(server, CALLERS);
				recording.stop();
				assertThat(pinned(recording)).isEmpty();
			}
			assertThat(idp.requests()).hasSize(requests + 1);
		}
	}

	private static void callTogether(LoginServer server, int callers) throws Exception {
		VirtualThreadTaskExecutor threads = new VirtualThreadTaskExecutor();
		try (FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + server.port())
			.insecure(true)
			.clientCredentials("client", "s3cret")
			.property("flyte.channel.deadline", Duration.ofMinutes(3))
			.build())) {
			List<CompletableFuture<GetVersionResponse>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				calls.add(threads.submitCompletable(
						() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance())));
			}
			for (CompletableFuture<GetVersionResponse> call : calls) {
				call.get(3, TimeUnit.MINUTES);
			}
		}
	}

	private List<String> pinned(Recording recording) throws Exception {
		Path file = this.folder.resolve("pinned.jfr");
		recording.dump(file);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED) && isOurs(event))
			.map(RecordedEvent::toString)
			.toList();
	}

	private static boolean isOurs(RecordedEvent event) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.map((frame) -> frame.getMethod().getType().getName())
			.anyMatch((type) -> type.startsWith("io.flyteconnect.")
					&& !type.startsWith(VirtualThreadStormTests.class.getName()));
	}

}
