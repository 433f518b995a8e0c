package io.flyteconnect.internal.call;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.IdentityServiceGrpc;
import flyteidl.service.SignalServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The methods of Flyte's services that change nothing, so that they may be sent twice.
 * The IDL does not say which they are; their names do: {@code Get…}, {@code List…} and
 * {@code UserInfo}, but not {@code GetOrCreate…}.
 */
public final class ReadMethods {

	static final List<ServiceDescriptor> SERVICES = List.of(AdminServiceGrpc.getServiceDescriptor(),
			DataProxyServiceGrpc.getServiceDescriptor(), SignalServiceGrpc.getServiceDescriptor(),
			IdentityServiceGrpc.getServiceDescriptor(), AuthMetadataServiceGrpc.getServiceDescriptor());

	private static final Set<String> FULL_NAMES = SERVICES.stream()
		.flatMap((service) -> service.getMethods().stream())
		.filter(ReadMethods::isRead)
		.map(MethodDescriptor::getFullMethodName)
		.collect(Collectors.toUnmodifiableSet());

	private ReadMethods() {
	}

	public static Set<String> fullNames() {
		return FULL_NAMES;
	}

	private static boolean isRead(MethodDescriptor<?, ?> method) {
		return method.getType() == MethodType.UNARY && isReadName(method.getBareMethodName());
	}

	private static boolean isReadName(@Nullable String name) {
		return name != null && !name.startsWith("GetOrCreate")
				&& (name.startsWith("Get") || name.startsWith("List") || name.equals("UserInfo"));
	}

}
