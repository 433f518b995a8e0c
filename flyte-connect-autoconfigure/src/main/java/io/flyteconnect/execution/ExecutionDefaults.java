package io.flyteconnect.execution;

import flyteidl.admin.Common;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.SecurityContext;

/**
 * The defaults of a launch: identity, secrets and tokens. Each of the three that the
 * request sets itself replaces the default as a whole; an auth role of the request counts
 * as an identity.
 * <p>
 * Flyte Admin keeps a security context only if its {@code run_as} names an IAM role, a
 * Kubernetes service account or an execution identity. Otherwise it drops the security
 * context with its secrets, tokens and OAuth2 client, and uses the auth role instead
 * ({@code resolveSecurityCtx} in {@code flyteadmin/pkg/manager/impl}). So {@code run_as}
 * is filled in from the auth role if that is the only identity, and it is an error if
 * there is none.
 *
 * @param securityContext the context, may be empty
 * @param authRole the deprecated form of the identity, or {@code null}
 * @since 0.1.0
 */
public record ExecutionDefaults(SecurityContext securityContext, @Nullable AuthRole authRole) {

	/**
	 * No defaults: the launch plan or Flyte determines the identity of an execution.
	 */
	public static final ExecutionDefaults NONE = new ExecutionDefaults(SecurityContext.builder().build(), null);

	/**
	 * Create defaults.
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 */
	public ExecutionDefaults {
		authRole = (authRole != null && !authRole.isEmpty()) ? authRole : null;
		// Of nothing, nothing is dropped, and no message of the IDL need be loaded.
		if (!securityContext.isEmpty()) {
			applyTo(ExecutionSpec.getDefaultInstance(), securityContext, authRole);
		}
	}

	ExecutionCreateRequest complete(ExecutionCreateRequest request) {
		return request.toBuilder().setSpec(applyTo(request.getSpec())).build();
	}

	/**
	 * Complete the specification of an execution.
	 * @param spec the specification of the request
	 * @return the specification with the defaults filled in
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 */
	public ExecutionSpec applyTo(ExecutionSpec spec) {
		return applyTo(spec, this.securityContext, this.authRole);
	}

	@SuppressWarnings("deprecation")
	private static ExecutionSpec applyTo(ExecutionSpec spec, SecurityContext defaults, @Nullable AuthRole authRole) {
		Security.SecurityContext own = spec.getSecurityContext();
		boolean ownIdentity = isNamed(own.getRunAs())
				|| !spec.getAuthRole().equals(Common.AuthRole.getDefaultInstance());
		Common.AuthRole role = (ownIdentity || authRole == null) ? spec.getAuthRole() : authRole.toIdl();
		Security.SecurityContext context = withRole(merge(own, ownIdentity, defaults), role);
		checkKept(context);
		ExecutionSpec.Builder result = spec.toBuilder();
		if (!context.equals(Security.SecurityContext.getDefaultInstance())) {
			result.setSecurityContext(context);
		}
		if (!role.equals(Common.AuthRole.getDefaultInstance())) {
			result.setAuthRole(role);
		}
		return result.build();
	}

	private static Security.SecurityContext merge(Security.SecurityContext own, boolean ownIdentity,
			SecurityContext defaults) {
		Security.SecurityContext other = defaults.toIdl().orElse(Security.SecurityContext.getDefaultInstance());
		Security.SecurityContext.Builder result = own.toBuilder();
		if (!ownIdentity && other.hasRunAs()) {
			Security.Identity.Builder runAs = other.getRunAs().toBuilder();
			if (own.getRunAs().hasOauth2Client()) {
				runAs.setOauth2Client(own.getRunAs().getOauth2Client());
			}
			result.setRunAs(runAs);
		}
		if (own.getSecretsCount() == 0) {
			result.addAllSecrets(other.getSecretsList());
		}
		if (own.getTokensCount() == 0) {
			result.addAllTokens(other.getTokensList());
		}
		return result.build();
	}

	@SuppressWarnings("deprecation")
	private static Security.SecurityContext withRole(Security.SecurityContext context, Common.AuthRole role) {
		if (isNamed(context.getRunAs()) || !isToBeKept(context)) {
			return context;
		}
		Security.SecurityContext.Builder result = context.toBuilder();
		result.getRunAsBuilder()
			.setIamRole(role.getAssumableIamRole())
			.setK8SServiceAccount(role.getKubernetesServiceAccount());
		return isNamed(result.getRunAs()) ? result.build() : context;
	}

	private static void checkKept(Security.SecurityContext context) {
		Assert.isTrue(isNamed(context.getRunAs()) || !isToBeKept(context),
				"Flyte Admin drops a security context that does not say whom to run as, and with it its secrets,"
						+ " tokens and OAuth2 client: set 'iamRole', 'k8sServiceAccount' or 'executionIdentity' of"
						+ " 'runAs', or an auth role");
	}

	private static boolean isNamed(Security.Identity runAs) {
		return !runAs.getIamRole().isEmpty() || !runAs.getK8SServiceAccount().isEmpty()
				|| !runAs.getExecutionIdentity().isEmpty();
	}

	private static boolean isToBeKept(Security.SecurityContext context) {
		return context.getSecretsCount() > 0 || context.getTokensCount() > 0 || context.getRunAs().hasOauth2Client();
	}

}
