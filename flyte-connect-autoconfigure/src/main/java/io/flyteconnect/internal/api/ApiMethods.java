package io.flyteconnect.internal.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import flyteidl.service.IdentityServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;

import io.flyteconnect.config.FlyteApi;

/**
 * The methods that a connection itself calls. Those about the login and the caller have
 * the same messages in Flyte 2 as in Flyte 1, field by field
 * ({@code flyteidl2/auth/auth_service.proto}, {@code flyteidl2/auth/identity.proto}), so
 * no class of Flyte 2 is needed for them.
 */
public final class ApiMethods {

	private ApiMethods() {
	}

	/**
	 * Return what tells the authorization server.
	 * @param api whose API the server has
	 * @return the method, which needs no token
	 */
	public static MethodDescriptor<OAuth2MetadataRequest, OAuth2MetadataResponse> metadata(FlyteApi api) {
		MethodDescriptor<OAuth2MetadataRequest, OAuth2MetadataResponse> method = AuthMetadataServiceGrpc
			.getGetOAuth2MetadataMethod();
		return (api == FlyteApi.V2) ? of(method, "flyteidl2.auth.AuthMetadataService/GetOAuth2Metadata") : method;
	}

	/**
	 * Return what tells the public client.
	 * @param api whose API the server has
	 * @return the method, which needs no token
	 */
	public static MethodDescriptor<PublicClientAuthConfigRequest, PublicClientAuthConfigResponse> publicClient(
			FlyteApi api) {
		MethodDescriptor<PublicClientAuthConfigRequest, PublicClientAuthConfigResponse> method = AuthMetadataServiceGrpc
			.getGetPublicClientConfigMethod();
		return (api == FlyteApi.V2) ? of(method, "flyteidl2.auth.AuthMetadataService/GetPublicClientConfig") : method;
	}

	/**
	 * Return what tells who the caller is.
	 * @param api whose API the server has
	 * @return the method
	 */
	public static MethodDescriptor<UserInfoRequest, UserInfoResponse> userInfo(FlyteApi api) {
		MethodDescriptor<UserInfoRequest, UserInfoResponse> method = IdentityServiceGrpc.getUserInfoMethod();
		return (api == FlyteApi.V2) ? of(method, "flyteidl2.auth.IdentityService/UserInfo") : method;
	}

	/**
	 * Return the question of Flyte 2 whether it answers, which changes nothing and costs
	 * little: it has no version to ask for, but each server has projects. It is sent and
	 * answered as bytes.
	 * @return the method
	 */
	public static MethodDescriptor<byte[], byte[]> projects() {
		return MethodDescriptor.<byte[], byte[]>newBuilder()
			.setType(MethodType.UNARY)
			.setFullMethodName("flyteidl2.project.ProjectService/ListProjects")
			.setRequestMarshaller(new Bytes())
			.setResponseMarshaller(new Bytes())
			.build();
	}

	/**
	 * Return the request of that question: one project at most, which is field 1.
	 * @return the bytes
	 */
	public static byte[] oneProject() {
		return new byte[] { 0x08, 0x01 };
	}

	private static <Q, R> MethodDescriptor<Q, R> of(MethodDescriptor<Q, R> method, String name) {
		return method.toBuilder().setFullMethodName(name).setSchemaDescriptor(null).build();
	}

	private static final class Bytes implements Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
