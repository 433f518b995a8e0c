package io.flyteconnect.actuate;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.secret.Secret;

/**
 * The settings of executions that are in force. They name secrets, and have none in them.
 *
 * @param settings takes each setting, by its name below the prefix of the connection
 */
record EffectiveExecutionSettings(BiConsumer<String, @Nullable Object> settings) {

	void list(ExecutionSettings executions) {
		Identity runAs = executions.defaults().securityContext().runAs();
		if (runAs != null) {
			put("run-as.iam-role", runAs.iamRole());
			put("run-as.k8s-service-account", runAs.k8sServiceAccount());
			client("run-as.oauth2-client", runAs.oauth2Client());
			put("run-as.execution-identity", runAs.executionIdentity());
		}
		List<Secret> secrets = executions.defaults().securityContext().secrets();
		for (int i = 0; i < secrets.size(); i++) {
			secret("secrets[" + i + "]", secrets.get(i));
		}
		List<OAuth2TokenRequest> tokens = executions.defaults().securityContext().tokens();
		for (int i = 0; i < tokens.size(); i++) {
			token("tokens[" + i + "]", tokens.get(i));
		}
		AuthRole authRole = executions.defaults().authRole();
		if (authRole != null) {
			put("auth-role.assumable-iam-role", authRole.assumableIamRole());
			put("auth-role.kubernetes-service-account", authRole.kubernetesServiceAccount());
		}
		put("poll-interval", executions.pollInterval());
		put("max-poll-interval", executions.maxPollInterval());
	}

	private void token(String name, OAuth2TokenRequest token) {
		put(name + ".name", token.name());
		put(name + ".type", token.type());
		client(name + ".client", token.client());
		put(name + ".idp-discovery-endpoint", token.idpDiscoveryEndpoint());
		put(name + ".token-endpoint", token.tokenEndpoint());
	}

	private void client(String name, @Nullable OAuth2Client client) {
		if (client != null) {
			put(name + ".client-id", client.clientId());
			if (client.clientSecret() != null) {
				secret(name + ".client-secret", client.clientSecret());
			}
		}
	}

	private void secret(String name, Secret secret) {
		put(name + ".group", secret.group());
		put(name + ".group-version", secret.groupVersion());
		put(name + ".key", secret.key());
		put(name + ".mount-requirement", secret.mountRequirement());
		put(name + ".env-var", secret.envVar());
	}

	private void put(String name, @Nullable Object value) {
		this.settings.accept("execution." + name, value);
	}

}
