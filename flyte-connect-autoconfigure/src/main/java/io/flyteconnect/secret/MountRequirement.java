package io.flyteconnect.secret;

import flyteidl.core.Security;

/**
 * How a secret is injected into a task: {@code flyteidl.core.Secret.MountType}.
 *
 * @since 0.1.0
 */
public enum MountRequirement {

	/**
	 * In the way that the secret manager of the cluster chooses.
	 */
	ANY(Security.Secret.MountType.ANY),

	/**
	 * As an environment variable.
	 */
	ENV_VAR(Security.Secret.MountType.ENV_VAR),

	/**
	 * As a file.
	 */
	FILE(Security.Secret.MountType.FILE);

	private final Security.Secret.MountType idl;

	MountRequirement(Security.Secret.MountType idl) {
		this.idl = idl;
	}

	/**
	 * Return the requirement in Flyte's IDL.
	 * @return the IDL's value
	 */
	public Security.Secret.MountType toIdl() {
		return this.idl;
	}

	/**
	 * Return the requirement for a value of the IDL.
	 * @param idl the IDL's value
	 * @return the requirement
	 * @throws IllegalArgumentException if it is a value of a newer IDL than this one
	 */
	public static MountRequirement fromIdl(Security.Secret.MountType idl) {
		return switch (idl) {
			case ANY -> ANY;
			case ENV_VAR -> ENV_VAR;
			case FILE -> FILE;
			case UNRECOGNIZED -> throw new IllegalArgumentException(
					"'mountRequirement' is a value that flyteidl.core.Secret.MountType does not have here");
		};
	}

}
