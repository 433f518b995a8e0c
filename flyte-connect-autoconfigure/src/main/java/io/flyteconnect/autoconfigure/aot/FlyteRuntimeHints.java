package io.flyteconnect.autoconfigure.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * What a native image has to keep: resources that are read, classes that are looked for,
 * and the messages of Flyte, whose text and JSON Protobuf makes by reflection.
 */
class FlyteRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<String> RESOURCES = List.of("io/flyteconnect/internal/channel/version.properties",
			"io/flyteconnect/internal/libraries/needed.properties",
			// By which the metadata of the properties are found.
			"io/flyteconnect/autoconfigure/environment/PropertyNames.class",
			"META-INF/spring-configuration-metadata.json");

	/** By which Spring converts the words of a mode, found by its name. */
	private static final String EDITOR = "io.flyteconnect.config.AuthModeEditor";

	/** What is used where it is there. */
	private static final List<String> OPTIONAL = List.of("org.springframework.jdbc.core.JdbcOperations",
			"com.google.zxing.qrcode.QRCodeWriter", "tools.jackson.databind.json.JsonMapper");

	/** Whose versions are compared. */
	private static final List<String> LIBRARIES = List.of("com.google.protobuf.Message", "io.grpc.ManagedChannel",
			"io.grpc.internal.GrpcUtil", "io.grpc.netty.NettyChannelBuilder", "io.grpc.protobuf.ProtoUtils",
			"io.grpc.stub.AbstractStub", "io.netty.handler.ssl.SslHandler",
			"io.netty.handler.codec.http2.Http2Connection");

	private static final String MESSAGE = "com.google.protobuf.GeneratedMessage";

	private static final String ENUM = "com.google.protobuf.ProtocolMessageEnum";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		RESOURCES.forEach((resource) -> hints.resources().registerPattern(resource));
		Stream.concat(OPTIONAL.stream(), LIBRARIES.stream())
			.forEach((type) -> hints.reflection().registerTypeIfPresent(classLoader, type));
		hints.reflection().registerType(TypeReference.of(EDITOR), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
		if (ClassUtils.isPresent(MESSAGE, classLoader)) {
			messages(hints.reflection(), classLoader);
		}
	}

	private static void messages(ReflectionHints hints, @Nullable ClassLoader classLoader) {
		Class<?> message = ClassUtils.resolveClassName(MESSAGE, classLoader);
		Class<?> builder = ClassUtils.resolveClassName(MESSAGE + "$Builder", classLoader);
		Class<?> constants = ClassUtils.resolveClassName(ENUM, classLoader);
		PathMatchingResourcePatternResolver classes = new PathMatchingResourcePatternResolver(classLoader);
		try {
			for (Resource resource : classes.getResources("classpath*:flyteidl/**/*.class")) {
				String path = resource.getURL().toString();
				Class<?> type = ClassUtils.resolveClassName(
						path.substring(path.lastIndexOf("/flyteidl/") + 1, path.length() - ".class".length())
							.replace('/', '.'),
						classLoader);
				if (message.isAssignableFrom(type) || builder.isAssignableFrom(type)
						|| constants.isAssignableFrom(type)) {
					hints.registerType(TypeReference.of(type), MemberCategory.INVOKE_PUBLIC_METHODS);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
