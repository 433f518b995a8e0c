package io.flyteconnect.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.Secret;

/**
 * The identity, the secrets and the tokens of an execution:
 * {@code flyteidl.core.SecurityContext}. Not to be confused with that of Spring Security.
 *
 * @param runAs who it runs as, or {@code null}
 * @param secrets the secrets that it is given, each with a group; may be empty
 * @param tokens the tokens that it is given, may be empty
 * @since 0.1.0
 */
public record SecurityContext(@Nullable Identity runAs, List<Secret> secrets, List<OAuth2TokenRequest> tokens) {

	/**
	 * Create a context.
	 * @throws IllegalArgumentException if a secret has no group
	 */
	public SecurityContext {
		secrets = List.copyOf(secrets);
		tokens = List.copyOf(tokens);
		secrets.forEach(Secret::requireGroup);
	}

	/**
	 * Return a builder.
	 * @return a builder with nothing set
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the context for a message of the IDL. Fields of a newer IDL are dropped. A
	 * message of a server may contain values that the model rejects, such as a secret
	 * without a group.
	 * @param idl the message
	 * @return the context
	 * @throws IllegalArgumentException if a field is invalid
	 */
	public static SecurityContext fromIdl(Security.SecurityContext idl) {
		return new SecurityContext(idl.hasRunAs() ? Identity.fromIdl(idl.getRunAs()) : null,
				idl.getSecretsList().stream().map(Secret::fromIdl).toList(),
				idl.getTokensList().stream().map(OAuth2TokenRequest::fromIdl).toList());
	}

	/**
	 * Return the message of the IDL. An {@link #isEmpty() empty} context has no message:
	 * Flyte treats both alike, and flytekit leaves the field unset.
	 * @return the message, from which {@link #fromIdl} makes an equal context
	 */
	public Optional<Security.SecurityContext> toIdl() {
		if (isEmpty()) {
			return Optional.empty();
		}
		Security.SecurityContext.Builder idl = Security.SecurityContext.newBuilder();
		if (this.runAs != null) {
			idl.setRunAs(this.runAs.toIdl());
		}
		this.secrets.forEach((secret) -> idl.addSecrets(secret.toIdl()));
		this.tokens.forEach((token) -> idl.addTokens(token.toIdl()));
		return Optional.of(idl.build());
	}

	/**
	 * Return whether nothing is set.
	 * @return whether there is neither an identity, a secret nor a token
	 */
	public boolean isEmpty() {
		return this.runAs == null && this.secrets.isEmpty() && this.tokens.isEmpty();
	}

	/**
	 * Builds a {@link SecurityContext}.
	 */
	public static final class Builder {

		private @Nullable Identity runAs;

		private final List<Secret> secrets = new ArrayList<>();

		private final List<OAuth2TokenRequest> tokens = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Set the identity of the execution.
		 * @param runAs the identity
		 * @return this builder
		 */
		public Builder runAs(@Nullable Identity runAs) {
			this.runAs = runAs;
			return this;
		}

		/**
		 * Add a secret that the execution is given.
		 * @param secret the name of the secret, with a group
		 * @return this builder
		 */
		public Builder secret(Secret secret) {
			this.secrets.add(secret);
			return this;
		}

		/**
		 * Add secrets that the execution is given.
		 * @param secrets the names of the secrets, each with a group
		 * @return this builder
		 */
		public Builder secrets(List<Secret> secrets) {
			this.secrets.addAll(secrets);
			return this;
		}

		/**
		 * Add a token that the execution is given.
		 * @param token how the token is asked for
		 * @return this builder
		 */
		public Builder token(OAuth2TokenRequest token) {
			this.tokens.add(token);
			return this;
		}

		/**
		 * Add tokens that the execution is given.
		 * @param tokens how the tokens are asked for
		 * @return this builder
		 */
		public Builder tokens(List<OAuth2TokenRequest> tokens) {
			this.tokens.addAll(tokens);
			return this;
		}

		/**
		 * Build the context.
		 * @return the context
		 * @throws IllegalArgumentException if a secret has no group
		 */
		public SecurityContext build() {
			return new SecurityContext(this.runAs, this.secrets, this.tokens);
		}

	}

}
