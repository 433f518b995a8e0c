package io.flyteconnect.identity;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.identity.Fields;
import io.flyteconnect.secret.Secret;

/**
 * An OAuth2 client that a task acts as: {@code flyteidl.core.OAuth2Client}. Contains the
 * name of the client secret only.
 *
 * @param clientId the client id
 * @param clientSecret the name of the client secret, which needs a group; or {@code null}
 * for a client without one
 * @since 0.1.0
 */
public record OAuth2Client(String clientId, @Nullable Secret clientSecret) {

	/**
	 * Create a client.
	 * @throws IllegalArgumentException if a field is invalid; the message names it
	 */
	public OAuth2Client {
		clientId = Fields.required("clientId", clientId);
		if (clientSecret != null) {
			clientSecret.requireGroup();
		}
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the client for a message of the IDL.
	 * @param idl the message
	 * @return the client
	 * @throws IllegalArgumentException if a field is invalid
	 */
	public static OAuth2Client fromIdl(Security.OAuth2Client idl) {
		return new OAuth2Client(idl.getClientId(),
				idl.hasClientSecret() ? Secret.fromIdl(idl.getClientSecret()) : null);
	}

	/**
	 * Return the message of the IDL.
	 * @return the message, from which {@link #fromIdl} makes an equal client
	 */
	public Security.OAuth2Client toIdl() {
		Security.OAuth2Client.Builder idl = Security.OAuth2Client.newBuilder().setClientId(this.clientId);
		if (this.clientSecret != null) {
			idl.setClientSecret(this.clientSecret.toIdl());
		}
		return idl.build();
	}

	/**
	 * Builds an {@link OAuth2Client}.
	 */
	public static final class Builder {

		private @Nullable String clientId;

		private @Nullable Secret clientSecret;

		private Builder() {
		}

		/**
		 * Set the client id.
		 * @param clientId the client id
		 * @return this builder
		 */
		public Builder clientId(@Nullable String clientId) {
			this.clientId = clientId;
			return this;
		}

		/**
		 * Set the name of the client secret.
		 * @param clientSecret the name, with a group
		 * @return this builder
		 */
		public Builder clientSecret(@Nullable Secret clientSecret) {
			this.clientSecret = clientSecret;
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 * @throws IllegalArgumentException if a field is invalid
		 */
		public OAuth2Client build() {
			return new OAuth2Client(Fields.required("clientId", this.clientId), this.clientSecret);
		}

	}

}
