package io.flyteconnect.test.admin;

import java.util.List;

import flyteidl.service.Auth;
import flyteidl.service.AuthMetadataServiceGrpc;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.AuthMetadataService}: how to log in.
 */
class AuthMetadataService extends AuthMetadataServiceGrpc.AuthMetadataServiceImplBase {

	private final PublishedLogin login;

	AuthMetadataService(PublishedLogin login) {
		this.login = login;
	}

	@Override
	public void getOAuth2Metadata(Auth.OAuth2MetadataRequest request,
			StreamObserver<Auth.OAuth2MetadataResponse> observer) {
		Answers.answer(observer, () -> Auth.OAuth2MetadataResponse.newBuilder()
			.setIssuer(this.login.issuer().toString())
			.setAuthorizationEndpoint(this.login.issuer().resolve("/oauth2/authorize").toString())
			.setTokenEndpoint(this.login.issuer().resolve("/oauth2/token").toString())
			.setJwksUri(this.login.issuer().resolve("/oauth2/jwks").toString())
			.setDeviceAuthorizationEndpoint(this.login.issuer().resolve("/oauth2/device_authorization").toString())
			.addResponseTypesSupported("code")
			.addAllScopesSupported(this.login.scopes())
			.addAllTokenEndpointAuthMethodsSupported(List.of("client_secret_basic", "client_secret_post"))
			.addCodeChallengeMethodsSupported("S256")
			.addAllGrantTypesSupported(this.login.grantTypes())
			.build());
	}

	@Override
	public void getPublicClientConfig(Auth.PublicClientAuthConfigRequest request,
			StreamObserver<Auth.PublicClientAuthConfigResponse> observer) {
		Answers.answer(observer,
				() -> Auth.PublicClientAuthConfigResponse.newBuilder()
					.setClientId(this.login.clientId())
					.setRedirectUri(this.login.redirectUri())
					.addAllScopes(this.login.scopes())
					.setAuthorizationMetadataKey(this.login.header())
					.setServiceHttpEndpoint(this.login.issuer().toString())
					.setAudience(this.login.audience())
					.build());
	}

}
