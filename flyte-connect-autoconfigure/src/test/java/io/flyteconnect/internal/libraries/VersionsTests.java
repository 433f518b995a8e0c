package io.flyteconnect.internal.libraries;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Versions} and {@link Libraries} where everything fits.
 */
class VersionsTests {

	@ParameterizedTest
	@CsvSource({ "4.32.1, 4.34.2, -1", "4.34.2, 4.34.2, 0", "4.34.10, 4.34.9, 1", "5.0, 4.34.2, 1", "4.34, 4.34.0, 0",
			"4.2.15.Final, 4.2.15, 0", "4.2.7.Final, 4.2.15.Final, -1", "1.80.0-rc1, 1.80.0, 0", "x, 0, 0" })
	void whenComparedThenEachNumberCounts(String one, String other, int sign) {
		assertThat(Integer.signum(Versions.compare(one, other))).isEqualTo(sign);
	}

	@Test
	void whenEveryLibraryFitsThenNothingIsMixed() {
		assertThat(Libraries.incompatibleVersions()).isNull();
		for (Library library : Library.values()) {
			assertThat(library.version()).as(library.artifact()).isNotNull();
		}
	}

	@Test
	void whenErrorIsAboutSomethingElseThenItIsNotExplained() {
		assertThat(Libraries.explain(new NoClassDefFoundError("com/example/Missing"))).isNull();
		assertThat(Libraries.explain(new IllegalStateException("io.grpc.Status"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com/example/Missing", "Could not initialize class com.example.Settings",
			"'void com.example.Orders.add(io.grpc.Status)'", "'io.grpc.Status com.example.Orders.status()'",
			"com/example/io/grpc/Missing", "org/example/flyteidl/Missing" })
	void whenTheApplicationLacksAClassOfItsOwnThenTheLibrariesAreNotBlamed(String message) {
		LinkageError error = message.contains("(") ? new NoSuchMethodError(message) : new NoClassDefFoundError(message);
		// As where gRPC calls an interceptor of the application.
		error.setStackTrace(new StackTraceElement[] { frame("com.example.Orders", "interceptCall"),
				frame("io.grpc.ClientInterceptors$InterceptorChannel", "newCall"),
				frame("io.grpc.internal.ClientCallImpl", "start") });
		assertThat(Libraries.explain(new IllegalStateException(error))).isNull();
	}

	@Test
	void whenAClassOfTheApplicationCannotBeInitializedThenTheLibrariesAreNotBlamed() {
		IllegalStateException failure = new IllegalStateException("io.grpc.Status is not set");
		failure.setStackTrace(new StackTraceElement[] { frame("com.example.Orders", "<clinit>"),
				frame("io.grpc.internal.ClientCallImpl", "start") });
		assertThat(Libraries.explain(new ExceptionInInitializerError(failure))).isNull();
	}

	@Test
	void whenClassIsReallyMissingBehindACallOfGrpcThenTheLibrariesAreNotBlamed() {
		ClientInterceptor interceptor = new ClientInterceptor() {

			@Override
			public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options,
					Channel next) {
				throw new NoClassDefFoundError("com/example/Missing");
			}

		};
		ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", 1).usePlaintext().build();
		try {
			Channel intercepted = ClientInterceptors.intercept(channel, interceptor);
			assertThatExceptionOfType(NoClassDefFoundError.class)
				.isThrownBy(() -> AdminServiceGrpc.newBlockingStub(intercepted)
					.getVersion(GetVersionRequest.getDefaultInstance()))
				.satisfies((error) -> assertThat(Libraries.explain(error)).isNull());
		}
		finally {
			channel.shutdownNow();
		}
	}

	@Test
	void whenErrorIsAboutOneOfTheLibrariesThenItsVersionsAreSaid() {
		IllegalStateException failure = new IllegalStateException("old");
		failure.setStackTrace(new StackTraceElement[] { frame("java.util.Objects", "requireNonNull"),
				frame("flyteidl.admin.TaskOuterClass", "<clinit>") });
		NoSuchFieldError field = new NoSuchFieldError("SOME_FLAG");
		field.setStackTrace(new StackTraceElement[] { frame("io.netty.handler.ssl.SslHandler", "wrap") });
		for (LinkageError error : new LinkageError[] { new NoClassDefFoundError("io/grpc/InternalThing"),
				new NoClassDefFoundError("Could not initialize class flyteidl.admin.TaskOuterClass"),
				new NoSuchMethodError("'void com.google.protobuf.Message.newThing(com.example.Orders)'"),
				new NoSuchMethodError("io.grpc.Status.newThing()V"),
				new AbstractMethodError("Receiver class io.grpc.internal.X does not define or inherit an implementation"
						+ " of the resolved method 'abstract void a()' of abstract class io.grpc.Y."),
				new IncompatibleClassChangeError("Found interface io.netty.X, but class was expected"), field,
				new ExceptionInInitializerError(failure) }) {
			assertThat(Libraries.explain(new IllegalStateException(error))).as(String.valueOf(error))
				.contains("do not fit together", "protobuf-java ", "grpc-core ", "netty-handler ");
		}
	}

	private static StackTraceElement frame(String type, String method) {
		return new StackTraceElement(type, method, null, 1);
	}

}
