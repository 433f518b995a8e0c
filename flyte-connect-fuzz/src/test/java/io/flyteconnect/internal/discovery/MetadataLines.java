package io.flyteconnect.internal.discovery;

import java.util.List;

import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;

/**
 * Login metadata of a server, a value on each line.
 */
public final class MetadataLines {

	/** The number of lines. */
	public static final int COUNT = 10;

	private MetadataLines() {
	}

	/**
	 * Read the metadata.
	 * @param lines the lines
	 * @return what a server publishes that sends them
	 */
	public static ServerMetadata read(String[] lines) {
		OAuth2MetadataResponse metadata = OAuth2MetadataResponse.newBuilder()
			.setIssuer(lines[0])
			.setAuthorizationEndpoint(lines[1])
			.setTokenEndpoint(lines[2])
			.setDeviceAuthorizationEndpoint(lines[3])
			.addAllTokenEndpointAuthMethodsSupported(List.of(lines[4].split(" ")))
			.build();
		return ServerMetadata.of(metadata,
				PublicClientAuthConfigResponse.newBuilder()
					.setClientId(lines[5])
					.setRedirectUri(lines[6])
					.addAllScopes(List.of(lines[7].split(" ", -1)))
					.setAuthorizationMetadataKey(lines[8])
					.setAudience(lines[9])
					.build());
	}

}
