package io.flyteconnect.autoconfigure.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.secret.MountRequirement;

/**
 * Whom launched executions run as, what they are given, and how they are waited for.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flyte.execution")
public class FlyteExecutionProperties {

	/**
	 * Whom launched executions run as.
	 */
	private @Nullable RunAs runAs;

	/**
	 * Secrets that launched executions are given, each with group, key, group-version,
	 * mount-requirement (any, env-var, file) and env-var.
	 */
	private List<SecretName> secrets = new ArrayList<>();

	/**
	 * OAuth2 tokens that launched executions are given, each with name, type, client
	 * (client-id, and client-secret like a secret above), idp-discovery-endpoint and
	 * token-endpoint.
	 */
	private List<Token> tokens = new ArrayList<>();

	/**
	 * Whom launched executions run as, in the older way.
	 */
	private @Nullable Role authRole;

	/**
	 * Pause after the first look at an execution that is waited for. Each further pause
	 * is twice as long.
	 */
	private Duration pollInterval = Duration.ofSeconds(1);

	/**
	 * The longest pause between two looks at an execution that is waited for.
	 */
	private Duration maxPollInterval = Duration.ofSeconds(10);

	public @Nullable RunAs getRunAs() {
		return this.runAs;
	}

	public void setRunAs(@Nullable RunAs runAs) {
		this.runAs = runAs;
	}

	public List<SecretName> getSecrets() {
		return this.secrets;
	}

	public void setSecrets(List<SecretName> secrets) {
		this.secrets = secrets;
	}

	public List<Token> getTokens() {
		return this.tokens;
	}

	public void setTokens(List<Token> tokens) {
		this.tokens = tokens;
	}

	public @Nullable Role getAuthRole() {
		return this.authRole;
	}

	public void setAuthRole(@Nullable Role authRole) {
		this.authRole = authRole;
	}

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	public Duration getMaxPollInterval() {
		return this.maxPollInterval;
	}

	public void setMaxPollInterval(Duration maxPollInterval) {
		this.maxPollInterval = maxPollInterval;
	}

	/**
	 * Whom launched executions run as.
	 *
	 * @param iamRole Full name of the IAM role that launched executions run as
	 * @param k8sServiceAccount Kubernetes service account that launched executions run as
	 * @param oauth2Client OAuth2 client that tasks act as
	 * @param executionIdentity Subject who makes the executions, the caller where not set
	 */
	public record RunAs(@Nullable String iamRole, @Nullable String k8sServiceAccount, @Nullable Client oauth2Client,
			@Nullable String executionIdentity) {

	}

	/**
	 * An OAuth2 client.
	 *
	 * @param clientId Client id of the OAuth2 client
	 * @param clientSecret Where Flyte finds the client secret, never the secret itself
	 */
	public record Client(@Nullable String clientId, @Nullable SecretName clientSecret) {

	}

	/**
	 * Where Flyte finds a secret.
	 *
	 * @param group Group of the secret, such as the name of a Kubernetes secret
	 * @param groupVersion Version of the group, where the secret manager has versions
	 * @param key Key of the secret within its group
	 * @param mountRequirement How the secret is injected
	 * @param envVar One more variable to inject, which holds the secret or the path of
	 * its file
	 */
	public record SecretName(@Nullable String group, @Nullable String groupVersion, @Nullable String key,
			@DefaultValue("any") MountRequirement mountRequirement, @Nullable String envVar) {

	}

	/**
	 * An OAuth2 token that tasks are given.
	 *
	 * @param name Name of the token, unique within a task
	 * @param type How the token is asked for
	 * @param client Client to ask as
	 * @param idpDiscoveryEndpoint Where the token endpoint can be found out
	 * @param tokenEndpoint Where the token is issued; needed without a discovery endpoint
	 */
	public record Token(@Nullable String name, @DefaultValue("client-credentials") OAuth2TokenRequest.Type type,
			@Nullable Client client, @Nullable String idpDiscoveryEndpoint, @Nullable String tokenEndpoint) {

	}

	/**
	 * Whom launched executions run as, in the older way.
	 *
	 * @param assumableIamRole Full name of the IAM role, in the older way. Fills in
	 * run-as where that names nobody
	 * @param kubernetesServiceAccount Kubernetes service account, in the older way. Fills
	 * in run-as where that names nobody
	 */
	public record Role(@Nullable String assumableIamRole, @Nullable String kubernetesServiceAccount) {

	}

}
