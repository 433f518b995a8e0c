package io.flyteconnect.secret;

import java.util.regex.Pattern;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * The name of a secret as in {@code flyteidl.core.Secret}, never the secret itself.
 * Either group or key may be absent. An empty text counts as absent, as in the IDL,
 * except for the name of a variable.
 *
 * @param group the group, such as the name of a Kubernetes {@code Secret}, or
 * {@code null}; whatever is {@link #requireGroup() declared} to Flyte needs one
 * @param groupVersion the version of the group, or {@code null}; not every secret manager
 * has versions
 * @param key the key within the group, or {@code null}
 * @param mountRequirement how it is injected, {@link MountRequirement#ANY} by default
 * @param envVar one more variable to inject, which holds the secret itself or, for
 * {@link MountRequirement#FILE}, the path of its file; or {@code null}
 * @since 0.1.0
 */
public record Secret(@Nullable String group, @Nullable String groupVersion, @Nullable String key,
		MountRequirement mountRequirement, @Nullable String envVar) {

	// The whole text must match; flytekit's pattern accepts a line break at the end.
	private static final Pattern ENV_VAR = Pattern.compile("[A-Z_][A-Z0-9_]*");

	/**
	 * Create a name.
	 * @throws IllegalArgumentException if a field is invalid; the message names it
	 */
	public Secret {
		group = present("group", group);
		groupVersion = present("groupVersion", groupVersion);
		key = present("key", key);
		UnusableFieldException.unless(group != null || key != null, "group", "'group' or 'key' must be set");
		Assert.notNull(mountRequirement, "'mountRequirement' must not be null");
		UnusableFieldException.unless(envVar == null || ENV_VAR.matcher(envVar).matches(), "envVar",
				"'envVar' must be capital letters, digits and underscores, and not begin with a digit");
	}

	private static @Nullable String present(String field, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		UnusableFieldException.unless(StringUtils.hasText(value), field, "'" + field + "' must not be blank");
		return value;
	}

	/**
	 * Return the name of a secret that consists of group and key.
	 * @param group the group
	 * @param key the key
	 * @return the name
	 */
	public static Secret of(String group, String key) {
		return builder().group(group).key(key).build();
	}

	/**
	 * Return the name of a secret with a version of its group.
	 * @param group the group
	 * @param groupVersion the version of the group
	 * @param key the key
	 * @return the name
	 */
	public static Secret of(String group, String groupVersion, String key) {
		return builder().group(group).groupVersion(groupVersion).key(key).build();
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the name for a message of the IDL. Fields of a newer IDL are dropped.
	 * @param idl the message
	 * @return the name
	 * @throws IllegalArgumentException if the message names no secret
	 */
	public static Secret fromIdl(Security.Secret idl) {
		return new Secret(idl.getGroup(), idl.getGroupVersion(), idl.getKey(),
				MountRequirement.fromIdl(idl.getMountRequirement()),
				idl.getEnvVar().isEmpty() ? null : idl.getEnvVar());
	}

	/**
	 * Return the message of the IDL.
	 * @return the message, from which {@link #fromIdl} makes an equal name
	 */
	public Security.Secret toIdl() {
		return Security.Secret.newBuilder()
			.setGroup(orEmpty(this.group))
			.setGroupVersion(orEmpty(this.groupVersion))
			.setKey(orEmpty(this.key))
			.setMountRequirement(this.mountRequirement.toIdl())
			.setEnvVar(orEmpty(this.envVar))
			.build();
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/**
	 * Check that Flyte can inject the secret: a secret without a group can be searched
	 * for, but not declared ({@code flytekit/models/security.py}).
	 * @return this name
	 * @throws IllegalArgumentException if there is no group
	 */
	public Secret requireGroup() {
		UnusableFieldException.unless(this.group != null, "group",
				"'group' must be set for a secret that is declared to Flyte");
		return this;
	}

	/**
	 * Builds a {@link Secret}.
	 */
	public static final class Builder {

		private @Nullable String group;

		private @Nullable String groupVersion;

		private @Nullable String key;

		private MountRequirement mountRequirement = MountRequirement.ANY;

		private @Nullable String envVar;

		private Builder() {
		}

		/**
		 * Set the group.
		 * @param group the group, such as the name of a Kubernetes {@code Secret}
		 * @return this builder
		 */
		public Builder group(@Nullable String group) {
			this.group = group;
			return this;
		}

		/**
		 * Set the version of the group.
		 * @param groupVersion the version
		 * @return this builder
		 */
		public Builder groupVersion(@Nullable String groupVersion) {
			this.groupVersion = groupVersion;
			return this;
		}

		/**
		 * Set the key within the group.
		 * @param key the key
		 * @return this builder
		 */
		public Builder key(@Nullable String key) {
			this.key = key;
			return this;
		}

		/**
		 * Set how the secret is injected.
		 * @param mountRequirement the requirement, {@link MountRequirement#ANY} where not
		 * set
		 * @return this builder
		 */
		public Builder mountRequirement(MountRequirement mountRequirement) {
			this.mountRequirement = mountRequirement;
			return this;
		}

		/**
		 * Set one more variable to inject.
		 * @param envVar its name: capital letters, digits and underscores
		 * @return this builder
		 */
		public Builder envVar(@Nullable String envVar) {
			this.envVar = envVar;
			return this;
		}

		/**
		 * Build the name.
		 * @return the name
		 * @throws IllegalArgumentException if a field is invalid
		 */
		public Secret build() {
			return new Secret(this.group, this.groupVersion, this.key, this.mountRequirement, this.envVar);
		}

	}

}
