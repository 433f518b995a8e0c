package io.flyteconnect.integration.conformance.wire;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import com.google.protobuf.Message;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.Projects;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.admin.VersionOuterClass.Version;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;

/**
 * The methods of Flyte Admin by their names, on both sides: whatever a case calls is
 * there.
 */
public final class FlyteServices {

	/** What the server of the recordings answers, where a client shows it. */
	private static final Map<String, Message> ANSWERS = Map.of("AdminService/GetVersion",
			GetVersionResponse.newBuilder().setControlPlaneVersion(Version.newBuilder().setVersion("v0.0.1")).build(),
			"AdminService/ListProjects",
			Projects.newBuilder()
				.addProjects(Project.newBuilder().setId("flytesnacks").setName("flytesnacks"))
				.build());

	private FlyteServices() {
	}

	public static List<ServerServiceDefinition> all(Supplier<ScriptedFlyte> flyte) {
		return List.of(service(AdminServiceGrpc.getServiceDescriptor(), FlyteServices::answer),
				service(AuthMetadataServiceGrpc.getServiceDescriptor(),
						(method) -> "GetOAuth2Metadata".equals(method.getBareMethodName()) ? flyte.get().metadata()
								: flyte.get().client()));
	}

	private static ServerServiceDefinition service(ServiceDescriptor service,
			Function<MethodDescriptor<?, ?>, Message> answers) {
		ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
		for (MethodDescriptor<?, ?> method : service.getMethods()) {
			definition.addMethod(unary(method), ServerCalls.asyncUnaryCall((request, observer) -> {
				observer.onNext(answers.apply(method));
				observer.onCompleted();
			}));
		}
		return definition.build();
	}

	/**
	 * Call a method with an empty request.
	 * @param channel the channel
	 * @param name the name of a method of {@code AdminService}
	 * @return what a client shows of the answer
	 */
	public static Object call(Channel channel, String name) {
		MethodDescriptor<Message, Message> method = method(name);
		Message request = (Message) ((PrototypeMarshaller<Message>) method.getRequestMarshaller())
			.getMessagePrototype();
		return view(ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request));
	}

	/**
	 * What a client shows of the answer of a method.
	 * @param name the name of a method of {@code AdminService}
	 * @return what the recordings have as {@code ok}
	 */
	public static Object view(String name) {
		return view(answer(method(name)));
	}

	private static Object view(Message answer) {
		if (answer instanceof GetVersionResponse version) {
			return version.getControlPlaneVersion().getVersion();
		}
		if (answer instanceof Projects projects) {
			return projects.getProjectsList().stream().map(Project::getId).toList();
		}
		throw new IllegalArgumentException("The runner has no view of " + answer.getClass().getSimpleName());
	}

	private static Message answer(MethodDescriptor<?, ?> method) {
		Message empty = (Message) ((PrototypeMarshaller<?>) method.getResponseMarshaller()).getMessagePrototype();
		return ANSWERS.getOrDefault(method.getFullMethodName().replaceFirst(".*\\.", ""), empty);
	}

	private static MethodDescriptor<Message, Message> method(String name) {
		return AdminServiceGrpc.getServiceDescriptor()
			.getMethods()
			.stream()
			.filter((method) -> name.equals(method.getBareMethodName()))
			.findFirst()
			.map(FlyteServices::unary)
			.orElseThrow(() -> new IllegalArgumentException("AdminService has no method " + name));
	}

	@SuppressWarnings("unchecked")
	private static MethodDescriptor<Message, Message> unary(MethodDescriptor<?, ?> method) {
		return (MethodDescriptor<Message, Message>) method;
	}

}
