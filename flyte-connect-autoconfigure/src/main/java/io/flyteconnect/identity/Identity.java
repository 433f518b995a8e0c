package io.flyteconnect.identity;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.identity.Fields;

/**
 * The identity of an execution: {@code flyteidl.core.Identity}. Several fields may be
 * set; Flyte uses the one that the cluster of the task requires. An empty text counts as
 * absent.
 *
 * @param iamRole the full name of an IAM role, or {@code null}
 * @param k8sServiceAccount the name of a Kubernetes service account, or {@code null}
 * @param oauth2Client an OAuth2 client to act as, or {@code null}
 * @param executionIdentity the subject who makes the execution, or {@code null} for the
 * caller
 * @since 0.1.0
 */
public record Identity(@Nullable String iamRole, @Nullable String k8sServiceAccount,
		@Nullable OAuth2Client oauth2Client, @Nullable String executionIdentity) {

	/**
	 * Create an identity.
	 * @throws IllegalArgumentException if a field is blank; the message names it
	 */
	public Identity {
		iamRole = Fields.optional("iamRole", iamRole);
		k8sServiceAccount = Fields.optional("k8sServiceAccount", k8sServiceAccount);
		executionIdentity = Fields.optional("executionIdentity", executionIdentity);
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the identity for a message of the IDL. An empty OAuth2 client counts as
	 * absent.
	 * @param idl the message
	 * @return the identity
	 * @throws IllegalArgumentException if a field is invalid
	 */
	public static Identity fromIdl(Security.Identity idl) {
		// As in flytekit/models/security.py.
		boolean client = idl.hasOauth2Client()
				&& !idl.getOauth2Client().equals(Security.OAuth2Client.getDefaultInstance());
		return new Identity(idl.getIamRole(), idl.getK8SServiceAccount(),
				client ? OAuth2Client.fromIdl(idl.getOauth2Client()) : null, idl.getExecutionIdentity());
	}

	/**
	 * Return the message of the IDL.
	 * @return the message, from which {@link #fromIdl} makes an equal identity
	 */
	public Security.Identity toIdl() {
		Security.Identity.Builder idl = Security.Identity.newBuilder()
			.setIamRole(Fields.orEmpty(this.iamRole))
			.setK8SServiceAccount(Fields.orEmpty(this.k8sServiceAccount))
			.setExecutionIdentity(Fields.orEmpty(this.executionIdentity));
		if (this.oauth2Client != null) {
			idl.setOauth2Client(this.oauth2Client.toIdl());
		}
		return idl.build();
	}

	/**
	 * Builds an {@link Identity}.
	 */
	public static final class Builder {

		private @Nullable String iamRole;

		private @Nullable String k8sServiceAccount;

		private @Nullable OAuth2Client oauth2Client;

		private @Nullable String executionIdentity;

		private Builder() {
		}

		/**
		 * Set the IAM role.
		 * @param iamRole the full name of the role
		 * @return this builder
		 */
		public Builder iamRole(@Nullable String iamRole) {
			this.iamRole = iamRole;
			return this;
		}

		/**
		 * Set the Kubernetes service account.
		 * @param k8sServiceAccount the name of the account
		 * @return this builder
		 */
		public Builder k8sServiceAccount(@Nullable String k8sServiceAccount) {
			this.k8sServiceAccount = k8sServiceAccount;
			return this;
		}

		/**
		 * Set the OAuth2 client to act as.
		 * @param oauth2Client the client
		 * @return this builder
		 */
		public Builder oauth2Client(@Nullable OAuth2Client oauth2Client) {
			this.oauth2Client = oauth2Client;
			return this;
		}

		/**
		 * Set the subject who makes the execution.
		 * @param executionIdentity the subject
		 * @return this builder
		 */
		public Builder executionIdentity(@Nullable String executionIdentity) {
			this.executionIdentity = executionIdentity;
			return this;
		}

		/**
		 * Build the identity. Logs a warning for a field that contains {@code *}.
		 * @return the identity
		 * @throws IllegalArgumentException if a field is blank
		 */
		public Identity build() {
			Identity identity = new Identity(this.iamRole, this.k8sServiceAccount, this.oauth2Client,
					this.executionIdentity);
			Fields.warnOfWildcard("iamRole", identity.iamRole());
			Fields.warnOfWildcard("k8sServiceAccount", identity.k8sServiceAccount());
			Fields.warnOfWildcard("executionIdentity", identity.executionIdentity());
			return identity;
		}

	}

}
