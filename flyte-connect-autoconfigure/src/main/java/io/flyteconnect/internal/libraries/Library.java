package io.flyteconnect.internal.libraries;

import java.net.URL;
import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A library that Flyte Connect depends on.
 */
enum Library {

	PROTOBUF("protobuf-java", "com.google.protobuf.Message", "protobuf-java", "protobuf-java.version"),

	GRPC_API("grpc-api", "io.grpc.ManagedChannel", "grpc", "grpc-java.version"),

	GRPC_CORE("grpc-core", "io.grpc.internal.GrpcUtil", "grpc", "grpc-java.version"),

	GRPC_NETTY("grpc-netty", "io.grpc.netty.NettyChannelBuilder", "grpc", "grpc-java.version"),

	GRPC_PROTOBUF("grpc-protobuf", "io.grpc.protobuf.ProtoUtils", "grpc", "grpc-java.version"),

	GRPC_STUB("grpc-stub", "io.grpc.stub.AbstractStub", "grpc", "grpc-java.version"),

	NETTY_HANDLER("netty-handler", "io.netty.handler.ssl.SslHandler", "netty", "netty.version"),

	NETTY_HTTP2("netty-codec-http2", "io.netty.handler.codec.http2.Http2Connection", "netty", "netty.version");

	private static final Pattern JAR = Pattern.compile("-(\\d[\\w.]*)\\.jar!?/?$");

	private final String artifact;

	private final String type;

	private final String family;

	private final String property;

	Library(String artifact, String type, String family, String property) {
		this.artifact = artifact;
		this.type = type;
		this.family = family;
		this.property = property;
	}

	String artifact() {
		return this.artifact;
	}

	/**
	 * Return the family of the library, all parts of which have the same version.
	 * @return the key of the needed version
	 */
	String family() {
		return this.family;
	}

	/**
	 * Return the property of Spring Boot's build support that sets the version.
	 * @return the name of the property
	 */
	String property() {
		return this.property;
	}

	/**
	 * Return the version on the class path, without running code of the library.
	 * @return the version in the name of the jar, {@code null} if the library is absent
	 * or its jar has no such name
	 */
	@Nullable String version() {
		try {
			Class<?> found = Class.forName(this.type, false, ClassUtils.getDefaultClassLoader());
			CodeSource source = found.getProtectionDomain().getCodeSource();
			URL jar = (source != null) ? source.getLocation() : null;
			Matcher version = JAR.matcher(String.valueOf(jar));
			return version.find() ? version.group(1) : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
