package io.flyteconnect.test.admin;

import flyteidl.admin.Common.AuthRole;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.core.Security.Identity;
import flyteidl.core.Security.SecurityContext;

/**
 * Finds the security context that an execution gets, which need not be the one of its
 * request ({@code getExecutionConfig}, {@code resolveAuthRole} and
 * {@code resolveSecurityCtx} in {@code flyteadmin/pkg/manager/impl/execution_manager.go},
 * {@code MergeIntoExecConfig} in {@code util/shared.go}). A context counts only if it
 * names an account, a role or an execution identity; any other one is dropped with all
 * that it holds.
 */
final class SecurityContexts {

	private SecurityContexts() {
	}

	/**
	 * Resolve the security context of an execution.
	 * @param request what the request says
	 * @param plan its launch plan, or the default instance for a task
	 * @param caller who makes the execution, empty if nobody is logged in
	 * @return the context
	 */
	static SecurityContext resolve(ExecutionSpec request, LaunchPlanSpec plan, String caller) {
		SecurityContext.Builder context = configured(request, plan).toBuilder();
		if (context.getRunAsBuilder().getExecutionIdentity().isEmpty()) {
			context.getRunAsBuilder().setExecutionIdentity(caller);
		}
		return context.build();
	}

	@SuppressWarnings("deprecation")
	private static SecurityContext configured(ExecutionSpec request, LaunchPlanSpec plan) {
		if (counts(request.getSecurityContext())) {
			return request.getSecurityContext();
		}
		if (counts(plan.getSecurityContext())) {
			return plan.getSecurityContext();
		}
		AuthRole role = authRole(request, plan);
		return SecurityContext.newBuilder()
			.setRunAs(Identity.newBuilder()
				.setIamRole(role.getAssumableIamRole())
				.setK8SServiceAccount(role.getKubernetesServiceAccount()))
			.build();
	}

	private static boolean counts(SecurityContext context) {
		Identity runAs = context.getRunAs();
		return !runAs.getK8SServiceAccount().isEmpty() || !runAs.getIamRole().isEmpty()
				|| !runAs.getExecutionIdentity().isEmpty();
	}

	// An auth role that is there counts, even an empty one.
	@SuppressWarnings("deprecation")
	private static AuthRole authRole(ExecutionSpec request, LaunchPlanSpec plan) {
		if (request.hasAuthRole()) {
			return request.getAuthRole();
		}
		if (plan.hasAuthRole()) {
			return plan.getAuthRole();
		}
		if (plan.hasAuth()) {
			return AuthRole.newBuilder()
				.setAssumableIamRole(plan.getAuth().getAssumableIamRole())
				.setKubernetesServiceAccount(plan.getAuth().getKubernetesServiceAccount())
				.build();
		}
		return AuthRole.newBuilder().setAssumableIamRole(plan.getRole()).build();
	}

}
