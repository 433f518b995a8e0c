package io.flyteconnect.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.execution.ExecutionNames;
import io.flyteconnect.internal.execution.LaunchTargets;

/**
 * A launch plan or task to launch, and its inputs.
 *
 * @param idl the request as Flyte Admin takes it, without the inputs that are Java
 * values; without a name one is made, and a launch plan without a version means the
 * active version
 * @param inputs the inputs that are Java values, by their names
 * @since 0.1.0
 */
public record LaunchRequest(ExecutionCreateRequest idl, Map<String, @Nullable Object> inputs) {

	/**
	 * Create a request.
	 */
	public LaunchRequest {
		inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
	}

	/**
	 * Create a request whose inputs are literals.
	 * @param idl the request as Flyte Admin takes it
	 */
	public LaunchRequest(ExecutionCreateRequest idl) {
		this(idl, Map.of());
	}

	/**
	 * Return all inputs as literals.
	 * @param types what is launched
	 * @return the literals
	 * @throws InvalidInputsException if an input is missing, unknown or does not fit
	 */
	LiteralMap toLiterals(FlyteInterface types) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>(this.idl.getInputs().getLiteralsMap());
		all.putAll(this.inputs);
		return types.toLiterals(all);
	}

	/**
	 * Launch the active version of a launch plan.
	 * @param project the project
	 * @param domain the domain
	 * @param name the launch plan's name
	 * @return a builder
	 */
	public static Builder launchPlan(String project, String domain, String name) {
		return launchPlan(project, domain, name, "");
	}

	/**
	 * Launch a launch plan.
	 * @param project the project
	 * @param domain the domain
	 * @param name the launch plan's name
	 * @param version its version, empty for the active one
	 * @return a builder
	 */
	public static Builder launchPlan(String project, String domain, String name, String version) {
		return of(id(ResourceType.LAUNCH_PLAN, project, domain, name, version));
	}

	/**
	 * Launch a single task.
	 * @param project the project
	 * @param domain the domain
	 * @param name the task's name
	 * @param version its version
	 * @return a builder
	 */
	public static Builder task(String project, String domain, String name, String version) {
		return of(id(ResourceType.TASK, project, domain, name, version));
	}

	/**
	 * Launch a launch plan or task.
	 * @param target which one
	 * @return a builder
	 * @throws IllegalArgumentException if there can be no such launch plan or task
	 */
	public static Builder of(Identifier target) {
		LaunchTargets.requireComplete(target);
		return new Builder(target);
	}

	private static Identifier id(ResourceType type, String project, String domain, String name, String version) {
		return Identifier.newBuilder()
			.setResourceType(type)
			.setProject(project)
			.setDomain(domain)
			.setName(name)
			.setVersion(version)
			.build();
	}

	/**
	 * Builds a {@link LaunchRequest}.
	 */
	public static final class Builder {

		private final ExecutionCreateRequest.Builder idl;

		private final Map<String, @Nullable Object> inputs = new LinkedHashMap<>();

		private Builder(Identifier target) {
			this.idl = ExecutionCreateRequest.newBuilder()
				.setProject(target.getProject())
				.setDomain(target.getDomain())
				.setOrg(target.getOrg())
				.setSpec(ExecutionSpec.newBuilder().setLaunchPlan(target));
		}

		/**
		 * Set the project and domain of the execution.
		 * @param project the project, that of the launch plan or task where not set
		 * @param domain the domain, that of the launch plan or task where not set
		 * @return this builder
		 */
		public Builder executeIn(String project, String domain) {
			this.idl.setProject(project).setDomain(domain);
			return this;
		}

		/**
		 * Set the name of the execution. It is an error if an execution of this name
		 * exists, and an attempt that may have succeeded is not repeated.
		 * @param name the name: up to 63 small letters, digits and {@code -}; where not
		 * set, one is made
		 * @return this builder
		 * @throws IllegalArgumentException if the name is not valid for an execution
		 */
		public Builder name(@Nullable String name) {
			this.idl.setName((name != null) ? ExecutionNames.check(name) : "");
			return this;
		}

		/**
		 * Set an input. It is checked against the interface of the launch plan or task,
		 * which is fetched from Flyte.
		 * @param name the name of the input
		 * @param value its value, as {@link io.flyteconnect.literal.FlyteLiterals} lists
		 * them, or a {@code Literal}, whose type Flyte Admin checks alone
		 * @return this builder
		 */
		public Builder input(String name, @Nullable Object value) {
			if (value instanceof Literal literal) {
				this.idl.getInputsBuilder().putLiterals(name, literal);
				this.inputs.remove(name);
			}
			else {
				if (this.idl.hasInputs()) {
					this.idl.getInputsBuilder().removeLiterals(name);
				}
				this.inputs.put(name, value);
			}
			return this;
		}

		/**
		 * Set inputs in addition to those that are already set.
		 * @param inputs the values by the names of the inputs
		 * @return this builder
		 * @see #input(String, Object)
		 */
		public Builder inputs(Map<String, ? extends @Nullable Object> inputs) {
			inputs.forEach(this::input);
			return this;
		}

		/**
		 * Set inputs in addition to those that are already set. They are sent unchanged:
		 * missing and unknown inputs are detected, but only Flyte Admin checks the types.
		 * @param inputs the inputs by their names
		 * @return this builder
		 */
		public Builder inputs(LiteralMap inputs) {
			inputs.getLiteralsMap().forEach(this::input);
			return this;
		}

		/**
		 * Set the identity, the secrets and the tokens of the execution in place of the
		 * configured ones.
		 * @param securityContext the context; what it does not set is as configured
		 * @return this builder
		 */
		public Builder securityContext(SecurityContext securityContext) {
			securityContext.toIdl()
				.ifPresentOrElse(this.idl.getSpecBuilder()::setSecurityContext,
						this.idl.getSpecBuilder()::clearSecurityContext);
			return this;
		}

		/**
		 * Set the identity of the execution in the deprecated form in place of the
		 * configured one.
		 * @param authRole the role
		 * @return this builder
		 */
		@SuppressWarnings("deprecation")
		public Builder authRole(AuthRole authRole) {
			this.idl.getSpecBuilder().setAuthRole(authRole.toIdl());
			return this;
		}

		/**
		 * Set other fields: labels, annotations, variables, cache, notifications.
		 * @param customizer what sets it
		 * @return this builder
		 */
		public Builder spec(Consumer<ExecutionSpec.Builder> customizer) {
			customizer.accept(this.idl.getSpecBuilder());
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 */
		public LaunchRequest build() {
			return new LaunchRequest(this.idl.build(), this.inputs);
		}

	}

}
