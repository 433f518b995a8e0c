package io.flyteconnect.autoconfigure.execution;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.execution.ExecutionDefaults;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.text.UnusableFieldException;
import io.flyteconnect.secret.Secret;

/**
 * Creates models from {@code flyte.execution.*}. If a model rejects a value, the
 * exception names the property of the value.
 *
 * @param environment where the properties come from
 * @param lookup where those of the connection are
 */
record ExecutionModels(Environment environment, PropertyLookup lookup) {

	private static final String SECTION = "execution";

	/**
	 * Make models of the unnamed connection.
	 * @param environment where the properties come from
	 * @return what makes them
	 */
	static ExecutionModels unnamed(Environment environment) {
		return new ExecutionModels(environment, PropertyLookup.of(environment, "flyte"));
	}

	/**
	 * Make models of a named connection.
	 * @param environment where the properties come from
	 * @param connection the connection
	 * @return what makes them
	 */
	static ExecutionModels named(Environment environment, NamedConnection connection) {
		return new ExecutionModels(environment, connection.lookup(environment));
	}

	/**
	 * Bind and check all settings of the connection.
	 * @return the settings
	 */
	ExecutionSettings settings() {
		FlyteExecutionProperties properties = bind();
		AuthRole authRole = authRoleOf(properties);
		SecurityContext context = securityContext(properties);
		checkKept(context, authRole);
		return settings(properties, context, authRole);
	}

	/**
	 * Bind the properties of the connection.
	 * @return the properties
	 */
	FlyteExecutionProperties bind() {
		return this.lookup.binder(SecretBindHandler.of(this.environment, BindHandler.DEFAULT))
			.bindOrCreate(this.lookup.prefix().append(SECTION), Bindable.of(FlyteExecutionProperties.class), null);
	}

	SecurityContext securityContext(FlyteExecutionProperties properties) {
		SecurityContext.Builder context = SecurityContext.builder();
		if (properties.getRunAs() != null) {
			context.runAs(identity("run-as", properties.getRunAs()));
		}
		List<FlyteExecutionProperties.SecretName> secrets = properties.getSecrets();
		for (int i = 0; i < secrets.size(); i++) {
			context.secret(secret("secrets[" + i + "]", secrets.get(i)));
		}
		List<FlyteExecutionProperties.Token> tokens = properties.getTokens();
		for (int i = 0; i < tokens.size(); i++) {
			context.token(token("tokens[" + i + "]", tokens.get(i)));
		}
		return context.build();
	}

	@Nullable AuthRole authRoleOf(FlyteExecutionProperties properties) {
		FlyteExecutionProperties.Role role = properties.getAuthRole();
		return OnAuthRoleCondition.isSet(role) ? authRole(role) : null;
	}

	AuthRole authRole(FlyteExecutionProperties.Role role) {
		return model("auth-role",
				() -> AuthRole.builder()
					.assumableIamRole(role.assumableIamRole())
					.kubernetesServiceAccount(role.kubernetesServiceAccount())
					.build());
	}

	ExecutionSettings settings(FlyteExecutionProperties properties, SecurityContext context,
			@Nullable AuthRole authRole) {
		ExecutionDefaults defaults = new ExecutionDefaults(context, authRole);
		try {
			return new ExecutionSettings(defaults, properties.getPollInterval(), properties.getMaxPollInterval());
		}
		catch (IllegalArgumentException ex) {
			Duration first = properties.getPollInterval();
			Duration longest = properties.getMaxPollInterval();
			if (first.compareTo(Duration.ofMillis(1)) < 0) {
				throw invalid(property("poll-interval"), null, "'" + first + "' is less than a millisecond.");
			}
			throw invalid(property("max-poll-interval"), null,
					(longest.compareTo(first) < 0)
							? "'" + longest + "' is shorter than the first pause of " + first + "."
							: "'" + longest + "' is longer than 292 years.");
		}
	}

	/**
	 * Check that Flyte Admin will not ignore the configured identity.
	 */
	void checkKept(SecurityContext context, @Nullable AuthRole authRole) {
		try {
			new ExecutionDefaults(context, authRole);
		}
		catch (IllegalArgumentException ex) {
			String lost = property("run-as.oauth2-client");
			lost = context.tokens().isEmpty() ? lost : property("tokens");
			lost = context.secrets().isEmpty() ? lost : property("secrets");
			throw new InvalidFlyteConfigurationException(lost, origin(lost),
					"Flyte Admin drops a security context that does not say whom to run as, and this with it.",
					"Set " + property("run-as.k8s-service-account") + ", " + property("run-as.iam-role") + " or "
							+ property("run-as.execution-identity") + ", or one of " + property("auth-role") + ".*.",
					ex);
		}
	}

	private Identity identity(String name, FlyteExecutionProperties.RunAs runAs) {
		FlyteExecutionProperties.Client client = runAs.oauth2Client();
		return model(name,
				() -> Identity.builder()
					.iamRole(runAs.iamRole())
					.k8sServiceAccount(runAs.k8sServiceAccount())
					.oauth2Client((client != null) ? client(name + ".oauth2-client", client) : null)
					.executionIdentity(runAs.executionIdentity())
					.build());
	}

	private OAuth2TokenRequest token(String name, FlyteExecutionProperties.Token token) {
		FlyteExecutionProperties.Client client = token.client();
		if (!StringUtils.hasLength(token.idpDiscoveryEndpoint()) && !StringUtils.hasLength(token.tokenEndpoint())) {
			throw invalid(property(name + ".token-endpoint"), property(name),
					"Neither it nor the discovery endpoint says where the token is issued.");
		}
		return model(name,
				() -> OAuth2TokenRequest.builder()
					.name(token.name())
					.type(token.type())
					.client((client != null) ? client(name + ".client", client) : null)
					.idpDiscoveryEndpoint(token.idpDiscoveryEndpoint())
					.tokenEndpoint(token.tokenEndpoint())
					.build());
	}

	private OAuth2Client client(String name, FlyteExecutionProperties.Client client) {
		FlyteExecutionProperties.SecretName secret = client.clientSecret();
		return model(name,
				() -> OAuth2Client.builder()
					.clientId(client.clientId())
					.clientSecret((secret != null) ? secret(name + ".client-secret", secret) : null)
					.build());
	}

	private Secret secret(String name, FlyteExecutionProperties.SecretName secret) {
		return model(name,
				() -> Secret.builder()
					.group(secret.group())
					.groupVersion(secret.groupVersion())
					.key(secret.key())
					.mountRequirement(secret.mountRequirement())
					.envVar(secret.envVar())
					.build()
					.requireGroup());
	}

	private <T> T model(String name, Supplier<T> supplier) {
		try {
			return supplier.get();
		}
		catch (UnusableFieldException ex) {
			String field = DataObjectPropertyName.toDashedForm(ex.getField());
			throw invalid(property(name + "." + field), property(name), ex.getReason() + ".");
		}
	}

	private InvalidFlyteConfigurationException invalid(String property, @Nullable String parent, String reason) {
		String origin = origin(property);
		if (origin == null && parent != null) {
			return new InvalidFlyteConfigurationException(property, origin(parent), reason,
					"Set " + property + ", or remove " + parent + ".", null);
		}
		return new InvalidFlyteConfigurationException(property, origin, reason,
				"Correct " + property + ", or remove it.", null);
	}

	private @Nullable String origin(String property) {
		String origin = PropertyOrigin.firstBelow(this.environment, property);
		int section = property.indexOf(SECTION);
		return (origin != null) ? origin : this.lookup.firstBelow(property.substring(section));
	}

	private String property(String name) {
		return this.lookup.property(SECTION + "." + name);
	}

}
