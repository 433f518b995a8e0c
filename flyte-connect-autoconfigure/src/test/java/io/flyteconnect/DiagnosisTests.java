package io.flyteconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.doctor.DiagnosedStep;
import io.flyteconnect.doctor.DiagnosedStep.Outcome;
import io.flyteconnect.doctor.DiagnosisStep;
import io.flyteconnect.doctor.FlyteDiagnosis;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How far a connection gets, by real servers, certificates and proxies, and that what is
 * wrong is said in the words that a call gets.
 */
class DiagnosisTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	@Test
	void whenAllIsWellOverTlsAndAProxyThenEachStepSaysWhatItFound(@TempDir Path folder) throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		TestProxy proxy = open(TestProxy.start("user", "pr0xy"));
		FlyteConnection connection = connect(settings("admin.flyte.test:" + tls(certificates)).insecure(false)
			.caCertFile(certificates.caFile())
			.httpProxyUrl("http://user:pr0xy@127.0.0.1:" + proxy.port()));
		FlyteDiagnosis diagnosis = connection.diagnose(LIMIT, false);
		assertThat(diagnosis.failure()).as(diagnosis.toString()).isEmpty();
		assertThat(outcome(diagnosis, DiagnosisStep.PROXY)).isEqualTo(Outcome.OK);
		assertThat(text(diagnosis, DiagnosisStep.TLS)).startsWith("TLSv1.3, subject CN=")
			.contains("issuer CN=Flyte Connect test CA")
			.endsWith(" days left");
		assertThat(outcome(diagnosis, DiagnosisStep.TOKEN)).isEqualTo(Outcome.NOT_THERE);
		assertThat(diagnosis.toString()).doesNotContain("pr0xy");
	}

	@Test
	void whenTheCertificateIsNotTrustedThenTlsFailsInTheWordsOfACall(@TempDir Path folder) throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		assertFails(DiagnosisStep.TLS,
				settings("localhost:" + tls(certificates)).insecure(false).caCertFile(certificates.otherCaFile()));
	}

	@Test
	void whenTheHostIsUnknownThenDnsFailsInTheWordsOfACall() {
		assertFails(DiagnosisStep.DNS, settings("nowhere.invalid:443"));
	}

	@Test
	void whenNobodyListensThenTcpFailsInTheWordsOfACall() {
		assertFails(DiagnosisStep.TCP, settings("localhost:" + FreePorts.reserve()));
	}

	@Test
	void whenTheProxyRefusesThenTheProxyFails() {
		TestProxy proxy = open(TestProxy.start("user", "pr0xy"));
		FlyteConnection connection = connect(
				settings("admin.flyte.test:81").httpProxyUrl("http://user:wr0ng@127.0.0.1:" + proxy.port()));
		FlyteDiagnosis diagnosis = connection.diagnose(LIMIT, false);
		assertThat(diagnosis.failure()).map(DiagnosedStep::step).as(diagnosis.toString()).hasValue(DiagnosisStep.PROXY);
		assertThat(diagnosis.toString()).doesNotContain("wr0ng");
	}

	@Test
	void whenTheProxyIsUnknownThenNothingIsSaidToHaveBeenReached() {
		FlyteDiagnosis diagnosis = assertFails(DiagnosisStep.DNS,
				settings("admin.flyte.test:81").httpProxyUrl("http://nowhere.invalid:3128"));
		assertThat(outcome(diagnosis, DiagnosisStep.TCP)).isEqualTo(Outcome.NOT_REACHED);
	}

	@Test
	void whenTheProxyCannotBeUsedThenNothingIsSaidToHaveBeenReached() {
		FlyteConnection connection = connect(settings("admin.flyte.test:81"));
		System.setProperty("https.proxyHost", "proxy.flyte.test");
		System.setProperty("https.proxyPort", "many");
		try {
			FlyteDiagnosis diagnosis = assertFails(DiagnosisStep.PROXY, connection);
			assertThat(diagnosis.steps()).extracting(DiagnosedStep::outcome).doesNotContain(Outcome.OK);
		}
		finally {
			System.clearProperty("https.proxyHost");
			System.clearProperty("https.proxyPort");
		}
	}

	@Test
	void whenTheNameServersKeepSilentThenDnsFailsWithinTheLimit() {
		NameResolverProvider silent = new SilentNames();
		NameResolverRegistry.getDefaultRegistry().register(silent);
		this.opened.add(() -> NameResolverRegistry.getDefaultRegistry().deregister(silent));
		FlyteDiagnosis diagnosis = connect(settings("silent:///admin.flyte.test:81")).diagnose(Duration.ofMillis(500),
				false);
		assertThat(diagnosis.failure()).map(DiagnosedStep::step).as(diagnosis.toString()).hasValue(DiagnosisStep.DNS);
		assertThat(text(diagnosis, DiagnosisStep.DNS)).contains("the name servers do not answer");
		assertThat(diagnosis.steps()).extracting(DiagnosedStep::outcome).doesNotContain(Outcome.OK);
	}

	@Test
	void whenNobodyListensWhereTheProxyShouldBeThenTcpFails() {
		assertFails(DiagnosisStep.TCP,
				settings("admin.flyte.test:81").httpProxyUrl("http://127.0.0.1:" + FreePorts.reserve()));
	}

	@Test
	void whenOneSideSpeaksTlsAndTheOtherDoesNotThenTlsFails(@TempDir Path folder) throws Exception {
		LoginServer plaintext = open(new LoginServer());
		assertFails(DiagnosisStep.TLS, settings("localhost:" + plaintext.port()).insecure(false));
		FlyteDiagnosis diagnosis = connect(settings("localhost:" + tls(TestCertificates.in(folder)))).diagnose(LIMIT,
				false);
		assertThat(diagnosis.failure()).as(diagnosis.toString()).isPresent();
		assertThat(diagnosis.steps().toString()).contains("flyte.platform.insecure should be false");
	}

	@Test
	void whenFlyteAcceptsAndIsSilentThenTheDoctorEndsAndSaysSo() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			FlyteDiagnosis diagnosis = connect(settings("localhost:" + silent.getLocalPort()))
				.diagnose(Duration.ofMillis(500), false);
			assertThat(diagnosis.failure()).as(diagnosis.toString()).isPresent();
			assertThat(diagnosis.toString()).contains("silent");
		}
	}

	@Test
	void whenTheServerSpeaksHttp1ThenHttp2FailsInTheWordsOfACall() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.start();
		this.opened.add(() -> server.stop(0));
		assertFails(DiagnosisStep.HTTP_2, settings("localhost:" + server.getAddress().getPort()));
	}

	@Test
	void whenFlyteRefusesToSayHowToLogInThenMetadataFailInTheWordsOfACall() throws Exception {
		LoginServer server = open(new LoginServer());
		server.metadataFailure = Status.INTERNAL.withDescription("the database is gone");
		assertFails(DiagnosisStep.METADATA,
				settings("localhost:" + server.port()).clientCredentials("client", "s3cret"));
	}

	@Test
	void whenTheTokenEndpointIsAwayThenTheTokenFailsAndTheNetworkIsFine() throws Exception {
		LoginServer server = open(new LoginServer());
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + FreePorts.reserve() + "/token")
			.build();
		FlyteDiagnosis diagnosis = assertFails(DiagnosisStep.TOKEN,
				settings("localhost:" + server.port()).clientCredentials("client", "s3cret"));
		assertThat(outcome(diagnosis, DiagnosisStep.METADATA)).isEqualTo(Outcome.OK);
		assertThat(text(diagnosis, DiagnosisStep.METADATA)).doesNotContain("null");
		assertThat(outcome(diagnosis, DiagnosisStep.CALL)).isEqualTo(Outcome.NOT_REACHED);
		assertThat(diagnosis.toString()).doesNotContain("s3cret");
	}

	@Test
	void whenFlyteFailsThenTheCallDoesInTheWordsOfACall() throws Exception {
		LoginServer server = open(new LoginServer());
		server.tokenWanted = false;
		server.failure = Status.INTERNAL.withDescription("the database is gone");
		assertFails(DiagnosisStep.CALL, settings("localhost:" + server.port()));
	}

	@Test
	void whenFlyteAnswersNothingThenNothingIsSaidOfWhatItPublishes() throws Exception {
		for (Status status : List.of(Status.DEADLINE_EXCEEDED, Status.UNAVAILABLE)) {
			LoginServer server = open(new LoginServer());
			server.metadataFailure = status;
			server.tokenWanted = false;
			server.failure = status;
			FlyteDiagnosis diagnosis = assertFails(DiagnosisStep.METADATA, settings("localhost:" + server.port()));
			assertThat(outcome(diagnosis, DiagnosisStep.CALL)).isEqualTo(Outcome.NOT_REACHED);
		}
	}

	@Test
	void whenItsOwnTimeIsOverThenThatIsSaidAndNotTheDeadlineOfCalls() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			FlyteDiagnosis diagnosis = connect(settings("localhost:" + silent.getLocalPort()))
				.diagnose(Duration.ofMillis(600), false);
			assertThat(diagnosis.failure()).map(DiagnosedStep::text)
				.get(InstanceOfAssertFactories.STRING)
				.startsWith("DEADLINE_EXCEEDED: ")
				.endsWith("(that was the time that it has here: 0.3 s; with more of it, it may get further)")
				.doesNotContain("flyte.channel.deadline");
		}
	}

	@Test
	void whenAPersonWouldHaveToLogInThenNobodyIsAskedAndTheTokenFails() throws Exception {
		TokenServer idp = open(new TokenServer("t0ken"));
		LoginServer server = open(new LoginServer());
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
			.setDeviceAuthorizationEndpoint("http://localhost:" + idp.port() + "/device")
			.build();
		List<Object> events = new ArrayList<>();
		FlyteConnection connection = open(FlyteConnectionFactory.builder()
			.events(events::add)
			.build()
			.create(settings("localhost:" + server.port()).authMode(AuthMode.DEVICE_FLOW)
				.property("flyte.credentials.interactive", "always")
				.build()));
		FlyteDiagnosis diagnosis = connection.diagnose(LIMIT, false);
		assertThat(diagnosis.failure()).map(DiagnosedStep::step).as(diagnosis.toString()).hasValue(DiagnosisStep.TOKEN);
		assertThat(events).isEmpty();
		assertThat(idp.requests()).isEmpty();
	}

	private FlyteDiagnosis assertFails(DiagnosisStep step, PlatformConfigBuilder settings) {
		return assertFails(step, connect(settings));
	}

	private static FlyteDiagnosis assertFails(DiagnosisStep step, FlyteConnection connection) {
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()));
		// A login that failed a moment ago is not tried again.
		FlyteDiagnosis diagnosis = connection.diagnose(LIMIT, false);
		DiagnosedStep failed = diagnosis.failure().orElseThrow();
		assertThat(failed.step()).as(diagnosis.toString()).isEqualTo(step);
		assertThat(failed.text()).isEqualTo(failure.getMessage());
		assertThat(diagnosis.steps()).extracting(DiagnosedStep::step).containsExactly(DiagnosisStep.values());
		return diagnosis;
	}

	private static Outcome outcome(FlyteDiagnosis diagnosis, DiagnosisStep step) {
		return diagnosis.steps().get(step.ordinal()).outcome();
	}

	private static String text(FlyteDiagnosis diagnosis, DiagnosisStep step) {
		return diagnosis.steps().get(step.ordinal()).text();
	}

	private FlyteConnection connect(PlatformConfigBuilder settings) {
		return open(new FlyteConnectionFactory().create(settings.build()));
	}

	private <T extends AutoCloseable> T open(T closeable) {
		this.opened.add(closeable);
		return closeable;
	}

	private static PlatformConfigBuilder settings(String endpoint) {
		return PlatformConfig.builder()
			.name("patient")
			.endpoint(endpoint)
			.insecure(true)
			.authMode(AuthMode.NONE)
			.property("flyte.channel.max-retries", 0);
	}

	private int tls(TestCertificates certificates) throws IOException {
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.useTransportSecurity(certificates.serverCertificateFile().toFile(), certificates.serverKeyFile().toFile())
			.addService(new AdminServiceGrpc.AdminServiceImplBase() {

				@Override
				public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
					observer.onNext(GetVersionResponse.getDefaultInstance());
					observer.onCompleted();
				}

			})
			.build()
			.start();
		this.opened.add(server::shutdownNow);
		return server.getPort();
	}

	/**
	 * Finds no address, and never says so.
	 */
	private static final class SilentNames extends NameResolverProvider {

		@Override
		protected boolean isAvailable() {
			return true;
		}

		@Override
		protected int priority() {
			return 5;
		}

		@Override
		public String getDefaultScheme() {
			return "silent";
		}

		@Override
		public NameResolver newNameResolver(URI target, NameResolver.Args args) {
			return new NameResolver() {

				@Override
				public String getServiceAuthority() {
					return "admin.flyte.test";
				}

				@Override
				public void start(Listener2 listener) {
				}

				@Override
				public void shutdown() {
				}

			};
		}

	}

}
