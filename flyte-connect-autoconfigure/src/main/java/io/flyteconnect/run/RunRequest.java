package io.flyteconnect.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.task.RunSpec;
import com.flyteidl2.task.TaskIdentifier;
import flyteidl.core.Literals.Literal;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.run.Idl2;

/**
 * A task to run, and its inputs.
 *
 * @param task the task; without a version its newest one is meant, and without project
 * and domain those of {@code flyte.runs.project} and {@code flyte.runs.domain}
 * @param run where and under which name it runs: without a name one is made, and without
 * project and domain it runs where the task is
 * @param inputs the inputs by their names, as Java values or as {@code Literal}
 * @param spec what else is said of the run: labels, annotations, variables, cache
 * @since 0.1.0
 */
public record RunRequest(TaskIdentifier task, RunIdentifier run, Map<String, @Nullable Object> inputs, RunSpec spec) {

	/** What Flyte 2 takes as the name of a run ({@code runs/service/run_service.go}). */
	private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,28}[a-z0-9])?");

	/**
	 * Create a request.
	 * @throws IllegalArgumentException if the task has no name, or the name of the run is
	 * none that Flyte takes
	 */
	public RunRequest {
		Assert.isTrue(StringUtils.hasText(task.getName()), "'name' of the task must be set");
		String name = run.getName();
		Assert.isTrue(name.isEmpty() || NAME.matcher(name).matches(), () -> "'" + name
				+ "' is no name of a run: up to 30 small letters, digits and '-', the first of them a letter, the last one no '-'");
		inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
	}

	/**
	 * Run the newest version of a task of the configured project and domain.
	 * @param name the task's name
	 * @return a builder
	 */
	public static Builder task(String name) {
		return of(TaskIdentifier.newBuilder().setName(name).build());
	}

	/**
	 * Run the newest version of a task.
	 * @param project the project
	 * @param domain the domain
	 * @param name the task's name
	 * @return a builder
	 */
	public static Builder task(String project, String domain, String name) {
		return task(project, domain, name, "");
	}

	/**
	 * Run a task.
	 * @param project the project
	 * @param domain the domain
	 * @param name the task's name
	 * @param version its version, empty for the newest one
	 * @return a builder
	 */
	public static Builder task(String project, String domain, String name, String version) {
		return of(TaskIdentifier.newBuilder()
			.setProject(project)
			.setDomain(domain)
			.setName(name)
			.setVersion(version)
			.build());
	}

	/**
	 * Run a task.
	 * @param task which one
	 * @return a builder
	 */
	public static Builder of(TaskIdentifier task) {
		return new Builder(task);
	}

	/**
	 * Builds a {@link RunRequest}.
	 */
	public static final class Builder {

		private final TaskIdentifier task;

		private final RunIdentifier.Builder run = RunIdentifier.newBuilder();

		private final Map<String, @Nullable Object> inputs = new LinkedHashMap<>();

		private final RunSpec.Builder spec = RunSpec.newBuilder();

		private Builder(TaskIdentifier task) {
			this.task = task;
		}

		/**
		 * Set the project and domain of the run.
		 * @param project the project, that of the task where not set
		 * @param domain the domain, that of the task where not set
		 * @return this builder
		 */
		public Builder runIn(String project, String domain) {
			this.run.setProject(project).setDomain(domain);
			return this;
		}

		/**
		 * Set the name of the run. It is an error if there is a run of this name: Flyte
		 * would answer with that, and overwrite its inputs. Somebody else who takes the
		 * name at the same moment is not noticed.
		 * @param name the name: up to 30 small letters, digits and {@code -}; where not
		 * set, one is made
		 * @return this builder
		 */
		public Builder name(@Nullable String name) {
			this.run.setName((name != null) ? name : "");
			return this;
		}

		/**
		 * Set an input. It is checked against the interface of the task, which is fetched
		 * from Flyte.
		 * @param name the name of the input
		 * @param value its value, as {@link io.flyteconnect.literal.FlyteLiterals} lists
		 * them, or a {@code Literal} of either IDL, which is sent as it is
		 * @return this builder
		 */
		public Builder input(String name, @Nullable Object value) {
			this.inputs.put(name,
					(value instanceof com.flyteidl2.core.Literal literal) ? Idl2.as(literal, Literal.parser()) : value);
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
		 * Set the identity, the secrets and the tokens of the run in place of the
		 * configured ones.
		 * @param securityContext the context; what it does not set is as configured
		 * @return this builder
		 */
		public Builder securityContext(SecurityContext securityContext) {
			securityContext.toIdl()
				.ifPresentOrElse(
						(context) -> this.spec
							.setSecurityContext(Idl2.as(context, com.flyteidl2.core.SecurityContext.parser())),
						this.spec::clearSecurityContext);
			return this;
		}

		/**
		 * Set other fields: labels, annotations, variables, cache.
		 * @param customizer what sets it
		 * @return this builder
		 */
		public Builder spec(Consumer<RunSpec.Builder> customizer) {
			customizer.accept(this.spec);
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 * @throws IllegalArgumentException if the task has no name, or the name of the
		 * run is none that Flyte takes
		 */
		public RunRequest build() {
			return new RunRequest(this.task, this.run.build(), this.inputs, this.spec.build());
		}

	}

}
