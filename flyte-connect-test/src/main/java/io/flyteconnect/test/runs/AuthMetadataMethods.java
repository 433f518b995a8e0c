package io.flyteconnect.test.runs;

import java.net.URI;
import java.util.List;

import com.flyteidl2.auth.AuthMetadataServiceGrpc;
import com.flyteidl2.auth.GetOAuth2MetadataRequest;
import com.flyteidl2.auth.GetOAuth2MetadataResponse;
import com.flyteidl2.auth.GetPublicClientConfigRequest;
import com.flyteidl2.auth.GetPublicClientConfigResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.admin.PublishedLogin;

/**
 * {@code flyteidl2.auth.AuthMetadataService}: how to log in, or that nobody has to.
 */
class AuthMetadataMethods extends AuthMetadataServiceGrpc.AuthMetadataServiceImplBase {

	private final @Nullable PublishedLogin login;

	AuthMetadataMethods(@Nullable PublishedLogin login) {
		this.login = login;
	}

	@Override
	public void getOAuth2Metadata(GetOAuth2MetadataRequest request,
			StreamObserver<GetOAuth2MetadataResponse> observer) {
		Answers2.answer(observer, () -> {
			PublishedLogin published = published();
			URI issuer = published.issuer();
			return GetOAuth2MetadataResponse.newBuilder()
				.setIssuer(issuer.toString())
				.setAuthorizationEndpoint(issuer.resolve("/oauth2/authorize").toString())
				.setTokenEndpoint(issuer.resolve("/oauth2/token").toString())
				.setJwksUri(issuer.resolve("/oauth2/jwks").toString())
				.setDeviceAuthorizationEndpoint(issuer.resolve("/oauth2/device_authorization").toString())
				.addResponseTypesSupported("code")
				.addAllScopesSupported(published.scopes())
				.addAllTokenEndpointAuthMethodsSupported(List.of("client_secret_basic", "client_secret_post"))
				.addCodeChallengeMethodsSupported("S256")
				.addAllGrantTypesSupported(published.grantTypes())
				.build();
		});
	}

	@Override
	public void getPublicClientConfig(GetPublicClientConfigRequest request,
			StreamObserver<GetPublicClientConfigResponse> observer) {
		Answers2.answer(observer, () -> {
			PublishedLogin published = published();
			return GetPublicClientConfigResponse.newBuilder()
				.setClientId(published.clientId())
				.setRedirectUri(published.redirectUri())
				.addAllScopes(published.scopes())
				.setAuthorizationMetadataKey(published.header())
				.setServiceHttpEndpoint(published.issuer().toString())
				.setAudience(published.audience())
				.build();
		});
	}

	private PublishedLogin published() {
		if (this.login == null) {
			throw Status.UNIMPLEMENTED.withDescription("auth metadata service is not configured").asRuntimeException();
		}
		return this.login;
	}

}
