package io.flyteconnect.benchmarks.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.CallCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.metrics.ConnectionMetrics;

/**
 * One unary read within the process, by a plain stub with a fixed bearer and by the
 * starter's. Counted by reads and not by time, so that a busy machine warms up as an idle
 * one does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 25, batchSize = UnaryReadBenchmark.READS)
@Measurement(iterations = 5, batchSize = UnaryReadBenchmark.READS)
@Fork(value = 4, jvmArgsAppend = "-XX:+UseSerialGC")
public class UnaryReadBenchmark {

	/** How many reads a figure of JMH is about. */
	static final int READS = 50_000;

	private static final String NAME = "unary-read";

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	/**
	 * Who reads: {@code bearer} is a plain stub whose calls have the deadline that the
	 * starter gives them, {@code no-deadline} one whose calls have none. Those that are
	 * {@code observed} have their calls measured as Spring Boot does it, and the starter
	 * its own meters as well.
	 */
	@Param({ "no-deadline", "bearer", "starter", "bearer-observed", "starter-observed" })
	String client = "starter";

	private Server server;

	private ManagedChannel plain;

	private FlyteConnection connection;

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ClientInterceptor observation = new ObservationGrpcClientInterceptor(this.observations);

	private AdminServiceBlockingStub stub;

	private long deadline;

	/**
	 * Start server and clients.
	 * @throws IOException if the server cannot start
	 */
	@Setup
	public void start() throws IOException {
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		this.server = InProcessServerBuilder.forName(NAME).directExecutor().addService(new Admin()).build().start();
		this.plain = InProcessChannelBuilder.forName(NAME).directExecutor().build();
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("dns:///localhost:1")
			.insecure(true)
			.authMode(AuthMode.EXTERNAL_COMMAND)
			.property("flyte.credentials.command", List.of("not-run"))
			.build();
		boolean observed = this.client.endsWith("-observed");
		this.connection = FlyteConnectionFactory.builder()
			.transport(new InProcess(observed ? List.of(this.observation) : List.of()))
			.listeners(observed ? List.of(new ConnectionMetrics(this.meters, this.observations)) : List.of())
			.tokenSupplier(() -> "token")
			.build()
			.create(config);
		this.deadline = this.client.startsWith("bearer") ? config.channel().deadline().toNanos() : 0;
		this.stub = this.client.startsWith("starter") ? this.connection.admin().blocking()
				: AdminServiceGrpc
					.newBlockingStub(observed ? ClientInterceptors.intercept(this.plain, this.observation) : this.plain)
					.withCallCredentials(new FixedBearer());
	}

	/**
	 * Stop server and clients.
	 */
	@TearDown
	public void stop() {
		this.connection.close();
		this.plain.shutdownNow();
		this.server.shutdownNow();
	}

	/**
	 * Read.
	 * @return the answer
	 */
	@Benchmark
	public GetVersionResponse read() {
		return ((this.deadline > 0) ? this.stub.withDeadlineAfter(this.deadline, TimeUnit.NANOSECONDS) : this.stub)
			.getVersion(REQUEST);
	}

	/**
	 * A channel within the process.
	 *
	 * @param global what an application has for all its channels
	 */
	private record InProcess(List<ClientInterceptor> global) implements GrpcChannelFactory {

		@Override
		public boolean supports(String target) {
			return true;
		}

		@Override
		public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			return InProcessChannelBuilder.forName(NAME)
				.directExecutor()
				.intercept(options.interceptors())
				.intercept(this.global)
				.build();
		}

	}

	private static final class Admin extends AdminServiceGrpc.AdminServiceImplBase {

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			observer.onNext(GetVersionResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

	private static final class FixedBearer extends CallCredentials {

		private final Metadata headers = new Metadata();

		private FixedBearer() {
			this.headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer token");
		}

		@Override
		public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
			applier.apply(this.headers);
		}

	}

}
