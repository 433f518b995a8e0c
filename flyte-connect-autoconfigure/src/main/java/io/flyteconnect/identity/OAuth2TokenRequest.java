package io.flyteconnect.identity;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.internal.identity.Fields;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * An OAuth2 token that a task is given: {@code flyteidl.core.OAuth2TokenRequest}.
 *
 * @param name the name of the token, unique within a task
 * @param type how the token is asked for, {@link Type#CLIENT_CREDENTIALS} by default
 * @param client the client to ask as
 * @param idpDiscoveryEndpoint where the token endpoint can be found out, or {@code null}
 * @param tokenEndpoint where the token is issued, or {@code null}; the IDL requires it if
 * there is no discovery endpoint
 * @since 0.1.0
 */
public record OAuth2TokenRequest(String name, Type type, OAuth2Client client, @Nullable String idpDiscoveryEndpoint,
		@Nullable String tokenEndpoint) {

	/**
	 * Create a request.
	 * @throws IllegalArgumentException if a field is invalid; the message names it
	 */
	public OAuth2TokenRequest {
		name = Fields.required("name", name);
		Assert.notNull(type, "'type' must not be null");
		UnusableFieldException.unless(client != null, "client", "'client' must be set");
		idpDiscoveryEndpoint = Fields.optional("idpDiscoveryEndpoint", idpDiscoveryEndpoint);
		tokenEndpoint = Fields.optional("tokenEndpoint", tokenEndpoint);
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the request for a message of the IDL.
	 * @param idl the message
	 * @return the request
	 * @throws IllegalArgumentException if a field is invalid
	 */
	public static OAuth2TokenRequest fromIdl(Security.OAuth2TokenRequest idl) {
		UnusableFieldException.unless(idl.hasClient(), "client", "'client' must be set");
		return new OAuth2TokenRequest(idl.getName(), Type.fromIdl(idl.getType()), OAuth2Client.fromIdl(idl.getClient()),
				idl.getIdpDiscoveryEndpoint(), idl.getTokenEndpoint());
	}

	/**
	 * Return the message of the IDL.
	 * @return the message, from which {@link #fromIdl} makes an equal request
	 */
	public Security.OAuth2TokenRequest toIdl() {
		return Security.OAuth2TokenRequest.newBuilder()
			.setName(this.name)
			.setType(this.type.toIdl())
			.setClient(this.client.toIdl())
			.setIdpDiscoveryEndpoint(Fields.orEmpty(this.idpDiscoveryEndpoint))
			.setTokenEndpoint(Fields.orEmpty(this.tokenEndpoint))
			.build();
	}

	/**
	 * The grant of a token: {@code flyteidl.core.OAuth2TokenRequest.Type}.
	 */
	public enum Type {

		/**
		 * The client credentials grant (RFC 6749 section 4.4).
		 */
		CLIENT_CREDENTIALS(Security.OAuth2TokenRequest.Type.CLIENT_CREDENTIALS);

		private final Security.OAuth2TokenRequest.Type idl;

		Type(Security.OAuth2TokenRequest.Type idl) {
			this.idl = idl;
		}

		/**
		 * Return the type in Flyte's IDL.
		 * @return the IDL's value
		 */
		public Security.OAuth2TokenRequest.Type toIdl() {
			return this.idl;
		}

		/**
		 * Return the type for a value of the IDL.
		 * @param idl the IDL's value
		 * @return the type
		 * @throws IllegalArgumentException if it is a value of a newer IDL than this one
		 */
		public static Type fromIdl(Security.OAuth2TokenRequest.Type idl) {
			return switch (idl) {
				case CLIENT_CREDENTIALS -> CLIENT_CREDENTIALS;
				case UNRECOGNIZED -> throw new IllegalArgumentException(
						"'type' is a value that flyteidl.core.OAuth2TokenRequest.Type does not have here");
			};
		}

	}

	/**
	 * Builds an {@link OAuth2TokenRequest}.
	 */
	public static final class Builder {

		private @Nullable String name;

		private Type type = Type.CLIENT_CREDENTIALS;

		private @Nullable OAuth2Client client;

		private @Nullable String idpDiscoveryEndpoint;

		private @Nullable String tokenEndpoint;

		private Builder() {
		}

		/**
		 * Set the name of the token.
		 * @param name the name, unique within a task
		 * @return this builder
		 */
		public Builder name(@Nullable String name) {
			this.name = name;
			return this;
		}

		/**
		 * Set the grant.
		 * @param type the type, {@link Type#CLIENT_CREDENTIALS} where not set
		 * @return this builder
		 */
		public Builder type(Type type) {
			this.type = type;
			return this;
		}

		/**
		 * Set the client that requests the token.
		 * @param client the client
		 * @return this builder
		 */
		public Builder client(@Nullable OAuth2Client client) {
			this.client = client;
			return this;
		}

		/**
		 * Set the discovery endpoint of the identity provider.
		 * @param idpDiscoveryEndpoint the discovery endpoint
		 * @return this builder
		 */
		public Builder idpDiscoveryEndpoint(@Nullable String idpDiscoveryEndpoint) {
			this.idpDiscoveryEndpoint = idpDiscoveryEndpoint;
			return this;
		}

		/**
		 * Set the token endpoint.
		 * @param tokenEndpoint the token endpoint
		 * @return this builder
		 */
		public Builder tokenEndpoint(@Nullable String tokenEndpoint) {
			this.tokenEndpoint = tokenEndpoint;
			return this;
		}

		/**
		 * Build the request. Logs a warning for a name that contains {@code *}.
		 * @return the request
		 * @throws IllegalArgumentException if a field is invalid
		 */
		public OAuth2TokenRequest build() {
			UnusableFieldException.unless(this.client != null, "client", "'client' must be set");
			OAuth2TokenRequest request = new OAuth2TokenRequest(Fields.required("name", this.name), this.type,
					this.client, this.idpDiscoveryEndpoint, this.tokenEndpoint);
			Fields.warnOfWildcard("name", request.name());
			return request;
		}

	}

}
