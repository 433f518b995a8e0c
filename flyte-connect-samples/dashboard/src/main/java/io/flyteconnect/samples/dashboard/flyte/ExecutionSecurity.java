package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

/**
 * Whom an execution runs as, and what it is given: names only, which is all that Flyte
 * itself knows.
 *
 * @param serviceAccount the Kubernetes service account, or {@code null}
 * @param iamRole the IAM role, or {@code null}
 * @param oauth2Client the id of the OAuth2 client, or {@code null}
 * @param identity the subject who made the execution, or {@code null}
 * @param secrets the secrets, as group, version and key with slashes between
 * @param tokens the names of the OAuth2 tokens
 * @since 0.1.0
 */
public record ExecutionSecurity(@Nullable String serviceAccount, @Nullable String iamRole,
		@Nullable String oauth2Client, @Nullable String identity, List<String> secrets, List<String> tokens) {

	static ExecutionSecurity of(Security.SecurityContext context) {
		Security.Identity runAs = context.getRunAs();
		return new ExecutionSecurity(text(runAs.getK8SServiceAccount()), text(runAs.getIamRole()),
				text(runAs.getOauth2Client().getClientId()), text(runAs.getExecutionIdentity()),
				context.getSecretsList().stream().map(ExecutionSecurity::name).toList(),
				context.getTokensList().stream().map(Security.OAuth2TokenRequest::getName).toList());
	}

	private static String name(Security.Secret secret) {
		return Stream.of(secret.getGroup(), secret.getGroupVersion(), secret.getKey())
			.filter((part) -> !part.isEmpty())
			.collect(Collectors.joining("/"));
	}

	private static @Nullable String text(String text) {
		return text.isEmpty() ? null : text;
	}

	/**
	 * Whether there is nothing to show. No {@code isEmpty}, which JSON would have, too.
	 * @return true if nothing is said at all
	 */
	public boolean saysNothing() {
		return this.serviceAccount == null && this.iamRole == null && this.oauth2Client == null && this.identity == null
				&& this.secrets.isEmpty() && this.tokens.isEmpty();
	}

}
