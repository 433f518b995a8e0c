package io.flyteconnect.identity;

import flyteidl.admin.Common;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.identity.Fields;

/**
 * The deprecated form of an execution's identity: {@code flyteidl.admin.AuthRole}. Flyte
 * Admin still uses it if the security context has no identity. An empty text counts as
 * absent.
 *
 * @param assumableIamRole the full name of an IAM role, or {@code null}
 * @param kubernetesServiceAccount the name of a Kubernetes service account, or
 * {@code null}
 * @since 0.1.0
 */
public record AuthRole(@Nullable String assumableIamRole, @Nullable String kubernetesServiceAccount) {

	/**
	 * Create a role.
	 * @throws IllegalArgumentException if a field is blank; the message names it
	 */
	public AuthRole {
		assumableIamRole = Fields.optional("assumableIamRole", assumableIamRole);
		kubernetesServiceAccount = Fields.optional("kubernetesServiceAccount", kubernetesServiceAccount);
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the role for a message of the IDL.
	 * @param idl the message
	 * @return the role
	 * @throws IllegalArgumentException if a field is blank
	 */
	@SuppressWarnings("deprecation")
	public static AuthRole fromIdl(Common.AuthRole idl) {
		return new AuthRole(idl.getAssumableIamRole(), idl.getKubernetesServiceAccount());
	}

	/**
	 * Return the message of the IDL.
	 * @return the message, from which {@link #fromIdl} makes an equal role
	 */
	@SuppressWarnings("deprecation")
	public Common.AuthRole toIdl() {
		return Common.AuthRole.newBuilder()
			.setAssumableIamRole(Fields.orEmpty(this.assumableIamRole))
			.setKubernetesServiceAccount(Fields.orEmpty(this.kubernetesServiceAccount))
			.build();
	}

	/**
	 * Return whether nothing is set.
	 * @return whether there is neither a role nor an account
	 */
	public boolean isEmpty() {
		return this.assumableIamRole == null && this.kubernetesServiceAccount == null;
	}

	/**
	 * Builds an {@link AuthRole}.
	 */
	public static final class Builder {

		private @Nullable String assumableIamRole;

		private @Nullable String kubernetesServiceAccount;

		private Builder() {
		}

		/**
		 * Set the IAM role.
		 * @param assumableIamRole the full name of the role
		 * @return this builder
		 */
		public Builder assumableIamRole(@Nullable String assumableIamRole) {
			this.assumableIamRole = assumableIamRole;
			return this;
		}

		/**
		 * Set the Kubernetes service account.
		 * @param kubernetesServiceAccount the name of the account
		 * @return this builder
		 */
		public Builder kubernetesServiceAccount(@Nullable String kubernetesServiceAccount) {
			this.kubernetesServiceAccount = kubernetesServiceAccount;
			return this;
		}

		/**
		 * Build the role. Logs a warning for a field that contains {@code *}.
		 * @return the role
		 * @throws IllegalArgumentException if a field is blank
		 */
		public AuthRole build() {
			AuthRole role = new AuthRole(this.assumableIamRole, this.kubernetesServiceAccount);
			Fields.warnOfWildcard("assumableIamRole", role.assumableIamRole());
			Fields.warnOfWildcard("kubernetesServiceAccount", role.kubernetesServiceAccount());
			return role;
		}

	}

}
