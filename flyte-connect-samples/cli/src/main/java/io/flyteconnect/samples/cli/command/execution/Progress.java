package io.flyteconnect.samples.cli.command.execution;

import java.io.PrintStream;
import java.util.function.Consumer;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.samples.cli.command.Output;

/**
 * Tells the person who waits how far the execution is, on the standard error: a line for
 * each phase. A script that wants JSON is told nothing.
 */
final class Progress implements Consumer<Execution> {

	private final @Nullable PrintStream err;

	private @Nullable Execution last;

	Progress(Output output) {
		this.err = (output != Output.JSON) ? System.err : null;
	}

	@Override
	public void accept(Execution execution) {
		Phase phase = execution.getClosure().getPhase();
		if (this.err != null && (this.last == null || phase != this.last.getClosure().getPhase())) {
			this.err.println(SafeText.of(execution.getId().getName()) + ": " + phase.name());
		}
		this.last = execution;
	}

	/**
	 * Return the execution as it was seen last.
	 * @return the execution, or {@code null} if Flyte has not shown it yet
	 */
	@Nullable Execution last() {
		return this.last;
	}

}
