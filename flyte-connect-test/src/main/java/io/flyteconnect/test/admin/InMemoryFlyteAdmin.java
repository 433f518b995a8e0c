package io.flyteconnect.test.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.core.IdentifierOuterClass.NodeExecutionIdentifier;
import io.grpc.BindableService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import org.jspecify.annotations.Nullable;

/**
 * The model of a Flyte Admin, its gRPC services, and its object store.
 *
 * @since 0.1.0
 */
public final class InMemoryFlyteAdmin implements AutoCloseable {

	private final FlyteModel model;

	private final SignedUrlStorage storage;

	private final ExecutionDataStore data;

	private final List<BindableService> services;

	private final TestExecutions executions;

	/**
	 * An empty Flyte Admin.
	 * @param clock the time
	 * @param login how to log in, or {@code null} without authentication
	 * @param tls what its object store shows, or {@code null} for plain HTTP
	 */
	public InMemoryFlyteAdmin(Clock clock, @Nullable PublishedLogin login, @Nullable SSLContext tls) {
		this.model = FlyteModel.empty(clock);
		this.storage = new SignedUrlStorage(tls);
		this.executions = new TestExecutions(this.model.executions(), this.model.launchPlans());
		this.data = new ExecutionDataStore(this.storage);
		this.services = services(this.model, this.storage, this.data, login);
	}

	private static List<BindableService> services(FlyteModel model, SignedUrlStorage storage, ExecutionDataStore data,
			@Nullable PublishedLogin login) {
		List<BindableService> services = new ArrayList<>();
		services.add(new AdminService(model, data));
		services.add(new DataProxyService(storage, model.clock()));
		services.add(new SignalService());
		// Flyte Admin has these two only where authentication is on.
		if (login != null) {
			services.add(new AuthMetadataService(login));
			services.add(new IdentityService());
		}
		services.add(new HealthStatusManager().getHealthService());
		services.add(ProtoReflectionServiceV1.newInstance());
		return List.copyOf(services);
	}

	/**
	 * What a gRPC server has to serve.
	 * @return the services
	 */
	public List<BindableService> services() {
		return this.services;
	}

	/**
	 * The executions.
	 * @return the executions
	 */
	public TestExecutions executions() {
		return this.executions;
	}

	/**
	 * Register a project.
	 * @param id its id, also its name
	 * @throws io.grpc.StatusRuntimeException with ALREADY_EXISTS if there is one
	 */
	public void addProject(String id) {
		this.model.projects().register(Project.newBuilder().setId(id).setName(id).build());
	}

	/**
	 * Register a launch plan that is active, with its project and an empty workflow where
	 * they are missing; or take the active one that is there, with the inputs and outputs
	 * that it has. <pre class="code">
	 * server.admin().launchPlan("forecasting", "production", "daily_demand")
	 *     .input("day", SimpleType.DATETIME).output("total", SimpleType.FLOAT);
	 * </pre>
	 * @param project its project
	 * @param domain its domain
	 * @param name its name
	 * @return the launch plan, to add inputs and outputs to
	 */
	public TestLaunchPlan launchPlan(String project, String domain, String name) {
		return new TestLaunchPlan(this.model.launchPlans(), this.model.activePlan(project, domain, name));
	}

	/**
	 * Fill in three projects with workflows, launch plans and 50 executions in various
	 * phases.
	 */
	public void addSampleData() {
		new SampleData(this.model).add();
	}

	/**
	 * Limit the inputs and outputs that are in an answer themselves, as Flyte Admin's
	 * {@code remoteData.maxSizeInBytes} does. Larger ones are behind a signed URL.
	 * @param bytes the size from which on they are too large
	 */
	public void limitInlineData(int bytes) {
		this.data.setInlineLimit(bytes);
	}

	/**
	 * Store the deck of a node, to which {@code CreateDownloadLink} then leads.
	 * @param node the node
	 * @param html the deck
	 */
	public void addDeck(NodeExecutionIdentifier node, String html) {
		this.storage.put(DataProxyService.deckPath(node), html.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What was uploaded.
	 * @param nativeUrl the native URL that {@code CreateUploadLocation} gave
	 * @return the content, or {@code null} if nothing was uploaded there
	 */
	public byte @Nullable [] uploaded(URI nativeUrl) {
		return this.storage.find(nativeUrl.toString().substring(DataProxyService.BUCKET.length()));
	}

	@Override
	public void close() {
		this.storage.stop();
	}

}
