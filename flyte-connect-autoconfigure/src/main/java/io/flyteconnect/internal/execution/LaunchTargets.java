package io.flyteconnect.internal.execution;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ObjectGetRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Security;
import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.internal.text.SafeText;

/**
 * Fetches the launch plans and tasks that executions are launched from.
 */
public final class LaunchTargets {

	private static final Log logger = LogFactory.getLog(LaunchTargets.class);

	private final FlyteAdminStub flyte;

	public LaunchTargets(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	/**
	 * Check that an identifier names a launch plan or a task.
	 */
	public static void requireComplete(Identifier target) {
		ResourceType type = target.getResourceType();
		Assert.isTrue(type == ResourceType.LAUNCH_PLAN || type == ResourceType.TASK,
				() -> "A launch plan or a task can be launched, not a " + type);
		Assert.isTrue(StringUtils.hasText(target.getProject()), "'project' must be set");
		Assert.isTrue(StringUtils.hasText(target.getDomain()), "'domain' must be set");
		Assert.isTrue(StringUtils.hasText(target.getName()), "'name' must be set");
		Assert.isTrue(type == ResourceType.LAUNCH_PLAN || StringUtils.hasText(target.getVersion()),
				"'version' must be set for a task");
	}

	public static boolean isActivePlan(Identifier target) {
		return target.getResourceType() == ResourceType.LAUNCH_PLAN && target.getVersion().isEmpty();
	}

	public FlyteInterface interfaceOf(Identifier target) {
		ObjectGetRequest request = ObjectGetRequest.newBuilder().setId(target).build();
		try {
			if (target.getResourceType() == ResourceType.TASK) {
				return FlyteInterface.of(this.flyte.blocking().getTask(request));
			}
			return FlyteInterface
				.of(isActivePlan(target) ? active(target) : this.flyte.blocking().getLaunchPlan(request));
		}
		catch (StatusRuntimeException ex) {
			throw new UnknownTarget(this.flyte, target).explain(ex);
		}
	}

	public LaunchPlan active(Identifier target) {
		NamedEntityIdentifier id = NamedEntityIdentifier.newBuilder()
			.setProject(target.getProject())
			.setDomain(target.getDomain())
			.setName(target.getName())
			.setOrg(target.getOrg())
			.build();
		try {
			return this.flyte.blocking().getActiveLaunchPlan(ActiveLaunchPlanRequest.newBuilder().setId(id).build());
		}
		catch (StatusRuntimeException ex) {
			throw new UnknownTarget(this.flyte, target).explain(ex);
		}
	}

	// Flyte Admin uses one security context as a whole: that of the request if it has an
	// identity.
	static void warnOfLoss(LaunchPlan plan, Security.SecurityContext context) {
		Security.SecurityContext own = plan.getSpec().getSecurityContext();
		boolean secrets = own.getSecretsCount() > 0 && context.getSecretsCount() == 0;
		boolean tokens = own.getTokensCount() > 0 && context.getTokensCount() == 0;
		if (context.hasRunAs() && (secrets || tokens)) {
			logger.warn("Launch plan "
					+ SafeText
						.of(plan.getId().getProject() + "/" + plan.getId().getDomain() + "/" + plan.getId().getName())
					+ " has " + (secrets ? "secrets" : "") + ((secrets && tokens) ? " and " : "")
					+ (tokens ? "tokens" : "") + " of its own, which Flyte Admin drops where a launch says whom to run"
					+ " as: name them in flyte.execution, too, or in the request");
		}
	}

}
